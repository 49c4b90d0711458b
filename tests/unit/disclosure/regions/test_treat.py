import pandas as pd
from given.regions import COMPARED, PRIVACY, record, study_ids, tables

from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.regions.treat import treat_regions
from effectstudie.national.inputs import sizes_printed

LIMITS = Limits.of(PRIVACY)
PUBLIC = {study: sizes_printed(record()) for study in study_ids(3)}


def treated(given, limits=LIMITS):
    return treat_regions(given, COMPARED, PUBLIC, limits)


def of(frame, outcome):
    return frame[frame["outcome"] == outcome]


def test_numbers_have_the_decimals_that_are_printed():
    shown = treated(tables(2))
    for name, outcome in COMPARED.items():
        for frame, columns in (
            (shown.regions, ["value", "ci_low", "ci_high"]),
            (shown.together, ["value", "tau"]),
            (shown.spread, ["mean", "sd", "tau"]),
        ):
            numbers = of(frame, name)[columns]
            assert not numbers.empty and (numbers == numbers.round(outcome.decimals)).all(axis=None)
    assert (shown.together["sd_value"] == shown.together["sd_value"].round(2)).all()


def test_no_size_of_a_group_leaves_the_door():
    shown = treated(tables(2))
    for frame in (shown.regions, shown.together, shown.placebo, shown.spread):
        assert not [name for name in frame if name.startswith(("n_a", "n_c", "households"))]


def test_an_estimate_that_the_report_hides_is_hidden_here_and_no_mean_is_of_one_study():
    shown = treated(tables(2, hidden=[("safety", "studie_2")]))
    first, second = of(shown.regions, "safety").to_dict("records")
    assert first["value"] == first["value"] and first["verdict"]
    assert pd.isna(second["value"]) and pd.isna(second["verdict"]) and pd.isna(second["share"])
    assert of(shown.together, "safety").empty and len(of(shown.together, "injury")) == 2


def test_a_mean_without_an_interval_is_none():
    given = tables(2)
    given["together"].loc[given["together"]["outcome"] == "safety", "ci_low"] = float("nan")
    assert of(treated(given).together, "safety").empty


def test_dots_are_means_of_large_groups():
    given = tables(2)
    given["placebo"].loc[given["placebo"]["region"].isin(["Utrecht", "Twente", "Flevoland"]), "n_approach"] = 9
    shown = treated(given)
    assert len(of(shown.placebo, "safety")) == 8
    assert of(shown.placebo, "low_income").empty and len(of(shown.spread, "low_income")) == 1
    # with three hidden, mean and spread of all eleven tell none of them
    assert of(shown.spread, "safety")["n_regions"].item() == 11


def test_with_one_or_two_hidden_the_spread_is_of_those_that_are_shown():
    given = tables(2)
    given["placebo"].loc[given["placebo"]["region"] == "Utrecht", "n_control"] = 4
    shown = treated(given)
    row, dots = of(shown.spread, "safety").iloc[0], of(shown.placebo, "safety")["value"]
    assert row["n_regions"] == len(dots) == 10 and pd.isna(row["tau"])
    assert row["mean"] == round(dots.mean(), 1) and row["sd"] == round(dots.std(ddof=1), 1)
    assert of(treated(given, Limits()).spread, "safety")["n_regions"].item() == 11


def test_two_regions_have_no_spread_and_one_dot_beside_hidden_ones_goes_too():
    given = tables(2)
    given["placebo_spread"]["n_regions"] = 2
    assert treated(given).spread.empty
    given["placebo_spread"]["n_regions"] = 3
    given["placebo"] = given["placebo"][given["placebo"]["region"].isin(["Utrecht", "Twente", "Flevoland"])]
    given["placebo"].loc[given["placebo"]["region"] != "Utrecht", "n_approach"] = 9
    shown = treated(given)
    assert of(shown.spread, "safety").empty and of(shown.placebo, "safety").empty


def test_without_other_regions_there_is_nothing_to_show_of_them():
    given = tables(2)
    given |= {name: given[name].iloc[:0] for name in ("placebo", "placebo_spread")}
    shown = treated(given)
    assert shown.placebo.empty and shown.spread.empty and len(shown.together)


def test_means_of_both_choices_are_not_shown_where_few_households_differ():
    given = tables(2)
    assert set(treated(given).together["controls"]) == {"shared", "once"}
    costs = given["controls"]
    again = costs["controls"] == "once"
    costs.loc[again, ["households_approach", "households_control"]] = [51, 60]
    assert set(treated(given).together["controls"]) == {"shared"}


def test_a_few_shared_households_hide_how_strongly_estimates_go_together():
    given = tables(2)
    assert (treated(given).together["correlation"] == 0.04).all()
    given["controls"]["shared"] = [3, 3, 0, 0]
    assert treated(given).together["correlation"].isna().all()
