"""The page of all regions in Chromium, made of invented tables of thirteen regions: explored, on a phone, on paper."""

import json

import pytest
from given.browser import SIZES, open_page, violations, width_of_contents
from given.regions import COMPARED, NATIONAL, PAGES, inputs

from effectstudie.national.page import SCRIPT, national_html, with_script
from effectstudie.national.record import national_record
from effectstudie.report.figures.palette import style_of

pytestmark = pytest.mark.e2e

OUTCOMES = {name: COMPARED[name] for name in ("total_violence", "child_abuse", "safety", "low_income")}
SHOWN = "[...document.querySelectorAll('.outcome')].filter(e => e.checkVisibility()).map(e => e.id)"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    files = national_record(inputs(13, outcomes=OUTCOMES))
    figures = {name: data for name, data in files.items() if name.endswith(".svg")}
    html = national_html(json.loads(files["render.json"]), figures, NATIONAL, PAGES, style_of(PAGES))
    page = tmp_path_factory.mktemp("national") / "results/landelijk/report/landelijk.html"
    page.parent.mkdir(parents=True)
    page.write_text(with_script(html, (PAGES / SCRIPT).read_text(encoding="utf-8")), encoding="utf-8")
    report = page.parents[2] / "studie_1/report/studie_1.html"
    report.parent.mkdir(parents=True)
    report.write_text("<title>Rapport</title>", encoding="utf-8")
    return page.as_uri()


@pytest.fixture
def desk(browser, address):
    view = open_page(browser, address, "national", "desk")
    yield view
    view.page.context.close()


@pytest.mark.parametrize("size", list(SIZES))
def test_axe_and_the_browser_find_nothing_and_nothing_is_fetched(browser, address, size):
    view = open_page(browser, address, "national", size)
    assert width_of_contents(view.page) <= SIZES[size][0]
    for outcome in ("uitkomst-total_violence", ""):
        view.page.select_option("#keuze", outcome)
        assert violations(view.page) == []
    assert view.complaints == [] and [one for one in view.requests if not one.startswith("data:")] == [address]
    heights = view.page.evaluate("[...document.querySelectorAll('button, select')].map(e => e.offsetHeight)")
    assert min(heights) >= 24
    view.page.context.close()


def test_a_reader_chooses_an_outcome_and_steps_through_them(desk):
    page = desk.page
    assert page.evaluate(SHOWN) == ["uitkomst-total_violence"]
    assert page.get_by_role("status").inner_text() == "Uitkomst 1 van 4"
    assert page.get_by_role("button", name="Vorige").is_disabled()
    page.get_by_label("Uitkomst", exact=True).select_option(label="Gevoel van veiligheid")
    assert page.evaluate(SHOWN) == ["uitkomst-safety"] and not page.locator("#thema-violence").is_visible()
    page.get_by_role("button", name="Volgende").click()
    assert page.evaluate(SHOWN) == ["uitkomst-low_income"]
    assert page.get_by_role("button", name="Volgende").is_disabled()
    page.get_by_label("Uitkomst", exact=True).select_option(value="")
    assert len(page.evaluate(SHOWN)) == 4


def test_a_link_to_an_outcome_that_is_hidden_shows_it(desk):
    desk.page.get_by_role("link", name="Gevoel van veiligheid").click(timeout=5000)
    desk.page.locator("#uitkomst-safety h4").wait_for()
    assert desk.page.evaluate(SHOWN) == ["uitkomst-safety"]
    desk.page.get_by_role("link", name="Risicofactoren", exact=True).click()
    desk.page.locator("#uitkomst-low_income h4").wait_for()
    assert len(desk.page.evaluate(SHOWN)) == 4


def test_the_regions_are_sorted_by_keyboard_and_the_mean_stays_below(desk):
    page = desk.page
    rows = page.locator("#uitkomst-total_violence tbody tr")

    def column(place):
        return [text.split(" ")[0] for text in rows.locator(f":nth-child({place})").all_inner_texts()]

    before, button = column(2), page.locator("#uitkomst-total_violence th button").nth(1)
    button.press("Enter")
    numbers = [int(text.replace("−", "-")) for text in column(2)]
    assert numbers == sorted(numbers) and sorted(column(2)) == sorted(before)
    head = page.locator("#uitkomst-total_violence thead th").nth(1)
    assert head.get_attribute("aria-sort") == "ascending"
    button.press("Enter")
    assert [int(text.replace("−", "-")) for text in column(2)] == numbers[::-1]
    page.locator("#uitkomst-total_violence th button").nth(0).press("Enter")
    assert column(1)[0] == "Amsterdam" and head.get_attribute("aria-sort") is None
    assert page.locator("#uitkomst-total_violence tfoot th").inner_text() == "Gemiddeld"


def test_a_region_opens_its_report(desk):
    desk.page.locator("#uitkomst-total_violence").get_by_role("link", name="Groningen").click()
    assert desk.page.title() == "Rapport"


def test_without_javascript_the_page_is_long_and_whole(browser, address):
    view = open_page(browser, address, "national", "phone", scripts=False)
    assert view.page.locator(".outcome:visible").count() == 4
    assert not view.page.locator("#verkenner").is_visible() and view.page.locator("th button").count() == 0
    view.page.context.close()


def test_on_paper_the_page_is_long_and_whole_too(desk):
    assert len(desk.page.evaluate(SHOWN)) == 1
    desk.page.emulate_media(media="print")
    assert len(desk.page.evaluate(SHOWN)) == 4 and not desk.page.locator("#verkenner").is_visible()
