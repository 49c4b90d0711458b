"""What a code and a label mean, however an export writes them."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from effectstudie.definitions.export_columns import Column
from effectstudie.intake.cells import as_number
from effectstudie.intake.spelling.letters import as_typed


def code_in(cell: Any) -> float | str | None:
    """What a cell holds: a number however the format writes it, else a text, else nothing."""
    number = as_number(cell)
    return as_typed(cell) if number != number else number


@lru_cache(maxsize=10_000)
def plain(label: str) -> str:
    """A label as it sounds: no code in front of it, no capitals, accents, signs or double blanks."""
    letters = unicodedata.normalize("NFKD", re.sub(r"^\s*\d+\s*[.:=)-]\s*(?=\D)", "", label.casefold()))
    return " ".join(re.sub(r"[^\w]+", " ", "".join(c for c in letters if not unicodedata.combining(c))).split())


def meant_code(label: str, column: Column) -> int | None:
    """The code that the codebook calls so; None where it calls none so."""
    return {plain(known): code for code, known in (column.values or {}).items()}.get(plain(label))
