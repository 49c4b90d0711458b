"""Repair of the tags in a PDF that WeasyPrint wrote, without touching what is painted.

WeasyPrint 70 writes a tagged PDF whose marks fall short of PDF/UA-1 in four places:

- the heads of table cells are wrong below multi-level heads, heads have no scope, their ids come back on the
  next page of a broken table, and the index of ids is absent;
- the text in page margins (running title, page number, stamp) is marked as content that belongs to nothing
  instead of as an artifact (WeasyPrint #1836);
- the box around a picture is given in CSS pixels from the top of the page, not in points from its bottom.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say

MARKED = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
ARTIFACT = b"/Artifact\n<</Type /Pagination>>\nBDC"
POINTS_PER_PIXEL = 0.75


class Cell(NamedTuple):
    """A TH or TD with the rows and columns of the grid that it fills."""

    element: Object
    rows: range
    columns: range
    in_head: bool

    @property
    def is_header(self) -> bool:
        return self.element.S == "/TH"


def repair(pdf: bytes) -> bytes:
    """The same pages with right tags; the same bytes for the same input.

    Raises EffectstudieError where text of a page margin cannot be found in the content of its page.
    """
    with pikepdf.open(BytesIO(pdf)) as document:
        root = document.Root.StructTreeRoot
        elements = list(_descendants(root))
        heads: list[Object] = []
        for element in elements:
            if element.S == "/Table":
                heads += _relate(_grid(element), len(heads))
            elif element.S == "/Figure" and "/A" in element:
                _place(element)
        root.IDTree = Dictionary(Names=Array([part for head in heads for part in (head.ID, head)]))
        _mark_margins(document, {element.objgen for element in elements})
        result = BytesIO()
        document.save(result, deterministic_id=True)
    return result.getvalue()


def _descendants(element: Object) -> Iterator[Object]:
    """The structure elements below one, in reading order."""
    kids = element.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _descendants(kid)


def _grid(table: Object) -> list[Cell]:
    """The cells of a table in reading order, each with its place in the grid of rows and columns."""
    rows = [element for element in _descendants(table) if element.S == "/TR"]
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for top, row in enumerate(rows):
        left = 0
        for element in row.K:
            while (top, left) in taken:
                left += 1
            attributes = element.get("/A", Dictionary())
            height, width = (int(attributes.get(name, 1)) for name in ("/RowSpan", "/ColSpan"))
            cell = Cell(element, range(top, top + height), range(left, left + width), row.P.S == "/THead")
            taken |= {(line, column) for line in cell.rows for column in cell.columns}
            cells.append(cell)
            left += width
    return cells


def _relate(cells: list[Cell], known: int) -> list[Object]:
    """Give the heads of a table an id and a scope, and every cell its heads. The heads, ids counted from `known`.

    A head stands for its columns where it is in the head of the table or in a row of heads, and otherwise for its rows.
    """
    mixed = {line for cell in cells if not cell.is_header for line in cell.rows}
    over, beside = [], []
    for cell in cells:
        if cell.is_header:
            of_columns = cell.in_head or cell.rows.start not in mixed
            (over if of_columns else beside).append(cell)
            cell.element.ID = String(f"th{known + len(over) + len(beside):06d}")
            _attributes(cell.element).Scope = Name.Column if of_columns else Name.Row
    for cell in cells:
        heads = [head for head in beside if _share(head.rows, cell.rows) and head.columns.stop <= cell.columns.start]
        heads += [head for head in over if _share(head.columns, cell.columns) and head.rows.stop <= cell.rows.start]
        if cell.is_header:  # of a head only those on its axis: the group over a column, the group beside a row
            heads = [head for head in heads if _attributes(head.element).Scope == _attributes(cell.element).Scope]
        attributes = _attributes(cell.element)
        if heads:
            attributes.Headers = Array([head.element.ID for head in heads])
        elif "/Headers" in attributes:
            del attributes.Headers
    return [cell.element for cell in cells if cell.is_header]


def _attributes(cell: Object) -> Object:
    if "/A" not in cell:
        cell.A = Dictionary(O=Name.Table)
    return cell.A


def _share(first: range, second: range) -> bool:
    return first.start < second.stop and second.start < first.stop


def _place(figure: Object) -> None:
    """Put the box of a picture from CSS pixels below the top of the page into points above its bottom."""
    height = float(figure.Pg.MediaBox[3])
    left, top, right, bottom = (float(side) * POINTS_PER_PIXEL for side in figure.A.BBox)
    figure.A.BBox = Array([round(side, 3) for side in (left, height - bottom, right, height - top)])


def _mark_margins(document: pikepdf.Pdf, linked: set[tuple[int, int]]) -> None:
    """Mark as artifact what no element of the structure holds: WeasyPrint leaves only the margins unlinked."""
    tree = iter(document.Root.StructTreeRoot.ParentTree.Nums)
    owners = {int(number): value for number, value in zip(tree, tree, strict=True)}
    for number, page in enumerate(document.pages, 1):
        parents = owners[int(page.StructParents)]
        loose = {place for place, parent in enumerate(parents) if parent.objgen not in linked}
        page.contents_coalesce()
        content, marked = _as_artifacts(page.Contents.read_bytes(), loose)
        if marked != loose:
            raise EffectstudieError(
                say(
                    "Page {number} of the PDF has margin texts that are not where WeasyPrint 70 writes them; "
                    "see whether pdf_tags.py fits this version of WeasyPrint.",
                    number=number,
                )
            )
        page.Contents.write(content)
        for place in loose:
            parents[place] = Object.parse(b"null")


def _as_artifacts(content: bytes, loose: set[int]) -> tuple[bytes, set[int]]:
    """The content of a page with these marks made artifacts, and the marks that were found."""
    marked = set()

    def mark(match: re.Match[bytes]) -> bytes:
        if int(match[1]) not in loose:
            return match[0]
        marked.add(int(match[1]))
        return ARTIFACT

    return MARKED.sub(mark, content), marked
