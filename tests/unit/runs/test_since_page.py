"""The page on what is new since the last releases."""

import pytest
from given.paths import ROOT
from given.two_runs import WORDS as COMPARE
from lxml import html as parser

from effectstudie.release.news import LISTS
from effectstudie.runs.since_page import since_html
from effectstudie.shared.words import read_words

PAGES = ROOT / "resources/pages"
WORDS = read_words(PAGES / "compare/since.nl.yaml")
NONE = {what: [] for what in LISTS}
NEVER = {"study": "zeeland", "title": "Uitkomsten", "region_label": "Zeeland", "synthetic": False, "version": None}
VERSION = {"version": 2, "date": "2026-01-31", "by": "A. Voorbeeld"}
SAME = NEVER | {
    **{"study": "groningen", "region_label": "Groningen", "version": VERSION, "same_files": True, "told": True},
    **{"came": NONE, "went": NONE, "changed": [], "texts": [], "answers": [], "turns": [], "appeared": []},
    "counts": {"turned": 0, "appeared": 0, "stayed": 174, "added": 0, "dropped": 0},
}
DIFFERENT = SAME | {
    "same_files": False,
    "came": NONE | {"waves": ["T3"], "units": ["child"], "exports": ["T3_jeugd.sav", "T3_kinderen.sav"]},
    "changed": [
        ["facts", "report_date", "2026-01-01", "2026-11-21"],
        ["exports", "T0.sav", "10", "12"],
        ["sizes", "Huishoudens · Aanpak, T0", "44", "51"],
    ],
    "texts": [["plan", "", [["added", "Het plan."]]], ["choice", "Meting", [["removed", "T1"], ["added", "T3"]]]],
    "answers": [["headline", "", [["same", "Het geweld"], ["removed", "daalt"]]]],
    "turns": [["verdict", "Tabel 5. Alle uitkomsten", "Veiligheid · Oordeel", "beter", "onbeslist"]],
    "appeared": [["significance", "Tabel B3. Toetsen", "Veiligheid · p", "–", ",030"]],
    "counts": {"turned": 1, "appeared": 1, "stayed": 170, "added": 2, "dropped": 3},
}  # fmt: skip


def page(*studies):
    return parser.fromstring(since_html(studies, WORDS, COMPARE["turns"], PAGES))


def said(page, place="//main"):
    return " ".join(" ".join(part.text_content() for part in page.xpath(place)).split())


def rows(page, caption):
    found = page.xpath(f"//table[caption[starts-with(., '{caption}')]]//tr[td]")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in found]


@pytest.mark.parametrize("studies", [[NEVER], [NEVER, NEVER]])
def test_where_no_version_was_registered_it_is_one_sentence(studies):
    found = page(*studies)
    assert [one.text_content().count(".") for one in found.xpath("//main/p")] == [1]
    assert found.xpath("//table | //section") == []


def test_one_table_on_top_has_all_studies():
    older = {key: DIFFERENT[key] for key in (*NEVER, "same_files")} | {"told": False}
    found, last = page(DIFFERENT, SAME, NEVER, older), "versie 2, 31 januari 2026"
    assert rows(found, "Wat er sinds de laatste vrijgave nieuw is") == [
        ["Uitkomsten: Groningen", last, "1 meting, 1 soort deelnemers en 2 bestanden", "1", "1", "170"],
        ["Uitkomsten: Groningen", last, "niets", "0", "0", "174"],
        ["Uitkomsten: Zeeland", "nog niet vrijgegeven", "–", "–", "–", "–"],
        ["Uitkomsten: Groningen", last, "niet te zeggen", "–", "–", "–"],
    ]  # fmt: skip
    assert "bij deze vrijgave is dat nog niet bewaard" in said(found)


def test_the_page_of_one_study_has_no_table_of_all():
    assert page(DIFFERENT).xpath("//*[@id='tabel-alle']") == []


def test_a_study_without_change_says_so_and_no_more():
    found = page(SAME)
    assert "versie 2, vrijgegeven op 31 januari 2026 door A. Voorbeeld. Er is niets veranderd" in said(found)
    assert found.xpath("//table | //h3") == []
    assert "niets van wat hier wordt vergeleken" in said(page(SAME | {"same_files": False}))


def test_what_is_new_and_what_turned_stands_in_the_words_of_the_report():
    found = page(DIFFERENT)
    assert rows(found, "Wat erbij kwam") == [
        ["Metingen", "T3", "–"],
        ["Over wie", "kinderen", "–"],
        ["Bestanden", "T3_jeugd.sav en T3_kinderen.sav", "–"],
    ]
    assert rows(found, "Wat een andere waarde heeft") == [
        ["Rapport", "datum", "1 januari 2026", "21 november 2026"],
        ["Bestanden", "T0.sav, aantal rijen", "10", "12"],
        ["Deelnemers", "Huishoudens · Aanpak, T0", "44", "51"],
    ]
    assert rows(found, "Conclusies die omsloegen") == [
        ["Tabel 5. Alle uitkomsten", "Veiligheid · Oordeel", "Zekerheid", "beter", "onbeslist"]
    ]
    assert rows(found, "Waar er eerst geen conclusie was") == [
        ["Tabel B3. Toetsen", "Veiligheid · p", "Significantie", "–", ",030"]
    ]
    assert "Gelijk gebleven: 170 conclusies. In rijen die er toen niet waren, staan er 2." in said(found)
    assert "vervielen er 3." in said(found)


def test_texts_that_differ_show_what_went_and_what_came():
    found = page(DIFFERENT)
    assert [one.text_content() for one in found.xpath("//h4")] == [
        "Kop van de samenvatting", "Plan van de studie", "Meting"
    ]  # fmt: skip
    assert [one.text_content() for one in found.xpath("//h4/following-sibling::p//ins")] == ["Het plan.", "T3"]


def test_the_page_says_that_it_stays_inside_and_of_invented_families():
    assert said(page(SAME), "//aside") == "Vertrouwelijk, niet publiceren"
    assert "synthetische gegevens" in said(page(SAME | {"synthetic": True}), "//aside")
