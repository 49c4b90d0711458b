"""Lists that people keep in a spreadsheet, as CSV: corrections, recodes and names of columns; and their digests."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

# How Dutch Excel saves a day that was typed as year-month-day.
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")


def rows_of(content: bytes) -> tuple[list[str], list[dict[str, Any]]]:
    """The header and the rows of a list as a spreadsheet saves it; the first row is line 2 of the file.

    Commas, semicolons (Dutch Excel) or tabs; UTF-8 with or without a mark, Windows-1252, or UTF-16 (Excel's "Unicode
    text"): UnicodeDecodeError for anything else. Blanks around a cell and empty cells at the end of a line do not
    count; a `date` may be day-month-year. A row of empty cells stays, empty, for the sake of the lines behind it. Cells
    that are missing are None, those beyond the header a list under None.
    """
    text = _decoded(content).lstrip("\ufeff")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    # a spreadsheet that took each line for one cell puts quotes around it
    rows = [next(csv.reader(row, delimiter=delimiter)) if len(row) == 1 else row for row in rows]
    cells = [[cell.strip() for cell in row] for row in rows]
    header = _without_end(cells[0]) if cells else []
    return header, [_row(header, row) for row in cells[1:]]


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _row(header: list[str], cells: list[str]) -> dict[Any, Any]:
    if not any(cells):
        return dict.fromkeys(header, "")
    row: dict[Any, Any] = {**dict.fromkeys(header), **dict(zip(header, cells, strict=False))}
    if beyond := _without_end(cells[len(header) :]):
        row[None] = beyond
    if dutch := _DUTCH_DAY.fullmatch(row.get("date") or ""):
        day, month, year = dutch.groups()
        row["date"] = f"{year}-{month:>02}-{day:>02}"
    return row


def _without_end(cells: list[str]) -> list[str]:
    """Without the empty cells that a spreadsheet puts behind a row."""
    width = max((place for place, cell in enumerate(cells, start=1) if cell), default=0)
    return cells[:width]


def digest_of(rows: Iterable[Mapping[str, Any]], export: str) -> str:
    """A digest of the rows of an export: it shows a change without showing an id."""
    own = [row for row in rows if row.get("file") == export]
    return hashlib.sha256(json.dumps(own, sort_keys=True).encode()).hexdigest()


def content_of(path: str | Path | None) -> bytes:
    """The bytes of the file; none where there is no file."""
    return Path(path).read_bytes() if path is not None and Path(path).is_file() else b""


def digest_in(content: bytes, export: str) -> str:
    """The digest of the rows of an export in these bytes, which may be of a file that was just spoiled."""
    try:
        return digest_of(rows_of(content)[1], export)
    except (UnicodeDecodeError, csv.Error, TypeError):
        return "cannot be read"
