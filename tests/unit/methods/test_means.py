from math import isnan, nan, sqrt

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from effectstudie.analysis.size_words import size_word
from effectstudie.methods import alpha
from effectstudie.methods.anova import mixed_anova, partial_eta_squared
from effectstudie.methods.means import mean_ci, one_sample_t, paired_t, percentage_ci, t_test
from effectstudie.shared.errors import InputError

THRESHOLDS = {
    "between": {"small": 0.01, "medium": 0.06, "large": 0.14},
    "repeated": {"small": 0.02, "medium": 0.13, "large": 0.26},
}
EFFECTS = ("group", "time", "interaction")


def alpha_of(items):
    """Alpha of a table, a row a person."""
    return alpha.cronbach_alpha(items.to_numpy(dtype=float).T, list(items.columns))


def wide(approach, control):
    rows = [("approach", *row) for row in approach] + [("control", *row) for row in control]
    frame = pd.DataFrame(rows, columns=["group", *(f"w{i}" for i in range(len(rows[0]) - 1))])
    return frame.assign(id=range(len(frame)))


def anova(approach, control):
    frame = wide(approach, control)
    return mixed_anova(frame, "id", "group", [c for c in frame if c.startswith("w")])


def figures(effect):
    return (effect.f, effect.p, effect.partial_eta_squared, effect.ges, *effect.ci90)


def test_mixed_anova_by_hand():
    # sums of the waves 2 4 | 8 10, changes 0 2 | 4 4; both enter divided by sqrt 2, so their squares by 2
    # group: means 3 and 9 around 6, 4 * 9 / 2 = 18; error (1 + 1 + 1 + 1) / 2 = 2
    # time: mean of the mean changes 1 and 4 is 2.5, 4 * 2.5 ** 2 / 2 = 12.5; error (1 + 1 + 0 + 0) / 2 = 1
    # interaction: 1 and 4 around 2.5, 4 * 1.5 ** 2 / 2 = 4.5
    result = anova([(1, 1), (1, 3)], [(2, 6), (3, 7)])
    ss = {name: (effect.ss, effect.ss_error) for name, effect in result.effects.items()}
    assert ss["group"] == pytest.approx((18, 2))
    assert ss["time"] == pytest.approx((12.5, 1))
    assert ss["interaction"] == pytest.approx((4.5, 1))
    assert [result.effects[name].f for name in EFFECTS] == pytest.approx([18, 25, 9])
    assert [result.effects[name].partial_eta_squared for name in EFFECTS] == pytest.approx([0.9, 25 / 27, 9 / 11])
    assert [result.effects[name].ges for name in EFFECTS] == pytest.approx([18 / 21, 12.5 / 15.5, 4.5 / 7.5])
    assert [(result.effects[name].df1, result.effects[name].df2) for name in EFFECTS] == [(1, 2)] * 3


def test_two_waves_are_t_tests_of_the_sum_and_of_the_change():
    rng = np.random.default_rng(1)
    frame = wide(rng.normal(size=(6, 2)), rng.normal(size=(9, 2)))
    result = mixed_anova(frame, "id", "group", ["w0", "w1"])
    inside = frame["group"] == "approach"
    total, change = frame["w0"] + frame["w1"], frame["w1"] - frame["w0"]
    assert result.effects["group"].f == pytest.approx(t_test(total[inside], total[~inside]).t ** 2)
    assert result.effects["interaction"].f == pytest.approx(t_test(change[inside], change[~inside]).t ** 2)


def test_only_persons_with_every_wave_count():
    result = anova([(1, 1), (1, 3), (9, nan)], [(2, 6), (3, 7), (nan, 9)])
    assert result.n_per_group == {"approach": 2, "control": 2}
    assert result.n == 4
    assert result.effects["group"].f == pytest.approx(18)


def test_order_of_rows_changes_nothing_at_all():
    rng = np.random.default_rng(2)
    frame = wide(rng.normal(size=(7, 3)), rng.normal(size=(5, 3)))
    shuffled = frame.sample(frac=1, random_state=3)
    waves = ["w0", "w1", "w2"]
    assert repr(mixed_anova(frame, "id", "group", waves)) == repr(mixed_anova(shuffled, "id", "group", waves))


def test_constant_outcome_is_undefined_even_with_rounding_error():
    result = anova([(0.1, 0.1)] * 3, [(0.1, 0.1)] * 4)
    for effect in result.effects.values():
        assert all(isnan(x) for x in figures(effect))
        assert effect.note == "the outcome does not vary"


def test_difference_without_error_is_undefined_not_infinite():
    result = anova([(1, 3), (2, 4)], [(1, 1), (3, 3)])
    for name in ("time", "interaction"):
        assert all(isnan(x) for x in figures(result.effects[name]))
        assert "without any variation within groups" in result.effects[name].note
    assert result.effects["group"].f >= 0


def test_group_that_is_empty_after_deletion_makes_everything_undefined():
    frame = wide([(1, 2), (2, 4), (3, 3)], [(1, nan), (nan, 2)])
    for group in (frame["group"], pd.Categorical(frame["group"], ["approach", "control"])):
        result = mixed_anova(frame.assign(group=group), "id", "group", ["w0", "w1"])
        assert result.n_per_group == {"approach": 3, "control": 0}
        for effect in result.effects.values():
            assert all(isnan(x) for x in figures(effect))
            assert effect.note == "group control has no complete cases"


def test_category_without_any_row_is_an_empty_group():
    frame = wide([(1, 2), (2, 4), (3, 3)], [])
    frame["group"] = pd.Categorical(frame["group"], ["approach", "control"])
    result = mixed_anova(frame, "id", "group", ["w0", "w1"])
    assert result.effects["time"].note == "group control has no complete cases"


def test_one_person_a_group_leaves_no_error():
    result = anova([(1, 2)], [(2, 5)])
    assert isnan(result.effects["time"].f)
    assert "no degrees of freedom are left for error" in result.effects["time"].note


def test_one_group_is_refused():
    result = mixed_anova(wide([(1, 2), (2, 4), (5, 5)], []), "id", "group", ["w0", "w1"])
    assert "fewer than 2 groups or waves" in result.effects["group"].note


def test_small_group_is_noted_and_the_result_stands():
    result = anova([(1, 1), (1, 3)], [(2, 6), (3, 7), (4, 7), (4, 8), (5, 6)])
    assert result.note == "fewer than 5 persons in a group: approach 2"
    assert result.effects["time"].f > 0


def test_group_without_variation_is_noted_and_the_result_stands():
    result = anova([(1, 2), (2, 3), (3, 4)], [(1, 1), (2, 4), (3, 1)])
    assert result.effects["time"].note == "no variation within approach: the pooled error is too small"
    assert result.effects["group"].note == ""
    assert result.effects["time"].f > 0


def test_repeated_id_is_refused():
    frame = wide([(1, 1), (1, 3)], [(2, 6), (3, 7)]).assign(id=[1, 1, 2, 3])
    with pytest.raises(InputError, match="column 'id' repeats 1 values; one row a person is allowed"):
        mixed_anova(frame, "id", "group", ["w0", "w1"])


def test_f_of_zero_has_an_eta_and_an_interval_of_zero():
    assert partial_eta_squared(0, 1, 50) == (0, 0, 0)


def test_interval_of_eta_holds_for_very_large_f():
    eta, low, high = partial_eta_squared(1e6, 1, 110)
    assert 0.999 < low < eta < high < 1


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
    ("result", "note"),
    [
        (one_sample_t([3.3], 3), "fewer than 2 values"),
        (one_sample_t([], 3), "fewer than 2 values"),
        (one_sample_t([0.1] * 7, 3), "all values are equal"),
        (paired_t([1], [2]), "fewer than 2 complete pairs"),
        (paired_t([1000.1, 2000.2, 3000.3], [1000.3, 2000.4, 3000.5]), "everyone changes by the same amount"),
        (t_test([1], [1, 2, 3]), "fewer than 2 values in a group"),
        (t_test([], []), "fewer than 2 values in a group"),
        (t_test([0.1] * 3, [0.3] * 3), "all values are equal within each group"),
    ],
)
def test_undefined_t_says_why(result, note):
    assert result.note == note
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


def test_alpha_by_hand():
    # items 1 2 3 and 1 3 2: variances 1 and 1, sums 2 5 5: variance 3, alpha 2 (1 - 2/3)
    result = alpha_of(pd.DataFrame({"a": [1, 2, 3, nan], "b": [1, 3, 2, 2]}))
    assert (result.n, result.k, result.note) == (3, 2, "")
    assert result.alpha == pytest.approx(2 / 3)


def test_constant_item_is_left_out_of_alpha_and_named():
    result = alpha_of(pd.DataFrame({"a": [1, 2, 3], "c": [0.1] * 3, "b": [1, 3, 2]}))
    assert (result.k, result.dropped) == (2, ("c",))
    assert result.alpha == pytest.approx(2 / 3)
    assert result.note == "items without variation left out: c"


def test_negative_alpha_is_given_with_a_warning():
    result = alpha_of(pd.DataFrame({"a": [1, 2, 3, 4], "b": [4, 3, 2, 2]}))
    assert result.alpha < 0
    assert result.note == "alpha is negative: check the reversal of the items"


@pytest.mark.parametrize(
    ("items", "note"),
    [
        ({"a": [1.0], "b": [2.0]}, "fewer than 2 complete rows"),
        ({"a": [1, 2, 3], "b": [1, 1, 1]}, "items without variation left out: b; fewer than 2 items vary"),
        ({"a": [1, 2, 3], "b": [3, 2, 1]}, "the sum of the items does not vary"),
    ],
)
def test_undefined_alpha_says_why(items, note):
    result = alpha_of(pd.DataFrame(items))
    assert isnan(result.alpha)
    assert result.note == note


@pytest.mark.parametrize(
    ("eta", "kind", "word"),
    [
        # as published for Groningen
        (0.28, "repeated", "groot"),
        (0.31, "repeated", "groot"),
        (0.21, "repeated", "gemiddeld tot groot"),
        (0.09, "repeated", "klein tot gemiddeld"),
        (0.10, "repeated", "klein tot gemiddeld"),
        (0.05, "repeated", "klein tot gemiddeld"),
        (0.13, "between", "gemiddeld tot groot"),
        (0.06, "between", "gemiddeld"),
        (0.05, "between", "klein tot gemiddeld"),
        # the bounds themselves, and just beside them
        (0.01, "between", "klein"),
        (0.009, "between", "klein"),
        (0.0049, "between", ""),
        (0.14, "between", "groot"),
        (0.02, "repeated", "klein"),
        (0.01, "repeated", ""),
        (0.13, "repeated", "gemiddeld"),
        (0.26, "repeated", "groot"),
        (0.25, "repeated", "gemiddeld tot groot"),
        # what is printed decides, rounded half up: .055 is printed as .06
        (0.055, "between", "gemiddeld"),
        (0.0549, "between", "klein tot gemiddeld"),
        (0.135, "between", "groot"),
        (0.064, "between", "gemiddeld"),
        (nan, "between", ""),
        (0.0, "repeated", ""),
    ],
)
def test_size_word(eta, kind, word):
    assert size_word(eta, kind, THRESHOLDS) == word
