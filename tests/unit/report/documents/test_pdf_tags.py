"""The tags of a PDF, read back without the code that repaired them."""

import re
from io import BytesIO

import pikepdf
import pytest
import weasyprint
from given.paths import ROOT
from lxml import html as lxml_html

from effectstudie.report.documents.build import write_pdf
from effectstudie.report.documents.pdf_tags import repair
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.templates import environment

STYLE = (ROOT / "resources/pages/style.css").read_text(encoding="utf-8")
DATE = "2026-11-21"
PICTURE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'></svg>"
TABLES = """
<table><caption>Tabel 1 Koppen in twee lagen</caption>
<thead><tr><th rowspan="2">Uitkomst</th><th colspan="2">Vrouwen</th><th colspan="2">Mannen</th>
<th rowspan="2">p</th></tr>
<tr><th>nulmeting</th><th>eindmeting</th><th>start</th><th>slot</th></tr></thead>
<tbody><tr><th scope="row">veilig</th><td>a1</td><td>a2</td><td>a3</td><td>a4</td><td>a5</td></tr>
<tr><th scope="row">rust</th><td colspan="2">b1</td><td>b3</td><td rowspan="2">b4</td><td>b5</td></tr>
<tr><th scope="row">steun</th><td>c1</td><td>c2</td><td>c3</td><td>c5</td></tr></tbody></table>
<table><caption>Tabel 2 Groepen van rijen, zonder thead</caption>
<tr><th>Groep</th><th>Meting</th><th>n</th></tr>
<tr><th rowspan="2" scope="rowgroup">aanpak</th><th scope="row">T0</th><td>d1</td></tr>
<tr><th scope="row">T1</th><td>d2</td></tr></table>
"""
PAGE = f"""<!DOCTYPE html><html lang="nl"><head><title>Proef</title><style>
@page {{ margin: 100px; @top-center {{ content: "STEMPEL" }} @bottom-right {{ content: "pagina " counter(page) }} }}
body {{ margin: 0 }} img {{ display: block }} .next {{ break-before: page }}
</style></head><body><main><img src="{PICTURE}" alt="Een leeg vlak">
<h1>Rapport</h1><h2>Eerste</h2><p>Zie <a href="#t">tabel 1</a>.</p><div id="t">{TABLES}</div>
<h2 class="next">Tweede</h2><h3>Deel</h3><p>Slot.</p></main></body></html>"""


class Tagged:
    """A PDF with its structure elements in reading order, and the text that each of them holds."""

    def __init__(self, data):
        self.pdf = pikepdf.open(BytesIO(data))
        self.painted = {page.objgen: painted_text(page) for page in self.pdf.pages}
        self.elements = list(self.below(self.pdf.Root.StructTreeRoot))

    def below(self, element):
        for kid in element.get("/K", []) if isinstance(element.get("/K"), pikepdf.Array) else [element.K]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from self.below(kid)

    def of(self, *kinds, below=None):
        found = self.elements if below is None else self.below(below)
        return [element for element in found if str(element.S)[1:] in kinds]

    def text(self, element):
        marks = [
            self.painted[one.Pg.objgen].get(int(kid), "")
            for one in [element, *self.below(element)]
            for kid in one.get("/K", [])
            if isinstance(kid, int)
        ]
        return same("".join(marks))

    def cells(self):
        """(text, texts of its heads) of every TD, through the index of ids."""
        names = iter(self.pdf.Root.StructTreeRoot.IDTree.Names)
        heads = {str(name): element for name, element in zip(names, names, strict=True)}
        return [
            (self.text(cell), sorted(self.text(heads[str(name)]) for name in cell.A.Headers)) for cell in self.of("TD")
        ]


def same(text):
    """Text as it is compared: without the places where a line may break."""
    return re.sub(r"[\s\u00a0\u00ad-]", "", text)


def painted_text(page):
    """Mark → text that is painted under it; the marks of artifacts under `Artifact`."""
    signs = {}
    for name, font in page.Resources.get("/Font", {}).items():
        pairs = re.findall(rb"<(\w+)> <(\w+)>", font.ToUnicode.read_bytes())
        signs[name] = {code: bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}
    found, marks, font = {}, [], None
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) in ("BDC", "BMC"):
            marks.append(int(operands[1]["/MCID"]) if len(operands) > 1 and "/MCID" in operands[1] else "Artifact")
        elif str(operator) == "EMC":
            marks.pop()
        elif str(operator) == "Tf":
            font = signs[str(operands[0])]
        elif str(operator) == "TJ":
            codes = b"".join(bytes(part) for part in operands[0] if isinstance(part, pikepdf.String))
            text = "".join(font[codes[at : at + 2].hex().encode()] for at in range(0, len(codes), 2))
            found[marks[-1]] = found.get(marks[-1], "") + text
    return found


def cells_of_html(page):
    """(text, texts of its heads) of every td: the th's above it in its columns, and beside it in its rows."""
    for table in lxml_html.fromstring(page).iter("table"):
        grid, rows = {}, list(table.iter("tr"))
        for line, row in enumerate(rows):
            for cell in row.iterchildren("th", "td"):
                left = next(column for column in range(99) if (line, column) not in grid)
                for down in range(int(cell.get("rowspan", 1))):
                    grid |= {(line + down, left + across): cell for across in range(int(cell.get("colspan", 1)))}
        for cell in dict.fromkeys(grid[place] for place in sorted(grid) if grid[place].tag == "td"):
            places = [place for place, one in grid.items() if one is cell]
            heads = set()
            for (line, column), head in grid.items():
                of_row = head.get("scope", "").startswith("row")
                if head.tag == "th" and any(
                    (line == row and column < at) if of_row else (column == at and line < row) for row, at in places
                ):
                    heads.add(head)
            yield same(cell.text_content()), sorted(same(head.text_content()) for head in heads)


@pytest.fixture(scope="module")
def tagged():
    return Tagged(write_pdf(PAGE, DATE))


def test_the_document_says_its_language_title_and_standard(tagged):
    root = tagged.pdf.Root
    assert str(root.Lang) == "nl" and root.MarkInfo.Marked and root.ViewerPreferences.DisplayDocTitle
    assert b"pdfuaid" in root.Metadata.read_bytes() and str(tagged.pdf.docinfo["/Title"]) == "Proef"
    assert all(page.Tabs == "/S" for page in tagged.pdf.pages)


def test_every_cell_has_the_heads_that_the_html_gives_it(tagged):
    expected = list(cells_of_html(PAGE))
    assert len(expected) == 15 and ("b1", ["Vrouwen", "eindmeting", "nulmeting", "rust"]) in expected
    assert ("d2", ["T1", "aanpak", "n"]) in expected
    assert tagged.cells() == expected


def test_heads_have_a_scope_and_an_id_of_their_own_in_the_index(tagged):
    heads = tagged.of("TH")
    scopes = {tagged.text(head): str(head.A.Scope) for head in heads}
    assert len(scopes) == len(heads) == 17
    assert {text for text, scope in scopes.items() if scope == "/Row"} == {
        "veilig",
        "rust",
        "steun",
        "aanpak",
        "T0",
        "T1",
    }
    assert set(scopes.values()) == {"/Row", "/Column"}
    names = [str(name) for name in list(tagged.pdf.Root.StructTreeRoot.IDTree.Names)[::2]]
    assert names == sorted({str(head.ID) for head in heads}) and len(names) == len(heads)


def test_a_head_below_or_beside_another_names_it(tagged):
    groups = {tagged.text(head): [str(name) for name in head.A.get("/Headers", [])] for head in tagged.of("TH")}
    ids = {tagged.text(head): str(head.ID) for head in tagged.of("TH")}
    assert groups["start"] == [ids["Mannen"]] and groups["T1"] == [ids["aanpak"]]
    assert groups["Vrouwen"] == groups["veilig"] == []


def test_margin_texts_are_artifacts_and_no_content_is_lost(tagged):
    linked = {element.objgen for element in tagged.elements}
    for number, (page, parents) in enumerate(
        zip(tagged.pdf.pages, list(tagged.pdf.Root.StructTreeRoot.ParentTree.Nums)[1:4:2], strict=True), 1
    ):
        painted = dict(tagged.painted[page.objgen])
        assert same(painted.pop("Artifact")) == f"STEMPELpagina{number}"
        assert painted and all(parents[mark].objgen in linked for mark in painted)
    assert tagged.text(tagged.of("Document")[0]).endswith("TweedeDeelSlot.")


def test_a_picture_has_its_text_and_its_place_in_points_from_below(tagged):
    (picture,) = tagged.of("Figure")
    assert str(picture.Alt) == "Een leeg vlak"
    top = float(tagged.pdf.pages[0].MediaBox[3]) - 75
    assert [float(side) for side in picture.A.BBox] == pytest.approx([75, top - 15, 105, top], abs=0.01)


def test_headings_do_not_skip_a_level_and_are_the_bookmarks(tagged):
    headings = tagged.of("H1", "H2", "H3", "H4")
    levels = [int(str(heading.S)[2:]) for heading in headings]
    assert levels == [1, 2, 2, 3]
    with tagged.pdf.open_outline() as outline:
        assert [str(one.title) for one in outline.root] == ["Rapport"]
        assert [str(one.title) for one in outline.root[0].children] == ["Eerste", "Tweede"]


def test_the_same_page_gives_the_same_bytes():
    first = write_pdf(PAGE, DATE)
    assert write_pdf(PAGE, DATE) == first
    assert write_pdf(PAGE.replace("Slot", "Eind"), DATE) != first


def test_a_margin_text_in_another_form_stops_the_report():
    with pikepdf.open(BytesIO(weasyprint.HTML(string=PAGE).write_pdf(pdf_variant="pdf/ua-1"))) as pdf:
        content = pdf.pages[1].Contents
        content.write(re.sub(rb"(/MCID \d+)", rb"\1 /Other 0", content.read_bytes()))
        other = BytesIO()
        pdf.save(other)
    with pytest.raises(EffectstudieError, match="Page 2 of the PDF has margin texts"):
        repair(other.getvalue())


def report_tables(wrapped):
    """A page with the report's own macro and style: tables of many lengths that do not end where pages do."""
    macros = environment(ROOT / "resources/pages/report").get_template("macros.html.j2")
    macro = macros.make_module({"run": "1a2b3c4d"}).table
    parts = []
    for number in range(1, 15):
        cells = [{"kind": "", "cells": [f"rij {line}", str(line)]} for line in range(5 + number % 7)]
        item = {"name": "t", "number": str(number), "caption": "Een onderschrift", "rows": cells}
        item |= {"head": ["Uitkomst", "n"], "numeric": [False, True], "notes": ["Noot."], "csv": "t.csv"}
        part = str(macro(item))
        parts.append(part if wrapped else re.sub(r"</?div[^>]*>", "", part))
    bare = "" if wrapped else "table { break-inside: avoid } caption { break-after: auto }"
    head = f'<html lang="nl"><head><title>T</title><style>{STYLE}{bare}</style></head>'
    return f"<!DOCTYPE html>{head}<body><main><h1>Tabellen</h1>{''.join(parts)}</main></body></html>"


def test_no_caption_stands_on_another_page_than_its_table():
    page = report_tables(wrapped=True)
    tagged = Tagged(write_pdf(page, DATE))
    tables = tagged.of("Table")
    assert len(tagged.pdf.pages) > 3 and len(tables) == 14
    assert all(tagged.of("Caption", below=table) and tagged.of("TR", below=table) for table in tables)
    assert tagged.cells() == list(cells_of_html(page))
    bare = Tagged(write_pdf(report_tables(wrapped=False), DATE))
    assert [table for table in bare.of("Table") if not bare.of("TR", below=table)]
