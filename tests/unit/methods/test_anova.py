from math import isnan, nan

import numpy as np
import pandas as pd
import pytest

from effectstudie.methods.anova import mixed_anova, partial_eta_squared
from effectstudie.methods.means import t_test
from effectstudie.shared.errors import InputError

EFFECTS = ("group", "time", "interaction")


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
        assert (effect.note, effect.reason) == ("the outcome does not vary", "spread")


def test_difference_without_error_is_undefined_not_infinite():
    result = anova([(1, 3), (2, 4)], [(1, 1), (3, 3)])
    for name in ("time", "interaction"):
        assert all(isnan(x) for x in figures(result.effects[name]))
        assert "without any variation within groups" in result.effects[name].note
        assert result.effects[name].reason == "spread"
    assert result.effects["group"].f >= 0 and result.effects["group"].reason == ""


def test_group_that_is_empty_after_deletion_makes_everything_undefined():
    frame = wide([(1, 2), (2, 4), (3, 3)], [(1, nan), (nan, 2)])
    for group in (frame["group"], pd.Categorical(frame["group"], ["approach", "control"])):
        result = mixed_anova(frame.assign(group=group), "id", "group", ["w0", "w1"])
        assert result.n_per_group == {"approach": 3, "control": 0}
        for effect in result.effects.values():
            assert all(isnan(x) for x in figures(effect))
            assert (effect.note, effect.reason) == ("group control has no complete cases", "pairs")


def test_category_without_any_row_is_an_empty_group():
    frame = wide([(1, 2), (2, 4), (3, 3)], [])
    frame["group"] = pd.Categorical(frame["group"], ["approach", "control"])
    result = mixed_anova(frame, "id", "group", ["w0", "w1"])
    assert result.effects["time"].note == "group control has no complete cases"


def test_one_person_a_group_leaves_no_error():
    result = anova([(1, 2)], [(2, 5)])
    assert isnan(result.effects["time"].f)
    assert "no degrees of freedom are left for error" in result.effects["time"].note
    assert result.effects["time"].reason == "pairs"


def test_one_group_is_refused():
    result = mixed_anova(wide([(1, 2), (2, 4), (5, 5)], []), "id", "group", ["w0", "w1"])
    assert "fewer than 2 groups or waves" in result.effects["group"].note
    assert result.effects["group"].reason == "classes"


def test_small_group_is_noted_and_the_result_stands():
    result = anova([(1, 1), (1, 3)], [(2, 6), (3, 7), (4, 7), (4, 8), (5, 6)])
    assert result.note == "fewer than 5 persons in a group: approach 2"
    assert result.effects["time"].f > 0


def test_group_without_variation_is_noted_and_the_result_stands():
    result = anova([(1, 2), (2, 3), (3, 4)], [(1, 1), (2, 4), (3, 1)])
    assert result.effects["time"].note == "no variation within approach: the pooled error is too small"
    assert result.effects["group"].note == result.effects["time"].reason == ""
    assert result.effects["time"].f > 0


def test_repeated_id_is_refused():
    frame = wide([(1, 1), (1, 3)], [(2, 6), (3, 7)]).assign(id=[1, 1, 2, 3])
    with pytest.raises(InputError, match="column 'id' repeats 1 values; one row per person is allowed"):
        mixed_anova(frame, "id", "group", ["w0", "w1"])


def test_f_of_zero_has_an_eta_and_an_interval_of_zero():
    assert partial_eta_squared(0, 1, 50) == (0, 0, 0)


def test_interval_of_eta_holds_for_very_large_f():
    eta, low, high = partial_eta_squared(1e6, 1, 110)
    assert 0.999 < low < eta < high < 1


@pytest.mark.parametrize("f", [1e10, 1e12, 1e15])
def test_an_f_that_is_too_large_for_an_interval_has_its_effect_size(f):
    eta, low, high = partial_eta_squared(f, 1, 98)
    assert eta == pytest.approx(1) and np.isnan(low) and np.isnan(high)
    assert partial_eta_squared(1e8, 1, 98)[1] > 0.99
