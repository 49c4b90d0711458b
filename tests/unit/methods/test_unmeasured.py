from math import exp, inf, isnan, nan, sqrt

import numpy as np
import pytest
from scipy import optimize, stats

from effectstudie.methods.unmeasured import e_value, e_value_of_d, rosenbaum_bound, rosenbaum_gamma

pytestmark = pytest.mark.filterwarnings("error")


def pairs(*differences):
    return [10 + d for d in differences], [10] * len(differences)


def test_e_value_by_hand():
    # 1.8 + sqrt(1.8 * .8) = 1.8 + 1.2; 4/3 + sqrt(4/9) = 2
    assert e_value(1.8) == pytest.approx(3)
    assert e_value(4 / 3) == pytest.approx(2)
    assert e_value(1) == 1


def test_published_example_of_vanderweele_and_ding():
    assert e_value(3.9) == pytest.approx(7.26, abs=0.005)


def test_e_value_of_a_protective_ratio_is_that_of_its_inverse():
    assert e_value(0.75) == pytest.approx(e_value(4 / 3))


@pytest.mark.parametrize("ratio", [nan, 0.0, -1.0, inf, 1e-310])
def test_e_value_without_a_ratio_is_undefined(ratio):
    assert isnan(e_value(ratio))


@pytest.mark.parametrize("ratio", [1e-300, 1e300])
def test_e_value_of_a_huge_ratio_is_about_twice_the_ratio(ratio):
    assert e_value(ratio) == pytest.approx(2e300)


def test_difference_and_limits_become_ratios_of_point_nine_one():
    found = e_value_of_d(1, 0.2, 1.8)
    assert (found.rr, found.rr_low, found.rr_high) == pytest.approx((exp(0.91), exp(0.182), exp(1.638)))
    assert found.e == pytest.approx(e_value(exp(0.91)))
    assert found.e_ci == pytest.approx(e_value(exp(0.182)))
    assert found.note == ""


def test_difference_downwards_uses_the_upper_limit_and_has_the_same_e_values():
    up, down = e_value_of_d(0.8, 0.4, 1.2), e_value_of_d(-0.8, -1.2, -0.4)
    assert (down.e, down.e_ci) == pytest.approx((up.e, up.e_ci))
    assert down.rr_low < down.rr < down.rr_high < 1


@pytest.mark.parametrize("interval", [(0.1, -0.2, 0.4), (0.1, 0, 0.2), (-0.1, -0.2, 0), (0, -0.2, 0.2)])
def test_interval_that_holds_no_difference_has_nothing_to_explain(interval):
    found = e_value_of_d(*interval)
    assert found.rr_low <= 1 <= found.rr_high
    assert isnan(found.e) and isnan(found.e_ci)
    assert (found.note, found.reason) == ("the interval holds no difference: no E-value", "not_significant")


@pytest.mark.parametrize("d", [nan, 1e4, -1e4, inf])
def test_unknown_difference_has_no_e_value_and_says_so(d):
    found = e_value_of_d(d, 0.1, 0.3)
    assert all(isnan(x) for x in (found.rr, found.rr_low, found.rr_high, found.e, found.e_ci))
    assert (found.note, found.reason) == ("d is unknown, or too large for a risk ratio", "input")


@pytest.mark.parametrize("limits", [(nan, 0.6), (0.2, nan), (0.2, 1e4), (-inf, inf)])
def test_without_its_interval_a_difference_has_no_e_value(limits):
    found = e_value_of_d(0.4, *limits)
    assert found.rr == pytest.approx(exp(0.364))
    assert all(isnan(x) for x in (found.e, found.rr_low, found.rr_high, found.e_ci))
    assert (found.note, found.reason) == ("the interval is unknown or too large: no E-value", "input")


def test_bound_by_hand():
    # ranks 1-6, that of -2 against: T 19 of 21; gamma 2: E = 2/3 * 21, V = 2/9 * 91
    treated, control = pairs(1, -2, 3, 4, 5, 6)
    assert rosenbaum_bound(treated, control, 2) == pytest.approx(stats.norm.sf((19 - 14) / sqrt(2 / 9 * 91)))


def test_tied_differences_share_the_middle_rank():
    # 1 1 -1 2: ranks 2 2 2 4; T 8 of 10, E 5, V (4 + 4 + 4 + 16) / 4
    treated, control = pairs(1, 1, -1, 2)
    assert rosenbaum_bound(treated, control, 1) == pytest.approx(stats.norm.sf(3 / sqrt(7)))


def test_zeros_are_ranked_and_then_left_out():
    # 0 0 1 2 -3: ranks 3 4 5 of the last three; T 7 of 12, E 6, V (9 + 16 + 25) / 4
    treated, control = pairs(0, 0, 1, 2, -3)
    assert rosenbaum_bound(treated, control, 1) == pytest.approx(stats.norm.sf(1 / sqrt(12.5)))


def test_differences_equal_but_for_rounding_error_are_tied_and_zero():
    with_error = rosenbaum_bound([0.3, 0.4, 0.9, 0.3], [0.1, 0.2, 0.3, 0.1 + 0.2], 1)
    assert 0.3 - 0.1 != 0.4 - 0.2
    assert 0.3 != 0.1 + 0.2
    assert with_error == rosenbaum_bound([3, 4, 9, 3], [1, 2, 3, 3], 1)


def test_without_bias_the_bound_is_the_signed_rank_test():
    rng = np.random.default_rng(5)
    treated, control = rng.normal(0.4, 1, 30), rng.normal(0, 1, 30)
    found = stats.wilcoxon(treated, control, alternative="greater", method="asymptotic", correction=False)
    assert rosenbaum_bound(treated, control, 1) == pytest.approx(found.pvalue)


def test_direction_is_that_of_the_observed_effect():
    treated, control = pairs(1, -2, 3, 4, 5, 6, 7)
    for gamma in (1, 1.5, 3):
        assert rosenbaum_bound(treated, control, gamma) == rosenbaum_bound(control, treated, gamma)
    assert rosenbaum_gamma(treated, control).direction == "higher"
    assert rosenbaum_gamma(control, treated).direction == "lower"
    assert rosenbaum_gamma(control, treated).gamma == rosenbaum_gamma(treated, control).gamma


def test_pairs_with_a_missing_value_do_not_count():
    treated, control = pairs(1, 2, 3, 4, -1, 6, 7)
    found = rosenbaum_gamma([*treated, nan, 5, nan], [*control, 3, nan, nan])
    assert found == rosenbaum_gamma(treated, control)
    assert found.pairs == 7


def test_order_of_pairs_changes_nothing_at_all():
    rng = np.random.default_rng(6)
    treated, control = rng.poisson(7, 40), rng.poisson(4, 40)
    order = rng.permutation(40)
    assert repr(rosenbaum_gamma(treated, control)) == repr(rosenbaum_gamma(treated[order], control[order]))


def test_largest_gamma_by_hand_when_every_pair_goes_one_way():
    # T 21 of 21, so 21 / sqrt(91 gamma) = 1.645
    found = rosenbaum_gamma(*pairs(1, 2, 3, 4, 5, 6))
    assert found.gamma == pytest.approx(21**2 / 91 / stats.norm.isf(0.05) ** 2)
    assert (found.statistic, found.pairs, found.differing, found.note) == (21, 6, 6, "")


@pytest.mark.parametrize("alpha", [0.05, 0.025, 0.001])
def test_largest_gamma_is_where_bisection_finds_the_bound_at_alpha(alpha):
    rng = np.random.default_rng(7)
    treated, control = rng.poisson(9, 50), rng.poisson(4, 50)
    found = rosenbaum_gamma(treated, control, alpha)
    bisected = optimize.bisect(lambda g: rosenbaum_bound(treated, control, g) - alpha, 1, 1000, xtol=1e-12, rtol=1e-14)
    assert found.gamma == pytest.approx(bisected, rel=1e-9)
    assert rosenbaum_bound(treated, control, found.gamma * 1.001) > alpha


def test_bound_rises_with_gamma_up_to_certainty():
    treated, control = pairs(1, 2, 3, 4, 5, -6, 7)
    bounds = [rosenbaum_bound(treated, control, gamma) for gamma in (1, 2, 5, 1e3, 1e9)]
    assert bounds == sorted(bounds)
    assert 0 <= rosenbaum_bound(treated, control, 1e300) <= 1


def test_without_significance_there_is_nothing_to_explain():
    found = rosenbaum_gamma(*pairs(1, -2, 3, -4, 5, -6, 7))
    assert isnan(found.gamma)
    assert found.p > 0.05
    assert found.note == "the difference is not significant without hidden bias: nothing to explain"
    assert found.reason == "not_significant"


def test_balanced_pairs_have_no_direction_and_a_p_of_one_half():
    found = rosenbaum_gamma(*pairs(1, -1, 2, -2, 3, -3))
    assert (found.direction, found.p) == ("", 0.5)
    assert isnan(found.gamma)


def test_fewer_than_six_differing_pairs_have_no_gamma():
    five = rosenbaum_gamma(*pairs(1, 2, 3, 4, 5, 0, 0, 0))
    assert isnan(five.gamma)
    assert (five.pairs, five.differing, five.note) == (8, 5, "fewer than 6 pairs differ")
    assert not isnan(rosenbaum_gamma(*pairs(1, 2, 3, 4, 5, 6, 0)).gamma)


@pytest.mark.parametrize("differences", [(), (0,), (0, 0, 0, 0, 0, 0, 0), (nan, nan)])
def test_without_any_difference_nothing_is_defined(differences):
    treated, control = pairs(*differences)
    assert isnan(rosenbaum_bound(treated, control, 1.5))
    found = rosenbaum_gamma(treated, control)
    assert all(isnan(x) for x in (found.gamma, found.p, found.statistic))
    assert (found.note, found.reason) == ("fewer than 6 pairs differ", "pairs")


def test_wrong_settings_are_refused():
    for gamma in (0.5, nan, inf):
        with pytest.raises(ValueError, match="allowed are finite numbers from 1"):
            rosenbaum_bound([1, 2], [0, 0], gamma)
    for alpha in (0, 0.5, nan):
        with pytest.raises(ValueError, match="between 0 and .5"):
            rosenbaum_gamma([1, 2], [0, 0], alpha)
    with pytest.raises(ValueError, match="there are 2 and 1"):
        rosenbaum_gamma([1, 2], [0])
