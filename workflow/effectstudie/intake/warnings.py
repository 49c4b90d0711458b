"""Warnings: what is odd in an export and no error."""

from collections.abc import Iterator, Sequence

import pandas as pd

WARNING_COLUMNS = ["kind", "file", "column", "about", "count", "rows"]


def warning(kind: str, file: str, column: str, about: str, rows: pd.Series | int) -> dict:
    """`rows`: the case numbers, or only how many."""
    numbers = [] if isinstance(rows, int) else sorted(int(row) for row in rows)
    shown = ", ".join(map(str, numbers))
    count = rows if isinstance(rows, int) else len(numbers)
    return {"kind": kind, "file": file, "column": column, "about": about, "count": count, "rows": shown}


def as_table(found: Iterator[dict] | Sequence[dict]) -> pd.DataFrame:
    """Warnings as a table with WARNING_COLUMNS, one row each."""
    return pd.DataFrame(list(found), columns=WARNING_COLUMNS)
