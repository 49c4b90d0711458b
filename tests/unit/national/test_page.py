import base64
import hashlib
import json
import re
from io import BytesIO

import pytest
from given.regions import COMPARED, NATIONAL, PAGES, inputs
from lxml import html as lxml_html
from pypdf import PdfReader

from effectstudie.national.page import national_html, national_page, with_script
from effectstudie.national.record import national_record
from effectstudie.report.figures.palette import style_of
from effectstudie.shared.errors import EffectstudieError

STYLE = style_of(PAGES)
OUTCOMES = {name: COMPARED[name] for name in ("total_violence", "safety")}


def parts(**changed):
    files = national_record(inputs(2, outcomes=OUTCOMES, **changed))
    record = json.loads(files["render.json"])
    return record, {name: data for name, data in files.items() if name.endswith(".svg")}


@pytest.fixture(scope="module")
def made():
    return national_page(*parts(), NATIONAL, PAGES, STYLE)


@pytest.fixture(scope="module")
def page(made):
    return lxml_html.document_fromstring(made.html)


def test_the_page_has_one_script_of_its_own_and_allows_no_other(made, page):
    (script,) = page.iter("script")
    assert not script.attrib
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy and "default-src 'none'" in policy
    assert "unsafe" not in policy.replace("style-src 'unsafe-inline'", "")


def test_a_text_of_people_that_brings_a_script_is_refused():
    record, figures = parts()
    record["summary"]["headline"] = "<script>alert(1)</script>"
    assert "<script>alert" not in national_html(record, figures, NATIONAL, PAGES, STYLE)
    with pytest.raises(EffectstudieError, match="<script>"):
        national_html(record, figures, NATIONAL, PAGES, f"{STYLE}</style><script>alert(1)</script><style>")


def test_signs_of_html_in_names_stay_signs():
    given = inputs(2)
    given.studies["studie_1"]["region_label"] = "<b>A & B</b> $x$"
    record, figures = parts(studies=given.studies)
    text = lxml_html.document_fromstring(national_html(record, figures, NATIONAL, PAGES, STYLE)).text_content()
    assert "<b>A & B</b> $x$" in text


def test_headings_follow_each_other_and_ids_are_once(page):
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later - before <= 1 for before, later in zip(levels, levels[1:], strict=False))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")} <= set(ids)


def test_every_region_leads_to_its_report_and_every_picture_is_described(page):
    rows = page.xpath("//table[contains(@class, 'sortable')]/tbody/tr/th/a/@href")
    assert set(rows) == {"../../studie_1/report/studie_1.html", "../../studie_2/report/studie_2.html"}
    assert len(rows) == 2 * len(OUTCOMES) + 2
    assert all(image.get("alt") for image in page.iter("img")) and len(list(page.iter("img"))) == 5


def test_the_mean_is_no_row_that_is_sorted(page):
    for table in page.xpath("//article//table"):
        assert len(table.xpath("tbody/tr")) == 2 and table.xpath("string(tfoot/tr/th)") == "Gemiddeld"


def test_two_regions_are_warned_of_and_more_are_not():
    record, figures = parts()
    assert "Er zijn twee regio’s" in national_html(record, figures, NATIONAL, PAGES, STYLE)
    assert "Er zijn twee regio’s" not in national_html(record | {"pair": False}, figures, NATIONAL, PAGES, STYLE)


def test_the_script_is_put_in_as_it_is():
    html = '<html><head>\n<meta charset="utf-8">\n</head><body>text with </body> in it</body></html>'
    assert with_script(html, "1 < 2").endswith("in it<script>1 < 2</script>\n</body></html>")


def test_on_paper_everything_is_there_once_and_nothing_leads_to_files(made):
    pdf = PdfReader(BytesIO(made.pdf))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))
    for number in range(1, 6):
        assert len(re.findall(rf"Figuur {number} [A-Z]", text)) == 1
    assert text.count("Hoe lees je deze pagina") >= 2 and "Vorige" not in text
    links = [note.get_object().get("/A", {}).get("/URI") for page in pdf.pages for note in page.get("/Annots", [])]
    assert len(links) > 5 and not any(links)
