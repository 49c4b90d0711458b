"""Weights that balance: the numbers of R, what defines the weights on random data, and targets that cannot be."""

import numpy as np
import pytest

from effectstudie.methods.balancing_weights import entropy_weights, imbalance, overlap_weights

# Four treated, six others; R 4.2.2: glm, and optim on log sum exp.
TREATED = np.array([True] * 4 + [False] * 6)
X = np.array([0.0, 1, 1, 2, 0, 1, 2, 2, 3, 4])
SCORE = 1 / (1 + np.exp(-(0.8468245 - 0.8575255 * X)))


def random_rows(seed):
    """Rows and a target among them, of a random mixture; units of the columns differ by up to 10^6."""
    random = np.random.default_rng(seed)
    n, k = random.integers(30, 300), random.integers(1, 6)
    rows = random.normal(size=(n, k)) * 10.0 ** random.integers(-3, 4, k)
    return rows, random.dirichlet(np.ones(n)) @ rows


def kish(weights):
    return weights.sum() ** 2 / (weights**2).sum()


def test_overlap_weights_are_those_of_r():
    weights = overlap_weights(SCORE, TREATED)
    assert weights[TREATED] == pytest.approx([0.300099, 0.502675, 0.502675, 0.704377], abs=1e-6)
    assert weights[~TREATED] == pytest.approx([0.699901, 0.497325, 0.295623, 0.295623, 0.151132, 0.070222], abs=1e-6)
    assert kish(weights[TREATED]) == pytest.approx(3.700541, abs=1e-6)
    assert kish(weights[~TREATED]) == pytest.approx(4.298374, abs=1e-6)
    for group in (TREATED, ~TREATED):
        assert np.average(X[group], weights=weights[group]) == pytest.approx(1.20115, abs=1e-5)
    assert weights[TREATED].sum() == pytest.approx(weights[~TREATED].sum(), abs=1e-6)
    assert imbalance(X[:, None], TREATED, weights) < 1e-6


def test_entropy_weights_are_those_of_r():
    found = entropy_weights(X[~TREATED, None], [1.0])
    expected = [2.678381, 1.371903, 0.702708, 0.702708, 0.359936, 0.184364]
    assert found.weights == pytest.approx(expected, abs=1e-6)
    assert found.multipliers == pytest.approx([0.6690135], abs=1e-6)
    assert kish(found.weights) == pytest.approx(3.526997, abs=1e-6)
    assert found.converged and found.worst <= 1e-8
    assert np.average(X[~TREATED], weights=found.weights) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("seed", range(40))
def test_entropy_weights_reach_any_means_that_rows_can_have_and_their_logarithm_is_linear(seed):
    """The two together define them: among all weights with these means there is one set of that form."""
    rows, target = random_rows(seed)
    found = entropy_weights(rows, target)
    size = rows.std(axis=0)
    assert found.converged
    assert (found.weights > 0).all() and found.weights.sum() == pytest.approx(len(rows))
    assert np.average(rows, axis=0, weights=found.weights) / size == pytest.approx(target / size, abs=1e-8)
    logarithm = np.log(found.weights)
    linear = -rows @ found.multipliers
    assert logarithm - linear == pytest.approx((logarithm - linear)[0], abs=1e-6 * max(1, np.abs(linear).max()))


def test_even_weights_where_the_means_are_right_already():
    rows, _ = random_rows(3)
    assert entropy_weights(rows, rows.mean(axis=0)).weights == pytest.approx(1)


def test_neither_units_nor_the_order_of_rows_matter():
    rows, target = random_rows(5)
    found = entropy_weights(rows, target).weights
    assert entropy_weights(rows * 1e5 + 3, target * 1e5 + 3).weights == pytest.approx(found, rel=1e-6)
    assert entropy_weights(rows[::-1], target).weights[::-1] == pytest.approx(found, rel=1e-6)


def test_a_target_outside_the_rows_is_not_reached():
    rows, _ = random_rows(2)
    found = entropy_weights(rows, rows.max(axis=0) + rows.std(axis=0))
    assert not found.converged and found.worst > 0.1


def test_a_column_that_follows_from_others_changes_nothing_where_its_target_does_too():
    rows, target = random_rows(7)
    found = entropy_weights(rows, target).weights
    double = np.column_stack([rows, 2 * rows[:, 0] + 1])
    both = entropy_weights(double, [*target, 2 * target[0] + 1])
    assert both.converged and both.weights == pytest.approx(found, rel=1e-6)
    assert not entropy_weights(double, [*target, 2 * target[0]]).converged


def test_a_constant_is_balanced_only_where_it_is_the_target():
    rows, target = random_rows(8)
    constant = np.column_stack([rows, np.full(len(rows), 0.1)])
    assert entropy_weights(constant, [*target, 0.1]).converged
    assert not entropy_weights(constant, [*target, 0.2]).converged
    assert not entropy_weights(np.zeros((5, 1)), [1.0]).converged


def test_an_indicator_that_no_treated_has_leaves_its_rows_next_to_no_weight():
    rows, _ = random_rows(9)
    missing = np.arange(len(rows)) % 5 == 0
    found = entropy_weights(missing[:, None].astype(float), [0.0])
    assert found.converged and found.weights[missing].max() < 1e-8
    assert found.weights[~missing] == pytest.approx(len(rows) / (~missing).sum())


def test_one_row_and_no_covariate():
    assert entropy_weights([[2.0]], [2.0]).weights == pytest.approx([1])
    assert entropy_weights(np.empty((3, 0)), []).weights == pytest.approx([1, 1, 1])


@pytest.mark.parametrize(
    ("rows", "target"), [([[1.0], [np.nan]], [1.0]), ([1.0, 2.0], [1.0]), ([[1.0]], [1.0, 2.0]), ([[1.0]], [np.inf])]
)
def test_numbers_that_are_none_are_refused(rows, target):
    with pytest.raises(ValueError, match="must be finite numbers"):
        entropy_weights(rows, target)


def test_imbalance_is_the_largest_difference_in_sds_of_all_rows():
    rows = np.array([[0.0, 5], [2, 5], [1, 5], [3, 5]])
    group = np.array([True, True, False, False])
    assert imbalance(rows, group, [1, 1, 3, 1]) == pytest.approx(0.5 / np.std([0, 2, 1, 3]))
    assert imbalance(rows, group, [1, 3, 3, 1]) == pytest.approx(0)
