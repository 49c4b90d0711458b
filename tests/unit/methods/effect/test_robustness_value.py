from math import isnan, nan, sqrt

import numpy as np
import pytest
from given.effect_rows import random_sets
from given.household_rows import with_ones
from scipy import stats

from effectstudie.methods.effect.robustness_value import partial_r_squared, robustness_value, strongest_covariate

pytestmark = pytest.mark.filterwarnings("error")


def unexplained(y, columns, weights):
    root = np.sqrt(weights)
    X = with_ones(*columns) if columns else np.ones((len(y), 1))
    fitted = X @ np.linalg.lstsq(X * root[:, None], y * root, rcond=None)[0]
    return weights @ (y - fitted) ** 2


def test_oracle_of_sensemakr():
    assert partial_r_squared(4.18445, 783) == pytest.approx(0.02187309, abs=5e-9)
    assert robustness_value(4.18445, 783) == pytest.approx(0.1387764, abs=5e-8)
    assert robustness_value(4.18445, 783, 0.05) == pytest.approx(0.07625797, abs=5e-9)


def test_oracle_of_the_specification():
    found = (partial_r_squared(2.2, 40), robustness_value(2.2, 40), robustness_value(2.2, 40, 0.05))
    assert found == pytest.approx((0.1079393, 0.2925726, 0.02367544), abs=5e-8)


def test_by_hand():
    # t^2 = 18, df 36: f^2 = 1/2, (sqrt(1/4 + 2) - 1/2) / 2 = 1/2; a third of what is left is explained
    assert robustness_value(sqrt(18), 36) == pytest.approx(1 / 2)
    assert partial_r_squared(sqrt(18), 36) == pytest.approx(1 / 3)


def test_partial_r_squared_is_what_the_column_adds():
    rng = np.random.default_rng(2)
    x, t, y = rng.normal(size=(3, 30)) + rng.normal(size=30)
    left = [np.linalg.lstsq(X, y, rcond=None)[1][0] for X in (with_ones(x), with_ones(x, t))]
    X = with_ones(x, t)
    error = sqrt(np.linalg.inv(X.T @ X)[2, 2] * left[1] / 27)
    t_value = np.linalg.lstsq(X, y, rcond=None)[0][2] / error
    assert partial_r_squared(t_value, 27) == pytest.approx(1 - left[1] / left[0])


@pytest.mark.parametrize("angle", [0.1, 0.7, 1.4])
def test_a_covariate_as_strong_as_the_value_brings_the_estimate_to_nothing(angle):
    # a treatment and an outcome at this angle to each other, cleared of all else, and a covariate that explains the
    # share of the treatment, and the same share of what the treatment leaves of the outcome
    n, (treatment, other, third) = 20, np.linalg.qr(np.random.default_rng(5).normal(size=(20, 3)))[0].T
    y = np.cos(angle) * treatment + np.sin(angle) * other
    t = sqrt((n - 1) * np.cos(angle) ** 2 / np.sin(angle) ** 2)
    value = robustness_value(t, n - 1)
    confounder = sqrt(value) * treatment + sqrt((1 - value) * value) * other + (1 - value) * third
    assert (confounder @ confounder, confounder @ treatment) == pytest.approx((1, sqrt(value)))
    left = confounder - (confounder @ treatment) * treatment
    assert (left @ other) ** 2 / (left @ left) == pytest.approx(value)
    coefficient = np.linalg.lstsq(np.column_stack([treatment, confounder]), y, rcond=None)[0][0]
    assert coefficient == pytest.approx(0, abs=1e-12)


def test_sign_of_t_does_not_matter_and_larger_is_stronger():
    for alpha in (None, 0.05):
        values = [robustness_value(t, 50, alpha) for t in (0, 1, 2, 3, 10, 100, 1e6)]
        assert values == sorted(values)
        assert values[0] == 0 and values[-1] == pytest.approx(1)
        assert values == [robustness_value(-t, 50, alpha) for t in (0, 1, 2, 3, 10, 100, 1e6)]


def test_a_very_large_t_keeps_its_digits():
    # 1 - RV is near 1 / f^2
    assert 1 - robustness_value(1e6, 1e4) == pytest.approx(1e-8, rel=1e-6)
    assert robustness_value(1e12, 4) == 1


@pytest.mark.parametrize("df", [3, 40, 783])
def test_with_alpha_it_is_nothing_just_where_the_limit_is(df):
    edge = sqrt(df) * stats.t.isf(0.025, df - 1) / sqrt(df - 1)
    assert robustness_value(edge * 0.999, df, 0.05) == 0
    assert 0 < robustness_value(edge * 1.001, df, 0.05) < robustness_value(edge * 1.001, df)
    assert robustness_value(edge * 1.001, df, 0.01) == 0


def test_what_is_undefined_stays_so():
    for t, df in ((nan, 10), (2, nan), (2, 1), (2, 0)):
        assert isnan(robustness_value(t, df)) and isnan(robustness_value(t, df, 0.05))
    assert isnan(partial_r_squared(nan, 10))


@pytest.mark.parametrize("seed", range(6))
def test_the_strongest_covariate_is_what_its_absence_leaves_unexplained(seed):
    y, treated, x, _, weights = random_sets(seed, covariates=3)
    columns = list(x.T)
    shares = []
    for column in range(3):
        others = columns[:column] + columns[column + 1 :]
        of_treatment = 1 - unexplained(treated, columns, weights) / unexplained(treated, others, weights)
        of_outcome = 1 - unexplained(y, [*columns, treated], weights) / unexplained(y, [*others, treated], weights)
        shares.append((of_treatment, of_outcome))
    best = max(range(3), key=lambda column: min(shares[column]))
    found = strongest_covariate(y, treated, x, weights)
    assert found.column == best
    assert (found.with_treatment, found.with_outcome) == pytest.approx(shares[best])


def test_the_strongest_covariate_does_not_depend_on_order_units_and_rows_without_weight():
    y, treated, x, _, weights = random_sets(8, covariates=3)
    weights[:5] = 0
    first = strongest_covariate(y, treated, x, weights)
    order, places = np.random.default_rng(8).permutation(len(y)), [2, 0, 1]
    other = strongest_covariate(9 - 4 * y[order], treated[order], 100 + 7 * x[order][:, places], 1000 * weights[order])
    assert places[other.column] == first.column
    found = strongest_covariate(y[5:], treated[5:] == 1, x[5:], weights[5:])
    for one in (other, found):
        shares = (one.with_treatment, one.with_outcome)
        assert shares == pytest.approx((first.with_treatment, first.with_outcome))


def test_without_independent_columns_or_anything_left_none_is_strongest():
    y, treated, x, _, weights = random_sets(9)
    for wrong in (np.column_stack([x, x.sum(axis=1)]), np.column_stack([x, np.full(len(y), 3)]), treated[:, None]):
        assert strongest_covariate(y, treated, wrong, weights) is None
    assert strongest_covariate(x[:, 0] + treated, treated, x, weights) is None
    assert strongest_covariate(y[:4], treated[:4], x[:4], weights[:4]) is None
