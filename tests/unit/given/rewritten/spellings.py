"""Ways of writing one cell that all mean the same."""

import datetime
import random
import unicodedata

import pandas as pd

_WIDE = {ord(digit): ord(digit) - ord("0") + ord("\uff10") for digit in "0123456789"}
_BLANKS = (" ", "  ", "\u00a0", "\t", "\u2007", "\u202f")
_UNSEEN = ("\u200b", "\ufeff", "\u00ad", "\u200e", "\u2060")

# What stands where an id is expected, and is none.
NOT_AN_ID = ("NULL", "nvt", "#N/A", "#N/B", "geen", "WAAR", "1-1-2016", "1,23E+05", "-", "?", "jan-16", "99-01-2016")
NOT_AN_ID += (
    "NA",
    "nan",
    "None",
    "n.v.t.",
    "onbekend",
    "-9",
    "FALSE",
    "1.23457E+11",
    "2016-01-01 00:00:00",
    "#",
    "0,5",
)
NONE_WORDS = ("", "geen", "Geen aanpak", "n.v.t.", "nvt", "-", "0", "98", "-8", "NULL", "NA", "geen  aanpak ")


def number_text(value: float, style: str, mark: str) -> str:
    """A number; `style`: short, bare, one, two, three, signed, padded or wide."""
    if style == "bare":
        text = f"{value:.2f}".rstrip("0")
        text = text.removeprefix("0") if abs(value) < 1 and text != "0." else text
        text = ".00" if text == "0." else text
    elif style in ("one", "two", "three"):
        text = f"{value:.{('one', 'two', 'three').index(style) + 1}f}"
    else:
        text = f"{value:g}"
    if style == "signed" and value >= 0:
        text = f"+{text}"
    if style == "padded" and value >= 0:
        text = f"0{text}"
    if style == "wide":
        text = text.translate(_WIDE)
    return text.replace(".", mark)


def date_text(day: pd.Timestamp, style: str) -> str:
    """A day; `style`: iso, dutch, short, time or clock."""
    styles = {
        "iso": f"{day:%Y-%m-%d}",
        "dutch": f"{day:%d-%m-%Y}",
        "short": f"{day.day}-{day.month}-{day.year}",
        "time": f"{day:%Y-%m-%d} 00:00:00",
        "letter": f"{day:%Y-%m-%d}T13:45:10.000Z",
        "clock": f"{day:%d-%m-%Y} 9:05",
    }
    return styles[style]


DATE_STYLES = ("iso", "dutch", "short", "time", "letter", "clock")
NUMBER_STYLES = ("short", "bare", "one", "two", "signed", "padded", "wide")


def id_text(text: str, rng: random.Random) -> str:
    """An id with what is no part of it."""
    number = text.isdigit()
    ways = ["blanks", "unseen", "apostrophe", "formula", "quotes", "escaped", "wide", "inside"]
    ways += ["whole", "whole"] if number else []
    ways += ["hyphen"] if "-" in text else []
    for way in rng.sample(ways, rng.choice((1, 1, 2))):
        if way == "blanks":
            text = f"{rng.choice(_BLANKS)}{text}{rng.choice(_BLANKS)}"
        elif way == "unseen":
            text = f"{text}{rng.choice(_UNSEEN)}" if rng.random() < 0.5 else f"{rng.choice(_UNSEEN)}{text}"
        elif way == "inside":
            place = rng.randrange(1, len(text)) if len(text) > 1 else 1
            text = f"{text[:place]}{rng.choice(_UNSEEN)}{text[place:]}"
        elif way == "apostrophe":
            text = f"{rng.choice(QUOTES)}{text}"
        elif way == "formula":
            text = f'="{text}"'
        elif way == "quotes":
            text = rng.choice(('"{}"', "'{}'", "‘{}’", "“{}”")).format(text)
        elif way == "escaped":
            text = f"{text}_x000D_"
        elif way == "wide":
            text = text.translate(_WIDE)
        elif way == "hyphen":
            text = text.replace("-", rng.choice(("\u2010", "\u2011", "\u2013")))
        elif way == "whole" and text.isdigit() and text.isascii():
            text = f"{text}{rng.choice(('.0', ',0', '.00', ',00'))}"
    return text


QUOTES = ("'", "’", "`")


def name_text(text: str, rng: random.Random) -> str:
    """A name in another form of the same letters, with blanks around it."""
    text = unicodedata.normalize("NFD", text) if rng.random() < 0.5 else text
    return f"{rng.choice(('', ' '))}{text}{rng.choice(('', ' ', chr(0xA0)))}"


def header_text(name: str, style: str, rng: random.Random) -> str:
    """The name of a column; `style`: plain, upper, title, blanks or unseen."""
    if style == "upper":
        return name.upper()
    if style == "title":
        return name.title()
    if style == "blanks":
        return f"{rng.choice(('', ' '))}{name}{rng.choice(('', ' ', chr(0xA0)))}"
    if style == "unseen":
        return f"{name}{rng.choice(('', chr(0x200B), chr(0xFEFF)))}"
    return name


HEADER_STYLES = ("plain", "plain", "upper", "title", "blanks", "unseen")


def excel_day(day: datetime.date) -> int:
    return (day - datetime.date(1899, 12, 30)).days
