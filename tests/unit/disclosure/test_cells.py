"""Which small cells are merged or hidden, and which of their neighbours with them."""

import pandas as pd
import pytest

from effectstudie.definitions.outcomes import Merge
from effectstudie.disclosure.cells import blank_cells, in_fives, in_step, merge_plan

NAN = float("nan")


@pytest.mark.parametrize(
    ("counts", "status"),
    [
        ([20, 30], ["", ""]),
        ([0, 20, 31], ["", "", ""]),
        ([50, 1], ["partner", "cell"]),
        ([20, 4, 6, 21], ["", "cell", "partner", ""]),
        ([20, 3, 4, 24], ["", "cell", "cell", ""]),
        ([20, 1, 1, 29], ["partner", "cell", "cell", ""]),
        ([0, 3, 40], ["", "cell", "partner"]),
        ([51, 0, 0], ["uniform"] * 3),
        ([6, 6, 2], ["partner", "", "cell"]),
    ],
)
def test_a_blanked_cell_cannot_be_found_by_subtraction(counts, status):
    assert blank_cells(counts, 5) == status


def test_a_declared_merge_happens_only_where_a_cell_is_small():
    counts = pd.DataFrame({1: [10, 12], 2: [3, 20], 3: [0, 9]})
    merges = [Merge((1, 2), "a", "A")]
    assert merge_plan(counts, merges, 5) == [([1, 2], "a", "A"), ([3], "", "")]
    assert merge_plan(counts + 5, merges, 5) == [([1], "", ""), ([2], "", ""), ([3], "", "")]


def test_a_wider_merge_follows_when_the_narrow_one_is_not_enough():
    counts = pd.DataFrame({0: [40], 1: [9], 2: [1], 3: [1]})
    merges = [Merge((2, 3), "two", "twee of meer"), Merge((1, 2, 3), "one", "één of meer")]
    assert merge_plan(counts, merges, 5) == [([0], "", ""), ([1, 2, 3], "one", "één of meer")]


def test_an_internal_report_hides_nothing():
    assert blank_cells([3, 2, 0, 50], 1) == ["", "", "", ""]
    assert blank_cells([0, 0, 50], 1) == ["", "", ""]


def test_percentages_in_fives_are_not_told_of_how_many_nor_how_far_they_spread():
    levels = pd.DataFrame({
        "outcome": ["class.worst", "other"], "n": [35.0] * 2, "mean_t0": [87.0, 87.0], "mean_follow_up": [NAN, 54.9],
        "change": [-32.0] * 2, "ci_low_change": [-40.0] * 2, "ci_low_t0": [70.0] * 2, "bound_t0": ["", ""],
    })  # fmt: skip
    treated = in_fives(levels, {"class"}).fillna(-1)
    assert treated.values.tolist() == [["class.worst", -1, 85, -1, -1, -1, -1, ""],
                                       ["other", 35, 87, 54.9, -32, -40, 70, ""]]  # fmt: skip


@pytest.mark.parametrize(("share", "told"), [(0.0, 0), (2.4, 0), (2.5, 5), (12.4, 10), (47.5, 50), (97.6, 100)])
def test_a_step_is_the_nearest_multiple_of_five(share, told):
    assert in_step(share) == told


def test_of_a_few_people_more_or_less_the_steps_are_the_same():
    """Of 45 to 49 households, as a report rounds 47, any number leaves the percentages as they are told."""
    for n in range(45, 50):
        assert all(any(in_step(100 * yes / n) == told for yes in range(n + 1)) for told in (10, 30, 70, 90))
