from math import sqrt

import numpy as np
import pytest
from given.household_rows import random_households, rows, with_ones

from effectstudie.methods.clustered.cr2 import cr2

pytestmark = pytest.mark.filterwarnings("error")


def test_cr2_by_hand():
    # A household of m among the N persons of its group, residuals summing to r, adds r^2 / (N^2 (1 - m/N)):
    # r = -4, 0, 4 give 2 + 0 + 4/3, r = -1, 1 give 1/2 + 1/2.
    # Covariances of these parts: 1/8, 1/16, 1/16, their squares off the diagonal 1/384, 1/384, 1/2304 twice;
    # and 1/4, 1/4, -1/4: df (1/4 + 1/2)^2 / (80/2304 + 1/4) = 81/41
    y, group, household = rows([[1, 3], [4], [8]], [[0], [2]])
    result = cr2(y, with_ones(group), household, 1)
    assert (result.value, result.se, result.df) == pytest.approx((3, sqrt(13 / 3), 81 / 41))
    assert (result.n, result.clusters, result.note) == (6, 5, "")


def test_households_of_one_make_cr2_the_hc2_of_least_squares():
    y, group, household, age, _ = random_households(1, sizes=[1], households=12)
    X = with_ones(group, age)
    inverse = np.linalg.inv(X.T @ X)
    residuals = y - X @ inverse @ X.T @ y
    leverage = np.diag(X @ inverse @ X.T)
    hc2 = inverse @ (X.T * residuals**2 / (1 - leverage)) @ X @ inverse
    for column in range(3):
        result = cr2(y, X, household, column)
        assert result.value == pytest.approx((inverse @ X.T @ y)[column])
        assert result.se == pytest.approx(sqrt(hc2[column, column]))


def test_group_may_differ_within_a_cluster_of_cr2():
    # matched pairs: the paired t test of the differences 1, 3 and 5
    y, group, pair = np.array([1, 2, 0, 3, 4, 9]), np.array([0, 1] * 3), np.repeat([0, 1, 2], 2)
    result = cr2(y, with_ones(group), pair, 1)
    assert (result.value, result.se, result.df) == pytest.approx((3, 2 / sqrt(3), 2))


def test_a_whole_pool_needs_no_matrix_of_households_by_households():
    group = np.repeat([0, 1], 30_000)  # it would be of 27 GiB
    result = cr2(np.arange(60_000) % 7, with_ones(group), range(60_000), 1)
    assert result.df == pytest.approx(2 * (30_000 - 1))  # that of two groups of equal size


def test_size_of_the_weights_as_a_whole_does_not_matter():
    y, group, household, age, weights = random_households(8)
    X = with_ones(group, age)
    first, second = cr2(y, X, household, 1, weights), cr2(y, X, household, 1, 1000 * weights)
    assert (first.value, first.se, first.df) == pytest.approx((second.value, second.se, second.df), rel=1e-12)
    first, second = cr2(y, X, household, 1), cr2(y, X, household, 1, np.full(len(y), 7))
    assert (first.value, first.se, first.df) == pytest.approx((second.value, second.se, second.df), rel=1e-12)


def test_rows_of_weight_zero_are_not_there():
    y, group, household, age, weights = random_households(9)
    X = with_ones(group, age)
    weights[[0, 3, 10]] = 0
    weights[household == household[-1]] = 0
    kept = weights > 0
    without = cr2(y[kept], X[kept], household[kept], 1, weights[kept])
    assert cr2(y, X, household, 1, weights) == without
    assert without.n == kept.sum()


def test_negative_weights_are_refused():
    y, group, household = rows([[1, 3], [5]], [[0, 2], [3]])
    with pytest.raises(ValueError, match="below 0"):
        cr2(y, with_ones(group), household, 1, [1, 1, 1, 1, 1, -1])
