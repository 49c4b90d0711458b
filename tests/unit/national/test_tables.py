import pytest
from given.across import SPREAD, across, mean
from given.regions import NAN, WORDS, inputs, tables

from effectstudie.national.across import all_across
from effectstudie.national.inputs import studies_of
from effectstudie.national.tables import choices_table, costs_table, outcomes_table, regions_table, studies_table


def test_the_regions_of_an_outcome_with_the_mean_below_them():
    lines = regions_table(across(-3, NAN, 5, of=mean(1))).printed()
    assert lines == [
        ["A", "−3 [−8;\u00a02]", "onbeslist", "50%"],
        ["B", "–", "onbeslist", "50%"],
        ["C", "5 [0;\u00a010]", "onbeslist", "50%"],
        ["Gemiddeld", "1 [−4;\u00a06]", "onbeslist", "100%"],
    ]
    assert len(regions_table(across(-3)).rows) == 1
    # without a mean there is nothing that a region has a share in
    assert [line[-1] for line in regions_table(across(-3, 5)).printed()] == ["–", "–"]


def test_all_outcomes_by_theme():
    found = [across(1, 2, 3, of=mean(2, next_low=-9, next_high=13), spread=SPREAD), across(1)]
    record = outcomes_table(found, WORDS).record()
    assert record["rows"][0]["cells"][0] == "Geweld"
    assert {len(row["cells"]) for row in record["rows"]} == {len(record["head"])}
    assert record["rows"][1]["cells"] == [
        *("Totaal geweld", "2 [−3;\u00a07]", "onbeslist", "2", ",200", "[−9;\u00a013]", "[−20;\u00a020]")
    ]
    assert record["rows"][2]["cells"][1:] == ["–"] * 6


def test_studies_beside_each_other():
    rows = studies_table(studies_of(inputs(2)), WORDS).printed()
    assert [row[0] for row in rows] == ["Groningen", "Haaglanden"]
    assert rows[0][2:] == ["40 en 47", "0,27", "23%", "2 van 5: zwakke aanwijzingen"]


def test_what_a_report_prints_of_its_own_matching_stands_as_it_is_there():
    given = inputs(2)
    given.records["studie_1"]["matching"]["strategies"][0]["n_approach"] = "meer dan 46"
    rows = costs_table(given, studies_of(given)).printed()
    assert rows[0][1:] == ["Groningen", "meer dan 46", "geen", "61", "20", "0,27"]
    assert rows[2][1:] == ["Groningen", "43", "8", "73", "geen", "meer dan 0,25 (aantal kinderen)"]


@pytest.mark.parametrize("other", ["better", None])
def test_the_mean_under_both_choices_and_how_many_are_judged_otherwise(other):
    frames = tables(2)
    again = (frames["together"]["outcome"] == "safety") & (frames["together"]["controls"] == "once")
    if other:
        frames["together"].loc[again, "verdict"] = other
    else:
        frames["together"].loc[again, "n_studies"] = 1
    given = inputs(2, tables=frames)
    found = all_across(given, studies_of(given))
    table, compared, otherwise = choices_table(found, given.shown, WORDS)
    assert (compared, otherwise) == ((len(found), 1) if other else (len(found) - 1, 0)) and len(table.rows) == compared
