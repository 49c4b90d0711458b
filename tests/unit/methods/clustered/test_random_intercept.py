from math import isnan, sqrt

import numpy as np
import pytest
from given.household_rows import random_households, rows, untested, with_ones
from scipy import stats

from effectstudie.methods.clustered.random_intercept import random_intercept

pytestmark = pytest.mark.filterwarnings("error")


def test_random_intercept_by_hand():
    # households of one size: the pooled t test of their means 2 and 6 against 1 and 4, variances 8 and 4.5
    y, group, household = rows([[1, 3], [5, 7]], [[0, 2], [3, 5]])
    result = random_intercept(y, with_ones(group), household, 1)
    assert (result.value, result.se, result.df) == pytest.approx((1.5, 2.5, 2))
    assert (result.n, result.clusters, result.note) == (8, 4, "")


def test_random_intercept_is_least_squares_where_households_do_not_differ():
    y, group, household = rows([[1, 7], [2, 8], [6, 2]], [[0, 6], [5, 0], [1, 7]])
    result = random_intercept(y, with_ones(group), household, 1)
    assert result.note == "variance between households is 0"
    assert result.t == pytest.approx(stats.ttest_ind(y[group == 1], y[group == 0]).statistic)
    assert result.df == 6 - 2


@pytest.mark.parametrize("seed", range(5))
def test_random_intercept_has_the_highest_restricted_likelihood(seed):
    y, group, household, age, _ = random_households(seed, icc=0.5)
    X = with_ones(group, age)
    together = household[:, None] == household

    def fit(ratio):
        inverse = np.linalg.inv(np.eye(len(y)) + ratio * together)
        information = X.T @ inverse @ X
        coefficients = np.linalg.solve(information, X.T @ inverse @ y)
        left = y - X @ coefficients
        df, squares = len(y) - X.shape[1], left @ inverse @ left
        logs = np.linalg.slogdet(information)[1] - np.linalg.slogdet(inverse)[1]
        return logs + df * np.log(squares), coefficients, squares / df * np.linalg.inv(information)

    ratios = np.linspace(0, 5, 2001)
    _, coefficients, variance = fit(min(ratios, key=lambda ratio: fit(ratio)[0]))
    result = random_intercept(y, X, household, 1)
    assert (result.value, result.se) == pytest.approx((coefficients[1], sqrt(variance[1, 1])), rel=2e-3)


def test_households_of_one_make_the_random_intercept_least_squares_and_say_so():
    y, group, household, _, _ = random_households(3, sizes=[1], households=12)
    ordinary = stats.ttest_ind(y[group == 1], y[group == 0])
    result = random_intercept(y, with_ones(group), household, 1)
    assert (result.t, result.df, result.p) == pytest.approx((ordinary.statistic, 10, ordinary.pvalue))
    assert result.note == "every household has one member: ordinary least squares"


def test_random_intercept_needs_variation_within_households():
    y, group, household = rows([[1, 1], [4, 4, 4]], [[0], [3, 3], [5]])
    result = random_intercept(y, with_ones(group), household, 1)
    assert untested(result)
    assert isnan(result.value)
    assert (result.note, result.reason) == ("no variation is left within households", "spread")


def test_random_intercept_needs_more_households_than_columns():
    y = np.array([1.0, 4, 2, 8, 5, 7, 1, 3])
    household = np.repeat([0, 1, 2, 3], 2)
    X = with_ones([1, 1, 1, 1, 0, 0, 0, 0], [1, 2, 4, 3, 2, 2, 1, 1], [0, 1, 0, 1, 0, 1, 1, 0])
    result = random_intercept(y, X, household, 1)
    assert untested(result)
    assert (result.note, result.reason) == ("no more households than columns of X", "households")
