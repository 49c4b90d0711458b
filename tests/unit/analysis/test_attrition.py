from math import sqrt

import numpy as np
import pandas as pd
import pytest
from given.analysis_rows import one

from effectstudie.analysis.attrition import attrition_table
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.result_tables.analysis import ATTRITION

pytestmark = pytest.mark.filterwarnings("error")

MARK = outcomes_from({"safety": {"unit": "adult", "kind": "mean"}})
FIGURES = ["smd", "t", "df", "p"]


def people(unit="adult", outcome="safety", **groups):
    """A table from {group: (T0 values of those who stayed, T0 values of those who were lost)}; None: no value."""
    rows = []
    for group, sides in groups.items():
        for lost, values in enumerate(sides):
            for number, value in enumerate(values):
                who = (unit, f"{group}-{lost}-{number}", f"h-{group}-{lost}-{number}", group)
                rows.append((*who, "participation", "T0", 1.0))
                if value is not None:
                    rows.append((*who, outcome, "T0", float(value)))
                if not lost:
                    rows += [(*who, "participation", "follow_up", 1.0), (*who, outcome, "follow_up", 99.0)]
    columns = ["unit", "unit_id", "household", "group", "outcome", "wave", "value"]
    return pd.DataFrame(rows, columns=columns)


def baseline(found, group="approach"):
    return one(found, analysis="baseline", group=group)


def test_loss_by_hand():
    table = people(approach=([1] * 6, [1] * 4), control=([1] * 15, [1] * 5))
    found = attrition_table(table, MARK)
    row = one(found, analysis="loss", unit="adult", group="approach")
    assert (row["n"], row["n_stayed"], row["n_lost"], row["percentage_lost"]) == (10, 6, 4, 40)
    assert one(found, analysis="loss", unit="adult", group="control")["percentage_lost"] == 25


def test_differential_loss_is_pearsons_test_by_hand():
    # 20 of 40 and 10 of 40 lost: 15 and 25 expected in each group, 4 deviations of 5
    table = people(approach=([1] * 20, [1] * 20), control=([1] * 30, [1] * 10))
    row = one(attrition_table(table, MARK), analysis="differential_loss", unit="adult")
    assert row["test"] == "chi_squared"
    assert row["chi2"] == pytest.approx(2 * 25 / 15 + 2 * 25 / 25)
    assert row["df"] == 1
    assert (row["n"], row["n_stayed"], row["n_lost"], row["percentage_lost"]) == (80, 50, 30, 37.5)


def test_differential_loss_with_small_counts_is_fishers_test_by_hand():
    # margins 3 and 3, 3 and 3: all lost in one group has chance 1 / 20, both ways 2 / 20
    table = people(approach=([], [1] * 3), control=([1] * 3, []))
    row = one(attrition_table(table, MARK), analysis="differential_loss", unit="adult")
    assert (row["test"], row["p"]) == ("fisher_exact", pytest.approx(0.1))
    assert np.isnan(row["chi2"])


def test_stayed_against_lost_by_hand():
    # means 4 and 8, variances 4 and 8: se 4/3 + 8/2; of all mean 5.6 and squares 35.2
    table = people(approach=([2, 4, 6], [6, 10]), control=([1], []))
    row = baseline(attrition_table(table, MARK))
    assert (row["n"], row["n_stayed"], row["n_lost"]) == (5, 3, 2)
    assert (row["mean_stayed"], row["mean_lost"]) == (4, 8)
    assert (row["sd_stayed"], row["sd_lost"]) == pytest.approx((2, sqrt(8)))
    assert row["smd"] == pytest.approx(4 / sqrt(35.2 / 4))
    assert row["t"] == pytest.approx(-4 / sqrt(16 / 3))
    assert row["df"] == pytest.approx((16 / 3) ** 2 / ((4 / 3) ** 2 / 2 + 4**2 / 1))
    assert row["test"] == "welch_t"
    assert pd.isna(row["note"])


def test_only_the_start_counts_and_only_valid_values():
    table = people(approach=([2, 4, 6, None], [6, 10, None]), control=([1], []))
    found = attrition_table(table, MARK)
    row = baseline(found)
    assert (row["n"], row["n_stayed"], row["n_lost"], row["mean_stayed"]) == (5, 3, 2, 4)
    assert one(found, analysis="loss", unit="adult", group="approach")["n"] == 7
    empty = table.assign(value=table["value"].mask((table["outcome"] == "safety") & (table["value"] == 10)))
    assert baseline(attrition_table(empty, MARK))["n_lost"] == 1


def test_a_person_without_a_value_at_follow_up_has_not_been_lost():
    table = people(approach=([2, 4, 6], [6, 10]), control=([1], []))
    without = table[(table["outcome"] == "participation") | (table["wave"] == "T0")]
    pd.testing.assert_frame_equal(attrition_table(without, MARK), attrition_table(table, MARK))


def test_who_comes_in_at_follow_up_does_not_count():
    table = people(approach=([2, 4, 6], [6, 10]), control=([1], []))
    late = table[(table["wave"] == "follow_up")].assign(unit_id=lambda t: "late-" + t["unit_id"])
    pd.testing.assert_frame_equal(attrition_table(pd.concat([table, late]), MARK), attrition_table(table, MARK))


def test_the_same_number_in_another_unit_is_someone_else():
    adults = people(approach=([2, 4], [6, 10]), control=([1], []))
    children = people(unit="child", approach=([], [6]), control=([1], []))
    children["unit_id"] = children["unit_id"].replace("approach-1-0", "approach-0-0")
    found = attrition_table(pd.concat([adults, children]), MARK)
    assert one(found, analysis="loss", unit="child", group="approach")["n_lost"] == 1
    assert one(found, analysis="loss", unit="adult", group="approach")["n_lost"] == 2


def test_an_outcome_counts_in_its_own_unit_only():
    table = people(approach=([2, 4, 6], [6, 10]), control=([1], []))
    youth = people(unit="youth", approach=([50, 60], [70]), control=([80], []))
    row = baseline(attrition_table(pd.concat([table, youth]), MARK))
    assert (row["n"], row["mean_stayed"]) == (5, 4)


def test_nobody_lost_leaves_the_comparisons_undefined():
    found = attrition_table(people(approach=([1, 2, 3], []), control=([2, 3, 5], [])), MARK)
    assert one(found, analysis="loss", unit="adult", group="approach")["percentage_lost"] == 0
    tested = one(found, analysis="differential_loss", unit="adult")
    assert tested["note"] == "nobody was lost"
    assert tested[["test", "chi2", "df", "p"]].isna().all()
    row = baseline(found)
    assert (row["mean_stayed"], row["sd_stayed"]) == (2, 1)
    assert row[["mean_lost", "sd_lost", "test", *FIGURES]].isna().all()
    assert row["note"] == "fewer than 2 of those who were lost have a value at T0"


def test_everyone_lost_leaves_the_comparisons_undefined():
    found = attrition_table(people(approach=([], [1, 2, 3]), control=([], [2, 3, 5])), MARK)
    assert one(found, analysis="loss", unit="adult", group="control")["percentage_lost"] == 100
    assert one(found, analysis="differential_loss", unit="adult")["note"] == "everyone was lost"
    row = baseline(found)
    assert row[["mean_stayed", "sd_stayed", *FIGURES]].isna().all()
    assert row["note"] == "fewer than 2 of those who stayed have a value at T0"


def test_one_lost_has_a_mean_and_no_spread():
    # three persons in the group
    row = baseline(attrition_table(people(approach=([1, 2], [7]), control=([1], [])), MARK))
    assert (row["n_stayed"], row["n_lost"], row["mean_lost"]) == (2, 1, 7)
    assert row[["sd_lost", *FIGURES]].isna().all()
    assert row["note"] == "fewer than 2 of those who were lost have a value at T0"


def test_group_without_anybody_is_named():
    found = attrition_table(people(approach=([1, 2, 4], [3, 5])), MARK)
    row = one(found, analysis="loss", unit="adult", group="control")
    assert (row["n"], row["note"]) == (0, "nobody took part at T0")
    assert np.isnan(row["percentage_lost"])
    assert one(found, analysis="differential_loss", unit="adult")["note"] == "nobody of control took part at T0"
    assert baseline(found, "control")["note"] == (
        "fewer than 2 of those who stayed have a value at T0; fewer than 2 of those who were lost have a value at T0"
    )


@pytest.mark.parametrize("sides", [([0.1] * 4, [0.1] * 3), ([0.1 + 0.2, 0.3], [0.3, 0.3]), ([1, 1], [2, 2])])
def test_constant_outcome_is_undefined_even_with_rounding_error(sides):
    row = baseline(attrition_table(people(approach=sides, control=([1], [])), MARK))
    assert (row["sd_stayed"], row["sd_lost"]) == (0, 0)
    assert row[FIGURES].isna().all()
    assert row["note"] == "all values at T0 are equal among those who stayed and among those who were lost"


def test_spread_on_one_side_only_stands_with_a_warning():
    row = baseline(attrition_table(people(approach=([3, 3, 3], [4, 8]), control=([1], [])), MARK))
    assert row["t"] == pytest.approx(-3 / sqrt(8 / 2))
    assert row["df"] == pytest.approx(1)
    assert row["smd"] == pytest.approx(3 / sqrt(18.8 / 4))  # of all: mean 4.2
    assert row["note"] == "all values at T0 are equal among those who stayed: the spread is too small"


def test_values_of_units_that_did_not_take_part_are_counted_and_left_out():
    table = people(approach=([2, 4, 6], [6, 10]), control=([1], []))
    gone = (table["unit_id"] == "approach-1-1") & (table["outcome"] == "participation")
    row = baseline(attrition_table(table[~gone], MARK))
    assert (row["n_stayed"], row["n_lost"]) == (3, 1)
    assert row["note"].startswith("1 values of units without participation at T0 are left out; ")


def test_percentages_are_compared_and_classes_are_not():
    outcomes = {
        "trouble": {"unit": "child", "kind": "percentage"},
        "class": {"unit": "child", "kind": "class"},
    }
    table = people("child", "trouble", approach=([0, 0, 0, 100], [0, 100, 100, 100]), control=([0], []))
    found = attrition_table(table, outcomes_from(outcomes))
    assert set(found["outcome"].dropna()) == {"trouble"}
    assert (baseline(found)["mean_stayed"], baseline(found)["mean_lost"]) == (25, 75)
    assert baseline(found)["smd"] == pytest.approx(1)  # of all half: sqrt(50 * 50)


def test_the_rest_of_the_cohort_is_no_group_unless_it_is_asked_for():
    groups = {"approach": ([1, 2], [3, 5]), "control": ([1, 2], [4, 7]), "rest": ([1, 2, 3], [5, 6])}
    found = attrition_table(people(**groups), MARK)
    pd.testing.assert_frame_equal(
        found, attrition_table(people(approach=groups["approach"], control=groups["control"]), MARK)
    )
    other = attrition_table(people(**groups), MARK, ("approach", "rest"))
    assert set(other["group"].dropna()) == {"approach", "rest"}
    assert baseline(other, "rest")["n"] == 5


def test_layout_is_the_promised_one_whatever_the_data():
    full = attrition_table(people(approach=([1, 2], [3, 5]), control=([1, 2], [4, 7])), MARK)
    bare = attrition_table(people(approach=([1], [])).head(0), MARK)
    for found in (full, bare):
        assert list(found.columns) == ATTRITION.names
        assert found["analysis"].tolist() == ["loss"] * 8 + ["differential_loss"] * 4 + ["baseline"] * 2
        assert found["unit"].tolist()[:8:2] == ["household", "adult", "child", "youth"]
        assert (found.dtypes == full.dtypes).all()


def test_order_of_rows_changes_nothing_at_all():
    rng = np.random.default_rng(9)
    values = {g: (rng.normal(5, 2, 30), rng.normal(6, 2, 12)) for g in ("approach", "control")}
    table = people(**values)
    shuffled = table.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(attrition_table(shuffled, MARK), attrition_table(table, MARK), check_exact=True)


def test_the_given_table_stays_as_it_is():
    table = people(approach=([1, 2], [3, 5]), control=([1, 2], [4, 7]))
    before = table.copy()
    attrition_table(table, MARK)
    pd.testing.assert_frame_equal(table, before)
