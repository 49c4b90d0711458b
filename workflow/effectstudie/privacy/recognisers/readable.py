"""A text as a reader takes it, however it was typed: one kind of digit, dash and space, nothing that is not seen."""

import html
import re
import unicodedata

from stdnum import isbn

# Letters of other alphabets that look like ours, and points that look like a full stop.
_ALIKE = dict(
    zip("АВЕКМНОРСТХаеорсухΑΒΕΖΗΙΚΜΝΟΡΤΧ。·•‧∙・−⁃˗∕⁄", "ABEKMHOPCTXaeopcyxABEZHIKMNOPTX......---//", strict=True)
)
_INVISIBLE = {"Cf", "Cs", "Co"}
# Fillers that are seen as blanks, and signs that only change how the one before them looks.
_BLANK, _ON_TOP = "\u2800\u3164\u115f\u1160\uffa0", "\ufe0e\ufe0f\u20e3\u034f\u180b\u180c\u180d"


class _Letters(dict):
    """What stands for a letter, found out once for each."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        kind = unicodedata.category(letter)
        if letter in _ALIKE:
            plain = _ALIKE[letter]
        elif letter in _BLANK or kind in ("Zs", "Zl", "Zp", "Cc"):
            plain = " "
        elif kind in _INVISIBLE or letter in _ON_TOP:
            plain = ""
        elif kind == "Pd":
            plain = "-"
        elif kind == "Nd":
            plain = str(unicodedata.digit(letter))
        else:
            plain = letter
        return self.setdefault(code, plain)


_LETTERS = _Letters()
_ENTITY = re.compile(r"&#?\w+;|%40")

_DIGITS = {"nul": "0", "een": "1", "één": "1", "twee": "2", "drie": "3", "vier": "4"}
_DIGITS |= {"vijf": "5", "zes": "6", "zeven": "7", "acht": "8", "negen": "9"}
_DIGIT = rf"(?:{'|'.join(_DIGITS)})"
# Seven digits in words after each other are a number; so is what begins as a mobile telephone does.
_SPELLED = re.compile(rf"\b{_DIGIT}(?:[\s,.-]+{_DIGIT}){{6,}}\b|\bnul[\s,.-]*zes\b", re.IGNORECASE)
# 06 with the letter o in front.
_LETTER_O = re.compile(r"(?<!\w)[oO](?=[ .-]?6(?:[ .-]?\d){8})")


def plain(text: str) -> str:
    """The text with signs as a keyboard has them, and digits that were written as words as digits."""
    if _ENTITY.search(text):
        text = html.unescape(text.replace("%40", "@"))
    if not text.isascii():
        # what is not seen goes first: it keeps letters apart that belong together
        text = unicodedata.normalize("NFKC", text.translate(_LETTERS)).translate(_LETTERS)
    text = " ".join(text.split())
    text = _SPELLED.sub(lambda match: "".join(_DIGITS[word] for word in _words(match[0])), text)
    return _LETTER_O.sub("0", text)


def _words(spelled: str) -> list[str]:
    return re.findall(_DIGIT, spelled.casefold())


_STROKES = str.maketrans("ıłøđ", "ilod")


def without_accents(text: str) -> str:
    """Small letters without accents, as lists of names have them."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_STROKES))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def words(text: str) -> frozenset[str]:
    """The words of a text, to look them up."""
    return frozenset(text.split())


def one_of(text: str) -> str:
    """The pattern of any of the words of a text, each of which is a pattern itself."""
    return f"(?:{'|'.join(text.split())})"


MONTH = one_of(
    """
    jan(?:uari|uary)? feb(?:ruari|ruary)? maart mrt march mar apr(?:il)? mei may juni? june juli? july
    aug(?:ustus|ust)? sept?(?:ember)? o[kc]t(?:ober)? nov(?:ember)? dec(?:ember)?
    """
)
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_TIME = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_AMOUNT = r"\d{1,3}(?:[. ]\d{3})+(?:,(?:\d+|-))?|\d+(?:,(?:\d+|-))?"
# What is written with many digits and names nobody.
_MEASURES = re.compile(
    rf"""
    \b[0-9a-f]{{8}}-(?:[0-9a-f]{{4}}-){{3}}[0-9a-f]{{12}}\b          # the id of a row or a file
    |\b(?:doi\.org/|doi:?\s*)?10\.\d{{4,9}}/\S+                      # of an article
    |(?<!\d)(?<!\d[.,-]){_DAY}\s?[-/.]\s?{_MONTH}\s?[-/.]\s?{_YEAR}(?!\d){_TIME}
    |(?<!\d)(?<!\d[.,-]){_YEAR}[-/.]{_MONTH}[-/.]{_DAY}(?!\d){_TIME}
    |(?<!\d){_DAY}\s{MONTH}\.?\s{_YEAR}(?!\d)
    |(?<!\d){_YEAR}\s?(?:-|/|–|t/m|tot)\s?{_YEAR}(?![\d-])           # from one year to another
    |(?<!\d)\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?![\d:])
    |€\s?(?:{_AMOUNT})
    |(?<![\d.,/+()-])(?<![\d.,/+()-]\s)(?:{_AMOUNT})\s?(?:euro|eur\b|€)
    |(?<!\d)\d+(?:[.,]\d+)?\s?(?:%|procent)
    |\b(?:artikel|artikelen|art\.?|lid|boek|hoofdstuk|paragraaf|§)\s*\d[\d:.]*[a-z]?(?:\s*(?:,|en)\s*\d[\d:.]*[a-z]?)*
    |\bStb\.?\s?{_YEAR},?\s\d+
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ISBN = re.compile(r"(?:isbn(?:-1[03])?:?\s*)(?:\d[ -]?){9,12}[\dX]|(?<!\d)97[89](?:[ -]?\d){10}(?!\d)", re.IGNORECASE)


def without_measures(text: str) -> str:
    """The plain text without dates, times, amounts, percentages, articles of law and numbers of books."""
    if not any(letter.isdigit() for letter in text):
        return text
    text = _ISBN.sub(lambda match: match[0] if _is_no_book(match[0]) else " ; ", text)
    return _MEASURES.sub(" ; ", text)


def _is_no_book(number: str) -> bool:
    return not number.casefold().startswith("isbn") and not isbn.is_valid(number)
