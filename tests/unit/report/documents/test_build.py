import json
import os
import re
import socket
from io import BytesIO
from pathlib import Path

import pytest
from given.paths import ROOT
from given.pictures import png
from given.study_results import inputs
from pypdf import PdfReader

from effectstudie.report.documents.build import build_report, render_html, unbroken_numbers, write_pdf
from effectstudie.report.figures.fonts import face_rules
from effectstudie.report.figures.palette import read_palette, style_of
from effectstudie.report.record import study_record
from effectstudie.shared.words import read_words
from effectstudie.texts.files import library_files, text_files
from effectstudie.texts.fill import ready_texts

TEMPLATES = ROOT / "resources/pages/report"
STYLE = style_of(TEMPLATES.parent)
FOLDER = ROOT / "resources/texts"
TEXTS = {path: Path(path).read_text(encoding="utf-8") for path in text_files("groningen", FOLDER)}
WORDS = read_words(ROOT / "resources/words/texts.nl.yaml")


@pytest.fixture(scope="module")
def parts():
    files = study_record(inputs())
    checks = [{"title": "Balans", "state": "warn", "text": "Het verschil is groot."}]
    return json.loads(files["render.json"]) | {"checks": checks}, {
        name: data for name, data in files.items() if name.endswith(".svg")
    }


@pytest.fixture(scope="module")
def report(parts):
    return build_report(*parts, ready(parts), TEMPLATES, f"{face_rules()}\n{STYLE}", read_palette(), at_once=2)


def ready(parts, **own):
    """The texts with the numbers of the record; `own`: name → Markdown in their place."""
    texts = {path: text for path, text in TEXTS.items() if Path(path).stem not in own}
    texts |= {str(FOLDER / f"groningen/{name}.md"): text for name, text in own.items()}
    return ready_texts(texts, parts[0]["placeholders"], library_files("groningen", FOLDER), WORDS)


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
    # tables that people wrote have no caption
    made = re.sub(r'<div class="table written".*?</table>', "", html, flags=re.DOTALL)
    for table in re.findall(r"<table>.*?</table>", made, flags=re.DOTALL):
        heads = table.count('scope="col"')
        assert "<caption>" in table
        for row in re.findall(r"<tr class.*?</tr>", table, flags=re.DOTALL):
            assert row.count('<th scope="row">') == 1 and row.count("<td") == heads - 1


def test_every_picture_has_an_alternative_text(parts, report):
    pictures = re.findall(r"<img [^>]*>", report[0])
    assert len(pictures) == len(parts[0]["figures"]) and all(
        re.search(r'alt="[^"]{40,}"', picture) for picture in pictures
    )


def test_nothing_is_left_unfilled(report):
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", report[0], flags=re.DOTALL)
    assert not re.search(r"\{\{|\}\}|\{%|\bnan\b|\bNone\b|\bUndefined\b", text)


def test_the_pdf_is_tagged_dutch_and_carries_the_stamp_on_every_page(parts, report):
    reader = PdfReader(BytesIO(report.pdf))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "nl" and root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in report.pdf or "pdfuaid" in root["/Metadata"].get_data().decode()
    assert reader.outline
    assert reader.metadata.creation_date.strftime("%Y-%m-%d") == parts[0]["study"]["report_date"]
    stamp = parts[0]["stamp"]
    for page in reader.pages:
        assert stamp in re.sub(r"\s+", " ", page.extract_text())
    last = reader.pages[-1].extract_text()
    assert f"pagina {len(reader.pages)} van {len(reader.pages)}" in re.sub(r"\s+", " ", last)


def test_no_letter_of_the_pdf_is_smaller_than_eight_points(report):
    sizes = []

    def keep(text, page, place, _font, size):
        if text.strip():
            sizes.append((abs(place[3] * page[3]) * size, text))

    for page in PdfReader(BytesIO(report.pdf)).pages:
        page.extract_text(visitor_text=keep)
    assert len(sizes) > 1000 and round(min(sizes)[0], 1) >= 8, min(sizes)


def test_the_summary_is_one_page_of_the_pdf(report):
    pages = [page.extract_text() for page in PdfReader(BytesIO(report.pdf)).pages]
    assert [number for number, text in enumerate(pages) if "Lees dit met deze grenzen" in text] == [1]
    assert "Hoe zeker is dit?" in pages[1] and "Inhoud" in pages[2]


def test_pages_of_the_pdf_are_two_thirds_full_but_for_the_last_of_a_part(report):
    reader = PdfReader(BytesIO(report.pdf))
    bottoms = []
    for page in reader.pages:
        lowest = []

        def keep(text, _matrix, place, _font, _size, lowest=lowest):
            if text.strip() and place[5] > 60:  # what stands in the margin is no text
                lowest.append(place[5])

        page.extract_text(visitor_text=keep)
        bottoms.append(min(lowest, default=842))
    starts = {number for number, page in enumerate(reader.pages) if "\nBijlagen\n" in page.extract_text()[:200]}
    ends = {0, len(bottoms) - 1, *(number - 1 for number in starts)}
    empty = {number + 1: round(bottom) for number, bottom in enumerate(bottoms) if bottom > 842 / 3}
    assert {number for number in empty if number - 1 not in ends} == set(), empty


def test_no_paragraph_of_the_pdf_has_a_line_of_one_short_word_in_it(report):
    """As WeasyPrint makes of a word before a link that does not fit behind it."""
    for page in PdfReader(BytesIO(report.pdf)).pages:
        lines = page.extract_text().split("\n")
        assert [line for line in lines if re.fullmatch(r"(Het|De|Een|In|Op|Bij|Zie|Dat|Dit|Er) *", line)] == []


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


def test_human_texts_hold_no_results_of_the_run():
    """Facts of a study (how many were interviewed) may stand in them; shares, means and p-values are filled in."""
    results = re.compile(r"\d\s?%(?!-)|\d procent|\d,\d|\bp\s?[<=>]")
    written = sorted(FOLDER.glob("*/*.md"))
    found = {path: results.findall(re.sub(r"\{\{.*?\}\}", "", path.read_text("utf-8"))) for path in written}
    assert found and {path: results for path, results in found.items() if results} == {}


def test_the_pdf_holds_only_the_fonts_of_the_report(report):
    reader = PdfReader(BytesIO(report.pdf))
    fonts = {
        str(font.get_object()["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()
    }
    assert fonts and all(re.search(r"\+Source-(Sans|Serif)-Pro", font) for font in fonts)


def test_a_summary_of_ones_own_takes_the_place_of_the_one_made_from_the_results(parts):
    drafted = render_html(*parts, ready(parts), TEMPLATES, STYLE)
    summary = "# Samenvatting\n\nHet gaat om {{ n.approach.household }}."
    own = render_html(*parts, ready(parts, samenvatting=summary), TEMPLATES, STYLE)
    assert 'class="headline"' in drafted and 'class="headline"' not in own
    assert "<p>Het gaat om 51.</p>" in own


def test_interviews_come_in_the_appendix(parts):
    text = "<!-- vrijgegeven door J. Jansen op 2026-01-02 -->\n# Gesprekken\n\nDrie gezinnen."
    html = render_html(*parts, ready(parts, interviews=text), TEMPLATES, STYLE)
    assert "vrijgegeven" not in html
    letters = re.findall(r'<h3 class="lettered"[^>]*><span class="number">(\w)</span> ([^<]+)</h3>', html)
    assert html.index('id="bijlagen"') < html.index('id="interviews"')
    assert [letter for letter, _ in letters] == list("ABCDE") and letters[2] == ("C", "Gesprekken")


def test_every_table_and_figure_names_its_data_and_its_run_and_the_checks_are_told(report):
    html = report[0]
    named = re.findall(
        r'<span class="data">Gegevens: (\w+\.csv),</span> <span class="data">run [0-9a-f]{8}\.</span>', html
    )
    made = re.findall("<figure|<table>", html.replace('<div class="table written">', ""))
    written = html.count('class="table written"')
    assert len(named) == len(made) - written and len(set(named)) == len(named)
    assert "<dt>Balans: let op</dt>\n<dd>Het verschil is groot.</dd>" in html


def test_tables_and_figures_stand_in_the_order_of_their_numbers(parts):
    record = json.loads(json.dumps(parts[0]))
    # as add_tables numbers them: the scales of a study that has an appendix before what is not shown
    place = int(record["tables"]["suppressed"]["number"].removeprefix("B"))
    record["tables"]["subscales"] = record["tables"]["means"] | {"number": f"B{place}"}
    record["tables"]["suppressed"]["number"] = f"B{place + 1}"
    html = render_html(record, parts[1], ready(parts), TEMPLATES, STYLE)
    for kind in ("Tabel", "Figuur"):
        numbers = re.findall(rf'<span class="number">{kind} ([A-Z]?)(\d+)</span>', html)
        places = [(["S", "", "A", "B"].index(part), int(number)) for part, number in numbers]
        assert len(places) > 5 and places == sorted(places), kind


def method_of(parts, selected, between=("matching", "keuzes"), **designs):
    """The chapter on the matching, or what stands `between` these headings, as text; `designs`: of strategies."""
    record = json.loads(json.dumps(parts[0]))
    record["matching"]["selected"] = selected
    for strategy in record["matching"]["strategies"]:
        strategy["design"] = designs.get(strategy["id"], strategy["design"])
    html = render_html(record, parts[1], ready(parts), TEMPLATES, STYLE)
    first, last = between
    chapter = re.search(rf'id="{first}".*?id="{last}"', html, flags=re.DOTALL)[0]
    return re.sub(r"\s+", " ", re.sub(r"<img[^>]*>|<[^>]+>", "", chapter))


def test_a_strategy_that_weighs_is_told_as_one_and_the_analyses_follow_the_selected(parts):
    said = method_of(parts, "strategy_2")
    assert "door te koppelen of door te wegen" in said and said.count("niet gekoppeld maar gewogen") == 1
    assert "hebben met dezelfde waarde op: tijdelijk huisverbod" in said and "(overlapgewichten)" in said
    assert "per gematchte set" in said and "wie het eerst kiest" in said and "De hoofdanalyse weegt niet" not in said
    said = method_of(parts, "strategy_3", strategy_3="entropy")
    assert "entropy balancing" in said and "De hoofdanalyse weegt niet" in said
    assert "CR2, per huishouden" in said and "Met een andere soort gewichten." in said


def test_optimal_and_full_matching_are_told_as_they_are(parts):
    said = method_of(parts, "strategy_2", strategy_2="optimal")
    assert "van alle paren samen zo klein mogelijk zijn (optimale matching)" in said and "koppelen na elkaar" in said
    assert "per gematchte set" in said and "De hoofdanalyse weegt niet" not in said
    said = method_of(parts, "strategy_2", strategy_2="full")
    assert "verdeeld in sets van één huishouden uit de aanpakgroep" in said and "(full matching)" in said
    assert "De controles van een set wegen samen even zwaar" in said and "De hoofdanalyse weegt niet" in said
    assert "per gematchte set" in said and "steeds met de gewichten van die matching" in said
    short = method_of(parts, "strategy_2", ("controlegroep", "meting"), strategy_2="full")
    assert "verdeeld in sets met bijna dezelfde kans" in short and "zo gewogen, dat" not in short


def test_the_chapter_on_the_effect_says_of_whom_it_is_by_each_design(parts):
    said = {
        design: method_of(parts, "strategy_3", ("effect", "andere-analyses"), strategy_3=design)
        for design in ("nearest", "optimal", "full", "overlap", "entropy")
    }
    coupled = {design for design, text in said.items() if "met een passende controle" in text}
    assert coupled == {"nearest", "optimal", "full"}
    both = {design for design, text in said.items() if "gezinnen die in beide groepen hadden kunnen zitten" in text}
    assert both == {"overlap"}


def test_the_report_says_what_matchit_was_given_and_how_its_probe_went(parts):
    said = {}
    for name, matchit in {"old": ("distances", "failed"), "new": ("score", "passed"), "weighed": ()}.items():
        record = parts[0] | {"matchit": dict(zip(("route", "probe"), matchit, strict=False))}
        html = render_html(record, parts[1], ready(parts), TEMPLATES, STYLE)
        said[name] = html[html.index('id="programmatuur"') :]
    kept = "in een proef vooraf hield het zich, als het scores kreeg,"
    assert f"MatchIt kreeg de afstanden tussen de huishoudens; {kept} niet aan de grens" in said["old"]
    assert f"MatchIt kreeg de scores van de huishoudens; {kept} aan de grens" in said["new"]
    assert "MatchIt kreeg" not in said["weighed"]


def test_the_method_chapter_speaks_of_pairs_only_where_there_are(parts):
    pairs = method_of(parts, "strategy_2", strategy_3="nearest")
    assert "of in de regels voor de koppeling" in pairs and "gewogen:" not in pairs
    weights = method_of(parts, "strategy_2", strategy_1="overlap", strategy_2="entropy")
    assert "daarna gekoppeld" not in weights and "vergelijkbaar zijn gemaakt." in weights


def test_the_method_in_short_is_plain_and_the_account_of_it_stands_in_the_appendix(parts):
    html = render_html(*parts, ready(parts), TEMPLATES, STYLE)
    short = re.search(r'<section class="chapter" id="methode">.*?(?=<section class="chapter")', html, re.DOTALL)[0]
    account = html[html.index('id="verantwoording"') :]
    for jargon in ("REML", "CR2", "E-waarde", "Γ", "logit", "Holm"):
        assert jargon not in short, jargon
    assert "REML" in account and "CR2" in account
    assert 'id="onderzoeksvragen"' in short and "<h3>Onderzoeksvragen</h3>" in short
    for anchor in ("opzet", "werving", "deelnemers", "controlegroep"):
        assert f'id="{anchor}"' in short, anchor
    for anchor in ("instrumenten", "grenswaarden", "analyse", "plan", "keuzes", "bescherming"):
        assert f'id="{anchor}"' in account, anchor


def test_what_stays_unlike_after_matching_is_said_in_the_method_in_short(parts):
    record = json.loads(json.dumps(parts[0]))

    def short():
        html = render_html(record, parts[1], ready(parts), TEMPLATES, STYLE)
        return re.sub(r"<img[^>]*>|<[^>]+>", "", re.search(r'id="controlegroep".*?id="meting"', html, re.DOTALL)[0])

    record["matching"]["imbalance"] = []
    assert "Na matching is geen verschil groter dan 0,25." in short()
    record["matching"]["imbalance"] = [{"sentence": "Minder kinderen.", "could": "Dat kan helpen."}]
    assert "Minder kinderen. Dat kan helpen." in short() and "geen verschil groter" not in short()


def test_lists_of_tables_and_figures_are_for_the_screen(report):
    assert re.search(r'<nav[^>]*class="[^"]*screen-only', report[0])
    printed = "".join(page.extract_text() for page in PdfReader(BytesIO(report.pdf)).pages[:6])
    assert "Inhoud" in printed and "Tabellen en figuren" not in printed
    captions = re.findall(r'<a href="#tabel-b\d+"><span class="number">[^<]*</span> ([^<]{20,40})', report[0])
    assert captions and not any(caption in printed for caption in captions)


def test_what_makes_the_pdf_fetches_nothing_whatever_the_page_asks_for(tmp_path):
    (tmp_path / "a.png").write_bytes(png())
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        web = f"http://127.0.0.1:{server.getsockname()[1]}"
        asks = f'<link rel="stylesheet" href="{web}/a.css"><style>p {{ background: url({web}/b.png) }}</style>'
        pictures = "".join(f'<img alt="x" src="{place}">' for place in (f"{web}/c.png", (tmp_path / "a.png").as_uri()))
        pdf = write_pdf(
            f'<html lang="nl"><head><title>T</title>{asks}</head><body><h1>T</h1><p>{pictures}</p></body></html>',
            "2026-01-02",
        )
        with pytest.raises(BlockingIOError):
            server.accept()
    assert [image for page in PdfReader(BytesIO(pdf)).pages for image in page.images] == []
