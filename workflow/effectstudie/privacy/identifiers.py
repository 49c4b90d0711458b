"""What in a text names a person. No pandas here: short jobs use it too."""

import re

from stdnum.nl import bsn

# An account or a telephone number with a mistyped digit still names somebody, so their form is enough.
NAMING_VALUES = {
    "an e-mail address": re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE),
    "a bank account": re.compile(r"\bNL\d{2}\s?[A-Z]{4}\s?(?:\d\s?){10}(?!\d)"),
    "a telephone number": re.compile(r"(?<![\d.,-])(?:\+31|0031|0)[\s-]?(?:\(0\))?[1-9](?:[\s-]?\d){8}(?!\d)"),
    "a postcode": re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b|^[1-9]\d{3}\s?[A-Za-z]{2}$"),
    "an address of a computer": re.compile(
        r"(?<![\d.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\d.])"
    ),
    "an address": re.compile(r"[A-Z]\w*(?:straat|laan|weg|plein|kade|gracht|dijk|singel|steeg)\s+\d+"),
}

# One random number in eleven passes for a citizen service number (BSN).
_NINE_DIGITS = re.compile(r"(?<![\d.,-])\d{3}[ .]?\d{3}[ .]?\d{3}(?!\d)")


def what_text_names(text: str) -> str | None:
    """What in a text names somebody: an e-mail address, a telephone number, a postcode, ...; None: nothing."""
    if any(map(bsn.is_valid, _NINE_DIGITS.findall(text))):
        return "a citizen service number (BSN)"
    return next((kind for kind, pattern in NAMING_VALUES.items() if pattern.search(text)), None)
