"""What is new in a study since its last release, of small versions."""

import copy

import pytest
from given.printed import CONFIG, printed_report
from given.two_runs import WORDS

from effectstudie.release.published import published
from effectstudie.runs.since import since_release

STUDY = {"study": "groningen", "title": "Uitkomsten", "region_label": "Groningen"}
FILES = {"results/groningen/report/groningen.html": "a"}


@pytest.fixture
def now(tmp_path):
    return published(*printed_report(tmp_path / "groningen"), WORDS["concluding_columns"], CONFIG)


def version(told, number=1, files=FILES):
    return {"version": number, "date": "2026-01-31", "by": "A. Voorbeeld", "files": files, "published": told}


@pytest.fixture
def since(now):
    """What is told where the last version was changed so."""

    def told(change):
        old = copy.deepcopy(now)
        change(old)
        return since_release(STUDY, [version(old, files={})], now, FILES, WORDS)

    return told


def test_a_study_without_a_version_has_nothing_to_be_held_against(now):
    assert since_release(STUDY, [], now, FILES, WORDS) == {**STUDY, "synthetic": True, "version": None}


def test_the_same_report_has_no_news_and_all_of_its_conclusions(now):
    record = since_release(STUDY, [version(now)], now, FILES, WORDS)
    assert record["same_files"] and record["told"]
    assert not any(record[part] for part in ("changed", "texts", "answers", "turns", "appeared"))
    assert not any([*record["came"].values(), *record["went"].values()])
    assert record["counts"] == {"turned": 0, "appeared": 0, "stayed": 4, "added": 0, "dropped": 0}


def test_the_last_version_is_the_one_that_counts(now):
    record = since_release(STUDY, [version({}), version(now, 2)], now, FILES, WORDS)
    assert record["version"] == {"version": 2, "date": "2026-01-31", "by": "A. Voorbeeld"}


def test_a_version_of_before_says_only_whether_the_files_are_the_same(now):
    old = {key: value for key, value in version(now).items() if key != "published"}
    record = since_release(STUDY, [old], now, FILES | {"results/groningen/render/table_1.csv": "b"}, WORDS)
    assert (record["told"], record["same_files"]) == (False, False)
    assert "turns" not in record


@pytest.mark.parametrize(
    ("row", "column", "was", "expected"),
    [
        (0, 3, "beter", ["verdict", "Tabel 5. Alle uitkomsten", "Veiligheid · Oordeel", "beter", "onbeslist"]),
        (
            *(0, 2, "verslechtert (klein)"),
            ["direction", "Tabel 5. Alle uitkomsten", "Veiligheid · Beide groepen samen", "verslechtert (klein)",
             "verbetert (klein)"],
        ),
    ],
)  # fmt: skip
def test_a_conclusion_that_turned_is_told_with_its_table_and_row(since, row, column, was, expected):
    record = since(lambda old: old["tables"]["key"]["rows"][row].__setitem__(column, was))
    assert record["turns"] == [expected]
    assert (record["counts"]["turned"], record["counts"]["stayed"]) == (1, 3)


def test_what_was_not_concluded_before_did_not_turn(since):
    record = since(lambda old: old["tables"]["key"]["rows"][0].__setitem__(3, "–"))
    assert record["turns"] == []
    assert [row[2:] for row in record["appeared"]] == [["Veiligheid · Oordeel", "–", "onbeslist"]]


def test_conclusions_of_a_row_that_is_new_are_counted_apart(since):
    record = since(lambda old: old["tables"]["key"]["rows"].pop(1))
    assert (record["counts"]["added"], record["counts"]["dropped"], record["counts"]["stayed"]) == (2, 0, 2)


def test_new_waves_files_regions_and_outcomes_are_told_and_those_that_went(since):
    def change(old):
        old["waves"] = ["T0"]
        old["exports"] = {"T0_kinderen.sav": "12"}
        old["regions"] = ["Noord"]
        del old["outcomes"]["safety"]

    record = since(change)
    assert {what: names for what, names in record["came"].items() if names} == {
        "waves": ["T1"], "exports": ["T0_jeugd.sav"], "regions": ["Zuid"], "outcomes": ["Veiligheid"]
    }  # fmt: skip
    assert {what: names for what, names in record["went"].items() if names} == {"exports": ["T0_kinderen.sav"]}


def test_sizes_rows_of_files_and_versions_are_told_as_printed(since):
    def change(old):
        old["facts"]["version"] = "0.8"
        old["exports"]["T0_jeugd.sav"] = "1.300"
        old["tables"]["participants"]["rows"][0][1] = "44"

    assert since(change)["changed"] == [
        ["facts", "version", "0.8", "0.9"],
        ["exports", "T0_jeugd.sav", "1.300", "1.362"],
        ["sizes", "Huishoudens · Aanpak, T0", "44", "51"],
    ]


def test_other_words_of_the_summary_and_other_choices_are_told_word_by_word(since):
    def change(old):
        old["conclusions"][0][2] = "Het geweld stijgt."
        old["choices"] = old["choices"][1:]

    record = since(change)
    assert record["answers"] == [
        ["headline", "", [("same", "Het geweld"), ("removed", "stijgt."), ("added", "daalt.")]]
    ]
    assert record["texts"] == [["choice", "Vervolgmeting", [("added", "De eerste van T1.")]]]
