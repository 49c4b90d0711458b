"""One id, however a program wrote it. What is no part of it is left out; what may be one is told by `loose`."""

import re
import unicodedata
from collections.abc import Collection
from typing import Any

from effectstudie.intake.spelling.letters import as_typed, seen
from effectstudie.privacy.recognisers.readable import MONTH
from effectstudie.shared.messages.sentences import say

# What most ids are made of: nothing has to be done to them.
_PLAIN = re.compile(r"(?!.*_x)[A-Za-z0-9_-]*[A-Za-z0-9]")
# Excel keeps a number as text by an apostrophe before it, or by ="…"; databases put quotes around it.
_QUOTES = "\"'`´‘’“”„"
_AROUND = re.compile(rf"^=?[{_QUOTES}]+|[{_QUOTES}]+$")
# A number with decimals that say nothing; three of them may be thousands.
_WHOLE = re.compile(r"(\d+)[.,](?:00?|0{4,})")
_THOUSANDS = re.compile(r"(\d{1,3}(?:[.,' ’]\d{3})+)(?:[.,]00?)?")

_DAY, _NUMBER, _YEAR = "(?:0?[1-9]|[12]\\d|3[01])", "(?:0?[1-9]|1[0-2])", "(?:19|20)\\d\\d"
_DATE = re.compile(
    rf"(?:{_YEAR}([-/.]){_NUMBER}\1{_DAY}|{_DAY}([-/.]){_NUMBER}\2{_YEAR})(?:[ t].*)?"
    rf"|{_DAY}[- /.]{MONTH}[.]?(?:[- /.]\d\d(?:\d\d)?)?|{MONTH}[.]?[- /.]\d\d(?:\d\d)?"
)
_ROUNDED = re.compile(r"[+-]?\d([.,]\d+)?e\+?\d+")
_ERROR = re.compile(r"#+|#[a-z]*(?:/[a-z0])?[!?]?|err[.:]\s?\d*")
_TRUE_OR_FALSE = {"true", "false", "waar", "onwaar", "ja", "nee", "yes", "no", "juist", "onjuist"}
# An id has so many letters and digits; what is shorter may as well be a code.
_SHORTEST = 4
# Of digits alone, in a column that was exchanged with theirs: codes are shorter.
LENGTHS = range(_SHORTEST, 20)
_NOTHING = {"null", "na", "n a", "n b", "nan", "nat", "nil", "none", "nvt", "n v t", "niet van toepassing"}
_NOTHING |= {"onbekend", "niet bekend", "weet niet", "geen", "leeg", "ontbreekt", "missing", "unknown", "undefined"}


def as_id(value: Any) -> str | None:
    """An id as text: without letters that are not seen, quotes of a spreadsheet and decimals of a whole number."""
    text = as_typed(value)
    if text is None or _PLAIN.fullmatch(text):
        return text
    text = unicodedata.normalize("NFKC", seen(text))
    if not text.isascii():
        text = "".join(_as_on_a_keyboard(letter) for letter in text)
    while (bare := seen(_AROUND.sub("", text))) != text:
        text = bare
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text or None


def _as_on_a_keyboard(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Nd":
        return str(unicodedata.digit(letter))
    return "-" if kind == "Pd" or letter == "\u2212" else letter


def is_written_oddly(value: Any) -> bool:
    """Whether an id of the export has signs that are no part of it; blanks around it and decimals are not odd."""
    text = as_typed(value) if isinstance(value, str) else None
    return bool(text) and not _PLAIN.fullmatch(text) and as_id(text) != text and not _WHOLE.fullmatch(text)


def no_id(text: str) -> str | None:
    """Why a text of as_id is no id of anybody, in words; None where it may be one."""
    small = text.casefold()
    if small.isdigit():
        return None
    if _ROUNDED.fullmatch(small):
        return say("is a number that a spreadsheet rounded; export it as text")
    if _ERROR.fullmatch(small):
        return say("is an error of a spreadsheet")
    if _DATE.fullmatch(small):
        return say("is a date; a spreadsheet makes dates of some numbers, so export it as text")
    if small in _TRUE_OR_FALSE:
        return say("is true or false, and no id")
    if is_nothing(text) or re.fullmatch(r"-\d{1,3}", small):
        return say("is a word or code for nothing")
    return None


def may_be_id(text: str, lengths: Collection[int]) -> bool:
    """Whether a text in a column of another kind may be an id, which no message shows.

    It is letters with digits, or a number of as many digits as one of `lengths`.
    """
    plain = as_id(text) or ""
    if len(plain) < _SHORTEST or " " in plain or no_id(plain):
        return False
    if plain.isdigit():
        return len(plain) in lengths
    return any(map(str.isalpha, plain)) and any(map(str.isdigit, plain))


def is_nothing(text: str) -> bool:
    """Whether a text is a word or sign for nothing, or an error of a spreadsheet."""
    words = " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())
    return not words or words in _NOTHING or bool(_ERROR.fullmatch(text.casefold()))


def loose(text: str) -> str:
    """What stays of an id when capitals, zeros in front and marks for thousands are lost; several may have it."""
    if thousands := _THOUSANDS.fullmatch(text):
        text = re.sub(r"\D", "", thousands[1])
    return (text.lstrip("0") or "0") if text.isdigit() else text.casefold()


def differs_in(text: str, other: str) -> str:
    """In what two ids of one loose form differ: the end of the kind of a warning."""
    if text.casefold() == other.casefold():
        return "capitals"
    return "zeros" if text.isdigit() and other.isdigit() else "thousands"
