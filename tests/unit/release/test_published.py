"""What a register keeps of a report stands in the report."""

import json

import pytest
from given.printed import CONFIG, KEY, OTHER, RECORD, SIZES, printed_report

from effectstudie.release.published import published


@pytest.fixture
def kept(tmp_path):
    return published(*printed_report(tmp_path / "groningen"), ["key", "tests"], CONFIG)


def test_of_the_tables_those_that_conclude_something_are_kept_as_printed_and_the_sizes(kept):
    assert list(kept["tables"]) == ["participants", "key"]  # of this report no table of tests
    assert kept["tables"]["key"] == {"number": "5", "caption": "Alle uitkomsten", "head": KEY[0], "rows": KEY[1:]}
    assert kept["tables"]["participants"]["rows"] == SIZES[1:]


def test_files_have_the_rows_that_the_page_on_their_quality_prints(kept):
    assert kept["exports"] == {"T0_jeugd.sav": "1.362"}


def test_the_cohort_the_outcomes_and_the_words_of_the_conclusions_are_kept(kept):
    assert (kept["waves"], kept["units"]) == (["T0", "T1"], ["household", "adult"])
    assert kept["outcomes"] == {"safety": "Veiligheid", "violence": "Geweld"}
    assert kept["conclusions"] == [["headline", "", "Het geweld daalt."], ["answer", "Neemt het af?", "Ja."]]
    assert kept["choices"] == [
        ["choice", "Vervolgmeting", "De eerste van T1."],
        ["plan", "Marge", "12"],
        ["plan", "", "Het plan heeft kenmerk e2c2."],
    ]


def test_of_the_configuration_only_the_names_of_regions_and_approaches_are_kept(kept):
    assert (kept["regions"], kept["approaches"]) == (["Noord", "Zuid"], ["Samen"])
    text = json.dumps(kept, ensure_ascii=False)
    assert "/data" not in text and not any(cell in text for cell in OTHER[1])


def test_a_study_without_a_plan_has_none(tmp_path):
    kept = published(*printed_report(tmp_path / "groningen", RECORD | {"plan": None}), ["key"], CONFIG)
    assert kept["choices"][1:] == [["plan", "", ""]]
