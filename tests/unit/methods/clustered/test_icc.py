from math import isnan

import numpy as np
import pytest

from effectstudie.methods.clustered.icc import one_way_icc, size_for_design


def icc(values, household, group=None):
    return one_way_icc(values, household, group or ["all"] * len(values))


def test_members_who_are_the_same_have_an_icc_of_one_and_opposites_of_minus_one():
    assert icc([1, 1, 2, 2, 5, 5], list("aabbcc")) == 1
    assert icc([1, -1, 2, -2, 5, -5], list("aabbcc")) == -1


def test_it_is_worked_out_by_hand():
    # between: 2 (4 + 0 + 4) / 2 = 8; within: 6 (0.25) / 3 = 0.5
    assert icc([0.5, 1.5, 2.5, 3.5, 4.5, 5.5], list("aabbcc")) == pytest.approx((8 - 0.5) / (8 + 0.5))


def test_what_groups_differ_in_is_no_likeness():
    values, homes, groups = np.array([0.5, 1.5, 1.2, 0.1, 2.5, 1.9, 0.8, 1.1]), list("aabbccdd"), list("xxxxyyyy")
    moved = values + 100 * np.array([group == "y" for group in groups])
    assert icc(moved, homes, groups) == pytest.approx(icc(values, homes, groups))
    assert icc(moved, homes) > 0.99


def test_rows_in_another_order_give_the_same():
    values, homes = [3.0, 1.0, 2.0, 8.0, 4.0], ["a", "b", "a", "c", "c"]
    assert icc(values[::-1], homes[::-1]) == pytest.approx(icc(values, homes), rel=1e-14)


@pytest.mark.parametrize(
    ("values", "homes"),
    [([], []), ([1, 2], ["a", "a"]), ([1, 2, 3], ["a", "b", "c"]), ([1, 2, 3], ["a"] * 3), ([4] * 4, list("aabb"))],
    ids=["nobody", "two", "nobody together", "one household", "nothing varies"],
)
def test_it_is_unknown_where_it_is_not_defined(values, homes):
    assert isnan(icc(values, homes))


def test_a_household_for_each_group_leaves_nothing_between_them():
    assert isnan(icc([1, 2, 3, 4], list("aabb"), list("xxyy")))


def test_sizes_count_as_often_as_they_have_persons():
    assert size_for_design(list("aabbb")) == (4 + 9) / 5
    assert size_for_design(list("abc")) == 1
    assert isnan(size_for_design([]))
