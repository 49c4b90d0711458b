"""The finished pages in Chromium: its complaints, what axe-core finds, how they come out on a phone and on paper."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from given.browser import SIZES, View, chromium, open_page, violations, width_of_contents
from matplotlib.image import imread

from effectstudie.report.figures.fonts import FACES, face_rules, path

pytestmark = pytest.mark.e2e

PAGES = {"report": "results/groningen/report/groningen.html", "codebook": "results/codebook/codebook.html"}
PICTURED = 10_000  # CSS pixels from the top
SMALLEST_LETTER = 13  # CSS pixels
SMALLEST_TARGET = 24  # CSS pixels, as WCAG 2.2 asks of what is not in running text
SIGNS = "0123456789%‰½¼¾:;,.…\"'“”‘’„«»´"
WIDTHS = """async ([texts, [family, weight, style]]) => {
    const font = document.body.style.font = `${style} ${weight} 16px "${family}"`;
    await document.fonts.load(font);
    return texts.map(text => {
        const span = document.body.appendChild(document.createElement("span"));
        span.style.whiteSpace = "pre";
        span.textContent = text;
        const width = span.getBoundingClientRect().width;
        span.remove();
        return width;
    });
}"""
SMALLEST_FIGURE = 0.8  # of the size on paper, where letters are 8.5 points

on_phone = pytest.mark.parametrize("view", [(name, "phone") for name in PAGES], indirect=True, ids="-".join)
report_on_phone = pytest.mark.parametrize("view", [("report", "phone")], indirect=True, ids="-".join)


@pytest.fixture(scope="module", params=[(name, size) for size in SIZES for name in PAGES], ids="-".join)
def view(request, browser, finished_project):
    name, size = request.param
    opened = open_page(browser, (finished_project.folder / PAGES[name]).as_uri(), name, size)
    yield opened
    opened.page.context.close()


def assert_it_shows_something(view: View, file: Path):
    """Take a picture; every tenth of it has letters or lines: more than a few colours."""
    height = view.page.evaluate("document.scrollingElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": SIZES[view.size][0], "height": min(height, PICTURED)}
    view.page.screenshot(path=file, full_page=True, clip=clip)
    pixels = (imread(file)[::2, ::2, :3] * 255).astype(np.int32)
    assert pixels.shape[0] > pixels.shape[1]
    for part in np.array_split(pixels @ [65536, 256, 1], 10):
        assert len(np.unique(part)) > 20


def test_the_browser_has_nothing_to_complain_about_and_fetches_nothing(view):
    assert view.complaints == []
    assert [address[:200] for address in view.requests if not address.startswith("data:")] == [view.page.url]


def test_axe_finds_nothing(view):
    assert violations(view.page) == []


@pytest.mark.parametrize("size", list(SIZES))
def test_the_quality_page_opens_without_complaints(browser, finished_project, size):
    file = finished_project.folder / "results/groningen/report/groningen_kwaliteit.html"
    view = open_page(browser, file.as_uri(), "quality", size)
    assert violations(view.page) == [] and view.complaints == [] and len(view.requests) == 1
    assert view.page.locator("table").count() >= 3
    view.page.get_by_role("link", name="het rapport").click()
    assert view.page.url.endswith("/groningen.html")
    view.page.context.close()


def test_a_page_with_mistakes_is_found_out(browser, finished_project, tmp_path):
    html = (finished_project.folder / PAGES["report"]).read_text(encoding="utf-8")
    spoilt, languages = re.subn(r"<html lang=\"nl\">", "<html>", html)
    spoilt, texts = re.subn(r"(<img [^>]*?) alt=\"[^\"]*\"", r"\1", spoilt, count=1)
    spoilt, widths = re.subn(r"<h1\b", '<img src="nowhere.png" alt="" width="500" height="9"><h1', spoilt, count=1)
    assert (languages, texts, widths) == (1, 1, 1)
    (tmp_path / "spoilt.html").write_text(spoilt, encoding="utf-8")
    view = open_page(browser, (tmp_path / "spoilt.html").as_uri(), "report", "phone")
    assert {entry.partition(":")[0] for entry in violations(view.page)} == {"html-has-lang", "image-alt"}
    assert width_of_contents(view.page) > SIZES["phone"][0]
    assert any("nowhere.png" in complaint for complaint in view.complaints)
    view.page.context.close()


def test_axe_finds_nothing_in_a_comparison_either(browser, finished_project, tmp_path):
    """Of a page with every kind of table, opened as on a phone."""
    changed = shutil.copytree(finished_project.folder / "results", tmp_path / "results")
    for name, old, new in (
        (
            "analysis/descriptives.csv",
            "participation,household,approach,T0,51",
            "participation,household,approach,T0,50",
        ),
        ("analysis/verdicts.csv", "nowhere", "differs"),
        ("render/table_2.csv", "Huishoudens;51", "Huishoudens;50"),
        ("report/groningen.html", "gezinnen", "families"),
        ("run.json", '"strategy_2"', '"strategy_1"'),
    ):
        path = changed / "groningen" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    page, command = tmp_path / "page.html", finished_project.folder / "workflow/scripts/compare.py"
    runs = [str(finished_project.folder), str(changed), "--study", "groningen", "--out", str(page)]
    subprocess.run([sys.executable, str(command), *runs], check=True, cwd=tmp_path)
    view = open_page(browser, page.as_uri(), "comparison", "phone")
    assert view.page.locator("table").count() >= 4 and view.page.locator("del").count() > 0
    assert violations(view.page) == [] and view.complaints == []
    assert width_of_contents(view.page) <= SIZES["phone"][0]
    view.page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_no_sign_is_printed_over_the_next_word(browser, width):
    """A text is as wide as its typeface says that its signs are, but for the rounding of the hinting.

    With the hinting that Chromium has by itself on Linux: that takes the width which a glyph asks for.
    """
    texts = [*SIGNS, "90% naar"]
    with browser.browser_type.launch(executable_path=chromium()) as hinted:
        page = hinted.new_page(viewport={"width": width, "height": 800})
        page.set_content(f"<style>{face_rules()}</style><body></body>")
        for *face, name in FACES:
            font = TTFont(path(name))
            glyphs, em = font.getBestCmap(), font["head"].unitsPerEm
            for text, shown in zip(texts, page.evaluate(WIDTHS, [texts, face]), strict=True):
                due = sum(font["hmtx"][glyphs[ord(sign)]][0] for sign in text) / em * 16
                assert shown > due - 0.6 - 0.4 * len(text), (face, text)


@on_phone
def test_on_a_phone_only_labelled_regions_scroll_sideways(view):
    assert width_of_contents(view.page) <= SIZES["phone"][0]
    regions = view.page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter(e => e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX))
            .map(e => ({
                role: e.getAttribute("role"), tab: e.tabIndex, holds: !!e.querySelector("table, img"),
                label: document.getElementById(e.getAttribute("aria-labelledby"))?.textContent.trim()}))"""
    )
    labels = [region.pop("label") for region in regions]
    assert all(labels) and len(set(labels)) == len(labels) > 3
    assert all(region == {"role": "region", "tab": 0, "holds": True} for region in regions)


@on_phone
def test_on_a_phone_letters_and_links_are_large_enough(view):
    smallest = view.page.evaluate(
        """() => {
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), sizes = [];
            while (texts.nextNode())
                if (texts.currentNode.data.trim())
                    sizes.push(parseFloat(getComputedStyle(texts.currentNode.parentElement).fontSize));
            return Math.min(...sizes);
        }"""
    )
    assert smallest >= SMALLEST_LETTER
    targets = view.page.evaluate(
        """() => [...document.querySelectorAll("nav a, summary")].filter(e => e.checkVisibility())
            .map(e => [e.textContent, e.getBoundingClientRect().height])"""
    )
    assert len(targets) > 15
    assert [target for target in targets if target[1] < SMALLEST_TARGET] == []
    scales = view.page.evaluate("[...document.images].map(image => image.width / image.naturalWidth)")
    assert all(scale >= SMALLEST_FIGURE for scale in scales)


@on_phone
def test_every_link_brings_its_target_into_sight(view):
    """Not under the banner, which stays on top."""
    links = view.page.evaluate(
        """() => {
            document.documentElement.style.scrollBehavior = "auto";
            const banner = document.querySelector(".notice")?.getBoundingClientRect().height ?? 0;
            return [...document.querySelectorAll("a[href^='#']")].map(link => {
                const target = document.getElementById(link.getAttribute("href").slice(1));
                if (!target) return {href: link.getAttribute("href"), seen: false};
                target.scrollIntoView();
                const top = target.getBoundingClientRect().top;
                return {href: link.getAttribute("href"), seen: top >= banner && top < innerHeight};
            });
        }"""
    )
    missed = [link["href"] for link in links if not link["seen"]]
    assert len(links) > 15 and missed == []


@report_on_phone
def test_every_table_and_figure_is_in_the_lists_behind_the_contents(view):
    shown = view.page.evaluate("[...document.querySelectorAll('.table[id], figure[id]')].map(e => '#' + e.id)")
    listed = view.page.evaluate("[...document.querySelectorAll('.lists a')].map(e => e.getAttribute('href'))")
    assert len(shown) > 20 and sorted(listed) == sorted(shown)
    link = view.page.locator(".lists a").last
    assert not link.is_visible()
    view.page.locator(".lists summary").last.click()
    link.click()
    assert view.page.url.endswith(listed[-1])
    view.page.locator(".lists summary").last.click()


def test_pictures_of_the_page_show_something(view, tmp_path):
    assert_it_shows_something(view, tmp_path / "screen.png")


def test_on_paper_the_banner_and_what_serves_a_screen_only_are_gone(view, tmp_path):
    view.page.emulate_media(media="print")
    hidden = view.page.evaluate(
        """() => [...document.querySelectorAll(".notice, .skip, .screen-only")]
            .filter(e => !e.checkVisibility()).map(e => e.className)"""
    )
    assert_it_shows_something(view, tmp_path / "print.png")
    view.page.emulate_media(media="screen")
    assert hidden == (["skip", "notice", "contents lists screen-only"] if view.name == "report" else ["skip"])
