import re
from pathlib import Path

import pandas as pd
import pytest
import yaml
from given.paths import ROOT
from given.words import PARTS

from effectstudie.definitions.result_tables import quality as tables
from effectstudie.definitions.result_tables.quality import HOW_READ
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.quality import corrections_in_all, treat_quality
from effectstudie.disclosure.shown import Count
from effectstudie.intake import ingest, labels, odd_rows, warnings
from effectstudie.quality import odd_waves, over_waves, whole_cohort
from effectstudie.quality.page import quality_html, quality_record
from effectstudie.shared.words import read_words

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
WARNINGS = pd.DataFrame(
    [
        warnings.warning("line", "T0_jeugd", "", "", pd.Series([7, 3])),
        warnings.warning("few_rows", "T0_jeugd", "", "T1_jeugd", 1203),
    ]
)
NEVER = pd.DataFrame(
    [("T0_jeugd", "SIS", "SIS item 1 … SIS item 44", "1, 3, 4", "1 nooit; 3; 4", 1, 4, 4200)],
    columns=tables.NEVER_GIVEN.names,
)
CORRECTIONS = pd.DataFrame(
    [("T0_jeugd", 12, "sis_1", "Twente", "Samen", "typfout", "AB", "2026-01-02")],
    columns=tables.CORRECTIONS.names,
)
RECODES = pd.DataFrame(
    [
        ("T0_jeugd", "geslacht", "0", "1", 1100, "andere codes"),
        ("T0_jeugd", "geslacht", "1", "2", 100, "andere codes"),
        ("T0_jeugd", "sis_1", "9", "99", 2, "weet niet"),
        ("T0_jeugd", "sis_2", "5", "4", 30, "andere codes"),
    ],
    columns=tables.RECODES.names,
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


def record(privacy=PRIVACY, withheld=(), **changed):
    tables = {"warnings": WARNINGS, "answers": ANSWERS, "corrections": CORRECTIONS, "recodes": RECODES}
    tables |= {"steps": STEPS} | changed
    never = tables.pop("never_given", NEVER)
    shown = treat_quality(**tables, approach=STUDY["approach"], limits=Limits.of(privacy), withheld=withheld)
    return quality_record(study=STUDY, manifests=MANIFESTS, never_given=never, shown=shown, words=WORDS)


def rows(name, **options):
    return record(**options)["tables"][name]["rows"]


def test_rows_of_a_file_are_told_by_group_only_inside():
    """Beside the sizes of the study they tell how many of it are not in the comparison."""
    assert rows("files") == [["T0_jeugd.csv", "1.203"]]
    assert rows("files", privacy=None) == [["T0_jeugd.csv", "1.203", "40", "1.160", "3"]]


def shares(measure, **options):
    (one,) = [one for one in record(**options)["heat"] if one["id"] == measure]
    return one, {row["name"]: [(cell["text"], cell["shade"]) for cell in row["cells"]] for row in one["rows"]}


def test_missing_answers_are_told_of_the_whole_cohort_and_by_group_only_inside():
    """The report says of how many of a group an outcome is: with those of a group the others would be known."""
    one, cells = shares("open")
    assert one["head"][2:] == ["T0"] and cells == {"SIS": [("4,6%", 1)], "TSCC": [("0,1%", 0)]}
    assert shares("leeg")[1] == {"SIS": [("1%", 0)], "TSCC": [("0%", 0)]}
    assert shares("open", privacy=None)[1] == {"SIS": [("24,0%", 3), ("2,4%", 1)], "TSCC": [("0,0%", 0), ("0,1%", 0)]}


def test_a_few_empty_questionnaires_of_the_cohort_are_not_told():
    few = ANSWERS.assign(empty=ANSWERS["empty"].clip(upper=1))
    assert shares("leeg", answers=few)[1] == {"TSCC": [("0%", 0)]}


def test_what_is_wholly_hidden_is_named_and_makes_no_row_of_dashes():
    few = ANSWERS[ANSWERS["questionnaire"] != "SIS"]
    more = [answers("MPF", "Samen", 8, 0, 80, 80), answers("MPF", None, 9, 0, 90, 90)]
    more[1] |= {"forms": 1, "asked": 10, "answered": 10}
    later = [answers("MPF", None, 7, 0, 70, 70) | {"file": "T1_jeugd"}]
    one, cells = shares("open", answers=pd.concat([few, pd.DataFrame(more + later)]))
    assert cells == {"TSCC": [("0,1%", 0)]} and one["head"][2:] == ["T0"]
    assert any("MPF (kind)" in note for note in one["notes"])
    assert any("T1" in note for note in one["notes"])
    nothing, cells = shares("open", answers=pd.DataFrame(more))
    assert cells == {} and nothing["notes"] == [WORDS["heat"]["none"]]


def test_codes_that_nobody_gave_have_their_meaning():
    assert rows("never")[0][2:] == [
        "SIS item 1 … SIS item 44",
        "1 (nooit), 3 (uit 1 tot en met 4), 4 (hoogste van 1 tot en met 4)",
        "4.200",
    ]


def test_the_page_opens_with_what_came_in_how_complete_and_what_to_look_at():
    assert record()["opening"] == [
        "Er is één bestand ontvangen, met 1.203 rijen.",
        "In het hele cohort bleef per vragenlijst en meting 0,1% tot 4,6% van de vragen open; het meest bij SIS op T0.",
        "2 punten moeten worden nagegaan, in T0_jeugd; zij staan hieronder.",
    ]
    assert record(None)["opening"][1].endswith("van de vragen open; het meest bij SIS op T0 (aanpakgroep).")
    few = pd.DataFrame([answers("MPF", "Samen", 8, 0, 80, 80)])
    quiet = record(answers=few, warnings=WARNINGS[:0])["opening"]
    assert quiet[1:] == [WORDS["opening"]["open_hidden"], WORDS["opening"]["never"]]
    none = record(warnings=WARNINGS[:0], never_given=NEVER[:0])["opening"]
    assert none[2] == WORDS["opening"]["nothing"]
    assert "Eén punt" in record(warnings=WARNINGS[:1])["opening"][2]


def test_case_numbers_stay_inside():
    assert rows("odd") == [
        ["T0_jeugd", WORDS["kinds"]["line"], "minder dan 5", ""],
        ["T0_jeugd", "minder dan de helft van het aantal rijen van T1_jeugd", "1.203", ""],
    ]
    assert rows("odd", privacy=None)[0][2:] == ["2", "3, 7"]


def test_of_corrections_only_how_many_there_are_leaves_the_house():
    many = pd.concat([CORRECTIONS, *[CORRECTIONS.assign(row=row, column="sis_2", reason="x") for row in range(1, 7)]])
    assert rows("corrections", corrections=many) == [["T0_jeugd", "sis_1", "minder dan 5"], ["T0_jeugd", "sis_2", "6"]]
    assert record()["tables"]["corrections"]["head"] == ["Bestand", "Kolom", "Aantal"]
    inside = rows("corrections", privacy=None)[0]
    assert inside == ["T0_jeugd", "sis_1", "typfout", "2\u00a0januari 2026", "12, aanpakgroep", "AB"]


def test_of_recodes_no_few_people_and_no_reason_leave_the_house():
    """Nor how few of a file gave no recoded code: 1.203 rows, of which 1.200 were recoded."""
    assert rows("recodes") == [
        ["T0_jeugd", "geslacht", "2", "meer dan 4"],
        ["T0_jeugd", "sis_1", "1", "minder dan 5"],
        ["T0_jeugd", "sis_2", "1", "30"],
    ]
    assert record()["tables"]["recodes"]["head"] == ["Bestand", "Kolom", "Codes", "Antwoorden"]
    assert rows("recodes", privacy=None)[0] == ["T0_jeugd", "geslacht", "0", "1", "1.100", "andere codes"]


def test_names_of_columns_that_no_codebook_knows_stay_inside():
    assert record()["unmapped"] == ["T0_jeugd.csv heeft één kolom die in geen codeboek staat en niet is gebruikt."]
    (inside,) = record(privacy=None)["unmapped"]
    assert inside.endswith("niet zijn gebruikt: V99.")


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([], Count(0)),
        ([4], Count(5, "fewer")),
        ([5], Count(5)),
        ([5, 6], Count(11)),
        ([6, 1], Count(4, "more")),
        ([2, 2], Count(5, "fewer")),
        ([3, 3], Count(4, "more")),
    ],
)
def test_the_number_of_all_corrections_tells_of_no_few(numbers, told):
    fixes = [{"column": f"sis_{column}", "row": row} for column, number in enumerate(numbers) for row in range(number)]
    manifests = [{"file": "T0_jeugd.csv", "corrections": fixes}]
    assert corrections_in_all(manifests, Limits.of(PRIVACY)) == told
    assert corrections_in_all(manifests, Limits()) == Count(sum(numbers))


def test_of_the_flow_no_small_number_is_told_and_none_that_is_withheld():
    assert [row[1] for row in rows("flow")] == ["60", "58", "–", "6", "50", "48"]
    shown = [row[1] for row in rows("flow", withheld=["size/stage/export/approach", "size/reason/nobody/approach"])]
    assert shown == ["–", "58", "–", "6", "50", "48"]
    assert [row[1] for row in rows("flow", privacy=None)] == ["60", "58", "2", "6", "50", "48"]


@pytest.mark.parametrize("privacy", [PRIVACY, None])
def test_the_page_holds_every_cell_and_says_whether_it_may_be_published(privacy):
    page = record(privacy)
    html = quality_html(page, WORDS, TEMPLATES, "p { margin: 0 }", "twente.html")
    said = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
    assert ("Vertrouwelijk, niet publiceren" in said) is (privacy is None)
    assert ('<th scope="col">Door</th>' in said) is (privacy is None)
    assert ("V99" in said) is (privacy is None) and 'href="twente.html"' in said
    shown = re.findall(r"<t[dh][^>]*>([^<]*)</t[dh]>", said)
    for table in page["tables"].values():
        hidden = [place for place, head in enumerate(table["head"]) if head in ("Rijen", "Rij en groep", "Door")]
        for row in table["rows"]:
            assert all(cell in shown for place, cell in enumerate(row) if privacy is None or place not in hidden)
    assert not re.search(r"\{\{|\bnan\b|None", said)


def test_what_is_not_there_is_said():
    empty = {"warnings": WARNINGS[:0], "never_given": NEVER[:0], "corrections": CORRECTIONS[:0], "recodes": RECODES[:0]}
    html = quality_html(record(**empty), WORDS, TEMPLATES, "p { margin: 0 }", "twente.html")
    assert "Er is niets opvallends gevonden." in html and "Er zijn geen correcties aangebracht." in html
    assert "Hercoderingen" not in html


def test_every_kind_of_warning_has_its_words():
    modules = [module.__file__ for module in (whole_cohort, ingest, labels, odd_rows, odd_waves, over_waves)]
    code = "".join(Path(path).read_text(encoding="utf-8") for path in modules)
    assert {*re.findall(r'[ (\[]warning\("(\w+)"', code), *HOW_READ} == set(WORDS["kinds"])


def test_no_word_of_the_page_has_the_name_of_a_word_of_the_report():
    report = [ROOT / f"resources/pages/report/{part}.nl.yaml" for part in PARTS]
    assert WORDS.keys() - {"stamp"} <= read_words(TEMPLATES / "quality.nl.yaml", *report).keys()
