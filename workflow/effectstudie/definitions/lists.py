"""Lists that people keep in a spreadsheet, as CSV: corrections, recodes and names of columns; and their digests."""

import csv
import hashlib
import io
import itertools
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

# As a Dutch Excel writes a day, whatever was typed.
_DUTCH_DATE = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")


def rows_of(content: bytes) -> tuple[list[str], list[dict[str, Any]]]:
    """The header and the rows of numbered_rows."""
    header, rows = numbered_rows(content)
    return header, list(rows.values())


def numbered_rows(content: bytes) -> tuple[list[str], dict[int, dict[str, Any]]]:
    """The header, and the rows by their number (the header is 1), of a CSV file as an editor or a Dutch Excel saves it.

    It has commas, semicolons or tabs, is UTF-8, Windows-1252 or UTF-16, which Excel calls Unicode text
    (UnicodeDecodeError where it is none), and has days in either order. Blanks around a cell do not count. A row with
    too many cells has them under None, one with too few has None under the last names.
    """
    text = _decoded(content).lstrip("\ufeff")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    lines = dict(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1))
    # a spreadsheet that took a whole line for one cell puts quotes around it
    lines = {line: next(csv.reader(row, delimiter=delimiter)) if len(row) == 1 else row for line, row in lines.items()}
    header = [name.strip() for name in lines.pop(1, [])]
    while header and not header[-1]:
        header.pop()  # it keeps empty columns too
    return header, {line: _row(header, cells) for line, cells in lines.items() if any(map(str.strip, cells))}


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _row(header: list[str], cells: list[str]) -> dict[str, Any]:
    cells = [cell.strip() for cell in cells]
    row: dict[str | None, Any] = dict(itertools.zip_longest(header, cells[: len(header)]))
    if any(cells[len(header) :]):
        row[None] = cells[len(header) :]
    if row.get("date") and (turned := _DUTCH_DATE.fullmatch(row["date"])):
        day, month, year = turned.groups()
        row["date"] = f"{year}-{month:>02}-{day:>02}"
    return row


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
