"""The end of a run says where the results are and what has to be looked at."""

import json
from functools import partial

import pytest
import yaml
from given.paths import ROOT

from effectstudie.release.news import LISTS
from effectstudie.running.screen import closing as screen

WORDS = yaml.safe_load((ROOT / "resources/words/running.nl.yaml").read_text(encoding="utf-8"))
KINDS = yaml.safe_load((ROOT / "resources/pages/quality/quality.nl.yaml").read_text(encoding="utf-8"))["kinds"]
MENU = {
    "analyse_groningen": ["results/groningen/analysis/tests.csv", "results/groningen/analysis/imputed.csv"],
    "tables_groningen": ["results/groningen/render", "results/groningen/report/groningen_tabellen.xlsx"],
    "report_groningen": [],
    "report_landelijk": [],
}
COUNTS = yaml.safe_load((ROOT / "resources/pages/compare/since.nl.yaml").read_text(encoding="utf-8"))["counts"]
closing = partial(screen.closing, selected={"groningen": "strategy_1"}, fewest=10, counts=COUNTS)
REPORT = "Rapport van groningen: results/groningen/report/groningen.html, .pdf en .docx"
PAGE = "results/groningen/report/groningen_kwaliteit.html"


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder in ("cohort/check", "groningen"):
        (tmp_path / "results" / folder).mkdir(parents=True)
    return tmp_path / "results"


def warn(project, *rows):
    head = "kind,file,column,about,count,rows\n"
    (project / "cohort/check/warnings.csv").write_text(head + "".join(rows), encoding="utf-8")


def test_without_warnings_it_is_where_the_report_is(project):
    warn(project)
    assert closing(["report_groningen"], MENU, WORDS, KINDS) == [REPORT]


def test_warnings_are_counted_and_named_with_the_page_that_has_them(project):
    warn(project, 'against,T1_volwassenen,"opleiding, inkomen",T0_volwassenen,300,\n', "no_answers,T1_jeugd,,,3,\n")
    assert closing(["report_groningen"], MENU, WORDS, KINDS) == [
        REPORT,
        f"Let op, 2 waarschuwingen over de gegevens ({PAGE}):",
        "- T1_volwassenen: antwoorden lopen tegengesteld aan die van dezelfde personen eerder (T0_volwassenen); "
        "mogelijk omgecodeerd: opleiding, inkomen",
        "- T1_jeugd: rijen zonder één antwoord",
    ]


def test_of_many_warnings_the_first_are_told(project):
    warn(project, *(f"no_answers,T{n}_jeugd,,,3,\n" for n in range(9)))
    told = closing(["report_groningen"], MENU, WORDS, KINDS)
    assert (len(told), told[-1]) == (8, "- en nog 4")


def test_what_the_checks_of_the_numbers_found_weak_is_told(project):
    checks = [{"title": "Totalen", "state": "ok", "text": "Ja."}, {"title": "Uitval", "state": "warn", "text": "Veel."}]
    (project / "groningen/checks.json").write_text(json.dumps(checks))
    assert closing(["report_groningen"], MENU, WORDS, KINDS)[1:] == [
        "Let op, 1 punt bij de controle van de uitkomsten (achter in het rapport):",
        "- Uitval: Veel.",
    ]


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("analyse_groningen", "analyse_groningen staat in: results/groningen/analysis/"),
        ("tables_groningen", "tables_groningen staat in: results/groningen/render/, results/groningen/report/"),
        ("archive_groningen", "Archief: results/groningen/archive"),
        ("archive_groningen_intern", "Archief: results/groningen/archive_intern"),
        (
            "report_landelijk",
            "Pagina van landelijk: results/landelijk/report/landelijk.html en .pdf; het rapport van elke studie staat "
            "in haar eigen map",
        ),
        ("codebook", "Codeboek: results/codebook/codebook.html"),
        (
            "report_groningen_intern",
            "Rapport van groningen met kleine aantallen, vertrouwelijk: "
            "results/groningen/report_intern/groningen_intern.html, .pdf en .docx",
        ),
    ],
)
def test_every_name_of_the_menu_says_where_its_results_are(project, asked, line):
    assert closing([asked], MENU, WORDS, KINDS) == [line]


def test_of_a_file_that_was_asked_for_nothing_has_to_be_said(project):
    assert closing(["results/groningen/run.json"], MENU, WORDS, KINDS) == []


def matching(project, matched, everyone, **why):
    folder = project / "groningen/matching/strategy_1"
    folder.mkdir(parents=True)
    summary = {"label": "Strategie 1", "n_approach": everyone, "n_matched_approach": matched, "exact": ["thv", "work"]}
    (folder / "summary.json").write_text(json.dumps({**summary, "unmatched_approach": why}))


@pytest.mark.parametrize(
    "asked", ["report_groningen", "match_groningen", "analyse_groningen", "report_groningen_intern"]
)
def test_few_matched_households_are_told_with_every_cause(project, asked):
    matching(project, 7, 32, missing_exact=6, exact_stratum=16, no_control_within_caliper=3, no_control_left=0)
    assert closing([asked], MENU, WORDS, KINDS)[-1] == (
        "Let op, Strategie 1: 7 van de 32 huishoudens van de aanpak doen mee (6 zonder een kenmerk dat gelijk moet "
        "zijn, 16 zonder gelijke op thv, work, 3 buiten de toegestane afstand). Van minder dan 10 deelnemers is geen "
        "gemiddelde of percentage te tonen."
    )


@pytest.mark.parametrize(
    ("matched", "everyone", "told"), [(16, 32, False), (15, 32, True), (9, 9, True), (10, 10, False)]
)
def test_a_matching_of_most_households_is_no_news(project, matched, everyone, told):
    matching(project, matched, everyone, exact_stratum=everyone - matched)
    assert (len(closing(["report_groningen"], MENU, WORDS, KINDS)) == 2) == told


def since(project, study="groningen", version=1, **changed):
    record = {
        **{"study": study, "version": version and {"version": version, "date": "2026-01-31", "by": "A. Voorbeeld"}},
        **{"same_files": False, "told": True, "counts": {"turned": 2, "stayed": 170}},
        "came": dict.fromkeys(LISTS, []) | {"waves": ["T3"], "exports": ["T3_jeugd.sav"]},
    }
    folder = project / study / "release"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "since.json").write_text(json.dumps(record | changed))


@pytest.mark.parametrize(
    ("record", "line"),
    [
        (
            {},
            "Sinds de vrijgave van groningen (31\xa0januari 2026): nieuw: 1 meting en 1 bestand; conclusies "
            "omgeslagen: 2, gelijk gebleven: 170 (results/groningen/release/sinds_vrijgave.html).",
        ),
        ({"same_files": True}, "Sinds de vrijgave van groningen (31\xa0januari 2026): niets veranderd."),
        (
            {"told": False},
            "Sinds de vrijgave van groningen (31\xa0januari 2026): het rapport is veranderd; bij die vrijgave is nog "
            "niet bewaard waarmee te zeggen is wat (results/groningen/release/sinds_vrijgave.html).",
        ),
        ({"version": None}, "Nog niets vrijgegeven, dus niets om mee te vergelijken (make release)."),
    ],
)
def test_what_is_new_since_the_last_release_is_one_line(project, record, line):
    since(project, **record)
    assert closing(["report_groningen"], MENU, WORDS, KINDS) == [REPORT, line]
    assert line not in closing(["report_groningen_intern"], MENU, WORDS, KINDS)


def test_of_all_studies_together_it_is_one_line_too_and_what_is_new_to_all_counts_once(project):
    since(project)
    since(project, "haaglanden")
    since(project, "zeeland", None)
    studies = dict.fromkeys(("groningen", "haaglanden", "zeeland"), "strategy_1")
    told = closing(["codebook"], MENU, WORDS, KINDS, selected=studies, changes="results/release/sinds_vrijgave.html")
    assert told[1:] == [
        "Sinds de laatste vrijgave (2 van 3 studies vrijgegeven): nieuw: 1 meting en 1 bestand; conclusies omgeslagen: "
        "4, gelijk gebleven: 340 (results/release/sinds_vrijgave.html)."
    ]
