"""Papers and files of a person in a text: number plates, passports, numbers of clients, of the police and of courts."""

import re

from stdnum.nl import identiteitskaartnummer

from effectstudie.privacy.recognisers.readable import one_of

# Three groups of letters or digits, as all plates since 1951 have; most of them with dashes.
_GROUP = r"([a-z]{1,3}|\d{1,3})"
_PLATE = re.compile(rf"(?<![\w-]){_GROUP}( - | |-|\.){_GROUP}\2{_GROUP}(?![\w-])", re.IGNORECASE)
_TOGETHER = re.compile(r"(?<![\w-])(?:[a-z]{1,3}\d{2,3}[a-z]{1,2}|\d{1,3}[a-z]{2,3}\d{1,2})(?![\w-])", re.IGNORECASE)
# The other series without dashes, in the letters that they have; SD and SS are of no plate (PTSS, SDQ).
_IN_CAPITALS = re.compile(
    r"(?<![\w-])(?!\w*S[DS])(?:[BDFGHJKLNPRSTVXZ]{4}\d\d|\d\d[BDFGHJKLNPRSTVXZ]{4}|\d[BDFGHJKLNPRSTVXZ]{2}\d{3})(?![\w-])"
)
_SERIES = one_of(
    """
    LLDDDD DDDDLL DDLLDD LLDDLL LLLLDD DDLLLL DDLLLD DLLLDD LLDDDL LDDDLL LLLDDL LDDLLL DLLDDD DDDLLD
    """
)
_CARS = one_of(
    """
    kenteken(?:plaat|nummer)? nummerplaat nummerbord plaat auto wagen busje bus bestelbus motor scooter brommer
    aanhanger caravan golf bmw audi opel volkswagen peugeot renault toyota ford fiat skoda volvo mercedes
    """
)
_CAR = re.compile(rf"\b{_CARS}\b", re.IGNORECASE)
_CALLED_PLATE = re.compile(
    r"\b(?:kenteken(?:plaat|nummer)?|nummerplaat|nummerbord)\b\W{0,3}(?:(?:is|van|mijn|zijn|haar|ex|auto|de)\b\W{1,3}){0,4}"
    r"(?=[\w -]{0,10}\d)(?=[\w -]{0,10}[a-z])[a-z\d]{1,4}(?:[ .-]?[a-z\d]{1,4}){1,2}(?![\w-])",
    re.IGNORECASE,
)
# From the fourth series on plates have no vowels, so that they are no words.
_VOWELS = re.compile("[aeiou]", re.IGNORECASE)
_MONTH = re.compile(one_of("jan feb mrt maa apr mei may jun jul aug sep okt oct nov dec"), re.IGNORECASE)
_SMALL_WORDS = re.compile(one_of("of en tot van op om x in is de het a per u min uur"))

_PASSPORT = re.compile(r"(?<![\w-])[A-NP-Z]{2}[A-NP-Z\d]{6}\d(?![\w-])")
_MACHINE_LINE = re.compile(r"(?:[A-Z0-9]+<+){2,}[A-Z0-9]*|[PIV][A-Z<][A-Z]{3}[A-Z]+<<[A-Z]+")
_DOCUMENTS = one_of(
    r"""
    paspoort\w* passport\w* identiteits(?:kaart|bewijs|document)?\w* id-?\s?(?:kaart\w*|bewijs|nummer|nr) rijbewijs\w*
    verblijfs(?:document|vergunning|kaart|pas)\w* documentnummer\w* document\s?nr vreemdelingendocument\w* w-?document
    reisdocument\w*
    """
)
_DOCUMENT = re.compile(
    rf"\b{_DOCUMENTS}\b\.?\W{{0,3}}"
    rf"(?:{one_of('met nummer nr is no van mijn zijn haar het document')}\b\.?\W{{0,3}}){{0,3}}"
    r"(?=[a-z\d]*\d[a-z\d]*\d)[a-z\d]{2,4}[ .-]?[a-z\d]{2,5}(?:[ .-]?[a-z\d]{2,4})?\b",
    re.IGNORECASE,
)
# Who or what a number may be of, when it is called a number; and the ones that need no such word.
_OF_SOMEBODY = one_of(
    r"""
    cli[eë]nt(?:en)? klant(?:en)? pati[eë]nt(?:en)? polis lidmaatschaps? leerling(?:en)? student(?:en)? studie
    personeels medewerkers? zorg verzekerings? verzekerden relatie registratie dossier zaak parket rol rekest kenmerk
    proces-?\s?verbaal pv aangifte bvh mutatie incident melding(?:s)? cjib beschikking(?:s)? insolventie register big
    agb kvk btw strafblad ots raads uitkerings debiteur(?:en)? contract aanvraag referentie case file reference id
    uzovi burger gezins kaart pas lid politie skj jeugdbeschermings?
    """
)
_CASES = one_of(
    r"""
    dossier zaak politie proces-?verbaal pv parket rechtbank gerechtshof aangifte bvh cjib mutatie rekest beschikking
    kenmerk ind coa crv big agb kvk polis skj vt
    """
)
_NUMBERS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # of foreigners
        r"\bv\s?-?\s?(?:nummer|nr)\b\.?\W{0,3}(?:is\W{1,3})?\d(?:[ .-]?\d){6,9}",
        r"\bv\s?-?\s?\d(?:[ .-]?\d){9}(?!\d)",
        r"\b(?:ind|coa|crv|vreemdelingen|alien|a)\s?-?\s?(?:nummer|nr|kenmerk)\b\.?\W{0,3}(?:is\W{1,3})?"
        r"[\w.-]*\d(?:[ .-]?\d){5,}",
        # called a number, or of a case
        rf"\b{_OF_SOMEBODY}\s?-?\s?(?:nummer|nr|no|code|num)\b\.?\W{{0,3}}"
        rf"(?:{one_of('is van bij de het politie rechtbank')}\b\W{{1,3}}){{0,3}}"
        r"(?=[\w./-]*(?:\d[./ -]?){4})[a-z]{0,4}[./-]?\d[\w./ -]*",
        rf"\b{_CASES}\b[:\s#-]{{1,3}}(?:{one_of('nr nummer no is met onder van kenmerk')}\b\.?[:\s#]{{0,3}}){{0,3}}"
        r"(?!(?:19|20)\d\d(?![/-]?\d{3}))[a-z]{0,3}[ ./-]?(?:\d[./-]?){6,}",
        # five digits are of no year
        r"\b(?:cli[eë]nt|pati[eë]nt)\s(?:(?:nr|no|nummer)\.?\s)?\d{5,}\b",
        r"\bNL\d{9}B\d{2}\b",
        # in the forms of the police and of courts
        r"(?<!\w)PL\s?-?\d{2,4}[A-Z]?\d?[ /-]?(?:19|20)?\d{2}[ /-]?\d{4,7}\b",
        r"(?<![\d./-])\d{2}\s?[/.-]\s?\d{6}\s?[/.-]\s?\d{2}(?![\d/-])",
        r"\b[CFJ]\s?/\s?\d{1,2}\s?/\s?\d{5,6}\b",
        r"\b(?:FA|HA|KG|JE|FJ|JZ|ES|BZ|KL|AR|VV|RK)\s?[/-]?\s?(?:RK|ZA)\s?\d{2}\s?[-/.]\s?\d{1,6}\b",
        r"\b(?:RK|JE|FJ|OT|JU)\s?\d{2}\s?[-/]\s?\d{2,6}\b",
        r"\bECLI:[A-Z]{2}:[A-Z]{2,7}:\d{4}:\w+",
        r"(?<![\d.])200[. ]\d{3}[. ]\d{3}(?:\s?/\s?\d{2})?(?![\d.])",
        r"\bLJN[:\s]{1,2}[A-Z]{2}\d{4}\b",
        r"(?<![\d.-])(?:19|20)\d{8}(?:-\d{1,4})?(?![\d.,-])",
    )
]
# Behind no other word ten digits are a number of somebody too; in a column they may be anything.
_LONG_NUMBER = re.compile(r"(?<![\w.,/:+-])\d{10,20}(?![\w,.]\w|\w)")


_GROUPED_DOCUMENT = re.compile(
    rf"\b(?i:{_DOCUMENTS})\b\.?\W{{0,3}}"
    rf"(?:(?i:{one_of('met nummer nr is no van mijn zijn haar het document')})\b\.?\W{{0,3}}){{0,3}}"
    r"[A-Z]{1,3}(?:[ .-]?\d){6,9}\b"
)


def holds_plate(text: str) -> bool:
    """A Dutch number plate of any series, or what is called one; `text`: readable.plain."""
    if (
        _CALLED_PLATE.search(text)
        or _IN_CAPITALS.search(text)
        or any(_is_plate(match, text) for match in _PLATE.finditer(text))
    ):
        return True
    return any(
        _is_of_a_series(match[0]) and (match[0].isupper() and not _VOWELS.search(match[0]) or _is_of_car(text, match))
        for match in _TOGETHER.finditer(text)
    )


def _is_plate(match: re.Match, text: str) -> bool:
    """Of a series, and no date or words: with blanks between the groups vowels make words of them."""
    groups = match.group(1, 3, 4)
    letters = [group for group in groups if group.isalpha()]
    if not _is_of_a_series("".join(groups)) or any(map(_MONTH.fullmatch, letters)):
        return False
    words = any(map(_SMALL_WORDS.fullmatch, letters)) or match[2] == " " and any(map(_VOWELS.search, letters))
    return not words or _is_of_car(text, match)


def _is_of_a_series(plate: str) -> bool:
    return bool(re.fullmatch(_SERIES, "".join("D" if sign.isdigit() else "L" for sign in plate)))


def _is_of_car(text: str, match: re.Match) -> bool:
    return bool(_CAR.search(text[max(0, match.start() - 40) : match.end() + 25]))


def holds_document(text: str) -> bool:
    """A passport, identity card, driving licence or permit; `text`: readable.plain."""
    if _MACHINE_LINE.search(text) or _DOCUMENT.search(text) or _GROUPED_DOCUMENT.search(text):
        return True
    return any(_is_passport(match[0]) for match in _PASSPORT.finditer(text))


def _is_passport(number: str) -> bool:
    """Two letters and seven digits, or letters and digits in turn: no name of a questionnaire looks so."""
    turns = sum(one.isdigit() != other.isdigit() for one, other in zip(number, number[1:], strict=False))
    return identiteitskaartnummer.is_valid(number) and (number[2:].isdigit() or turns >= 3)


def holds_number_of_somebody(text: str) -> bool:
    """A number of a foreigner, client, patient or file of the police or a court; `text`: readable.without_measures."""
    return any(pattern.search(text) for pattern in _NUMBERS)


def holds_long_number(text: str) -> bool:
    """Ten digits or more, of which nothing says what they are; `text`: readable.without_measures."""
    return bool(_LONG_NUMBER.search(text))
