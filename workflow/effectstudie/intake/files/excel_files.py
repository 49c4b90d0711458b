"""Excel files: the one sheet that has rows."""

import re
import zipfile
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from io import BytesIO

from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from effectstudie.intake.files.csv_files import header_problem
from effectstudie.intake.files.excel_cells import (
    FAILED,
    NO_VALUE,
    UNCALCULATED,
    Sheet,
    damaged,
    letters,
    part_of,
    sheets_of,
)
from effectstudie.intake.places import rows_told
from effectstudie.privacy.identifiers import shown_name
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import private, say

# An old workbook, and one with a password, are no zip files.
_OLD, _ENCRYPTED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
# How Excel, in English, Dutch or German, and LibreOffice write an error; pasted as text it is one no less.
_ERROR = re.compile(r"#(?:N/[AB]|NV|GETTING_DATA|[A-Z/0_]{2,}[!?])|Err:5\d\d")
_WHAT = {
    FAILED: say("an error of Excel; mend the formula, or empty the cell where there is no answer."),
    UNCALCULATED: say(
        "a formula without a result; open the workbook in Excel and save it, or paste the column as values."
    ),
}
# So many sheets, and columns with one fault, are named.
_SHEETS, _COLUMNS = 5, 8
# What a format code says literally, or of colours, conditions and places: no letter of it stands for a part of a date.
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_LETTERS_OF_DATES = frozenset("ymdhsjutaegb")
# A 0 that stands for a digit of a number, not of a fraction of a second.
_DIGIT = re.compile(r"[#?]|(?<![sS.,0])0")
_STYLES, _LARGEST_STYLES = "styles.xml", 32 << 20


def read(content: bytes, file: str, expected: Collection[str] = ()):
    """Names and columns of an .xlsx file; `file`: its name."""
    if content.startswith(_OLD):
        if _ENCRYPTED in content:
            raise InputError([say("{file}: has a password; save it without one, as .xlsx.", file=file)])
        raise InputError([say("{file}: is an old Excel file; save it as .xlsx.", file=file)])
    filled = [sheet for sheet in sheets_of(content, file) if sheet.values or sheet.faults]
    if len(filled) > 1:
        shown = [(shown_name(one.name, "…"), one.hidden) for one in filled[:_SHEETS]]
        names = [say("{name} (hidden)", name=name) if hidden else name for name, hidden in shown]
        names += ["…"] * (len(filled) > _SHEETS)
        raise InputError(
            [
                say(
                    "{file}: has rows on more than one sheet ({names}); keep the one of the export.",
                    file=file,
                    names=names,
                )
            ]
        )
    if not filled:
        return [], []
    (sheet,) = filled
    try:
        cells = CalamineWorkbook.from_filelike(BytesIO(_without_false_dates(content))).get_sheet_by_index(sheet.place)
        rows, start = _values(cells, sheet), cells.start
        if start is None:
            raise CalamineError(say("its values cannot be read"))
    except (CalamineError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        # such as an error of a kind that the library does not know
        raise InputError(_faults(sheet, (0, 0), [], file) or [damaged(file, error)]) from None
    problems = header_problem([[str(cell) for cell in row] for row in rows[:6]], file, expected)
    problems += _faults(sheet, start, rows, file)
    if problems:
        raise InputError(problems)
    return (rows[0], list(zip(*rows[1:], strict=True))) if rows[1:] else ([], [])


def _values(cells: CalamineSheet, sheet: Sheet) -> list[list]:
    """The values of a sheet; those that are the text of an error become faults of it, and SPSS's #NULL! is none."""
    rows = cells.to_python()
    top, left = cells.start or (0, 0)
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if not isinstance(value, str) or value[:1] not in ("#", "E"):
                continue
            if value == NO_VALUE:
                row[place] = ""
            elif _ERROR.fullmatch(value):
                sheet.fault(top + number + 1, left + place + 1, FAILED, value)
    return rows


def _faults(sheet: Sheet, start: tuple[int, int], rows: Sequence[Sequence], file: str) -> list[str]:
    """A problem per column and kind of fault, with the first rows. `start`: row and column of the header, from 0.

    `rows`: with the header; none where the library could not read them.
    """
    if not sheet.faults:
        return []
    top, left = start
    header = rows[0] if rows else []
    filled = {top + 1 + number for number, row in enumerate(rows) if any(str(cell).strip() for cell in row)}
    faulty = set().union(*(at for at, _ in sheet.faults.values()))
    cases = sorted((filled | faulty) - set(range(top + 2))) if rows else range(2, max(faulty) + 1)
    problems: dict[str, list[str]] = {}
    for (column, kind), (at, value) in sorted(sheet.faults.items()):
        place = column - left - 1
        name = str(header[place]).strip() if 0 <= place < len(header) else ""
        shown = shown_name(name, letters(column)) if name else letters(column)
        cell = f"{letters(column)}{min(at)}"
        numbers = [bisect_left(cases, row) + 1 if row > top + 1 else 0 for row in sorted(set(at))]
        problem = say(
            "{file}, {rows}, column {column}{value}: {cell} {what}",
            file=file,
            rows=say("header") if 0 in numbers else rows_told(numbers),
            column=shown,
            value=private(say(", value '{value}'", value=value)) if value else "",
            cell=say("cell {cell} holds", cell=cell) if len(at) == 1 else say("cell {cell} and others hold", cell=cell),
            what=_WHAT[kind],
        )
        problems.setdefault(kind, []).append(problem)
    return [problem for kind, found in problems.items() for problem in _first(found, file, kind)]


def _first(problems: Sequence[str], file: str, kind: str) -> list[str]:
    """The first of many problems of one kind, and a sentence for the rest: they have one cause."""
    more = len(problems) - _COLUMNS
    rest = [say("{file}: {more} more columns hold {what}", file=file, more=more, what=_WHAT[kind])] if more > 0 else []
    return [*problems[:_COLUMNS], *rest]


def _without_false_dates(content: bytes) -> bytes:
    """The workbook without formats that the library would take for a date: Standaard is the Dutch name of General."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        try:
            name = part_of(parts, _STYLES)
        except KeyError:
            return content
        if parts.getinfo(name).file_size > _LARGEST_STYLES:
            raise zipfile.BadZipFile(say("{name} is too long", name=name))
        root = etree.fromstring(parts.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
        false = [one for one in root.iter("{*}numFmt") if _is_no_date(one.get("formatCode", ""))]
        if not false:
            return content
        for one in false:
            one.set("formatCode", "General")
        changed = BytesIO()
        with zipfile.ZipFile(changed, "w") as copy:
            for part in parts.infolist():
                copy.writestr(part, etree.tostring(root) if part.filename == name else parts.read(part))
    return changed.getvalue()


def _is_no_date(code: str) -> bool:
    """Whether a format code has letters, but as words, or beside the digits of a number."""
    bare = _LITERAL.sub(" ", code)
    found: Iterable[str] = re.findall(r"[^\W\d_]+", bare.casefold())
    words = [word for word in found if len(word) > 2 and len(set(word)) > 1 and not set(word) <= _LETTERS_OF_DATES]
    return bool(found) and (bool(words) or bool(_DIGIT.search(bare)))
