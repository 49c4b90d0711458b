"""CSV files: which encoding and delimiter they have, and whether what they hold is a table at all."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence

from effectstudie.shared.errors import InputError

DELIMITERS = ";,\t"
# UTF-8 that was read as Windows-1252: an e acute became A tilde and a copyright sign.
_GARBLED = re.compile("\u00c3[\u00a0-\u00bf]|\u00e2\u20ac")
_OTHER_KINDS = {
    b"PK\x03\x04": "an Excel file; give it the name .xlsx",
    b"\xd0\xcf\x11\xe0": "an old Excel file; save it as .xlsx",
    b"$FL": "an SPSS file; give it the name .sav",
    b"<": "a web page (html) or XML; export it again",
}
# Above the header some programs write a title or what a column means.
_LINES_ABOVE = 5


def read(content: bytes, file: str, expected: Collection[str] = ()):
    """Names and columns of a .csv file; `file`: its name."""
    text = _decode(content, file)
    delimiter = max(DELIMITERS, key=lambda mark: _expected_names(next(_rows(text, mark), []), expected))
    try:
        rows = list(_rows(text, delimiter, strict=True))
    except csv.Error as error:
        message = "the quotes around a text do not match, or the file is truncated; export it again."
        raise InputError([f"{file}: is no well-formed CSV file ({error}): {message}"]) from None
    problems = header_problem(rows[: _LINES_ABOVE + 1], file, expected)
    if problems:
        raise InputError(problems)
    width = len(rows[0]) if rows else 0
    rows = [row if any(row[width:]) else row[:width] for row in rows]
    problems = [
        f"{file}, row {number}: has {len(row)} cells, the header has {width}; "
        + ("the file is truncated, or a delimiter is missing." if len(row) < width else "quote text with a delimiter.")
        for number, row in enumerate(rows)
        if len(row) != width
    ]
    problems += [
        f"{file}, row {number}: is the header again; take it out, or part the files that stand behind each other."
        for number, row in enumerate(rows)
        if number and [cell.strip() for cell in row] == [cell.strip() for cell in rows[0]]
    ]
    if problems:
        raise InputError(problems)
    return (rows[0], list(zip(*rows[1:], strict=True))) if rows[1:] else ([], [])


def header_problem(rows: Sequence[Sequence[str]], file: str, expected: Collection[str]) -> list[str]:
    """That the header is not the first of these rows, if one of the others is more like it."""
    if not rows or not expected:
        return []
    known = [len({cell.strip() for cell in row} & set(expected)) for row in rows]
    best = known.index(max(known))
    if best and known[best] > known[0]:
        return [f"{file}: the header stands in line {best + 1}; take out what stands above it."]
    if len(rows[0]) == 1 and not known[0] and len(expected) > 2:
        return [f"{file}: has one column and none that is known: the delimiter must be a comma, semicolon or tab."]
    return []


def _expected_names(header: Sequence[str], expected: Collection[str]) -> tuple[int, int]:
    return len({name.strip() for name in header} & set(expected)), len(header)


def _rows(text: str, delimiter: str, strict: bool = False) -> Iterator[list[str]]:
    """Rows with any text in them, header first; a quoted cell may hold delimiters and newlines."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    return (row for row in rows if any(cell.strip() for cell in row))


def _decode(raw: bytes, file: str) -> str:
    for start, kind in _OTHER_KINDS.items():
        if raw.startswith(start):
            raise InputError([f"{file}: is {kind}."])
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _GARBLED.search(text):
            raise InputError([f"{file}: has garbled letters ({_GARBLED.search(text)[0]}); export it as UTF-8."])
        if text.startswith("sep="):
            raise InputError([f"{file}: begins with Excel's line '{text[:5]}'; take that line out."])
        if "\0" not in text:
            return text.replace("\r\n", "\n")
        if not raw.startswith((b"\xff\xfe", b"\xfe\xff")) and text.count("\0") * 4 < len(text):
            raise InputError([f"{file}: has NUL bytes: it is damaged; export it again."])
    raise InputError([f"{file}: is neither UTF-8 nor Windows-1252 text; export it again as UTF-8."])
