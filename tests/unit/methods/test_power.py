from math import isnan, nan, sqrt

import numpy as np
import pytest
from scipy import integrate, special, stats

from effectstudie.methods.power import detectable_errors, minimal_detectable_effect, t_test_power

pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize(("d", "n"), [(0.2, 394), (0.5, 64), (0.8, 26)])
def test_sample_sizes_are_those_of_cohens_words(d, n):
    # the first n a group with which power .80 reaches d (G*Power, Faul et al. 2007)
    assert minimal_detectable_effect(n, n).d <= d < minimal_detectable_effect(n - 1, n - 1).d


def test_large_groups_come_down_to_the_normal_distribution():
    found = minimal_detectable_effect(10**5, 10**5).d
    assert found == pytest.approx((stats.norm.isf(0.025) + stats.norm.isf(0.2)) * sqrt(2e-5), rel=1e-4)


@pytest.mark.parametrize(("noncentrality", "df"), [(0.3, 3), (2.8, 53), (5, 2)])
def test_power_is_the_chance_of_either_tail(noncentrality, df):
    # given the pooled spread u (chi with df, over sqrt df) the difference is normal
    critical = stats.t.isf(0.025, df)

    def rejected(u):
        either = special.ndtr(noncentrality - critical * u) + special.ndtr(-noncentrality - critical * u)
        return either * stats.chi.pdf(u * sqrt(df), df) * sqrt(df)

    assert t_test_power(noncentrality, df) == pytest.approx(integrate.quad(rejected, 0, 10, points=[0.5, 1, 2])[0])


def test_without_a_difference_power_is_alpha():
    assert t_test_power(0, 20, 0.05) == pytest.approx(0.05)


def test_detectable_effect_has_the_power_asked_for_in_simulated_studies():
    rng = np.random.default_rng(8)
    found = minimal_detectable_effect(8, 15)
    first, second = rng.normal(found.d, 1, (20000, 8)), rng.normal(0, 1, (20000, 15))
    assert (stats.ttest_ind(first, second, axis=1).pvalue < 0.05).mean() == pytest.approx(0.8, abs=0.012)


def test_order_of_the_groups_does_not_matter():
    assert minimal_detectable_effect(29, 86).d == minimal_detectable_effect(86, 29).d


def test_persons_of_one_household_count_as_fewer():
    # design effect 1 + (3 - 1) * .25 = 1.5: 30 and 60 persons count as 20 and 40
    found = minimal_detectable_effect(30, 60, icc=0.25, cluster_size=3)
    assert (found.design_effect, found.n1_effective, found.n2_effective, found.df) == (1.5, 20, 40, 58)
    assert found.d == minimal_detectable_effect(20, 40).d


def test_households_of_one_person_or_without_likeness_cost_nothing():
    plain = minimal_detectable_effect(20, 40)
    assert minimal_detectable_effect(20, 40, icc=0.5, cluster_size=1) == plain
    assert minimal_detectable_effect(20, 40, icc=0, cluster_size=4) == plain


def test_negative_icc_counts_as_none_and_says_so():
    found = minimal_detectable_effect(20, 40, icc=-0.2, cluster_size=4)
    assert found.d == minimal_detectable_effect(20, 40).d
    assert found.note == "the negative icc counts as 0"


def test_change_is_in_standard_deviations_of_one_measurement():
    # r = .5: a change varies as much as a measurement; r = .875: half as much; r = -1: twice as much
    plain = minimal_detectable_effect(20, 40).d
    for correlation, factor in ((0.5, 1), (0.875, 0.5), (-1, 2)):
        assert minimal_detectable_effect(20, 40, correlation=correlation).d == pytest.approx(factor * plain)


@pytest.mark.parametrize("correlation", [1, 1 + 2**-52, 1 - 2**-52])
def test_perfect_correlation_leaves_the_change_without_variation(correlation):
    found = minimal_detectable_effect(20, 40, correlation=correlation)
    assert isnan(found.d)
    assert (found.note, found.reason) == ("the correlation is 1: everyone changes by the same amount", "spread")


def test_rounding_error_beyond_one_is_no_mistake():
    assert minimal_detectable_effect(20, 40, correlation=-1 - 2**-52).d > 0
    assert minimal_detectable_effect(20, 40, icc=1 + 2**-52, cluster_size=2).d > 0


@pytest.mark.parametrize("sizes", [(0, 10), (1, 10), (10, 1), (1, 1)])
def test_fewer_than_two_in_a_group_is_undefined(sizes):
    found = minimal_detectable_effect(*sizes)
    assert isnan(found.d) and isnan(found.df)
    assert (found.note, found.reason) == ("fewer than 2 in a group", "pairs")


def test_design_effect_can_leave_fewer_than_two():
    found = minimal_detectable_effect(3, 30, icc=1, cluster_size=2)
    assert isnan(found.d)
    assert (found.n1_effective, found.note) == (1.5, "fewer than 2 in a group after the design effect")


def test_two_in_each_group_is_the_least():
    found = minimal_detectable_effect(2, 2)
    assert found.df == 2
    assert t_test_power(found.d, 2) == pytest.approx(0.8)  # d and the noncentrality are the same here


def test_unknown_figures_are_named():
    found = minimal_detectable_effect(20, nan, icc=nan, correlation=nan)
    assert isnan(found.d)
    assert (found.note, found.reason) == ("unknown: n2, icc, correlation", "input")


@pytest.mark.parametrize("power", [0.06, 0.5, 0.999999])
@pytest.mark.parametrize("sizes", [(2, 2), (3, 100_000), (5000, 9000)])
@pytest.mark.parametrize("alpha", [0.05, 1e-6])
def test_extreme_settings_still_give_the_power(sizes, power, alpha):
    found = minimal_detectable_effect(*sizes, power, alpha)
    noncentrality = found.d / sqrt(1 / sizes[0] + 1 / sizes[1])
    assert t_test_power(noncentrality, found.df, alpha) == pytest.approx(power, abs=1e-10)


def test_wrong_settings_are_refused_all_at_once():
    with pytest.raises(ValueError) as error:
        minimal_detectable_effect(20, 20, power=0.04, alpha=0.05, icc=1.2, cluster_size=0.5, correlation=1.1)
    for name in ("power is 0.04", "icc is 1.2", "cluster_size is 0.5", "correlation is 1.1"):
        assert name in str(error.value)
    for wrong in ({"alpha": 0}, {"alpha": nan}, {"power": 1}, {"power": nan}):
        with pytest.raises(ValueError, match="allowed are numbers"):
            minimal_detectable_effect(20, 20, **wrong)


@pytest.mark.parametrize(("df", "errors"), [(102, 2.828306), (33.8, 2.884395)])
def test_detectable_errors_are_those_of_the_specification(df, errors):
    assert detectable_errors(df) == pytest.approx(errors, abs=5e-7)


@pytest.mark.parametrize("df", [0.7, 1, 2.5, 30, 1e5])
@pytest.mark.parametrize(("power", "alpha"), [(0.8, 0.05), (0.06, 0.05), (0.99, 0.01)])
def test_detectable_errors_have_the_power_asked_for(df, power, alpha):
    assert t_test_power(detectable_errors(df, power, alpha), df, alpha) == pytest.approx(power, abs=1e-10)


def test_detectable_errors_of_many_degrees_of_freedom_are_those_of_the_normal_distribution():
    assert detectable_errors(1e6) == pytest.approx(stats.norm.isf(0.025) + stats.norm.isf(0.2), abs=1e-5)


def test_detectable_errors_grow_with_power_and_with_fewer_degrees_of_freedom():
    assert detectable_errors(10) > detectable_errors(11) > detectable_errors(11, 0.7) > detectable_errors(11, 0.7, 0.1)


def test_without_degrees_of_freedom_nothing_is_detectable_and_wrong_settings_are_refused():
    assert isnan(detectable_errors(nan))
    for wrong in ({"df": 0}, {"df": -1}, {"power": 0.04}, {"power": 1}, {"power": nan}, {"alpha": 0}, {"alpha": 1}):
        with pytest.raises(ValueError, match="allowed are numbers"):
            detectable_errors(**{"df": 20} | wrong)
