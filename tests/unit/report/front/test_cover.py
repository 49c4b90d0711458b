import re

import pytest
from given.paths import ROOT
from given.pictures import png
from given.words import TEXTS
from markupsafe import Markup

from effectstudie.report.front.cover import facts_of, house_said, stamp_of, status_of
from effectstudie.shared import formats
from effectstudie.shared.templates import environment
from effectstudie.shared.yaml_files import read_yaml

HOUSE = read_yaml(ROOT / "config/house_style.yaml")
STUDY = {"report_date": "2026-11-21", "region_label": "Twente"}


@pytest.mark.parametrize(
    ("language", "date", "draft", "final"),
    [("nl", "21 november 2026", "concept", "definitief"), ("en", "21 November 2026", "draft", "final")],
)
def test_the_cover_speaks_its_language(language, date, draft, final):
    house = {**HOUSE, "cover_language": language}
    words = [house_said(house, STUDY, so, TEXTS["cover"])["words"] for so in (False, True)]
    assert [one["status_is"] for one in words] == [draft, final]
    assert words[0]["date_is"] == date and "Twente" in words[0]["subtitle"]
    assert TEXTS["cover"]["nl"].keys() == TEXTS["cover"]["en"].keys()


def test_the_rest_of_the_report_says_in_dutch_whether_it_is_a_draft():
    assert [status_of(final, TEXTS["cover"]) for final in (False, True)] == ["concept", "definitief"]


def test_a_logo_stands_inside_the_page(tmp_path):
    (tmp_path / "logo.png").write_bytes(png())
    said = house_said({**HOUSE, "logo": str(tmp_path / "logo.png")}, STUDY, False, TEXTS["cover"])
    assert said["logo"].startswith("data:image/png;base64,") and HOUSE["institute"] in said["words"]["logo_of"]
    assert house_said(HOUSE, STUDY, False, TEXTS["cover"])["logo"] == ""


def test_what_a_study_does_not_say_is_empty():
    assert facts_of({}) == {"authors": [], "commissioner": "", "funder": "", "isbn": "", "version": ""}
    assert facts_of({"authors": ["A"], "version": "1"})["version"] == "1"


def test_a_stamp_says_what_is_so():
    assert stamp_of([("A", True), ("B", False), ("C", True)]) == "A – C"
    assert stamp_of([("A", False)]) == ""


def page(name, final=True, texts=(), house=HOUSE, **facts):
    """A page of the front or the back, by the report's own template."""
    study = {**STUDY, "title": "Uitkomsten", **facts_of(facts)}
    pages = environment(ROOT / "resources/pages/report")
    pages.filters["long_date"] = formats.long_date
    return pages.get_template(f"{name}.html.j2").render(
        study=study,
        house=house_said(house, study, final, TEXTS["cover"]),
        status=status_of(final, TEXTS["cover"]),
        stamp="",
        run="1a2b3c4d",
        texts={text: Markup(f"<p>{text}</p>") for text in texts},
        recruitment=["Een brief.", "Een bezoek."] if texts else [],
    )


def test_the_cover_and_the_colophon_name_what_is_set_and_nothing_else():
    facts = {"authors": ["A. Een", "B. Twee"], "commissioner": "Regio", "funder": "Fonds", "version": "1.0"}
    for name in ("title", "colofon"):
        made = page(name, isbn="978-90-1234-567-8", **facts)
        assert all(fact in made for fact in ("A. Een, B. Twee", "Regio", "Fonds", "1.0", "978-90-1234-567-8"))
        bare = page(name)
        assert "None" not in bare and "Auteur" not in bare and "opdracht" not in bare.lower()
        assert HOUSE["institute"] in made and "definitief" in made and "concept" in page(name, final=False)
    assert "nog niet aangevraagd" in page("colofon") and "ISBN" not in page("title")


def test_a_cover_in_english_says_so_and_its_title_stays_dutch(tmp_path):
    (tmp_path / "logo.png").write_bytes(png())
    house = {**HOUSE, "cover_language": "en", "logo": str(tmp_path / "logo.png")}
    made = page("title", house=house, authors=["A. Een"])
    assert '<header class="title" lang="en">' in made and '<h1 lang="nl">' in made and "<dt>Authors</dt>" in made
    assert re.search(r'<img src="data:image/png;base64,[^"]+" alt="Logo of [^"]+">', made)
    assert 'lang="en"' not in page("title") and "<img" not in page("title")


@pytest.mark.parametrize("name", ["voorwoord", "leeswijzer", "begrippen", "literatuur", "werving"])
def test_a_part_that_nobody_wrote_is_not_there(name):
    assert page(name).strip() == ""
    told = "Een brief. Een bezoek." if name == "werving" else f"<p>{name}</p>"
    assert told in page(name, texts=[name])
