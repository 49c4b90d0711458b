"""Letters that nobody sees: left out of ids, and made visible in messages."""

import re
import unicodedata
from typing import Any

# Fillers that are seen as blanks, and signs that only change how the one before them looks.
_BLANK, _ON_TOP = "\u2800\u3164\u115f\u1160\uffa0", "\u034f\u180b\u180c\u180d"
# A control letter as Excel writes it in XML, which some programs take over as it is.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def as_typed(value: Any) -> str | None:
    """The value as a person would type it; None for no value, or blanks only."""
    if value is None or value != value:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip() or None


def seen(text: str) -> str:
    """The text as it is seen: without letters that are not, every kind of blank a plain one, and none twice."""
    if text.isascii() and text.isprintable() and "_x" not in text:
        return " ".join(text.split())
    unescaped = _ESCAPED.sub(lambda match: _plain(chr(int(match[1], 16))) or "", text)
    return " ".join("".join(letter if _plain(letter) is None else _plain(letter) for letter in unescaped).split())


def shown(text: str) -> str:
    """The text with letters that are not seen by their number, such as [U+200B]."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(letter if letter == " " or _plain(letter) is None else f"[U+{ord(letter):04X}]" for letter in text)


def _plain(letter: str) -> str | None:
    """What a person sees of a letter that is no more than a blank, or not even that; None for any other."""
    kind = unicodedata.category(letter)
    if letter in "\t\n\r\v\f\x85" or kind in ("Zs", "Zl", "Zp") or letter in _BLANK:
        return " "
    hidden = kind in ("Cc", "Cf") or letter in _ON_TOP or "\ufe00" <= letter <= "\ufe0f"
    return "" if hidden else None
