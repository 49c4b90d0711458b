from math import isnan, nan, sqrt

import numpy as np
import pytest
from scipy import stats

from effectstudie.methods.means import mean_ci, one_sample_t, paired_t, percentage_ci, t_test


def test_paired_t_by_hand():
    # changes -1 -3 -2 and an incomplete pair: mean -2, sd 1, t = -2 sqrt 3, eta would be 12/14
    result = paired_t([5, 5, 5, nan, 4], [4, 2, 3, 1, nan])
    assert (result.n, result.mean, result.sd, result.df) == (3, -2, 1, 2)
    assert (result.t, result.cohen_d) == pytest.approx((-2 * sqrt(3), -2))
    assert result.p == pytest.approx(stats.ttest_rel([4, 2, 3], [5, 5, 5]).pvalue)


def test_one_sample_t_by_hand():
    result = one_sample_t([3, 5, 7, nan], 4)
    assert (result.n, result.mean, result.sd, result.df) == (3, 5, 2, 2)
    assert (result.t, result.cohen_d) == pytest.approx((sqrt(3) / 2, 0.5))


def test_t_test_by_hand():
    # means 2 and 5, sums of squares 2 and 2 on 4 degrees: pooled sd 1, se sqrt(2/3)
    result = t_test([1, 2, 3], [4, 5, 6])
    assert (result.n, result.mean, result.sd, result.df, result.cohen_d) == (6, -3, 1, 4, -3)
    assert result.t == pytest.approx(-3 / sqrt(2 / 3))


@pytest.mark.parametrize(
    ("result", "reason", "note"),
    [
        (one_sample_t([3.3], 3), "pairs", "fewer than 2 values"),
        (one_sample_t([], 3), "pairs", "fewer than 2 values"),
        (one_sample_t([0.1] * 7, 3), "spread", "all values are equal"),
        (paired_t([1], [2]), "pairs", "fewer than 2 complete pairs"),
        (paired_t([1000.1, 2000.2, 3000.3], [1000.3, 2000.4, 3000.5]), "spread", "everyone changes by the same amount"),
        (t_test([1], [1, 2, 3]), "pairs", "fewer than 2 values in a group"),
        (t_test([], []), "pairs", "fewer than 2 values in a group"),
        (t_test([0.1] * 3, [0.3] * 3), "spread", "all values are equal within each group"),
    ],
)
def test_undefined_t_says_why(result, reason, note):
    assert (result.reason, result.note) == (reason, note)
    figures = (result.t, result.p, result.cohen_d, *result.ci95, *result.d_ci95)
    assert all(isnan(x) for x in figures)


def test_group_without_spread_is_noted_and_the_t_test_stands():
    result = t_test([2, 2, 2], [1, 4, 6])
    assert result.note == "all values of one group are equal: the pooled error is too small"
    # squares 0 and 38/3 on 4 degrees, standard error sqrt(19/6 * 2/3)
    assert result.t == pytest.approx((2 - 11 / 3) / sqrt(19 / 9))


def test_t_of_zero_is_a_result():
    result = one_sample_t([1, 2, 3], 2)
    assert (result.t, result.p, result.cohen_d) == (0, 1, 0)
    assert result.d_ci95[0] == pytest.approx(-result.d_ci95[1])


def test_interval_of_d_mirrors_with_the_sign():
    up, down = one_sample_t([3, 5, 7, 9], 1).d_ci95, one_sample_t([-3, -5, -7, -9], -1).d_ci95
    assert up == pytest.approx((-down[1], -down[0]))


@pytest.mark.parametrize("t", [0.01, 1.9, 2.1, 8.5, 40, 150])
@pytest.mark.parametrize("df", [1, 3, 50, 400])
def test_interval_of_d_exists_and_holds_d_for_any_t(t, df):
    n = df + 1
    x = stats.norm.ppf((np.arange(n) + 0.5) / n)
    result = one_sample_t(x / x.std(ddof=1) / sqrt(n) + t / n, 0)
    assert result.d_ci95[0] < result.cohen_d < result.d_ci95[1]
    assert (result.d_ci95[0] > 0) == (result.p < 0.05)


def test_mean_interval_by_hand():
    result = mean_ci([1, 2, 3, nan])
    half = 4.302652729911275 / sqrt(3)  # t table, 2 degrees of freedom
    assert (result.n, result.mean, result.sd) == (3, 2, 1)
    assert (result.low, result.high) == pytest.approx((2 - half, 2 + half))


def test_no_interval_without_two_values_or_without_spread():
    assert mean_ci([]).n == 0
    assert isnan(mean_ci([]).mean)
    assert mean_ci([4]).mean == 4
    assert isnan(mean_ci([4]).low)
    assert mean_ci([0.1] * 7).sd == 0
    assert isnan(mean_ci([0.1] * 7).low)


def test_percentage_interval_stays_within_bounds_and_is_empty_without_units():
    assert percentage_ci(0, 10)[0] == 0
    assert percentage_ci(0, 10)[1] == pytest.approx(100 * 3.841458820694124 / 13.841458820694124)
    assert percentage_ci(10, 10)[1] == 100
    assert all(isnan(x) for x in percentage_ci(0, 0))


@pytest.mark.parametrize(("count", "n"), [(1, 3), (7, 51), (81, 263), (4999, 5000)])
def test_percentage_interval_is_where_the_score_test_is_just_significant(count, n):
    z = stats.norm.ppf(0.975)
    for limit, side in zip(percentage_ci(count, n), (1, -1), strict=True):
        share = limit / 100
        assert (count / n - share) / sqrt(share * (1 - share) / n) == pytest.approx(side * z)


def test_values_that_hardly_vary_have_a_test_and_no_interval_of_d():
    """scipy has no noncentral t for t = 100,000, and the study stopped."""
    found = one_sample_t([100.0] * 999 + [99.0], 0)
    assert found.p == 0 and found.ci95[0] < found.mean < found.ci95[1]
    assert all(np.isnan(found.d_ci95)) and found.cohen_d > 3_000
