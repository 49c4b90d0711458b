"""What a file says beside its cells: names of sheets, comments, properties, and labels of variables and values.

None of it is taken in but the labels of values; all of it is read, so that nobody is named in it.
"""

import html
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path

import pyreadstat

from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say

Texts = list[tuple[str, str]]

# Parts of a workbook with nothing but cells, looks and the order of counting.
_ONLY_CELLS = re.compile(
    r"(?:sharedStrings|styles|calcChain|theme\d*|metadata)\.xml$|\[Content_Types\]|printerSettings", re.IGNORECASE
)
_READ = (".xml", ".rels", ".vml")
# Attributes that people fill in.
_WRITTEN = re.compile(
    rb"\b(?:[\w-]+:)?(?:name|displayName|userId|author|userName|lastEditedBy|descr|title|alt|Target|display|tooltip|prompt|"
    rb'promptTitle|error|errorTitle|location|href|label|comment|codeName)="([^"]{2,500})"'
)
# Where one word may be cut into runs with another look, the runs are one text.
_RUN = re.compile(rb"</?(?:[\w-]+:)?(?:r|t|rPr|b|i|u|sz|color|rFont|family|charset|span|s|font|strong)\b[^>]*>")
_TAG = re.compile(rb"<[^>]*>")
_CELLS = re.compile(rb"<(?:[\w-]+:)?sheetData\b.*</(?:[\w-]+:)?sheetData>", re.DOTALL)
_ODS_CELL = re.compile(rb"<table:table-cell\b.*?(?:/>|</table:table-cell>)", re.DOTALL)
_ANNOTATION = re.compile(rb"<office:annotation\b.*?</office:annotation>", re.DOTALL)
_OF_A_PROGRAM = re.compile(rb"http://|https://schemas|urn:|^[\w/.-]+\.(?:xml|rels|vml|bin|png|jpe?g|emf)$")


def texts_beside(content: bytes, file: str) -> Texts:
    """Place and text of everything that people may have written in an export beside its cells; `file`: its name."""
    suffix = Path(file).suffix.lower()
    if suffix in (".sav", ".zsav"):
        return _of_spss(content, file)
    return list(dict.fromkeys(_of_workbook(content, file))) if suffix in (".xlsx", ".ods") else []


def _of_spss(content: bytes, file: str) -> Texts:
    try:
        _, meta = pyreadstat.read_sav(BytesIO(content), metadataonly=True)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
        raise InputError(
            [say("{file}: is no complete SPSS file ({error}); export it again.", file=file, error=str(error))]
        ) from None
    numbers = {name: number for number, name in enumerate(meta.column_names, start=1)}
    texts = [(say("file label"), meta.file_label), *((say("note"), note) for note in meta.notes or [])]
    texts += [
        (say("label of column {number}", number=numbers[name]), label)
        for name, label in meta.column_names_to_labels.items()
        if label
    ]
    texts += [
        (say("label of a value of column {number}", number=numbers[name]), str(label))
        for name, labels in meta.variable_value_labels.items()
        for label in labels.values()
    ]
    texts += [(say("label of a set of answers"), str(one.get("label", ""))) for one in (meta.mr_sets or {}).values()]
    return [(place, text) for place, text in texts if text and str(text).strip()]


def _of_workbook(content: bytes, file: str) -> Iterator[tuple[str, str]]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            for part in parts.namelist():
                if part.endswith(_READ) and not _ONLY_CELLS.search(part):
                    for text in _texts(parts.read(part), part):
                        yield _place(part), text
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise InputError(
            [say("{file}: is no complete Excel file ({error}); export it again.", file=file, error=str(error))]
        ) from None


def _place(part: str) -> str:
    """What a person calls a part of a workbook."""
    kinds = {
        "docProps": say("properties of the file"),
        "meta.xml": say("properties of the file"),
        "omment": say("a comment"),
    }
    kinds |= {
        "persons": say("a comment"),
        "drawing": say("a drawing or its description"),
        "worksheets/": say("a sheet beside its cells"),
    }
    kinds |= {
        "workbook.xml": say("the name of a sheet or range"),
        "content.xml": say("the name of a sheet or a comment"),
    }
    return next((kind for name, kind in kinds.items() if name in part), say("a part of the file beside its cells"))


def _texts(content: bytes, part: str) -> Iterator[str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode()
    if "worksheets/" in part and part.endswith(".xml"):
        content = _CELLS.sub(b"", content)
    if part == "content.xml":
        content = _ODS_CELL.sub(lambda cell: b" ".join(_ANNOTATION.findall(cell[0])), content)
    found = [value for value in _WRITTEN.findall(content) if not _OF_A_PROGRAM.search(value)]
    lines = (line for text in _between_tags(_RUN.sub(b"", content)) for line in text.split(b"\n"))
    for text in dict.fromkeys(text for value in chain(found, lines) if len(text := value.strip()) > 1):
        yield html.unescape(text.decode("utf-8", "replace"))


def _between_tags(content: bytes) -> Iterator[bytes]:
    """The texts of a part one by one: it may have millions of tags."""
    end = 0
    for tag in _TAG.finditer(content):
        if tag.start() > end:
            yield content[end : tag.start()]
        end = tag.end()
    yield content[end:]
