"""Excel files: the one sheet that has rows."""

import re
import zipfile
from collections.abc import Collection, Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from effectstudie.intake.files.csv_files import header_problem
from effectstudie.shared.errors import InputError, private

_ROW = re.compile(r"<row\b.*?</row>", re.DOTALL)
_CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_VALUE = re.compile(r"<v>(.*?)</v>")


def read(path: Path, expected: Collection[str] = ()):
    """Names and columns of an .xlsx file."""
    try:
        book = CalamineWorkbook.from_path(path)
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except (CalamineError, zipfile.BadZipFile) as error:
        raise InputError([f"{path.name}: is no complete Excel file ({error}); export it again."]) from None
    filled = {name: rows for name, rows in sheets.items() if any(any(cell != "" for cell in row) for row in rows)}
    if len(filled) > 1:
        names = ", ".join(filled)
        raise InputError([f"{path.name}: has rows on more than one sheet ({names}); keep the one of the export."])
    rows = next(iter(filled.values()), [])
    problems = header_problem([[str(cell) for cell in row] for row in rows[:6]], path.name, expected)
    problems += _failed_formulas(path, rows[0] if rows else [])
    if problems:
        raise InputError(problems)
    return (rows[0], list(zip(*rows[1:], strict=True))) if rows[1:] else ([], [])


def _failed_formulas(path: Path, header: Sequence) -> list[str]:
    """Cells with an error of Excel, which the library hands over as if they were empty."""
    problems = []
    with zipfile.ZipFile(path) as parts:
        for part in (name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")):
            text = parts.read(part).decode("utf-8", "replace")
            if 't="e"' not in text:
                continue
            for row, cells in enumerate(_ROW.findall(text)):
                for place, (attributes, content) in enumerate(_CELL.findall(cells)):
                    if 't="e"' in attributes:
                        column = header[place] if place < len(header) else place + 1
                        value = (_VALUE.findall(content or "") or ["#"])[0]
                        problems.append(
                            f"{path.name}, row {row}, column {column}{private(f', value {value!r}')}: holds a formula "
                            "that failed; export values."
                        )
    return problems
