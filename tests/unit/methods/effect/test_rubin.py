from math import inf, nan, sqrt

import numpy as np
import pytest

from effectstudie.methods.effect.rubin import pool

pytestmark = pytest.mark.filterwarnings("error")

VALUES, ERRORS = [0.40, 0.52, 0.31, 0.47, 0.45], [0.20, 0.22, 0.21, 0.19, 0.20]


def test_oracle_of_the_specification():
    found = pool(VALUES, ERRORS, 80)
    assert (found.estimate.value, found.within, found.between) == pytest.approx((0.43, 0.04172, 0.00635))
    assert found.estimate.se**2 == pytest.approx(0.04934)
    assert found.estimate.df == pytest.approx(47.36887, abs=5e-6)
    assert found.fmi == pytest.approx(0.1880134, abs=5e-8)


def test_two_imputations_by_hand():
    # within 1, between 2, total 1 + 3/2 x 2 = 4, a share of 3/4 between; df 1 / (3/4)^2 = 16/9 and
    # 11/13 x 10 / 4 = 55/26: together 1 / (9/16 + 26/55)
    found = pool([1, 3], [1, 1], 10)
    assert (found.within, found.between) == (1, 2)
    assert (found.estimate.value, found.estimate.se, found.estimate.t) == pytest.approx((2, 2, 1))
    df = 1 / (9 / 16 + 26 / 55)
    assert found.estimate.df == pytest.approx(df)
    assert found.fmi == pytest.approx((3 + 2 / (df + 3)) / 4)


def test_equal_estimates_are_the_single_one():
    found = pool([0.4, 0.4, 0.4], [0.2, 0.2, 0.2], 80)
    assert (found.estimate.value, found.estimate.se, found.between) == pytest.approx((0.4, 0.2, 0))
    assert found.estimate.df == pytest.approx(81 / 83 * 80)  # Barnard and Rubin's, also where nothing is missing
    assert found.fmi == pytest.approx(2 / (81 / 83 * 80 + 3))


def test_more_between_is_less_certain():
    pools = [pool(0.4 + scale * np.array([-1, 0, 1]), [0.2] * 3, 80) for scale in (0.001, 0.01, 0.1, 1, 10)]
    for name, rising in (("se", True), ("df", False)):
        found = [getattr(one.estimate, name) for one in pools]
        assert found == sorted(found, reverse=not rising)
    assert [one.fmi for one in pools] == sorted(one.fmi for one in pools)
    assert all(0 < one.fmi <= 1 and 0 < one.estimate.df < 80 for one in pools)
    assert pools[-1].estimate.df == pytest.approx(0, abs=0.1)  # all of it is between, and little of 80 is observed


def test_order_and_unit_of_the_estimates_do_not_matter():
    first, second = pool(VALUES, ERRORS, 80), pool(VALUES[::-1], ERRORS[::-1], 80)
    assert (first.estimate.se, first.estimate.df) == pytest.approx((second.estimate.se, second.estimate.df))
    second = pool(-100 * np.array(VALUES), 100 * np.array(ERRORS), 80)
    assert (second.estimate.t, second.estimate.df) == pytest.approx((-first.estimate.t, first.estimate.df))
    assert second.fmi == pytest.approx(first.fmi)


def test_total_variance_is_that_of_estimates_of_imputed_samples():
    # a mean of 40, of which half are missing and drawn anew from who is there, as a proper imputation does
    rng = np.random.default_rng(6)
    found, covered = [], 0
    for _ in range(400):
        seen = rng.normal(size=20)
        variances = 19 * seen.var(ddof=1) / rng.chisquare(19, 10)
        means = seen.mean() + rng.normal(size=10) * np.sqrt(variances / 20)
        filled = [np.r_[seen, rng.normal(mean, sqrt(v), 20)] for mean, v in zip(means, variances, strict=True)]
        one = pool([x.mean() for x in filled], [x.std(ddof=1) / sqrt(40) for x in filled], 39).estimate
        found.append((one.value, one.se**2))
        covered += one.ci95[0] < 0 < one.ci95[1]
    values, variances = np.array(found).T
    assert variances.mean() == pytest.approx(values.var(), rel=0.2)
    assert covered / 400 == pytest.approx(0.95, abs=0.025)


def test_sizes_are_handed_on():
    found = pool(VALUES, ERRORS, 80, n=100, clusters=60).estimate
    assert (found.n, found.clusters, found.note, found.reason) == (100, 60, "", "")


def test_what_cannot_be_pooled_is_refused():
    for values, errors in (([0.4], [0.2]), ([], []), ([0.4, 0.5], [0.2]), ([[0.4, 0.5]], [[0.2, 0.2]])):
        with pytest.raises(ValueError, match="two or more"):
            pool(values, errors, 80)
    for values, errors in (([0.4, nan], [0.2, 0.2]), ([0.4, 0.5], [0.2, nan]), ([0.4, inf], [0.2, 0.2])):
        with pytest.raises(ValueError, match="none missing"):
            pool(values, errors, 80)
    for errors, df in (([0.2, 0], 80), ([0.2, -0.2], 80), ([0.2, 0.2], 0), ([0.2, 0.2], nan), ([0.2, 0.2], inf)):
        with pytest.raises(ValueError, match="above 0"):
            pool([0.4, 0.5], errors, df)
