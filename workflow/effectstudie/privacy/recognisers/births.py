"""Dates of birth in a text, in figures and in words."""

import re

from effectstudie.privacy.recognisers.readable import MONTH, one_of

_DAY, _MONTH_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_UNITS = one_of("een één twee drie vier vijf zes zeven acht negen")
_DAY_WORD = one_of(
    rf"""
    eerste één een twee(?:de)? derde drie vierde vier vijfde vijf zesde zes zevende zeven achtste acht negende negen
    tiende tien elfde elf twaalfde twaalf dertiende dertien veertiende veertien
    (?:vijf|zes|zeven|acht|negen)tien(?:de)? (?:{_UNITS}(?:en|ën))?twintig(?:ste)?
    (?:(?:een|één)(?:en|ën))?dertig(?:ste)?
    """
)
_GAP = r"\s?[-/.\s]\s?"
_FIGURES = (
    rf"(?:{_DAY}{_GAP}{_MONTH_NUMBER}{_GAP}(?:(?:19|20)\d\d|'?\d\d)|"
    rf"(?:19|20)\d\d{_GAP}{_MONTH_NUMBER}{_GAP}{_DAY})(?!\d)"
)
_TWO_DAY, _TWO_MONTH = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])"
_TOGETHER = rf"(?:{_TWO_DAY}{_TWO_MONTH}(?:19|20)?\d\d|(?:19|20)\d\d{_TWO_MONTH}{_TWO_DAY})(?!\d)"
_IN_WORDS = rf"(?:(?:{_DAY}(?:e|ste|de)?|{_DAY_WORD})[\s-]?(?:van\s)?{MONTH}\.?(?![a-z])|{MONTH}\.?\s{_DAY}(?!\d))"
_DATE = rf"(?<!\d)(?:{_FIGURES}|{_TOGETHER}|\b{_IN_WORDS})"
_BORN = one_of(
    r"""
    \bgeboren\b \bgeb\b\.? \bgeboorte\w* \bjarig\w* \bverjaar\w* \bverjaardag\w* \bborn\b \bbirth\w* \bdob\b
    \bgebdat\w* \bg\.?d\.?(?=\s?[:\d]) \bd\.?o\.?b\.?\b \bter\swereld\b \blevenslicht\b
    """
)
_SAID = re.compile(
    rf"{_BORN}(?:(?!\.\s+[A-Z]).){{0,40}}?{_DATE}|{_DATE}(?:(?!\.\s).){{0,15}}{_BORN}|(?<![\w°])[*°†]\s?{_DATE}",
    re.IGNORECASE,
)

# What is studied happened in the last years, so a whole date of long ago is mostly of a birth.
_LONG_AGO = r"(?:19\d\d|200\d)"
_YEAR_IN_WORDS = rf"negentien\s?honderd\s?\w+|negentien\w{{4,}}|tweeduizend(?:\s?(?:en\s?)?{_UNITS})?\b"
_OLD = re.compile(
    rf"(?<!\d)(?<!\d[-./])(?:{_DAY}{_GAP}{_MONTH_NUMBER}{_GAP}(?:{_LONG_AGO}|'?[3-9]\d)(?![-/.]?\d)|"
    rf"{_LONG_AGO}[-/.]{_MONTH_NUMBER}[-/.]{_DAY}(?!\d)|"
    rf"(?:{_DAY}(?:e|ste|de)?|\b{_DAY_WORD})\s?-?(?:van\s)?{MONTH}\.?\s?-?,?(?:{_LONG_AGO}|'[3-9]\d|{_YEAR_IN_WORDS})|"
    rf"{MONTH}\.?\s{_DAY},?\s{_LONG_AGO}|"
    # as SPSS and Excel write it; with blanks the number at the end may be of anything, so nothing follows
    rf"{_DAY}-{MONTH}-[3-9]\d(?![\w-])|{_DAY}\s?{MONTH}\.?\s?[3-9]\d(?=\s?(?:$|[,;)!?]|\.(?!\d))))",
    re.IGNORECASE,
)
_RULES = one_of(
    """
    wet besluit verdrag regeling richtlijn verordening werking ingevoerd invoering gepubliceerd publicatie versie stb
    stcrt gewijzigd gedrukt uitgave opgericht oprichting vastgesteld vrijgegeven
    """
)
_OF_A_RULE = re.compile(rf"\b{_RULES}\b[^.;]{{0,40}}$", re.IGNORECASE)
_HINT = re.compile(rf"\d\d|\d[-/. ]\d|{MONTH}", re.IGNORECASE)


def holds_birth(text: str) -> bool:
    """A date that is said to be of birth, or a whole date of before 2010 that is of no law; `text`: readable.plain."""
    if not _HINT.search(text):
        return False
    if _SAID.search(text):
        return True
    return any(not _OF_A_RULE.search(text[: match.start()]) for match in _OLD.finditer(text))
