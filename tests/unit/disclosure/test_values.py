import math

import pandas as pd
import pytest
from given.described import MERGING, OUTCOMES, classes, row
from hypothesis import given
from hypothesis import strategies as st

from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.values import (
    hidden_at,
    percentage_bound,
    treat,
    with_rounded_sizes,
    without_everyone,
    without_intervals,
    without_sizes,
)
from effectstudie.shared.errors import InputError

LIMITS = Limits(minimum_cell=5, minimum_group=10)


def test_merging_saves_a_block_that_would_be_blanked():
    table = pd.DataFrame(classes("approach", [2, 20, 29]) + classes("control", [20, 20, 21]))
    treated = treat(table, MERGING, 5, 10)
    assert treated.merged == {"age": ["jonger"]}
    approach = treated.values[treated.values["group"] == "approach"]
    assert approach[["cell", "count", "status"]].values.tolist() == [["younger", 22, ""], ["old", 29, ""]]
    assert approach["value"].round(1).tolist() == [43.1, 56.9]
    assert treated.suppressed().empty


def test_a_class_that_nobody_chose_may_be_absent_and_is_zero():
    table = pd.DataFrame(classes("approach", [20, 30, 0])[:2])
    values = treat(table, OUTCOMES, 5, 10).values
    assert values["count"].tolist() == [20, 30, 0]


def test_small_cells_and_their_partner_lose_every_figure():
    table = pd.DataFrame(classes("approach", [3, 8, 40]))
    treated = treat(table, OUTCOMES, 5, 10)
    assert treated.values["status"].tolist() == ["cell", "partner", ""]
    assert treated.values.loc[:1, ["count", "value", "sd", "ci_low", "ci_high"]].isna().all(axis=None)
    assert treated.suppressed()["label"].tolist() == ["jong", "midden"]


@pytest.mark.parametrize(
    ("n", "percentage", "status"),
    [(51, 100 * 50 / 51, "partner"), (51, 100 * 2 / 51, "cell"), (51, 0.0, ""), (51, 100.0, "uniform"),
     (51, 50.0, ""), (9, 50.0, "group")],
)  # fmt: skip
def test_a_percentage_is_shown_only_where_yes_and_no_are_many(n, percentage, status):
    treated = treat(pd.DataFrame([row("work", "approach", n, percentage)]), OUTCOMES, 5, 10)
    assert treated.values["status"].tolist() == [status]
    assert math.isnan(treated.values.loc[0, "value"]) == (status != "")


def test_means_of_small_groups_are_blanked_and_their_size_too_when_it_is_a_small_cell():
    table = pd.DataFrame([row("safety", "approach", 9, 7.1), row("safety", "control", 3, 7.0)])
    values = treat(table, OUTCOMES, 5, 10).values
    assert values["status"].tolist() == ["group", "group"]
    assert values["n"].tolist()[0] == 9
    assert math.isnan(values["n"].tolist()[1])


def test_participation_counts_below_the_minimum_are_blanked():
    table = pd.DataFrame([row("participation", "approach", 3, 3, unit="youth"),
                          row("participation", "control", 8, 8, unit="youth")])  # fmt: skip
    values = treat(table, {}, 5, 10).values
    assert values["status"].tolist() == ["size", ""]
    assert values["n"].fillna(-1).tolist() == [-1, 8]


def test_classes_that_are_not_defined_are_told():
    table = pd.DataFrame(classes("approach", [20, 30, 10])[:2])
    with pytest.raises(
        InputError, match="classes of age in group approach at T0 add up to 83.3 instead of 100; allowed"
    ):
        treat(table, OUTCOMES, 5, 10)


def test_figures_have_no_more_digits_than_are_printed():
    table = pd.DataFrame([row("safety", "approach", 51, 7.1492), row("safety", "control", 51, 2.1 + 0.2)])
    values = treat(table, OUTCOMES, 5, 10).values
    assert values["value"].tolist() == [7.1, 2.3]


def test_a_mean_that_one_large_value_makes_is_not_shown():
    # 46, 8, 2, 1 and 48 zeros: the largest is at least 2185 / 57 = 38, more than half of the sum of 57
    one_outweighs = {**row("safety", "approach", 52, 57 / 52), "sd": 6.4546}
    rows = pd.DataFrame([one_outweighs, row("safety", "control", 52, 7.0)])
    values = treat(rows, OUTCOMES, 5, 10).values
    assert values["status"].tolist() == ["few", ""]
    for column in ("value", "sd", "ci_high"):
        assert values[column].isna().tolist() == [True, False]
    assert treat(rows, OUTCOMES, 1, 1).values["sd"].tolist() == [6.5, 1.5]


@pytest.mark.parametrize(("total", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_mean_of_which_few_can_be_above_zero_is_not_shown(total, hidden):
    """One child of so many scores 1: the mean, 0,1, says so."""
    one = {**row("safety", "approach", 16, total / 16), "sd": 0.3}
    assert treat(pd.DataFrame([one]), OUTCOMES, 5, 10).values["value"].isna().tolist() == [hidden]


@pytest.mark.parametrize("n", [40, 67, 100])
def test_every_small_count_has_the_same_bound_and_it_is_true(n):
    bounds = {count: percentage_bound(count, n, 5) for count in range(n + 1)}
    low, high = {bounds[count] for count in range(5)}, {bounds[n - count] for count in range(5)}
    assert len(low) == len(high) == 1
    (fewer, edge), (more, floor) = low.pop(), high.pop()
    assert (fewer, more) == ("fewer", "more")
    assert all(100 * count / n < edge for count in range(5)) and edge < 100 * 5 / n + 1
    assert all(100 * (n - count) / n > floor for count in range(5)) and floor > 100 - 100 * 5 / n - 1
    assert all(bounds[count][0] == "" for count in range(5, n - 4))


def test_a_bound_that_says_nothing_is_none():
    assert percentage_bound(2, 8, 5)[0] == ""


def test_a_hidden_percentage_has_a_bound_and_a_shown_one_has_none():
    rows = [row("work", "approach", 67, 100 * 3 / 67), row("work", "control", 60, 50.0)]
    shown = treat(pd.DataFrame(rows), OUTCOMES, 5, 10).values.set_index("group")
    assert shown.loc["approach", ["bound", "bound_value"]].tolist() == ["fewer", 8.0]
    assert pd.isna(shown.loc["approach", "value"]) and shown.loc["control", "bound"] == ""


def test_of_classes_where_few_are_apart_the_others_together_have_a_bound():
    table = pd.DataFrame(classes("approach", [2, 1, 33]) + classes("control", [20, 20, 21]))
    treated = treat(table, MERGING, 5, 10).values
    own = treated[treated["group"] == "approach"]
    assert own[["bound", "bound_value"]].values.tolist() == [["fewer", 14.0], ["more", 86.0]]


@pytest.mark.parametrize(("sd", "mean", "hidden"), [(0.0, 0.0, True), (0.04, 3.0, True), (0.06, 3.0, False)])
def test_a_mean_that_all_have_tells_the_score_of_each(sd, mean, hidden):
    table = pd.DataFrame([row("safety", "approach", 14, mean) | {"sd": sd}])
    found = treat(table, OUTCOMES, 5, 10).values.iloc[0]
    assert (found["status"] == "uniform", pd.isna(found["value"]), pd.isna(found["sd"])) == (hidden,) * 3
    assert treat(table, OUTCOMES, 1, 1).values["status"].tolist() == [""]


def test_of_how_many_people_is_hidden_with_the_spread_from_which_it_follows():
    values = treat(pd.DataFrame([row("safety", group, 14, 5.0) for group in ("approach", "control")]), OUTCOMES, 5, 10)
    found = without_sizes(values.values, OUTCOMES, ["answered/adult/control/T0"]).set_index("group")
    assert found.loc["control", ["n", "sd", "ci_low", "ci_high"]].isna().all() and found.loc["control", "value"] == 5
    assert found.loc["approach", ["n", "sd", "ci_low", "ci_high"]].notna().all()


@given(st.integers(5, 300), st.integers(5, 300))
def test_of_how_many_people_two_numbers_are_differs_by_no_small_number_as_printed(one, other):
    said = LIMITS.down(one), LIMITS.down(other)
    assert not LIMITS.is_small(abs(said[0] - said[1]))
    assert one - 4 <= said[0] <= one  # and each can be any of five
    assert Limits().down(one) == one


def test_a_class_that_is_hidden_has_the_size_of_the_others_and_a_group_its_own():
    table = pd.DataFrame([*classes("approach", [2, 13, 29]), row("participation", "approach", 51, math.nan)])
    found = with_rounded_sizes(treat(table, OUTCOMES, 5, 10).values, LIMITS)
    assert found["n"].tolist() == [40, 40, 40, 51] and found["value"].isna().tolist()[:3] == [True, True, False]
    assert found["share"].iloc[2] == pytest.approx(100 * 29 / 44) and "count" not in found


def test_hidden_at_a_measurement_is_what_any_compared_group_or_class_is_not_shown_of():
    rows = [row("work", "approach", 51, 100 * 2 / 51), row("work", "control", 61, 50.0)]
    rows += [row("safety", "approach", 51, 5.0), row("safety", "rest", 3, 5.0), *classes("approach", [2, 20, 29])]
    table = pd.DataFrame([*rows, row("work", "approach", 51, 50.0, "follow_up")])
    values = treat(table, OUTCOMES, 5, 10).values
    assert hidden_at(values, "T0") == {"work", "age"} and hidden_at(values, "follow_up") == set()


def test_of_classes_in_fives_everyone_is_hidden_and_of_an_inexact_percentage_the_interval():
    table = pd.DataFrame(classes("approach", [20, 20, 29]) + classes("control", [3, 20, 21]))
    values = treat(table, OUTCOMES, 5, 10).values
    hidden = without_everyone(values, {"age"})
    assert hidden["value"].isna().all() and hidden.loc[hidden["group"] == "approach", "status"].eq("partner").all()
    # why one was hidden before stays
    before = values["status"] != ""
    assert hidden.loc[before, "status"].tolist() == values.loc[before, "status"].tolist() and before.any()
    pd.testing.assert_frame_equal(without_everyone(values, {"other"}), values)
    levels = pd.DataFrame([("a", 5.0, 1.0, 3.0), ("b", 6.0, 2.0, 4.0)])
    levels.columns = ["outcome", "mean_t0", "ci_low_t0", "ci_high_change"]
    bare = without_intervals(levels, {"a"})
    assert bare[["ci_low_t0", "ci_high_change"]].isna().all(axis=1).tolist() == [True, False]
    assert bare["mean_t0"].tolist() == [5.0, 6.0]


@pytest.mark.parametrize("start", [6, 8, 9, 20])
def test_what_is_said_of_a_follow_up_that_few_did_not_reach_or_few_did_leaves_four_sizes(start):
    """An attack: of eight children "more than 3" was told, and a small follow-up as "fewer than 5", so that 5, 6 and 7
    were left.
    """
    told = {}
    for later in range(1, start):
        table = pd.DataFrame(
            [
                row("participation", "approach", n, float("nan"), wave, "youth")
                for n, wave in ((start, "T0"), (later, "follow_up"))
            ]
        )
        few_lost = 0 < start - later < 5
        withheld = ["size/follow_up/youth/approach"] if few_lost and later >= 5 else []
        shown = treat(table, OUTCOMES, 5, 10, withheld).values.set_index("wave").loc["follow_up"]
        if pd.isna(shown["n"]):
            said = (shown["status"], shown["bound"], None if pd.isna(shown["bound_value"]) else shown["bound_value"])
            told.setdefault(said, set()).add(later)
    assert told and all(len(sizes) >= 4 for sizes in told.values())
