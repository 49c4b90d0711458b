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


def dense_freedom(X, household, column, weights):
    """Of clubSandwich, by its book: the covariance of the scores written out, household by household."""
    bread = np.linalg.inv(X.T @ (weights[:, None] * X))
    left = np.eye(len(X)) - X @ bread @ X.T * weights
    scores = []
    for one in np.unique(household):
        own = household == one
        values, vectors = np.linalg.eigh((left @ left.T)[np.ix_(own, own)])
        root = vectors @ np.diag(np.where(values > 1e-12, np.maximum(values, 1e-12) ** -0.5, 0)) @ vectors.T
        scores.append((bread @ X[own].T * weights[own] @ root)[column] @ left[own])
    covariance = np.array(scores) @ np.array(scores).T
    return np.trace(covariance) ** 2 / (covariance**2).sum()


@pytest.mark.parametrize("small", [1, 1e-2, 1e-4, 1e-5, 1e-6])
def test_where_one_household_nearly_carries_a_group_the_degrees_of_freedom_do_not_cancel_out(small):
    """Four singles of which three hardly count: about one degree of freedom, and never below it, or endless."""
    y, group = np.r_[3.0, 1, 4, 2, np.arange(20) % 7], np.r_[np.zeros(4), np.ones(20)]
    weights, X = np.r_[1, [small] * 3, np.ones(20)], with_ones(group)
    df = cr2(y, X, range(24), 1, weights).df
    assert df == pytest.approx(dense_freedom(X, np.arange(24), 1, weights), rel=1e-5)
    assert df > 1


def test_weights_that_differ_much_leave_the_degrees_of_freedom_right():
    random = np.random.default_rng(3)
    for households in random.integers(6, 30, 60):
        household = np.sort(random.integers(0, households, int(households * 1.4)))
        X = with_ones(household % 2 == 0, random.normal(size=len(household)))
        weights = random.choice([1e-3, 1, 50], len(household))
        found = cr2(random.normal(size=len(household)), X, household, 1, weights)
        if not found.reason:
            assert found.df == pytest.approx(dense_freedom(X, household, 1, weights), rel=1e-6)


def test_of_a_pool_too_large_to_write_out_an_estimate_on_one_household_has_no_test():
    weights, group = np.r_[1, [1e-6] * 3, np.ones(9_000)], np.r_[np.zeros(4), np.ones(9_000)]
    found = cr2(np.arange(9_004) % 7, with_ones(group), range(9_004), 1, weights)
    assert (found.reason, found.p) == ("households", pytest.approx(float("nan"), nan_ok=True))
