import json
import os
import re
from io import BytesIO

import pytest
from given.paths import ROOT
from given.study_results import inputs
from pypdf import PdfReader

from effectstudie.report.documents.build import build_report, render_html, unbroken_numbers, write_pdf
from effectstudie.report.documents.texts import checked
from effectstudie.report.figures.fonts import face_rules
from effectstudie.report.record import study_record

TEMPLATES = ROOT / "resources/pages/report"
STYLE = (TEMPLATES.parent / "style.css").read_text(encoding="utf-8")
TEXTS = {
    file.name: file.read_text(encoding="utf-8")
    for folder in ("_general", "groningen")
    for file in sorted((ROOT / "resources/texts" / folder).glob("*.md"))
}


@pytest.fixture(scope="module")
def parts():
    files = study_record(inputs())
    checks = [{"title": "Balans", "state": "warn", "text": "Het verschil is groot."}]
    return json.loads(files["render.json"]) | {"checks": checks}, {
        name: data for name, data in files.items() if name.endswith(".svg")
    }


@pytest.fixture(scope="module")
def report(parts):
    return build_report(*parts, ready(parts), TEMPLATES, f"{face_rules()}\n{STYLE}", at_once=2)


def ready(parts, **own):
    """The texts with the numbers of the record; `own`: name → Markdown in their place."""
    return checked({**TEXTS, **{f"{name}.md": text for name, text in own.items()}}, parts[0]["placeholders"])


def test_the_html_is_one_file_without_references_outside(report):
    html = report[0]
    assert '<html lang="nl">' in html
    assert set(re.findall(r'src="(\w+):', html)) == {"data"}
    assert re.findall(r'href="(?!#)([^"]*)', html) == ["groningen_kwaliteit.html"]  # the page beside it
    assert "@import" not in html and not re.findall(r"url\((?!data:)", html)


def test_every_link_of_the_html_leads_somewhere(report):
    html = report[0]
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_headings_do_not_skip_a_level(report):
    levels = [int(level) for level in re.findall(r"<h([1-6])", report[0])]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_heads_of_tables_are_flat_and_every_cell_row_has_a_head(report):
    html = report[0]
    assert "rowspan" not in html and "colspan" not in html
    for table in re.findall(r"<table>.*?</table>", html, flags=re.DOTALL):
        heads = table.count('scope="col"')
        assert "<caption>" in table
        for row in re.findall(r"<tr class.*?</tr>", table, flags=re.DOTALL):
            assert row.count('<th scope="row">') == 1 and row.count("<td") == heads - 1


def test_every_picture_has_an_alternative_text(report):
    pictures = re.findall(r"<img [^>]*>", report[0])
    assert len(pictures) == 23 and all(re.search(r'alt="[^"]{40,}"', picture) for picture in pictures)


def test_nothing_is_left_unfilled(report):
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", report[0], flags=re.DOTALL)
    assert not re.search(r"\{\{|\}\}|\{%|\bnan\b|\bNone\b|\bUndefined\b", text)


def test_the_pdf_is_tagged_dutch_and_carries_the_stamp_on_every_page(parts, report):
    reader = PdfReader(BytesIO(report[1]))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "nl" and root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in report[1] or "pdfuaid" in root["/Metadata"].get_data().decode()
    assert reader.outline
    assert reader.metadata.creation_date.strftime("%Y-%m-%d") == parts[0]["study"]["report_date"]
    stamp = parts[0]["stamp"]
    for page in reader.pages:
        assert stamp in re.sub(r"\s+", " ", page.extract_text())
    last = reader.pages[-1].extract_text()
    assert f"pagina {len(reader.pages)} van {len(reader.pages)}" in re.sub(r"\s+", " ", last)


def test_the_html_carries_the_stamp_as_a_banner(parts, report):
    stamp = parts[0]["stamp"]
    assert f'<p class="banner" role="note">{stamp}</p>' in report[0]
    plain = render_html({**parts[0], "stamp": "", "synthetic": False}, parts[1], ready(parts), TEMPLATES, STYLE)
    assert stamp not in plain and 'class="banner"' not in plain


def test_the_same_record_gives_the_same_pdf_and_leaves_the_environment_alone(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "12")
    page = "<!DOCTYPE html><html lang='nl'><title>t</title><h1>Kop</h1>"
    first = write_pdf(page, "2026-11-21")
    assert os.environ["SOURCE_DATE_EPOCH"] == "12"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert write_pdf(page, "2026-11-21") == first
    assert "SOURCE_DATE_EPOCH" not in os.environ


def test_statistics_stay_on_one_line_and_attributes_stay_as_they_are():
    space = "\u00a0"
    html = f'<p title="x ,10">(p{space}&lt;{space},001; tot ,10 en 1,5; p&lt;.001)</p>'
    assert unbroken_numbers(html) == (
        f'<p title="x ,10">(<span class="statistic">p{space}&lt;{space},001</span>; '
        'tot <span class="statistic">,10</span> en 1,5; <span class="statistic">p&lt;.001</span>)</p>'
    )


def test_human_texts_hold_no_numbers_of_the_run():
    for name, text in TEXTS.items():
        assert not re.findall(r"\d", re.sub(r"\{\{.*?\}\}|^\d\.", "", text, flags=re.MULTILINE)), name


def test_the_pdf_holds_only_the_fonts_of_the_report(report):
    reader = PdfReader(BytesIO(report[1]))
    fonts = {
        str(font.get_object()["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()
    }
    assert fonts and all(re.search(r"\+Source-(Sans|Serif)-Pro", font) for font in fonts)


def test_a_summary_of_ones_own_takes_the_place_of_the_one_made_from_the_results(parts):
    drafted = render_html(*parts, ready(parts), TEMPLATES, STYLE)
    summary = "# Samenvatting\n\nHet gaat om {{ n.approach.household }}."
    own = render_html(*parts, ready(parts, samenvatting=summary), TEMPLATES, STYLE)
    assert 'class="findings"' in drafted and 'class="findings"' not in own
    assert "<p>Het gaat om 51.</p>" in own and 'id="tabel-s1"' in own


def test_interviews_come_in_the_appendix(parts):
    text = "<!-- vrijgegeven door J. Jansen op 2026-01-02 -->\n# Gesprekken\n\nDrie gezinnen."
    html = render_html(*parts, ready(parts, interviews=text), TEMPLATES, STYLE)
    assert "vrijgegeven" not in html
    assert html.index('id="bijlagen"') < html.index("<h3>Gesprekken</h3>")


def test_every_table_and_figure_names_its_data_and_its_run_and_the_checks_are_told(report):
    html = report[0]
    named = re.findall(
        r'<span class="data">Gegevens: (\w+\.csv),</span> <span class="data">run 1a2b3c4d\.</span>', html
    )
    assert len(named) == len(re.findall("<figure|<table>", html)) and len(set(named)) == len(named)
    assert "<dt>Balans: let op</dt>\n<dd>Het verschil is groot.</dd>" in html
