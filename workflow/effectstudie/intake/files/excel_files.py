"""Excel files: the one sheet that has rows."""

import re
import zipfile
from collections.abc import Collection, Sequence
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from effectstudie.intake.files.csv_files import header_problem
from effectstudie.privacy.identifiers import shown_name
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import private

_ROW = re.compile(r"<row\b.*?</row>", re.DOTALL)
_CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_VALUE = re.compile(r"<v>(.*?)</v>")


def read(content: bytes, file: str, expected: Collection[str] = ()):
    """Names and columns of an .xlsx file; `file`: its name."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except (CalamineError, zipfile.BadZipFile) as error:
        raise InputError([f"{file}: is no complete Excel file ({error}); export it again."]) from None
    filled = {name: rows for name, rows in sheets.items() if any(any(cell != "" for cell in row) for row in rows)}
    if len(filled) > 1:
        names = ", ".join(shown_name(name, "…") for name in filled)
        raise InputError([f"{file}: has rows on more than one sheet ({names}); keep the one of the export."])
    rows = next(iter(filled.values()), [])
    problems = header_problem([[str(cell) for cell in row] for row in rows[:6]], file, expected)
    problems += _failed_formulas(content, file, rows[0] if rows else [])
    if problems:
        raise InputError(problems)
    return (rows[0], list(zip(*rows[1:], strict=True))) if rows[1:] else ([], [])


def _failed_formulas(content: bytes, file: str, header: Sequence) -> list[str]:
    """Cells with an error of Excel, or a formula whose value nobody saved: the library hands them over as if empty."""
    problems = []
    with zipfile.ZipFile(BytesIO(content)) as parts:
        for part in (name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")):
            text = parts.read(part).decode("utf-8", "replace")
            if 't="e"' not in text and "<f" not in text:
                continue
            for row, cells in enumerate(_ROW.findall(text)):
                for place, (attributes, inside) in enumerate(_CELL.findall(cells)):
                    if 't="e"' in attributes or ("<f" in inside and "<v" not in inside):
                        column = shown_name(str(header[place]), str(place + 1)) if place < len(header) else place + 1
                        value = (_VALUE.findall(inside or "") or ["#"])[0]
                        problems.append(
                            f"{file}, row {row}, column {column}{private(f', value {value!r}')}: holds a formula "
                            "that failed; export values."
                        )
    return problems
