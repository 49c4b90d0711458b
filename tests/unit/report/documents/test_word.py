import base64
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pypandoc
import pytest
from docx import Document
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm
from given.paths import ROOT
from given.pictures import png
from lxml import html as lxml_html

from effectstudie.report.documents.word import write_docx
from effectstudie.report.documents.word_finish import column_widths, finish
from effectstudie.report.documents.word_look import TEXT_WIDTH
from effectstudie.report.figures.palette import read_palette, style_of
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.templates import environment

STYLE, PALETTE = style_of(ROOT / "resources/pages"), read_palette()
STAMP = "Demonstratie met verzonnen gegevens"
DATE = "2026-11-21"
WIDTH = 103  # millimetres
SVG = (
    f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH / 25.4 * 72}pt" height="72pt" viewBox="0 0 292 72">'
    '<rect width="292" height="72" fill="#0b4f6c"/></svg>'
)
ROWS = [
    {"kind": "block", "cells": ["Geweld", "", ""]},
    {"kind": "class", "cells": ["geen", "12,5%", "n.s."]},
    {"kind": "", "cells": ["Totaal geweld in het huishouden", "−1,5", "verbeterd (klein tot gemiddeld)"]},
]


def page(stamp=STAMP):
    """A report of one table and one figure, by the report's own macros and style."""
    pages = environment(ROOT / "resources/pages/report")
    pages.globals["image"] = lambda name: "data:image/svg+xml;base64," + base64.b64encode(SVG.encode()).decode()
    macros = pages.get_template("macros.html.j2").make_module({"run": "1a2b3c4d"})
    notes = {"notes": ["Noot."], "csv": "t.csv"}
    table = {"name": "t", "number": "S1", "caption": "Kerncijfers", "head": ["Uitkomst", "T0", "Verandering"], **notes}
    table |= {"numeric": [False, True, False], "rows": ROWS}
    figure = {
        "number": "1",
        "caption": "Geweld op T0",
        "svg": "f.svg",
        "alt": "Een blauw vlak",
        "narrow": True,
        **notes,
    }
    banner = f'<p class="banner" role="note">{stamp}</p>' if stamp else ""
    return f"""<!DOCTYPE html><html lang="nl"><head><title>Proef: Groningen</title><style>{STYLE}</style></head>
<body><a class="skip" href="#inhoud">Naar de inhoud</a>{banner}<main id="inhoud">
<header class="title"><p class="kind">Effectstudie</p><h1>Proef &amp; meer</h1><p class="date">Nu</p></header>
<nav class="contents"><p class="contents-title">Inhoud van de pagina</p><ol><li><a href="#een">Een</a></li></ol></nav>
<section class="front" id="kort"><h2>Samenvatting</h2><p class="lead">Kort.</p>{macros.table(table)}</section>
<section class="chapter" id="een"><h2>Begin &lt; einde</h2>
<p>Zie <a href="#tabel-s1">tabel S1</a>, <a href="#figuur-1">figuur 1</a> en <i lang="en">matching</i>.</p></section>
<section class="chapter" id="aanpak"><h2>De aanpak</h2><h3 id="opzet">Opzet</h3>
<section class="outcome single"><h4>Totaal</h4><p>Daalt.</p>{macros.figure(figure)}</section></section>
</main></body></html>"""


@pytest.fixture(scope="module")
def made():
    return write_docx(page(), DATE, PALETTE)


@pytest.fixture(scope="module")
def document(made):
    return Document(BytesIO(made))


def texts(document, style):
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def shown(element):
    return "".join(part.text for part in element.iter(qn("w:t")))


def xml(made, name):
    return zipfile.ZipFile(BytesIO(made)).read(f"word/{name}.xml").decode()


def test_headings_are_headings_and_chapters_have_their_numbers(document):
    assert texts(document, "Title") == ["Proef & meer"] and texts(document, "Report Kind") == ["Effectstudie"]
    assert texts(document, "Heading 1") == ["Samenvatting", "1\u2003Begin < einde", "2\u2003De aanpak"]
    assert texts(document, "Heading 2") == ["Opzet"] and texts(document, "Heading 3") == ["Totaal"]
    assert texts(document, "Lead") == ["Kort."] and texts(document, "Date") == ["Nu"]


def test_chapters_begin_a_page_except_those_that_run_on(document):
    assert document.styles["Heading 1"].paragraph_format.page_break_before
    chapters = [one for one in document.paragraphs if one.style.name == "Heading 1"]
    assert [one.paragraph_format.page_break_before for one in chapters] == [None, None, False]


def test_the_contents_are_a_field_in_dutch_with_links_instead_of_those_of_the_page(made, document):
    (contents,) = document.element.iter(qn("w:sdt"))
    entries = [shown(one) for one in contents.iter(qn("w:p"))]
    assert entries == ["Inhoud", "Samenvatting", "1\u2003Begin < einde", "2\u2003De aanpak", "Opzet", ""]
    whole, *pages = [part.text.strip() for part in contents.iter(qn("w:instrText"))]
    links = [one.get(qn("w:anchor")) for one in contents.iter(qn("w:hyperlink"))]
    assert whole == r'TOC \o "1-2" \h \z \u' and pages == [rf"PAGEREF {link} \h" for link in links]
    depth = 0
    for mark in contents.iter(qn("w:fldChar")):  # every field is closed, and that of the whole the last
        depth += {"begin": 1, "separate": 0, "end": -1}[mark.get(qn("w:fldCharType"))]
        assert 0 <= depth <= 2
    assert depth == 0 and '<w:updateFields w:val="true"/>' in xml(made, "settings")
    assert "Inhoud van de pagina" not in xml(made, "document")
    below = list(document.element.body)
    title = next(
        place for place, one in enumerate(below) if one.tag == qn("w:p") and "Proef" in "".join(one.itertext())
    )
    assert below.index(contents) > title


def test_every_link_leads_to_a_bookmark(document):
    marks = [one.get(qn("w:name")) for one in document.element.iter(qn("w:bookmarkStart"))]
    links = [one.get(qn("w:anchor")) for one in document.element.iter(qn("w:hyperlink"))]
    numbers = [one.get(qn("w:id")) for one in document.element.iter(qn("w:bookmarkStart"))]
    assert {"tabel-s1", "figuur-1"} < set(links) <= set(marks)
    assert len(numbers) == len(set(numbers)) and len(marks) == len(set(marks))


def test_captions_have_the_style_of_captions_and_stay_with_what_they_name(document):
    assert texts(document, "Table Caption") == ["Tabel S1 Kerncijfers"]
    assert texts(document, "Image Caption") == ["Figuur 1 Geweld op T0"]
    for style in ("Table Caption", "Image Caption", "Figure", "Heading 1"):
        assert document.styles[style].paragraph_format.keep_with_next
    assert texts(document, "Notes") == ["Noot. Gegevens: t.csv, run 1a2b3c4d."] * 2


def test_the_head_of_a_table_comes_back_on_every_page_and_no_row_is_broken(document):
    (table,) = document.tables
    assert table.style.name == "Table" and len(table.rows) == 4
    marks = [[one.tag.split("}")[1] for one in row._tr.trPr] for row in table.rows]
    assert marks == [["cantSplit", "tblHeader"], ["cantSplit"], ["cantSplit"], ["cantSplit"]]
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    assert look.get(qn("w:firstRow")) == look.get(qn("w:firstColumn")) == "1"


def test_figures_stand_on_the_right_and_kinds_of_rows_look_different(document):
    (table,) = document.tables
    aligned = [[cell.paragraphs[0].alignment for cell in row.cells] for row in table.rows]
    assert aligned == [[None, WD_PARAGRAPH_ALIGNMENT.RIGHT, None]] * 4
    names = [row.cells[0].paragraphs[0] for row in table.rows]
    assert {paragraph.style.name for paragraph in names} == {"Table Text"}
    assert [bool(paragraph.runs[0].bold) for paragraph in names] == [True, True, False, False]
    indents = [paragraph.paragraph_format.left_indent for paragraph in names]
    assert indents[2] > 0 and indents[0] is indents[1] is indents[3] is None
    assert all(row.cells[2].paragraphs[0].paragraph_format.left_indent > 0 for row in table.rows)


def test_a_table_fills_the_line_and_gives_words_their_room(document):
    widths = [column.width for column in document.tables[0].columns]
    assert sum(widths) == pytest.approx(Mm(TEXT_WIDTH), rel=0.001)
    assert widths[0] > widths[1] and widths[2] > widths[1]


@pytest.mark.parametrize(
    ("lengths", "shares"),
    [
        ([(0.1, 0.2), (0.1, 0.2)], [0.5, 0.5]),  # all fits
        ([(0.2, 2.0), (0.4, 0.4)], [0.6, 0.4]),  # a long text takes what short ones leave
        ([(1.5, 1.5), (0.5, 4.0)], [0.75, 0.25]),  # not even the words fit
    ],
)
def test_the_line_is_shared_by_words_then_by_texts(lengths, shares):
    line = Mm(TEXT_WIDTH)
    widths = column_widths([[(word * line, text * line) for word, text in lengths], [(0, 0), (0, 0)]], [0, 0])
    assert widths == pytest.approx([share * line for share in shares], abs=2)


def test_every_picture_has_its_text_and_the_width_of_the_figure(made, document):
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "Een blauw vlak"
    assert next(shape._inline.iter(qn("pic:cNvPr"))).get("descr") == "Een blauw vlak"
    assert shape.width == pytest.approx(Mm(WIDTH), rel=0.01) and shape.height == pytest.approx(Mm(25.4), rel=0.02)
    (name,) = [one for one in zipfile.ZipFile(BytesIO(made)).namelist() if one.startswith("word/media/")]
    assert zipfile.ZipFile(BytesIO(made)).read(name).startswith(b"\x89PNG")


def test_a_picture_that_was_made_before_is_taken_as_it_is():
    other = png(b"made before")
    source = "data:image/svg+xml;base64," + base64.b64encode(SVG.encode()).decode()
    document = zipfile.ZipFile(BytesIO(write_docx(page(), DATE, PALETTE, {source: other})))
    (name,) = [one for one in document.namelist() if one.startswith("word/media/")]
    assert document.read(name) == other


def test_the_language_is_dutch_and_english_words_are_english(made, document):
    languages = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"nl-NL"} and document.core_properties.language == "nl-NL"
    foreign = [run for run in document.element.iter(qn("w:r")) if list(run.iter(qn("w:lang")))]
    assert [shown(run) for run in foreign] == ["matching"]
    assert 'w:themeFontLang w:val="nl-NL"' in xml(made, "settings")


def test_every_page_carries_the_stamp_and_its_number(document):
    (section,) = document.sections
    assert section.different_first_page_header_footer
    assert [one.paragraphs[0].text for one in (section.first_page_header, section.header)] == [STAMP, STAMP]
    foot = section.footer.paragraphs[0]
    assert [one.get(qn("w:instr")) for one in foot._element.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert shown(foot._element) == "Proef: Groningenpagina 1 van 1"
    assert section.first_page_footer.paragraphs[0].text == ""


def test_real_data_bear_no_stamp():
    (section,) = Document(BytesIO(write_docx(page(stamp=""), DATE, PALETTE))).sections
    assert section.first_page_header.paragraphs[0].text == section.header.paragraphs[0].text == ""


def test_colours_and_typefaces_are_those_of_the_palette(document):
    accent = PALETTE["pages"]["accent"].removeprefix("#").upper()
    assert str(document.styles["Heading 1"].font.color.rgb) == accent
    assert document.styles["Normal"].font.name == "Georgia" and document.styles["Heading 1"].font.name == "Arial"
    palette = {**PALETTE, "pages": {**PALETTE["pages"], "accent": "#123456"}}
    other = Document(BytesIO(write_docx(page(), DATE, palette)))
    assert str(other.styles["Heading 1"].font.color.rgb) == "123456"


def test_the_same_page_gives_the_same_bytes_with_the_date_of_the_report(made, document):
    assert write_docx(page(), DATE, PALETTE) == made
    assert document.core_properties.created == document.core_properties.modified
    assert document.core_properties.created == datetime(2026, 11, 21, tzinfo=UTC)
    assert document.core_properties.title == "Proef: Groningen"
    assert {entry.date_time for entry in zipfile.ZipFile(BytesIO(made)).infolist()} == {(2026, 11, 21, 0, 0, 0)}
    assert write_docx(page(), "2026-11-22", PALETTE) != made


def test_a_table_that_got_lost_stops_the_report(made):
    main = lxml_html.document_fromstring(page().replace("</table>", "</table><table></table>")).find(".//main")
    with pytest.raises(EffectstudieError, match="Pandoc made 1 tables for Word out of 2"):
        finish(made, main, "Proef", datetime(2026, 11, 21))


def test_what_pandoc_says_is_said(monkeypatch):
    monkeypatch.setattr(pypandoc, "get_pandoc_path", lambda: "false")
    with pytest.raises(EffectstudieError, match="Pandoc could not make the report for Word"):
        write_docx(page(), DATE, PALETTE)


def test_texts_of_people_have_styles_of_their_own_and_photos_come_along():
    photo = base64.b64encode(png()).decode()
    written = (
        f'<figure class="picture"><img src="data:image/png;base64,{photo}" alt="Een punt">'
        "<figcaption>Zo is het</figcaption></figure><blockquote><p>Goed.</p><footer>een moeder</footer></blockquote>"
        '<aside class="case" aria-label="A"><p class="case-title">A</p><p>Tekst.</p></aside>'
        '<p>Einde <a class="note-back" href="#x">terug</a></p>'
    )
    html = '<html><head><meta name="author" content="A en B"><meta name="keywords" content="concept"><title>T</title>'
    document = Document(BytesIO(write_docx(f"{html}</head><body><main>{written}</main></body></html>", DATE, PALETTE)))
    said = {paragraph.text.strip(): paragraph.style.name for paragraph in document.paragraphs}
    assert said["Goed."] == "Block Text" and said["een moeder"] == "Speaker"
    assert said["A"] == "Case Title" and said["Tekst."] == "Case" and said["Zo is het"] == "Image Caption"
    assert "Einde" in said and len(document.inline_shapes) == 1
    assert (document.core_properties.author, document.core_properties.content_status) == ("A en B", "concept")
