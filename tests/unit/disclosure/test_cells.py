"""Which small cells are merged or hidden, and which of their neighbours with them."""

import pandas as pd
import pytest

from effectstudie.definitions.outcomes import Merge
from effectstudie.disclosure.cells import blank_cells, merge_plan


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
