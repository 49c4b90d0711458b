from math import inf, isnan, nan, sqrt

import numpy as np
import pytest

from effectstudie.methods.effect.reliable_change import normal_cutoff, reliable_change, se_of_difference

pytestmark = pytest.mark.filterwarnings("error")


def counts(found):
    return found.recovered, found.improved, found.unchanged, found.worse


def judged(before, after, *rest):
    return reliable_change(np.array(before, dtype=float), np.array(after, dtype=float), *rest)


def test_example_of_jacobson_and_truax():
    se = se_of_difference(7.5, 0.80)
    assert (se / sqrt(2), se, (47.5 - 32.5) / se) == pytest.approx((3.354102, 4.743416, 3.162278), abs=5e-7)
    assert counts(judged([32.5], [47.5], se, True)) == (0, 1, 0, 0)


def test_limits_of_the_error():
    assert se_of_difference(3, 1) == 0
    assert se_of_difference(3, 0) == pytest.approx(3 * sqrt(2))
    assert se_of_difference(3, -1) == pytest.approx(6)
    with pytest.raises(ValueError):
        se_of_difference(3, 1.1)


@pytest.mark.parametrize("alpha", [0.3, 0.8])
def test_five_percent_of_the_unchanged_seem_changed(alpha):
    rng = np.random.default_rng(4)
    true, errors = rng.normal(size=100_000) * sqrt(alpha), rng.normal(size=(2, 100_000)) * sqrt(1 - alpha)
    before, after = true + errors
    found = reliable_change(before, after, se_of_difference(before.std(), alpha), True)
    assert found.improved / found.n == pytest.approx(0.025, abs=0.002)
    assert found.worse / found.n == pytest.approx(0.025, abs=0.002)


@pytest.mark.parametrize(("mean", "sd", "norm_mean", "norm_sd"), [(10, 2, 4, 1), (3, 1.5, 6, 0.5), (5, 1, 5, 2)])
def test_cutoff_is_as_far_from_both_means(mean, sd, norm_mean, norm_sd):
    cutoff = normal_cutoff(mean, sd, norm_mean, norm_sd)
    assert (mean - cutoff) / sd == pytest.approx((cutoff - norm_mean) / norm_sd)
    assert min(mean, norm_mean) <= cutoff <= max(mean, norm_mean)


def test_everyone_is_one_of_four_by_hand():
    # lower is better, reliable beyond 1.96 points, normal up to 5
    before = [9, 9, 4.5, 5, 6, 5, 4, 6, 7]
    after = [5, 6, 1, 2, 5, 6.5, 6, 8, 5.04]
    # 9-5 recovered; 9-6 not normal; 4.5-1 and 5-2 were normal already; 6-5 and 5-6.5 too little; 4-6 and 6-8 worse;
    # 7-5.04 is 1.96 and not beyond
    found = judged(before, after, 1.0, False, 5.0)
    assert counts(found) == (1, 3, 3, 2)
    assert (found.n, found.se_difference, found.cutoff) == (9, 1.0, 5.0)


def test_change_of_just_the_limit_is_not_reliable():
    assert counts(judged([0, 0], [1.96, -1.96], 1.0, True)) == (0, 0, 2, 0)
    assert counts(judged([0, 0], [1.97, -1.97], 1.0, True)) == (0, 1, 0, 1)


def test_to_reach_the_cutoff_is_to_pass_it_and_to_start_there_is_not():
    assert counts(judged([3, 5], [5, 9], 1.0, True, 5.0)) == (1, 1, 0, 0)
    assert counts(judged([7, 5], [5, 1], 1.0, False, 5.0)) == (1, 1, 0, 0)


@pytest.mark.parametrize("cutoff", [nan, 0.4])
def test_the_other_direction_is_the_mirror_image(cutoff):
    before, after = np.random.default_rng(5).normal(size=(2, 200))
    first = reliable_change(before, after, 0.4, True, cutoff)
    assert counts(reliable_change(-before, -after, 0.4, False, -cutoff)) == counts(first)
    other = reliable_change(before, after, 0.4, False, cutoff)
    assert other.worse == first.recovered + first.improved
    assert other.recovered + other.improved == first.worse
    assert other.unchanged == first.unchanged
    assert sum(counts(first)) == first.n == 200


def test_without_a_norm_nobody_is_recovered():
    before, after = np.random.default_rng(6).normal(size=(2, 200))
    with_norm, without = reliable_change(before, after, 0.4, True, 0.2), reliable_change(before, after, 0.4, True)
    assert without.recovered == 0 and isnan(without.cutoff)
    assert without.improved == with_norm.recovered + with_norm.improved
    assert 0 < with_norm.recovered < without.improved
    assert (without.unchanged, without.worse) == (with_norm.unchanged, with_norm.worse)


def test_order_of_persons_and_unit_do_not_matter():
    before, after = np.random.default_rng(7).normal(size=(2, 100))
    first = counts(reliable_change(before, after, 0.4, True, 0.2))
    assert counts(reliable_change(before[::-1], after[::-1], 0.4, True, 0.2)) == first
    assert counts(reliable_change(8 * before + 16, 8 * after + 16, 3.2, True, 17.6)) == first


def test_nobody_is_nobody():
    assert counts(judged([], [], 1.0, True)) == (0, 0, 0, 0)


def test_who_cannot_be_judged_is_not_counted_as_unchanged():
    for before, after in (([1, nan], [2, 3]), ([1, 2], [nan, 3]), ([1, 2], [inf, 3])):
        with pytest.raises(ValueError, match="missing or infinite"):
            judged(before, after, 1.0, True)
    with pytest.raises(ValueError, match="shape"):
        judged([1, 2], [3], 1.0, True)
    for error in (0, nan, -1, inf):
        with pytest.raises(ValueError, match="se_difference"):
            judged([1, 2], [2, 3], error, True)
