"""The cells of a workbook as its XML has them: how far they reach, and which hold an error or no result.

The library that reads their values makes a table of all between the first and the last, and hands over an error as if
its cell were empty. So a stream of them is looked at first, which takes no memory to speak of.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.parsers import expat

from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import Sentence, joined, say

_WORKBOOK, _RELATIONS, _STRINGS = "workbook.xml", "_rels/workbook.xml.rels", "sharedStrings.xml"
# What no export needs: bytes when it is unpacked, places in the table, letters in its cells, and sheets.
_UNPACKED, _PLACES, _LETTERS, _SHEETS = 256 << 20, 5_000_000, 100_000_000, 10_000
# The longest text that Excel lets a cell have.
_LONGEST = 32_767
_CHUNK = 1 << 16
_DAMAGES = (zipfile.BadZipFile, zlib.error, expat.ExpatError, KeyError, ValueError, EOFError, RuntimeError)
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_TRUE = ("1", "true")
# SPSS writes this for system-missing; as the result of a formula it is an error like any other.
NO_VALUE = "#NULL!"
FAILED, UNCALCULATED = "failed", "uncalculated"


@dataclass
class Sheet:
    """`place`: among all sheets, from 0; `values`: cells that hold anything; `faults`: what is wrong with cells.

    Of `faults` the key is (column, FAILED or UNCALCULATED), the value the rows and the first value there. Rows and
    columns count from 1.
    """

    name: str
    hidden: bool
    place: int
    values: int = 0
    faults: dict[tuple[int, str], tuple[list[int], str]] = field(default_factory=dict)

    def fault(self, row: int, column: int, kind: str, value: str) -> None:
        """Keep a cell that holds an error or no result."""
        self.faults.setdefault((column, kind), ([], value))[0].append(row)


def sheets_of(content: bytes, file: str) -> list[Sheet]:
    """The sheets of a workbook, looked through; InputError where it is damaged, or more than an export can be."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            _refuse_other_kinds(parts, file)
            unpacked = sum(part.file_size for part in parts.infolist())
            if unpacked > _UNPACKED:
                raise InputError([_too_large(file, say("unpacks to {unpacked} MB", unpacked=unpacked >> 20))])
            return _sheets(parts, file)
    except _DAMAGES as error:
        raise InputError([damaged(file, error)]) from None


def damaged(file: str, error: BaseException) -> str:
    """What to say of a workbook that cannot be read."""
    why = next((part for part in error.args if isinstance(part, Sentence)), str(error))
    return say("{file}: is no complete Excel file ({error}); export it again.", file=file, error=why)


def _too_large(file: str, how: str) -> str:
    return say(
        "{file}: {how}, more than an export does; take out what is not of the export, or export it again.",
        file=file,
        how=how,
    )


def letters(column: int) -> str:
    """How Excel calls a column: 1 → A, 28 → AB."""
    text = ""
    while column:
        column, place = divmod(column - 1, 26)
        text = chr(65 + place) + text
    return text


def part_of(parts: zipfile.ZipFile, name: str) -> str:
    """A part beside that of the workbook, in whatever capitals and with whatever slashes; KeyError: there is none."""
    return _named(parts, posixpath.join("/", _folder(parts), name))


def _named(parts: zipfile.ZipFile, name: str) -> str:
    known = {each.replace("\\", "/").casefold(): each for each in parts.namelist()}
    return known[posixpath.normpath(name).lstrip("/").casefold()]


def _folder(parts: zipfile.ZipFile) -> str:
    """Where the workbook lies: most programs call it xl."""
    for _, attributes in _elements(parts, _named(parts, "_rels/.rels"), ["Relationship"]):
        if attributes.get("Type", "").endswith("/officeDocument"):
            return posixpath.dirname(attributes["Target"].replace("\\", "/"))
    return "xl"


def _refuse_other_kinds(parts: zipfile.ZipFile, file: str) -> None:
    names = set(parts.namelist())
    for part, kind in {
        "xl/workbook.bin": say("a binary workbook (.xlsb)"),
        "content.xml": say("an OpenDocument file"),
    }.items():
        if part in names:
            raise InputError([say("{file}: is {kind}; save it as .xlsx.", file=file, kind=kind)])


def _sheets(parts: zipfile.ZipFile, file: str) -> list[Sheet]:
    try:
        strings = _Strings(file).read(parts, part_of(parts, _STRINGS))
    except KeyError:
        strings = []
    recalculated, found = _listed(parts)
    read: dict[str, _Cells] = {}
    for sheet, part in found:
        if part not in read:
            read[part] = _Cells(sheet, file, strings, recalculated)
            _parse(parts, part, read[part].start, read[part].end, read[part].text)
        sheet.values, sheet.faults = read[part].sheet.values, read[part].sheet.faults
    return [sheet for sheet, _ in found]


def _listed(parts: zipfile.ZipFile) -> tuple[bool, list[tuple[Sheet, str]]]:
    """Whether Excel is to calculate when it opens the workbook; and its sheets of cells, each with its part."""
    targets, recalculated, found = {}, False, []
    for _, attributes in _elements(parts, part_of(parts, _RELATIONS), ["Relationship"]):
        if attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes.get("Id")] = attributes["Target"].replace("\\", "/")
    place = -1
    for tag, attributes in _elements(parts, part_of(parts, _WORKBOOK), ["sheet", "calcPr"]):
        if tag == "calcPr":
            recalculated = attributes.get("fullCalcOnLoad") in _TRUE
            continue
        place += 1
        identifier = next((value for name, value in attributes.items() if name.endswith(" id")), None)
        if identifier in targets:
            sheet = Sheet(attributes["name"], attributes.get("state", "visible") != "visible", place)
            found.append((sheet, _sheet_part(parts, targets[identifier])))
    return recalculated, found


def _sheet_part(parts: zipfile.ZipFile, target: str) -> str:
    try:
        return part_of(parts, target)
    except KeyError:
        return _named(parts, target)


def _parse(parts: zipfile.ZipFile, part: str, start: Callable, end: Callable | None, text: Callable | None) -> None:
    """Give the elements of a part to these, one after the other; no part is ever held in memory as a whole."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    with parts.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk)
    parser.Parse(b"", True)


def _refuse_document_type(*_: Any) -> None:
    # a workbook has none; what it declares may grow without end
    raise ValueError("declares a document type")


def _elements(parts: zipfile.ZipFile, part: str, wanted: Collection[str]) -> list[tuple[str, Mapping[str, str]]]:
    """Tag, without its namespace, and attributes of the elements of a part that are wanted."""
    found: list[tuple[str, Mapping[str, str]]] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if _local(name) in wanted:
            found.append((_local(name), attributes))
            if len(found) > _SHEETS:
                raise ValueError(f"{part} is too long")

    _parse(parts, part, start, None, None)
    return found


def _local(name: str) -> str:
    return name[name.rfind(" ") + 1 :]


class _Strings:
    """How many letters each of the texts has that cells share."""

    def __init__(self, file: str):
        self._file, self._lengths, self._inside = file, [], False

    def read(self, parts: zipfile.ZipFile, part: str) -> list[int]:
        """The lengths, in the order of the texts."""
        _parse(parts, part, self._start, self._end, self._text)
        return self._lengths

    def _start(self, name: str, _: Mapping[str, str]) -> None:
        tag = _local(name)
        self._inside = tag == "t"
        if tag == "si":
            self._lengths.append(0)
            if len(self._lengths) > _PLACES:
                raise InputError([_too_large(self._file, say("holds more than {most} texts", most=_PLACES))])

    def _end(self, _: str) -> None:
        self._inside = False

    def _text(self, text: str) -> None:
        if self._inside and self._lengths:
            self._lengths[-1] += len(text)


class _Cells:
    """What is seen of a sheet while its XML goes by."""

    def __init__(self, sheet: Sheet, file: str, strings: list[int], recalculated: bool):
        self.sheet, self._file, self._strings, self._recalculated = sheet, file, strings, recalculated
        self._row = self._column = self._letters = 0
        # the rows and columns between which all values stand, and the cells that stand on those borders
        self._top = self._left = 1 << 30
        self._bottom = self._right = 0
        self._corners = ["", ""]
        self._cell: str | None = None  # the type of the cell that goes by
        self._tag, self._has_formula, self._has_value = "", False, False
        self._value: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._tag = tag = _local(name)
        if tag == "c":
            self._column += 1
            if reference := attributes.get("r"):
                self._row, self._column = _place(reference)
            self._cell, self._value = attributes.get("t", "n"), []
            self._has_formula = self._has_value = False
        elif tag == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif tag == "f":
            self._has_formula = True
        elif tag in ("v", "is"):
            self._has_value = True

    def text(self, text: str) -> None:
        """Text goes by; of a cell it is the value, or a text without one."""
        if self._cell and self._tag in ("v", "t"):
            self._value.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        self._tag = ""
        if self._cell and _local(name) == "c":
            self._judge(self._cell, "".join(self._value))
            self._cell = None

    def _judge(self, kind: str, text: str) -> None:
        value = text.strip()
        if self._has_formula and (not value or self._recalculated and not value.strip("0.")):
            self.sheet.fault(self._row, self._column, UNCALCULATED, "")
        elif kind == "e" and (self._has_formula or value != NO_VALUE):
            self.sheet.fault(self._row, self._column, FAILED, value)
        if not self._has_value:
            return
        self.sheet.values += bool(value)
        size = len(text)
        if kind == "s" and value.isdecimal() and int(value) < len(self._strings):
            size = self._strings[int(value)]
        if size > _LONGEST:
            what = say("cell {cell} holds {size} letters", cell=f"{letters(self._column)}{self._row}", size=size)
            raise InputError([_too_large(self._file, what)])
        self._letters += size
        if self._letters > _LETTERS:
            raise InputError([_too_large(self._file, say("holds more than {most} letters", most=_LETTERS))])
        self._reach(self._row, self._column)

    def _reach(self, row: int, column: int) -> None:
        """InputError where so few cells stand so far apart that a table of all between them is too large."""
        self._top, self._left = min(self._top, row), min(self._left, column)
        if row > self._bottom:
            self._bottom, self._corners[0] = row, f"{letters(column)}{row}"
        if column > self._right:
            self._right, self._corners[1] = column, f"{letters(column)}{row}"
        rows, columns = self._bottom - self._top + 1, self._right - self._left + 1
        if rows * columns > max(_PLACES, 4 * self.sheet.values):
            corners = joined(say(" and "), dict.fromkeys(self._corners))
            what = say(
                "reaches to {corners} with {values} values only, a table of {rows} by {columns} cells",
                corners=corners,
                values=self.sheet.values,
                rows=rows,
                columns=columns,
            )
            raise InputError([_too_large(self._file, what)])


def _place(reference: str) -> tuple[int, int]:
    """Row and column of a cell by its reference."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise ValueError(f"no cell is called {reference[:20]}")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
