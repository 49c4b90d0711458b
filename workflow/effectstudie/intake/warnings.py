"""Warnings: what is odd in an export and no error. Their columns are those of result_tables.quality.WARNINGS."""

from collections.abc import Iterable


def warning(kind: str, file: str, column: str, about: str, rows: Iterable[int] | int) -> dict:
    """`rows`: the case numbers, or only how many."""
    numbers = [] if isinstance(rows, int) else sorted(int(row) for row in rows)
    shown = ", ".join(map(str, numbers))
    count = rows if isinstance(rows, int) else len(numbers)
    return {"kind": kind, "file": file, "column": column, "about": about, "count": count, "rows": shown}
