import re
from pathlib import Path

import pandas as pd
import pytest
import yaml
from given.paths import ROOT

from effectstudie.intake import ingest, labels, odd_rows, warnings
from effectstudie.quality import odd_waves, whole_cohort
from effectstudie.quality.page import flow_steps, quality_html, quality_record

TEMPLATES = ROOT / "resources/pages/quality"
WORDS = yaml.safe_load((TEMPLATES / "quality.nl.yaml").read_text(encoding="utf-8")) | {"stamp": "Demonstratie"}
STUDY = {
    "study": "twente",
    "title": "Uitkomsten",
    "region_label": "Twente",
    "report_date": "2026-11-21",
    "approach": {"regio": "Twente", "aanpak": "Samen", "label": "Samen"},
}
PRIVACY = {"minimum_cell": 5, "minimum_group": 10}
MANIFESTS = {
    "T0_jeugd": {"file": "T0_jeugd.csv", "rows": 1203, "unmapped_columns": ["V99"], "synthetic": False},
}


def answers(questionnaire, aanpak, forms, empty, asked, answered, not_applicable=0):
    return {
        **{"file": "T0_jeugd", "questionnaire": questionnaire, "regio": "Twente", "aanpak": aanpak, "forms": forms},
        **{"empty": empty, "asked": asked, "answered": answered, "refused": 0, "not_applicable": not_applicable},
    }


ANSWERS = pd.DataFrame(
    [
        answers("Administratie", "Samen", 40, 0, 0, 0),
        answers("Administratie", None, 1160, 0, 0, 0),
        answers("Administratie", "Anders", 3, 0, 0, 0),
        answers("SIS", "Samen", 40, 8, 400, 300, 4),
        answers("SIS", None, 1160, 2, 4000, 3900, 4),
        answers("SIS", "Anders", 3, 3, 9, 0),
        answers("TSCC", "Samen", 9, 0, 90, 90),
        answers("TSCC", None, 1160, 0, 4000, 3996),
    ]
)
WARNINGS = warnings.as_table(
    [
        warnings.warning("line", "T0_jeugd", "", "", pd.Series([7, 3])),
        warnings.warning("few_rows", "T0_jeugd", "", "T1_jeugd", 1203),
    ]
)
NEVER = pd.DataFrame([("T0_jeugd", "SIS", "1, 4", 4200)], columns=["file", "questionnaire", "codes", "answers"])
CORRECTIONS = pd.DataFrame(
    [("T0_jeugd", 12, "sis_1", "Twente", "Samen", "typfout", "AB", "2026-01-02")],
    columns=["file", "row", "column", "regio", "aanpak", "reason", "who", "date"],
)
STEPS = pd.DataFrame(
    [
        ("export", "stage", 60, 1100),
        ("asked", "stage", 58, 1000),
        ("missing_covariate", "reason", 2, 0),
        ("no_control_left", "reason", 6, 0),
        ("matched", "stage", 50, 80),
        ("followed", "stage", 48, 60),
    ],
    columns=["step", "kind", "approach", "control"],
)


def record(privacy=PRIVACY, **changed):
    parts = {
        **{"warnings": WARNINGS, "never_given": NEVER, "answers": ANSWERS, "corrections": CORRECTIONS, "steps": STEPS},
        **changed,
    }
    return quality_record(study=STUDY, manifests=MANIFESTS, privacy=privacy, words=WORDS, **parts)


def rows(name, **options):
    return record(**options)["tables"][name]["rows"]


def test_rows_of_a_file_are_told_by_group_and_small_ones_not():
    assert rows("files") == [["T0_jeugd.csv", "1.203", "40", "1.160", "minder dan 5"]]
    assert rows("files", privacy=None)[0][-1] == "3"


def test_missing_answers_are_told_where_no_few_persons_can_be_known():
    assert rows("missing") == [
        ["T0_jeugd", "SIS", "20%", "24,0%", "–", "–"],
        ["T0_jeugd", "TSCC", "–", "–", "0%", "0,1%"],
    ]
    assert rows("missing", privacy=None) == [
        ["T0_jeugd", "SIS", "20%", "24,0%", "0%", "2,4%"],
        ["T0_jeugd", "TSCC", "0%", "0,0%", "0%", "0,1%"],
    ]


def test_case_numbers_stay_inside():
    assert rows("odd") == [
        ["T0_jeugd", WORDS["kinds"]["line"], "minder dan 5", ""],
        ["T0_jeugd", "minder dan de helft van het aantal rijen van T1_jeugd", "1.203", ""],
    ]
    assert rows("odd", privacy=None)[0][2:] == ["2", "3, 7"]


def test_who_a_correction_is_about_and_who_made_it_stay_inside():
    assert rows("corrections") == [["T0_jeugd", "sis_1", "typfout", "2\u00a0januari 2026", "", ""]]
    assert rows("corrections", privacy=None)[0][4:] == ["12, aanpakgroep", "AB"]


def test_no_small_number_can_be_worked_out_of_the_flow():
    assert [row[1:] for row in rows("flow")] == [
        ["–", "1.100"],
        ["58", "1.000"],
        ["–", "0"],
        ["–", "0"],
        ["–", "80"],
        ["48", "60"],
    ]
    assert [row[1] for row in rows("flow", privacy=None)] == ["60", "58", "2", "6", "50", "48"]


def test_flow_counts_households_by_what_became_of_them():
    roles = pd.Series({"A": "approach", "B": "approach", "C": "pool", "D": "pool", "E": "excluded"})
    candidates = pd.DataFrame({"household": ["A", "B", "C"], "role": ["approach", "approach", "pool"]})
    matched = pd.DataFrame({"household": ["A", "C"], "group": ["approach", "control"]})
    reasons = {"unmatched_approach": {"no_control_left": 1, "exact_stratum": 0}, "pool_set_aside": {"exact_stratum": 0}}
    assert flow_steps(roles, candidates, matched, ["C", "D"], reasons).to_numpy().tolist() == [
        ["export", "stage", 2, 2],
        ["asked", "stage", 2, 1],
        ["no_control_left", "reason", 1, 0],
        ["matched", "stage", 1, 1],
        ["followed", "stage", 0, 1],
    ]


@pytest.mark.parametrize("privacy", [PRIVACY, None])
def test_the_page_holds_every_cell_and_says_whether_it_may_be_published(privacy):
    page = record(privacy)
    html = quality_html(page, WORDS, TEMPLATES, "p { margin: 0 }", "twente.html")
    said = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
    assert ("Vertrouwelijk, niet publiceren" in said) is (privacy is None)
    assert ('<th scope="col">Door</th>' in said) is (privacy is None)
    assert "V99" in said and 'href="twente.html"' in said
    shown = re.findall(r"<t[dh][^>]*>([^<]*)</t[dh]>", said)
    for table in page["tables"].values():
        hidden = [place for place, head in enumerate(table["head"]) if head in ("Rijen", "Rij en groep", "Door")]
        for row in table["rows"]:
            assert all(cell in shown for place, cell in enumerate(row) if privacy is None or place not in hidden)
    assert not re.search(r"\{\{|\bnan\b|None", said)


def test_what_is_not_there_is_said():
    empty = {"warnings": WARNINGS[:0], "never_given": NEVER[:0], "corrections": CORRECTIONS[:0]}
    html = quality_html(record(**empty), WORDS, TEMPLATES, "p { margin: 0 }", "twente.html")
    assert "Er is niets opvallends gevonden." in html and "Er zijn geen correcties aangebracht." in html


def test_every_kind_of_warning_has_its_words():
    modules = [module.__file__ for module in (whole_cohort, ingest, labels, odd_rows, odd_waves)]
    code = "".join(Path(path).read_text(encoding="utf-8") for path in modules)
    assert set(re.findall(r'[ (\[]warning\("(\w+)"', code)) == set(WORDS["kinds"])
