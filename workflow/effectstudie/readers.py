"""Read one raw export, .sav, .csv or .xlsx, as text and numbers just as they were delivered."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
from python_calamine import CalamineError, CalamineWorkbook

from effectstudie.errors import InputError

# UTF-8 that was read as Windows-1252: an e acute became A tilde and a copyright sign.
_GARBLED = re.compile("\u00c3[\u00a0-\u00bf]|\u00e2\u20ac")


@dataclass(frozen=True)
class Export:
    """`frame`: numbers, dates, text without blanks around it, or None; a row a case.

    `user_missing`: per column the bounds (low, high) of values that SPSS was told are no answer.
    `labels`: per column what SPSS was told that its values mean.
    """

    frame: pd.DataFrame
    user_missing: Mapping[str, Sequence[tuple[Any, Any]]] = field(default_factory=dict)
    labels: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)


def read_export(path: str | Path, expected: Collection[str] = ()) -> Export:
    """The cases of an export; values are never converted by guesswork. Rows and columns without any text are left out.

    `expected` are the column names hoped for: they tell which delimiter a .csv has. Of an .xlsx the first sheet counts.
    InputError: the file is empty, truncated, in no known encoding, has a column twice, or has no rows.
    """
    path = Path(path)
    if path.stat().st_size == 0:
        raise InputError([f"{path.name}: the file is empty; export it again."])
    names, cells, *declared = _READERS[path.suffix.lower()](path, expected)
    names = [str(name).strip() for name in names]
    frame = pd.DataFrame({place: _stripped(column) for place, column in enumerate(cells)})
    unnamed = [place for place, name in enumerate(names) if not name]
    problems = [
        f"{path.name}, column {place + 1}: has values but no name; name it, or leave it out."
        for place in unnamed
        if frame[place].notna().any()
    ]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    problems += [f"{path.name}: column {name} occurs twice; keep one." for name in twice]
    if problems:
        raise InputError(problems)
    frame = frame.drop(columns=unnamed).dropna(how="all").reset_index(drop=True)
    if frame.empty:
        raise InputError([f"{path.name}: the file has no rows; export it again."])
    return Export(frame.set_axis([name for name in names if name], axis=1), *declared)


def _stripped(column: Sequence | pd.Series) -> pd.Series:
    """A column with None for text of blanks only; SPSS fills text up with blanks, people type them."""
    column = pd.Series(column)
    if column.dtype.kind in "ifM":
        return column
    return pd.Series(
        [(value.strip() or None) if isinstance(value, str) else None if value != value else value for value in column],
        dtype=object,
    )


def _read_sav(path: Path, _: Collection[str]):
    try:
        # user_missing: without it SPSS's missing ranges vanish, and refused can't be told from not asked
        frame, meta = pyreadstat.read_sav(path, user_missing=True)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
        raise InputError([f"{path.name}: is no complete SPSS file ({error}); export it again."]) from None
    user_missing = {
        name: [(bounds["lo"], bounds["hi"]) for bounds in ranges] for name, ranges in meta.missing_ranges.items()
    }
    return list(frame.columns), [column for _, column in frame.items()], user_missing, meta.variable_value_labels


def _read_csv(path: Path, expected: Collection[str]):
    text = _decode(path)
    delimiter = max(";,\t", key=lambda mark: _expected_names(next(_rows(text, mark), []), expected))
    try:
        rows = list(_rows(text, delimiter, strict=True))
    except csv.Error as error:
        message = "the quotes around a text do not match, or the file is truncated; export it again."
        raise InputError([f"{path.name}: is no well-formed CSV file ({error}): {message}"]) from None
    width = len(rows[0]) if rows else 0
    rows = [row if any(row[width:]) else row[:width] for row in rows]
    problems = [
        f"{path.name}, row {number}: has {len(row)} cells, the header has {width}; "
        + ("the file is truncated, or a delimiter is missing." if len(row) < width else "quote text with a delimiter.")
        for number, row in enumerate(rows)
        if len(row) != width
    ]
    if problems:
        raise InputError(problems)
    return (rows[0], list(zip(*rows[1:], strict=True))) if rows[1:] else ([], [])


def _expected_names(header: Sequence[str], expected: Collection[str]) -> tuple[int, int]:
    return len({name.strip() for name in header} & set(expected)), len(header)


def _rows(text: str, delimiter: str, strict: bool = False) -> Iterator[list[str]]:
    """Rows with any text in them, header first; a quoted cell may hold delimiters and newlines."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    return (row for row in rows if any(cell.strip() for cell in row))


def _decode(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _GARBLED.search(text):
            raise InputError([f"{path.name}: has garbled letters ({_GARBLED.search(text)[0]}); export it as UTF-8."])
        if "\0" not in text:
            return text.replace("\r\n", "\n")
    raise InputError([f"{path.name}: is neither UTF-8 nor Windows-1252 text; export it again as UTF-8."])


def _read_xlsx(path: Path, _: Collection[str]):
    try:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    except CalamineError as error:
        raise InputError([f"{path.name}: is no complete Excel file ({error}); export it again."]) from None
    return (rows[0], list(zip(*rows[1:], strict=True))) if rows[1:] else ([], [])


_READERS = {".sav": _read_sav, ".csv": _read_csv, ".xlsx": _read_xlsx}
