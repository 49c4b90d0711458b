"""What all analyses of persons in households have in common."""

from math import inf, isnan, nan

import numpy as np
import pytest
from given.household_rows import random_households, rows, untested, with_ones

from effectstudie.methods.clustered.cr2 import cr2
from effectstudie.methods.clustered.household_means import household_means
from effectstudie.methods.clustered.random_intercept import random_intercept

pytestmark = pytest.mark.filterwarnings("error")

ONES = "the outcome does not vary"
METHODS = ("household means", "cr2", "random intercept")


def difference(method, y, group, household):
    if method == "household means":
        return household_means(y, group, household)
    return {"cr2": cr2, "random intercept": random_intercept}[method](y, with_ones(group), household, 1)


@pytest.mark.parametrize("seed", range(10))
def test_order_of_rows_changes_nothing_at_all(seed):
    y, group, household, age, weights = random_households(seed)
    y = np.round(y, 1)  # with ties
    order = np.random.default_rng(seed).permutation(len(y))
    X = with_ones(group, age)
    first = (
        household_means(y, group, household),
        cr2(y, X, household, 1),
        cr2(y, X, household, 1, weights),
        random_intercept(y, X, household, 1),
    )
    y, group, household, X, weights = (x[order] for x in (y, group, household, X, weights))
    second = (
        household_means(y, group, household),
        cr2(y, X, household, 1),
        cr2(y, X, household, 1, weights),
        random_intercept(y, X, household, 1),
    )
    assert repr(first) == repr(second)


@pytest.mark.parametrize("method", METHODS)
def test_other_codes_of_households_change_nothing(method):
    y, group, household, _, _ = random_households(4)
    first, second = (difference(method, y, group, codes) for codes in (household, 2**60 - household))
    for name in ("value", "se", "df", "t", "p"):
        assert getattr(first, name) == pytest.approx(getattr(second, name), rel=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_another_unit_of_the_outcome_changes_no_test(method):
    y, group, household, _, _ = random_households(5)
    first, second = (difference(method, outcome, group, household) for outcome in (y, 1e6 * y + 1e7))
    assert (first.t, first.df, first.p) == pytest.approx((second.t, second.df, second.p), rel=1e-8)
    assert 1e6 * first.value == pytest.approx(second.value, rel=1e-8)


@pytest.mark.parametrize("method", METHODS)
def test_three_persons_in_a_group_have_a_test(method):
    y, group, household = rows([[1, 2], [5]], [[0], [3], [4, 1], [2, 6, 3]])
    result = difference(method, y, group, household)
    assert not untested(result)
    assert result.reason == ""
    assert result.se > 0
    assert 0 < result.p < 1


@pytest.mark.parametrize("method", METHODS)
def test_three_persons_of_one_household_are_no_group(method):
    y, group, household = rows([[1, 2, 5]], [[0], [3], [4, 1], [2, 6, 3]])
    result = difference(method, y, group, household)
    assert untested(result)
    assert result.note.startswith("fewer than 2 households in a group")
    assert result.reason == "households"
    assert (result.n, result.clusters) == (10, 5)


def test_difference_with_a_single_household_is_still_described():
    y, group, household = rows([[1, 2, 6]], [[0], [2]])
    assert household_means(y, group, household).value == 2
    assert cr2(y, with_ones(group), household, 1).value == pytest.approx(2)
    assert isnan(random_intercept(y, with_ones(group), household, 1).value)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("value", [0, 0.1, 1e6 / 3])
def test_constant_outcome_is_undefined_even_with_rounding_error(method, value):
    y, group, household = rows([[value] * 3, [value]], [[value] * 5, [value] * 2, [value] * 3])
    result = difference(method, y, group, household)
    assert untested(result)
    assert (result.value, result.note, result.reason) == (0, ONES, "spread")


@pytest.mark.parametrize("method", METHODS)
def test_difference_without_any_variation_is_undefined_not_infinite(method):
    y, group, household = rows([[0.3, 0.3], [0.3]], [[0.1], [0.1] * 3, [0.1]])
    result = difference(method, y, group, household)
    assert untested(result)
    assert (result.value, result.reason) == (pytest.approx(0.2), "spread")
    assert result.note in (
        "all household means are equal within each group",
        "no variation is left around the fitted values",
    )


@pytest.mark.parametrize("method", METHODS)
def test_group_without_variation_leaves_a_test(method):
    y, group, household = rows([[0, 0], [0], [0]], [[1, 2], [4, 3], [0], [2, 7]])
    result = difference(method, y, group, household)
    assert not untested(result)
    assert result.reason == ""
    assert result.se > 0


def test_households_that_do_not_differ_leave_no_standard_error():
    y, group, household = rows([[1, 3], [0, 4]], [[5, 5], [2, 8], [1, 9]])
    for method in ("household means", "cr2"):
        result = difference(method, y, group, household)
        assert untested(result)
        assert result.value == pytest.approx(-3)
    assert (result.note, result.reason) == ("no variation is left between households", "spread")
    assert difference("random intercept", y, group, household).note == "variance between households is 0"


@pytest.mark.parametrize("function", [cr2, random_intercept])
def test_collinear_columns_are_undefined(function):
    y, group, household, age, _ = random_households(6)
    for X in (with_ones(group, 1 - group), with_ones(age, 0 * age), with_ones(age, 1000 * age + 3)):
        result = function(y, X, household, 1)
        assert untested(result)
        assert isnan(result.value)
        assert (result.note, result.reason) == ("the columns of X are collinear", "design")


@pytest.mark.parametrize("function", [cr2, random_intercept])
def test_years_and_incomes_are_not_collinear(function):
    y, group, household, age, _ = random_households(7)
    plain = function(y, with_ones(group, age), household, 1)
    scaled = function(y, with_ones(group, 2022 + age), household, 1)
    assert (plain.t, plain.df) == pytest.approx((scaled.t, scaled.df), rel=1e-8)


@pytest.mark.parametrize("function", [cr2, random_intercept])
def test_one_household_has_no_test(function):
    y = np.arange(4.0)
    result = function(y, with_ones([0, 1, 0, 1]), np.zeros(4, int), 1)
    assert untested(result)
    assert (result.n, result.clusters, result.note) == (4, 1, "fewer than 2 households")
    assert result.reason == "households"


@pytest.mark.parametrize("function", [cr2, random_intercept])
def test_no_more_persons_than_columns_leave_no_error(function):
    for n in (0, 1, 2):
        result = function(np.arange(n), np.ones((n, 2)), np.arange(n), 1)
        assert untested(result)
        assert (result.n, result.note) == (n, "no degrees of freedom are left for error")
        assert result.reason == "pairs"


@pytest.mark.parametrize("bad", [nan, inf])
def test_missing_numbers_are_refused(bad):
    y, group, household = rows([[1, 3], [5]], [[0, 2], [3]])
    X, spoiled = with_ones(group), np.array([bad, *y[1:]])
    for call in (
        lambda: household_means(spoiled, group, household),
        lambda: household_means(y, spoiled, household),
        lambda: household_means(y, group, spoiled),
        lambda: cr2(spoiled, X, household, 1),
        lambda: cr2(y, with_ones(spoiled), household, 1),
        lambda: cr2(y, X, spoiled, 1),
        lambda: cr2(y, X, household, 1, spoiled),
        lambda: random_intercept(spoiled, X, household, 1),
    ):
        with pytest.raises(ValueError, match="missing or infinite"):
            call()


def test_input_of_another_shape_is_refused():
    y, group, household = rows([[1, 3], [5]], [[0, 2], [3]])
    for call in (
        lambda: household_means(y, group[1:], household),
        lambda: cr2(y, group, household, 1),
        lambda: cr2(y, with_ones(group), household[1:], 1),
        lambda: cr2(y, with_ones(group), household, 2),
        lambda: random_intercept(y[1:], with_ones(group), household, 1),
    ):
        with pytest.raises(ValueError, match="shape"):
            call()
    with pytest.raises(ValueError, match="0 and 1"):
        household_means(y, group + 1, household)
