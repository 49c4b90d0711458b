from math import isnan, nan

import numpy as np
import pytest
from given.effect_rows import random_sets, six_sets
from given.household_rows import untested, with_ones

from effectstudie.methods.clustered.cr2 import cr2
from effectstudie.methods.effect.att import att

pytestmark = pytest.mark.filterwarnings("error")

NOTHING = np.empty((15, 0))
# model of change: value, standard error, df, p and limits by clubSandwich
SIX = {
    "t": (1.5, 0.395212, 4.8970, 0.01319, 0.4776, 2.5224),
    "t, w": (1.583333, 0.396076, 4.8864, 0.01084, 0.5580, 2.6086),
    "t + k, w": (1.483471, 0.504656, 4.0899, 0.04126, 0.0944, 2.8726),
    "t + T0 + k, w": (1.206065, 0.465251, 4.0847, 0.05929, -0.0752, 2.4873),
    "t x (T0 + k), w": (1.286024, 0.314420, 2.9980, 0.02645, 0.2850, 2.2870),
}


def close(first, second, rel=1e-10):
    names = ("value", "se", "df", "t", "p")
    return [getattr(first, name) for name in names] == pytest.approx([getattr(second, name) for name in names], rel=rel)


@pytest.mark.parametrize("model", SIX)
def test_six_sets_give_the_values_of_clubsandwich(model):
    sets, treated, children, before, after, weights = six_sets()
    columns = [x for name, x in (("T0", before), ("k", children)) if name in model]
    covariates = np.column_stack(columns) if columns else NOTHING
    found = att(after - before, treated, covariates, sets, weights if "w" in model else None, " x " in model)
    value, se, df, p, low, high = SIX[model]
    assert (found.value, found.se) == pytest.approx((value, se), abs=5e-7)
    assert found.df == pytest.approx(df, abs=5e-5)
    assert found.p == pytest.approx(p, abs=5e-6)
    assert found.ci95 == pytest.approx((low, high), abs=5e-5)
    assert (found.n, found.clusters, found.note) == (15, 6, "")


def test_without_covariates_it_is_the_difference_of_weighted_means():
    # treated (2 x 1 + 6 x 3) / 4 = 5; controls (1 x 1 + 4 x 2) / 3 = 3
    y, treated, weights = [2, 6, 1, 4, 9], [1, 1, 0, 0, 0], [1, 3, 1, 2, 0]
    found = att(y, treated, np.empty((5, 0)), range(5), weights)
    assert found.value == pytest.approx(2)
    assert found.n == 4
    assert att(y, treated, np.empty((5, 0)), range(5), weights, by_group=True) == found


def test_one_covariate_by_hand():
    # slope within the groups (2 + 0) / (2 + 2) = 1/2: difference 6 - 2 less half of the 2 that they differ in x
    y, x = [1, 3, 2, 6, 6, 6], np.array([[0.0], [2], [1], [2], [3], [4]])
    assert att(y, [0, 0, 0, 1, 1, 1], x, range(6)).value == pytest.approx(4 - 2 * (2 / 4))
    # by group: slope 1 in the controls, predicted at 3 is 4
    assert att(y, [0, 0, 0, 1, 1, 1], x, range(6), by_group=True).value == pytest.approx(6 - 4)


@pytest.mark.parametrize("by_group", [False, True])
def test_follow_up_with_the_start_in_the_model_is_the_same_as_change(by_group):
    change, treated, x, of, weights = random_sets(1)
    first = att(change, treated, x, of, weights, by_group)
    assert close(att(change + x[:, 0], treated, x, of, weights, by_group), first)
    assert not close(att(change + x[:, 0], treated, x[:, 1:], of, weights), att(change, treated, x[:, 1:], of, weights))


@pytest.mark.parametrize("covariates", [0, 1, 3])
def test_by_group_is_g_computation_with_a_regression_in_each_group(covariates):
    y, treated, x, of, weights = random_sets(2, covariates=covariates)
    root, X, mine = np.sqrt(weights), with_ones(*x.T, np.zeros(len(y)))[:, : covariates + 1], treated == 1
    lines = [np.linalg.lstsq(X[part] * root[part, None], (y * root)[part], rcond=None)[0] for part in (mine, ~mine)]
    want = np.average(X[mine] @ (lines[0] - lines[1]), weights=weights[mine])
    assert att(y, treated, x, of, weights, by_group=True).value == pytest.approx(want)
    assert not covariates or att(y, treated, x, of, weights).value != pytest.approx(want, rel=1e-3)


def test_an_effect_that_grows_with_a_covariate_is_averaged_over_the_treated():
    # the effect is 1 + x: 1 + (0 + 4 + 5) / 3 = 4 in the treated, whose x is 3 on average
    x = np.array([0.0, 4, 5, 0, 1, 2, 3])
    treated = np.array([1, 1, 1, 0, 0, 0, 0])
    y = 7 + 2 * x + treated * (1 + x)
    assert att(y, treated, x[:, None], range(7), by_group=True).value == pytest.approx(4)
    assert att(y, treated, x[:, None], range(7)).value != pytest.approx(4, abs=0.1)
    # weighted, the first twice: 1 + 9 / 4
    assert att(y, treated, x[:, None], range(7), [2, *[1] * 6], by_group=True).value == pytest.approx(3.25)


@pytest.mark.parametrize("by_group", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_order_of_rows_changes_nothing_at_all(seed, by_group):
    rows = random_sets(seed)
    order = np.random.default_rng(seed).permutation(len(rows[0]))
    assert repr(att(*rows, by_group)) == repr(att(*(x[order] for x in rows), by_group))


@pytest.mark.parametrize("by_group", [False, True])
def test_units_of_weights_covariates_and_outcome_change_no_test(by_group):
    y, treated, x, of, weights = random_sets(3)
    first = att(y, treated, x, of, weights, by_group)
    assert close(att(y, treated, x, of, 1000 * weights, by_group), first)
    turned = x @ np.array([[2.0, -1], [0.5, 3]]) + [100, -7]
    assert close(att(y, treated, turned, of, weights, by_group), first)
    other = att(1e4 * y + 1e5, treated, x, of, weights, by_group)
    assert (other.t, other.df) == pytest.approx((first.t, first.df), rel=1e-8)
    assert other.value == pytest.approx(1e4 * first.value, rel=1e-8)
    assert close(att(y, treated, x, 2**40 - of, weights, by_group), first)


def test_the_other_group_as_treated_turns_the_sign_of_main_effects_only():
    y, treated, x, of, weights = random_sets(4)
    first, second = (att(y, t, x, of, weights) for t in (treated, 1 - treated))
    assert (second.value, second.se, second.df) == pytest.approx((-first.value, first.se, first.df))
    first, second = (att(y, t, x, of, weights, by_group=True) for t in (treated, 1 - treated))
    assert second.value != pytest.approx(-first.value, rel=0.01)  # the effect in the others


def test_rows_of_weight_zero_are_not_there():
    y, treated, x, of, weights = random_sets(5)
    weights[[0, 1, 7, 12]] = 0
    kept = weights > 0
    for by_group in (False, True):
        without = att(y[kept], treated[kept], x[kept], of[kept], weights[kept], by_group)
        assert close(att(y, treated, x, of, weights, by_group), without)
        assert without.n == kept.sum()


def test_the_test_is_that_of_cr2_with_these_columns():
    y, treated, x, of, weights = random_sets(6)
    assert close(att(y, treated, x, of, weights), cr2(y, with_ones(treated, *x.T), of, 1, weights))


@pytest.mark.parametrize("treated", [[1] * 15, [0] * 15])
def test_an_empty_group_has_no_effect(treated):
    sets, _, children, before, after, _ = six_sets()
    found = att(after - before, treated, children[:, None], sets)
    assert untested(found) and isnan(found.value)
    assert (found.n, found.reason) == (15, "pairs")


@pytest.mark.parametrize("group", [0, 1])
def test_a_group_without_weight_has_no_effect(group):
    sets, treated, children, before, after, weights = six_sets()
    found = att(after - before, treated, children[:, None], sets, np.where(treated == group, 0, weights))
    assert untested(found) and isnan(found.value)
    assert (found.note, found.reason) == ("a group has no weight", "pairs")


def test_a_covariate_that_cannot_be_told_apart_leaves_the_effect_undefined():
    sets, treated, children, before, after, _ = six_sets()
    for wrong in (np.full(15, 3.0), treated, children):
        found = att(after, treated, np.column_stack([children, before, wrong]), sets)
        assert untested(found) and isnan(found.value)
        assert found.reason == "design"
    # it varies, but not among the treated
    wrong = np.where(treated == 1, 0, children)[:, None]
    assert att(after, treated, wrong, sets).reason == ""
    assert att(after, treated, wrong, sets, by_group=True).reason == "design"


def test_what_does_not_vary_has_no_test():
    sets, treated, children, _, _, _ = six_sets()
    found = att(np.full(15, 0.1), treated, children[:, None], sets)
    assert untested(found)
    assert (found.value, found.reason) == (0, "spread")
    found = att(0.1 + 0.3 * treated + 0.7 * children, treated, children[:, None], sets)
    assert untested(found)
    assert (found.value, found.reason) == (pytest.approx(0.3), "spread")


def test_one_cluster_has_no_test():
    _, treated, children, _, after, _ = six_sets()
    found = att(after, treated, children[:, None], np.ones(15, dtype=int))
    assert untested(found)
    assert (found.reason, found.clusters) == ("households", 1)


def test_wrong_rows_are_refused():
    sets, treated, children, _, after, weights = six_sets()
    good = {"y": after, "treated": treated, "covariates": children[:, None], "cluster": sets, "weights": weights}
    assert att(**good).reason == ""
    wrong = {
        "y": [(np.where(sets == 1, nan, after), "missing"), (after[1:], "shape")],
        "treated": [(treated + 1, "other values"), (np.where(sets == 1, nan, treated), "other values")],
        "covariates": [(children, "shape"), (children[1:, None], "shape"), (np.full((15, 1), nan), "missing")],
        "cluster": [(sets[1:], "shape"), (np.where(sets == 1, nan, sets), "missing")],
        "weights": [(-weights, "below 0"), (weights[1:], "shape"), (weights * nan, "missing")],
    }
    for name, cases in wrong.items():
        for value, match in cases:
            with pytest.raises(ValueError, match=match):
                att(**good | {name: value})
    # weights that sum to nothing among the treated
    with pytest.raises(ValueError, match="below 0"):
        att(after, treated, children[:, None], sets, np.where(treated == 1, np.where(sets > 3, 1, -1), 1))
