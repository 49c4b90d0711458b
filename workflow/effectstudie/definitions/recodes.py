"""Recodes as they stand in their file: in a column of an export, which code becomes which, for all rows at once."""

import re

# A code that means that there is no answer, and one of the codebook, are numbers; what a cell holds may be a text too.
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def code_of(text: str) -> float | str:
    """A code as a number however it is written (1, 01, 1,0); any other text as it is."""
    text = text.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else text
