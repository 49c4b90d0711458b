from dataclasses import replace
from math import isnan, log, nan

import numpy as np
import pytest
from scipy import stats

from effectstudie.methods.clustered import gee as module
from effectstudie.methods.clustered.gee import gee, interaction_design
from effectstudie.methods.clustered.gee_fit import Fit, fit_gee
from effectstudie.methods.estimate import Estimate

FAMILIES = ("binomial", "poisson")
REASONS = {
    "separation": "fit",
    "is impossible": "fit",
    "error is infinite": "fit",
    "did not converge": "fit",
    "error is 0": "spread",
    "no degrees of freedom": "households",
    "too few pairs": "households",
    "a cell of the design is empty": "design",
}


def study(family, seed=1, households=(14, 30)):
    """Households of one to four persons at two waves: y, group, wave, household."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 5, sum(households))
    home = np.tile(np.repeat(np.arange(sum(households)), sizes), 2)
    group, wave = (home < households[0]).astype(int), np.repeat([0, 1], sizes.sum())
    eta = -0.2 + 0.4 * group - 0.3 * wave - 0.5 * group * wave + rng.normal(0, 0.7, sum(households))[home]
    if family == "binomial":
        return (rng.random(len(eta)) < 1 / (1 + np.exp(-eta))).astype(float), group, wave, home
    return rng.negative_binomial(1.2, 1.2 / (1.2 + np.exp(1 + eta))).astype(float), group, wave, home


def estimate(y, group, wave, home, family, weights=None):
    X, column, cells = interaction_design(group, wave)
    return gee(y, X, home, column, family, weights, cells)


def singles(family, first, second):
    """Group 1 and group 0, a household a person: the estimate of the group column."""
    y, group = np.concatenate([first, second]), np.repeat([1.0, 0.0], [len(first), len(second)])
    return gee(y, np.column_stack([np.ones(len(y)), group]), np.arange(len(y)), 1, family, None, group)


def assert_undefined(result, note):
    figures = (result.value, result.se, result.df, result.t, result.p, *result.ci95)
    assert all(isnan(figure) for figure in figures), figures
    assert note in result.note
    assert result.reason == REASONS.get(note, result.reason) != ""


def assert_same(one, other, tolerance):
    assert replace(one, value=0, se=0, t=0, p=0, ci95=()) == replace(other, value=0, se=0, t=0, p=0, ci95=())
    for name in ("value", "se", "t", "p", "ci95"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), rel=tolerance, abs=tolerance), name


def test_design_of_the_interaction():
    X, column, cells = interaction_design([0, 0, 1, 1], [0, 1, 0, 1])
    assert X.tolist() == [[1, 0, 0, 0], [1, 0, 1, 0], [1, 1, 0, 0], [1, 1, 1, 1]]
    assert (column, cells.tolist()) == (3, [0, 1, 2, 3])


@pytest.mark.parametrize(("group", "wave"), [([0, 2], [0, 1]), ([0, nan], [0, 1]), ([0, 1], [0]), (["a", "b"], [0, 1])])
def test_design_takes_nought_and_one_only(group, wave):
    with pytest.raises(ValueError):
        interaction_design(group, wave)


def test_persons_alone_give_the_log_odds_ratio_of_the_table():
    # 9 of 20 against 6 of 30; var of a log odds of one group is 1 / (n p q), and with m = n - 1 for n Mancl and
    # DeRouen divide each residual by 1 - 1 / n, so it becomes n / (p q m ** 2)
    result = singles("binomial", [1] * 9 + [0] * 11, [1] * 6 + [0] * 24)
    se = (20 / (0.45 * 0.55 * 19**2) + 30 / (0.2 * 0.8 * 29**2)) ** 0.5
    assert (result.value, result.se) == pytest.approx((log(9 * 24 / (11 * 6)), se), abs=1e-9)
    assert (result.n, result.clusters, result.df, result.note) == (50, 50, 48, "")
    assert result.t == pytest.approx(result.value / se)
    assert result.p == pytest.approx(2 * stats.t.sf(result.t, 48))
    assert result.p > 2 * stats.norm.sf(result.t)
    assert sum(result.ci95) / 2 == pytest.approx(result.value)


def test_persons_alone_give_the_log_ratio_of_the_rates():
    # rates 4 and 2; squares of the residuals 16 + 0 + 4 + 4 and 4 + 1 + 1 + 4 + 0, each over n - 1 and the rate
    result = singles("poisson", [8, 4, 2, 2], [0, 1, 3, 4, 2])
    se = (24 / (3 * 4) ** 2 + 10 / (4 * 2) ** 2) ** 0.5
    assert (result.value, result.se) == pytest.approx((log(2), se), abs=1e-9)
    assert (result.n, result.clusters, result.df) == (9, 9, 7)


def test_weights_of_persons_alone_give_the_weighted_rates():
    y, group, w = [8, 4, 2, 2, 0, 1, 3, 4], [1, 1, 1, 1, 0, 0, 0, 0], [1, 1, 1, 1, 0.5, 2, 1, 0.5]
    X = np.column_stack([np.ones(8), group])
    rates = 16 / 4, (2 + 3 + 2) / 4
    assert gee(y, X, range(8), 1, "poisson", w).value == pytest.approx(log(rates[0] / rates[1]), abs=1e-9)


@pytest.mark.parametrize("family", FAMILIES)
def test_balanced_households_give_the_interaction_of_the_four_means(family):
    # everyone at both waves, two persons a household: the working correlation cannot move the fitted means
    rng = np.random.default_rng(4)
    home, wave = np.repeat(np.arange(40), 4), np.tile([0, 0, 1, 1], 40)
    group = (home < 15).astype(int)
    y = rng.integers(0, 2 if family == "binomial" else 9, 160).astype(float)
    means = np.array([[y[(group == g) & (wave == w)].mean() for w in (0, 1)] for g in (0, 1)])
    logs = np.log(means / (1 - means)) if family == "binomial" else np.log(means)
    result = estimate(y, group, wave, home, family)
    assert result.value == pytest.approx(logs[1, 1] - logs[1, 0] - logs[0, 1] + logs[0, 0], abs=1e-9)
    assert (result.n, result.clusters, result.df, result.note) == (160, 40, 36, "")


@pytest.mark.parametrize("family", FAMILIES)
def test_without_weights_it_is_the_bias_reduced_fit_of_statsmodels(family):
    from statsmodels.genmod import cov_struct, families
    from statsmodels.genmod.generalized_estimating_equations import GEE

    y, group, wave, home = study(family)
    X, column, _ = interaction_design(group, wave)
    distribution = {"binomial": families.Binomial, "poisson": families.Poisson}[family]()
    theirs = GEE(y, X, groups=home, family=distribution, cov_struct=cov_struct.Exchangeable())
    want = theirs.fit(cov_type="bias_reduced", ctol=1e-9, maxiter=200)
    fit = fit_gee(y, X, home, family, np.ones(len(y)))
    assert fit.coef == pytest.approx(want.params, abs=1e-8)
    assert fit.mancl_derouen == pytest.approx(want.cov_robust_bc, abs=1e-8)
    assert fit.robust == pytest.approx(want.cov_robust, abs=1e-8)
    assert abs(fit.alpha) > 0.01
    result = estimate(y, group, wave, home, family)
    assert (result.value, result.se) == pytest.approx((want.params[column], want.bse[column]), abs=1e-8)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("family", FAMILIES)
def test_order_of_rows_and_labels_of_clusters_do_not_matter(family, weighted):
    y, group, wave, home = study(family)
    rng = np.random.default_rng(2)
    w = rng.uniform(0.3, 2, len(y)) if weighted else None
    result = estimate(y, group, wave, home, family, w)
    assert result.p > 0
    order = rng.permutation(len(y))
    moved = estimate(y[order], group[order], wave[order], home[order], family, w[order] if weighted else None)
    assert moved == result
    names = np.array([f"household {i}" for i in rng.permutation(home.max() + 1)])
    assert_same(estimate(y, group, wave, names[home], family, w), result, 1e-10)


@pytest.mark.parametrize("family", FAMILIES)
def test_weights_are_relative_and_equal_ones_change_nothing(family):
    y, group, wave, home = study(family)
    w = np.random.default_rng(3).uniform(0.3, 2, len(y))
    plain, weighted = (estimate(y, group, wave, home, family, weights) for weights in (None, w))
    assert_same(estimate(y, group, wave, home, family, np.full(len(y), 7.0)), plain, 1e-10)
    for factor in (1000, 1e-8):
        assert_same(estimate(y, group, wave, home, family, factor * w), weighted, 1e-10)
    assert weighted.value != pytest.approx(plain.value, rel=1e-3)


def test_rows_of_weight_nought_are_left_out():
    y, group, wave, home = study("binomial")
    w = np.where(np.arange(len(y)) % 5 == 0, 0.0, 1.0)
    kept = w > 0
    want = estimate(y[kept], group[kept], wave[kept], home[kept], "binomial")
    assert estimate(y, group, wave, home, "binomial", w) == want
    assert_undefined(estimate(y, group, wave, home, "binomial", 0 * w), "no rows")


def test_the_unit_of_a_column_scales_the_coefficient_only():
    y, group, wave, home = study("poisson")
    X, _, _ = interaction_design(group, wave)
    income = np.random.default_rng(5).normal(30, 9, len(y))
    euros, thousands = (gee(y, np.column_stack([X, income * k]), home, 4, "poisson") for k in (1000, 1))
    assert (euros.value * 1000, euros.se * 1000) == pytest.approx((thousands.value, thousands.se), rel=1e-9)
    assert (euros.t, euros.p) == pytest.approx((thousands.t, thousands.p), rel=1e-9)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("cell", range(4))
def test_a_cell_without_events_leaves_the_estimate_undefined(family, cell):
    y, group, wave, home = study(family)
    X, column, cells = interaction_design(group, wave)
    y[cells == cell] = 0
    result = gee(y, X, home, column, family, None, cells)
    assert_undefined(result, "no events in a cell")
    assert (result.n, result.clusters) == (len(y), 44)
    assert_undefined(gee(y, X, home, column, family), "")  # nor does the fit itself let it pass


@pytest.mark.parametrize("cell", range(4))
def test_a_cell_with_only_events_leaves_the_odds_ratio_undefined(cell):
    y, group, wave, home = study("binomial")
    X, column, cells = interaction_design(group, wave)
    y[cells == cell] = 1
    assert_undefined(gee(y, X, home, column, "binomial", None, cells), "only events in a cell")
    assert_undefined(gee(y, X, home, column, "binomial"), "")


@pytest.mark.parametrize(("family", "value"), [("binomial", 0), ("binomial", 1), ("poisson", 0), ("poisson", 3)])
def test_a_constant_outcome_is_undefined(family, value):
    y, group, wave, home = study(family)
    assert_undefined(estimate(0 * y + value, group, wave, home, family), "the outcome does not vary")


@pytest.mark.parametrize("waves", [1, 2])
def test_counts_that_are_equal_within_cells_have_no_error(waves):
    _, group, wave, home = study("poisson")
    rows = wave < waves
    X = interaction_design(group, wave)[0][rows][:, :2]
    y = 2.0 + group[rows]
    assert_undefined(gee(y, X, home[rows], 1, "poisson"), "does not vary")
    alone = np.unique(home[rows], return_index=True)[1]
    assert_undefined(gee(y[alone], X[alone], home[alone], 1, "poisson"), "standard error is 0")


def test_households_that_are_all_alike_have_no_error():
    # one event in every household at either wave, so every household's sum of residuals is 0
    home, wave, y = np.repeat(np.arange(12), 4), np.tile([0, 0, 1, 1], 12), np.tile([0.0, 1.0, 1.0, 0.0], 12)
    assert_undefined(estimate(y, (home < 5).astype(int), wave, home, "binomial"), "standard error is 0")


def test_one_cell_without_variation_is_said():
    y, group, wave, home = study("poisson")
    y[(group == 1) & (wave == 1)] = 2
    result = estimate(y, group, wave, home, "poisson")
    assert result.p > 0
    assert "no variation within a cell" in result.note


def test_a_group_of_one_household_is_undefined():
    for family in FAMILIES:
        y, group, wave, home = study(family, seed=8, households=(1, 30))
        y[group == 1] = np.arange((group == 1).sum()) % 2
        X, column, cells = interaction_design(group, wave)
        assert_undefined(gee(y, X, home, column, family, None, cells), "cell of the design")
        assert_undefined(gee(y, X, home, column, family), "fewer than 2 clusters at a level")
        assert_undefined(gee(y, X, home, 2, family), "one cluster alone decides")


def test_one_household_left_at_the_second_wave_is_undefined():
    y, group, wave, home = study("poisson")
    kept = (group == 0) | (wave == 0) | (home == home[group == 1].max())
    y[(group == 1) & (wave == 1)] += 1
    assert_undefined(
        estimate(y[kept], group[kept], wave[kept], home[kept], "poisson"), "fewer than 2 clusters in a cell"
    )


def test_an_empty_cell_is_undefined():
    y, group, wave, home = study("poisson")
    kept = (group == 0) | (wave == 0)
    assert_undefined(estimate(y[kept], group[kept], wave[kept], home[kept], "poisson"), "a cell of the design is empty")


def test_as_many_clusters_as_columns_leave_no_degrees_of_freedom():
    y, group, wave = [0, 1, 0, 1, 1, 0, 1, 0] * 2, np.repeat([0, 1], 8), np.tile([0, 0, 1, 1], 4)
    assert_undefined(estimate(y, group, wave, np.repeat(range(4), 4), "binomial"), "no degrees of freedom")


def test_no_rows_are_undefined():
    X, column, cells = interaction_design([], [])
    estimate = gee([], X, [], column, "poisson", None, cells)
    assert repr(estimate) == repr(Estimate(note="no rows", reason="pairs"))  # NaN is not equal to itself


def test_too_few_pairs_give_no_correlation():
    # statsmodels divides by pairs minus columns: with fewer pairs than columns the correlation changes sign
    y, group = np.array([0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0.0]), np.repeat([0.0, 1.0], 6)
    home = np.array([0, 0, *range(1, 11)])
    X = np.column_stack([np.ones(12), group])
    assert_undefined(gee(y, X, home, 1, "binomial"), "too few pairs")


def test_separation_by_a_covariate_is_undefined():
    y, group, wave, home = study("binomial")
    rows = wave == 0
    rank = np.argsort(np.argsort(y[rows] + np.random.default_rng(6).uniform(0, 0.5, rows.sum())))
    X = np.column_stack([np.ones(rows.sum()), group[rows], rank])
    for column in (1, 2):
        assert_undefined(gee(y[rows], X, home[rows], column, "binomial"), "")


def test_what_statsmodels_warns_of_is_in_the_note(recwarn):
    y, group, wave, home = study("binomial")
    X, column, cells = interaction_design(group, wave)
    y[cells == 3] = 0
    result = gee(y, X, home, column, "binomial")
    assert "the fit warns: " in result.note
    assert not recwarn.list


def sparse(family, seed, households):
    y, *rest = study(family, seed, households)
    rng = np.random.default_rng(seed)
    rng.integers(2, 6, 2)
    return (y * (rng.random(len(y)) < 0.4), *rest, family)


@pytest.mark.parametrize(("family", "seed", "households"), [("poisson", 49, (2, 3)), ("binomial", 680, (5, 2))])
def test_a_fit_that_goes_on_for_ever_is_undefined(family, seed, households):
    result = estimate(*sparse(family, seed, households))
    assert_undefined(result, "did not converge")
    assert "the fit warns: Iteration limit" in result.note


@pytest.mark.parametrize(("family", "seed", "households"), [("poisson", 43, (4, 4)), ("binomial", 454, (3, 2))])
def test_a_correlation_that_no_household_can_have_is_undefined(family, seed, households):
    assert_undefined(estimate(*sparse(family, seed, households)), "is impossible")


def variances(value):
    return np.diag([0.04, 0.04, 0.04, value])


@pytest.mark.parametrize(
    ("coef", "variance", "alpha", "note"),
    [
        ([0, 0, 0, 14.9], 0.04, 0.1, None),
        ([0, 0, 0, 15.1], 0.04, 0.1, "separation"),
        ([0, 9, 9, -15.1], 0.04, 0.1, "separation"),
        ([-16, 0, 0, 1], 0.04, 0.1, "separation"),
        ([nan, 0, 0, 1], 0.04, 0.1, "separation"),
        ([0, 0, 0, nan], 0.04, 0.1, "separation"),
        ([0, 0, 0, 1], 0.04, 0.99, None),
        ([0, 0, 0, 1], 0.04, 1.0, "is impossible"),
        ([0, 0, 0, 1], 0.04, nan, "is impossible"),
        ([0, 0, 0, 1], 0.04, -0.14, None),  # eight rows in the largest household: above -1 / 7
        ([0, 0, 0, 1], 0.04, -0.15, "is impossible"),
        ([0, 0, 0, 1], 15.1**2, 0.1, "error is infinite"),
        ([0, 0, 0, 1], np.inf, 0.1, "error is infinite"),
        ([0, 0, 0, 1], nan, 0.1, "error is infinite"),
        ([0, 0, 0, 1], 0.0, 0.1, "error is 0"),
        ([0, 0, 0, 0], 0.0, 0.1, "error is 0"),
        ([0, 0, 0, 1], -0.04, 0.1, "error is 0"),
        ([0, 0, 0, 1], 1e-14, 0.1, "error is 0"),
        ([0, 0, 0, 14], 1e-11, 0.1, "error is 0"),  # p would be less than the smallest number
    ],
)
def test_a_fit_is_shown_only_within_bounds(monkeypatch, coef, variance, alpha, note):
    y, group, wave, home = study("binomial", households=(60, 90))
    fit = Fit(np.array(coef, dtype=float), variances(variance), variances(variance), alpha)
    monkeypatch.setattr(module, "fit_gee", lambda *_: fit)
    result = estimate(y, group, wave, home, "binomial")
    if note is None:
        assert (result.value, result.se, result.note) == (coef[3], pytest.approx(0.2), "")
        assert result.p > 0
    else:
        assert_undefined(result, note)


@pytest.mark.parametrize("error", [np.linalg.LinAlgError("Singular matrix"), ZeroDivisionError("by zero")])
def test_a_fit_that_fails_is_undefined(monkeypatch, error):
    def fail(*_):
        raise error

    monkeypatch.setattr(module, "fit_gee", fail)
    assert_undefined(estimate(*study("poisson"), "poisson"), f"the estimation failed: {error}")


def test_hundreds_of_sparse_studies_give_a_sound_estimate_or_none():
    rng = np.random.default_rng(9)
    defined = 0
    for seed in range(150):
        family = FAMILIES[seed % 2]
        y, group, wave, home = study(family, seed, tuple(rng.integers(1, 9, 2)))
        y *= rng.random(len(y)) < rng.uniform(0.1, 1)
        w = rng.uniform(0.2, 2, len(y)) if seed % 3 else None
        X, column, cells = interaction_design(group, wave)
        result = gee(y, X, home, column, family, w, cells if seed % 5 else None)
        if isnan(result.value):
            assert_undefined(result, " ")
            continue
        defined += 1
        assert 0 < result.p <= 1 and 1e-3 < result.se < 15 and abs(result.value) < 15
        assert result.ci95[0] < result.value < result.ci95[1]
    assert 40 < defined < 140


@pytest.mark.parametrize("place", ["y", "X", "weights", "cells", "cluster"])
def test_a_missing_value_is_refused(place):
    y, group, wave, home = study("poisson")
    X, column, cells = interaction_design(group, wave)
    given = {"y": y, "X": X, "weights": np.ones(len(y)), "cells": cells.astype(float), "cluster": home.astype(float)}
    given[place][(3, 1) if place == "X" else 3] = nan
    with pytest.raises(ValueError, match="missing"):
        gee(given["y"], given["X"], given["cluster"], column, "poisson", given["weights"], given["cells"])


def test_a_household_without_a_name_is_refused():
    y, group, wave, home = study("poisson")
    names = np.array([f"h{i}" for i in home], dtype=object)
    names[2] = None
    with pytest.raises(ValueError, match="missing"):
        estimate(y, group, wave, names, "poisson")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"family": "gaussian"}, "allowed: binomial, poisson"),
        ({"y": [0, 1, 2, 1]}, "a binomial outcome 0 or 1"),
        ({"y": [0, 1, -1, 1], "family": "poisson"}, "0 or more"),
        ({"weights": [1, 1, -1, 1]}, "0 or more"),
        ({"y": [0, 1, 1]}, "one value per row"),
        ({"cluster": [1, 2]}, "one value per row"),
    ],
)
def test_a_mistake_of_the_caller_is_refused(change, problem):
    given = {"y": [0, 1, 1, 0], "X": np.ones((4, 1)), "cluster": [1, 2, 3, 4], "column": 0, "family": "binomial"}
    with pytest.raises(ValueError, match=problem):
        gee(**{**given, **change})
