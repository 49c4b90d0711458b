"""What goes wrong in a workbook only."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
from given.broken.cases import Cases
from given.broken.exports import J0, V0
from given.workbooks import write_xlsx

CASES = Cases()
broken, harmless = CASES.broken, CASES.harmless


def _part(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change a part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _with_sheet(path: Path, rows: Sequence[Sequence], first: bool) -> None:
    """Put another sheet before or behind the one of a workbook."""
    other = io.BytesIO()
    write_xlsx(other, rows)
    with zipfile.ZipFile(other) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet2.xml", sheet)
    _part(
        path,
        "[Content_Types].xml",
        lambda text: text.replace(
            '<Override PartName="/xl/styles.xml"',
            '<Override PartName="/xl/worksheets/sheet2.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            '<Override PartName="/xl/styles.xml"',
        ),
    )
    _part(path, "xl/_rels/workbook.xml.rels", lambda text: text.replace("</Relationships>", (
        '<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet2.xml"/></Relationships>')))  # fmt: skip
    entry = '<sheet name="Blad2" sheetId="2" r:id="r9"/>'
    mark = "<sheets>" if first else "</sheets>"
    _part(path, "xl/workbook.xml", lambda text: text.replace(mark, mark + entry if first else entry + mark))


@broken("a second sheet with rows", [f"{J0}.xlsx … sheet … Blad2"])
def _(x):
    rows = x.rows(J0)
    _with_sheet(x.xlsx(J0, rows[:9]), [rows[0], *rows[9:]], first=False)


@broken("a sheet of explanation before the rows", [f"{J0}.xlsx … sheet"])
def _(x):
    _with_sheet(x.xlsx(J0, x.rows(J0)), [["Toelichting bij de export"], ["Gemaakt op 12 maart"]], first=True)


@broken("a formula that failed", [f"{J0}.xlsx, row 2, column tscc_03, value '#DIV/0!'"])
def _(x):
    rows = x.rows(J0)
    rows[2][rows[0].index("tscc_03")] = "#DIV/0!"
    shown = '<c t="inlineStr"><is><t xml:space="preserve">#DIV/0!</t></is></c>'
    _part(x.xlsx(J0, rows), "xl/worksheets/sheet1.xml", lambda text: text.replace(shown, '<c t="e"><v>#DIV/0!</v></c>'))


@broken("merged cells above the header", [f"{J0}.xlsx … header"])
def _(x):
    header, *rows = x.rows(J0)
    groups = ["Administratie", *[None] * 4, "TSCC", *[None] * (len(header) - 6)]
    x.xlsx(J0, [groups, header, *rows])


@broken(
    "days as numbers in a workbook", [f"{J0}.xlsx, rows … and 25 more, column afnamedatum, values '42 … must be a date"]
)
def _(x):
    days = pd.to_datetime(x.frame(J0)["afnamedatum"])
    rows = x.rows(J0)
    place = rows[0].index("afnamedatum")
    for row, day in zip(rows[1:], days, strict=True):
        row[place] = (day - pd.Timestamp(1899, 12, 30)).days
    x.xlsx(J0, rows)


@broken("a yes of Excel", [f"{V0}.xlsx, row 4, column partner, value 'True': must be one of 0, 1"])
def _(x):
    rows = x.rows(V0)
    rows[4][rows[0].index("partner")] = True
    x.xlsx(V0, rows)


@broken("a column of a workbook twice", [f"{J0}.xlsx: column sis_02 occurs twice"])
def _(x):
    rows = x.rows(J0)
    place = rows[0].index("sis_02")
    x.xlsx(J0, [[*row, row[place]] for row in rows])


@broken("a row of sums in a workbook", [f"{J0}.xlsx, row 34, column kind_id: the id is empty",
                                         f"{J0}.xlsx, row 34, column huishouden_id: the id is empty",
                                         f"{J0}.xlsx, row 34, column leeftijd, value '126'"])  # fmt: skip
def _(x):
    rows = x.rows(J0)
    x.xlsx(J0, [*rows, [126 if name == "leeftijd" else None for name in rows[0]]])


@harmless("numbers of a workbook that are text")
def _(x):
    x.xlsx(J0, [[None if cell is None else str(cell) for cell in row] for row in x.rows(J0)])


@harmless("empty rows and columns around those of a workbook")
def _(x):
    rows = [[*row, None, None] for row in x.rows(J0)]
    x.xlsx(J0, [*rows, *[[None] * len(rows[0])] * 5])


@harmless("an empty second sheet")
def _(x):
    _with_sheet(x.xlsx(J0, x.rows(J0)), [], first=False)
