from math import inf, isnan, nan, sqrt

import numpy as np
import pytest
from scipy import stats

from effectstudie.methods.clustered import cr2, household_means, random_intercept
from effectstudie.shared.errors import InputError

pytestmark = pytest.mark.filterwarnings("error")

ONES = "the outcome does not vary"
METHODS = ("household means", "cr2", "random intercept")


def rows(*groups):
    """y, group and household of households given as lists of their members, those of group 1 first."""
    listed = [(y, 1 - i, f"{i}{j}") for i, group in enumerate(groups) for j, y in enumerate(group)]
    y = np.concatenate([np.asarray(members, dtype=float) for members, _, _ in listed])
    group = np.concatenate([np.full(len(members), side) for members, side, _ in listed])
    household = np.concatenate([np.full(len(members), int(code)) for members, _, code in listed])
    return y, group, household


def with_ones(*columns):
    return np.column_stack([np.ones(len(columns[0])), *columns])


def difference(method, y, group, household):
    if method == "household means":
        return household_means(y, group, household)
    return {"cr2": cr2, "random intercept": random_intercept}[method](y, with_ones(group), household, 1)


def random_households(seed, sizes=(1, 2, 3, 4, 5), households=20, icc=0.3):
    rng = np.random.default_rng(seed)
    size = rng.choice(sizes, households)
    household = np.repeat(rng.permutation(100)[:households], size)
    group = np.repeat((np.arange(households) < households // 3).astype(int), size)
    y = np.repeat(rng.normal(size=households) * sqrt(icc), size) + rng.normal(size=len(group)) * sqrt(1 - icc)
    return y, group, household, rng.normal(size=len(group)), rng.uniform(0.2, 3, len(group))


def untested(result):
    return all(isnan(x) for x in (result.se, result.df, result.t, result.p, *result.ci95))


def test_household_means_by_hand():
    # means 2, 4 and 6 against 1 and 3: variances 4 and 2, squared standard errors 4/3 and 2/2
    # df (7/3)^2 / ((4/3)^2 / 2 + 1^2 / 1) = 49/17
    result = household_means(*rows([[1, 3], [4], [6]], [[0, 2], [3]]))
    assert (result.value, result.se, result.df) == pytest.approx((2, sqrt(7 / 3), 49 / 17))
    assert result.t == pytest.approx(2 / sqrt(7 / 3))
    assert result.p == pytest.approx(2 * stats.t.sf(result.t, 49 / 17))
    half = stats.t.ppf(0.975, 49 / 17) * sqrt(7 / 3)
    assert result.ci95 == pytest.approx((2 - half, 2 + half))
    assert (result.n, result.clusters, result.note) == (7, 5, "")


def test_cr2_by_hand():
    # A household of m among the N persons of its group, residuals summing to r, adds r^2 / (N^2 (1 - m/N)):
    # r = -4, 0, 4 give 2 + 0 + 4/3, r = -1, 1 give 1/2 + 1/2.
    # Covariances of these parts: 1/8, 1/16, 1/16, their squares off the diagonal 1/384, 1/384, 1/2304 twice;
    # and 1/4, 1/4, -1/4: df (1/4 + 1/2)^2 / (80/2304 + 1/4) = 81/41
    y, group, household = rows([[1, 3], [4], [8]], [[0], [2]])
    result = cr2(y, with_ones(group), household, 1)
    assert (result.value, result.se, result.df) == pytest.approx((3, sqrt(13 / 3), 81 / 41))
    assert (result.n, result.clusters, result.note) == (6, 5, "")


def test_random_intercept_by_hand():
    # households of one size: the pooled t test of their means 2 and 6 against 1 and 4, variances 8 and 4.5
    y, group, household = rows([[1, 3], [5, 7]], [[0, 2], [3, 5]])
    result = random_intercept(y, with_ones(group), household, 1)
    assert (result.value, result.se, result.df) == pytest.approx((1.5, 2.5, 2))
    assert (result.n, result.clusters, result.note) == (8, 4, "")


def test_random_intercept_is_least_squares_where_households_do_not_differ():
    y, group, household = rows([[1, 7], [2, 8], [6, 2]], [[0, 6], [5, 0], [1, 7]])
    result = random_intercept(y, with_ones(group), household, 1)
    assert result.note == "variance between households is 0"
    assert result.t == pytest.approx(stats.ttest_ind(y[group == 1], y[group == 0]).statistic)
    assert result.df == 6 - 2


@pytest.mark.parametrize("seed", range(5))
def test_random_intercept_has_the_highest_restricted_likelihood(seed):
    y, group, household, age, _ = random_households(seed, icc=0.5)
    X = with_ones(group, age)
    together = household[:, None] == household

    def fit(ratio):
        inverse = np.linalg.inv(np.eye(len(y)) + ratio * together)
        information = X.T @ inverse @ X
        coefficients = np.linalg.solve(information, X.T @ inverse @ y)
        left = y - X @ coefficients
        df, squares = len(y) - X.shape[1], left @ inverse @ left
        logs = np.linalg.slogdet(information)[1] - np.linalg.slogdet(inverse)[1]
        return logs + df * np.log(squares), coefficients, squares / df * np.linalg.inv(information)

    ratios = np.linspace(0, 5, 2001)
    _, coefficients, variance = fit(min(ratios, key=lambda ratio: fit(ratio)[0]))
    result = random_intercept(y, X, household, 1)
    assert (result.value, result.se) == pytest.approx((coefficients[1], sqrt(variance[1, 1])), rel=2e-3)


def test_households_of_one_make_cr2_the_hc2_of_least_squares():
    y, group, household, age, _ = random_households(1, sizes=[1], households=12)
    X = with_ones(group, age)
    inverse = np.linalg.inv(X.T @ X)
    residuals = y - X @ inverse @ X.T @ y
    leverage = np.diag(X @ inverse @ X.T)
    hc2 = inverse @ (X.T * residuals**2 / (1 - leverage)) @ X @ inverse
    for column in range(3):
        result = cr2(y, X, household, column)
        assert result.value == pytest.approx((inverse @ X.T @ y)[column])
        assert result.se == pytest.approx(sqrt(hc2[column, column]))


def test_households_of_one_make_household_means_welchs_test_of_persons():
    y, group, household, _, _ = random_households(2, sizes=[1], households=12)
    welch = stats.ttest_ind(y[group == 1], y[group == 0], equal_var=False)
    result = household_means(y, group, household)
    assert (result.t, result.df, result.p) == pytest.approx((welch.statistic, welch.df, welch.pvalue))
    # and CR2 without covariates has the same standard error
    assert result.se == pytest.approx(cr2(y, with_ones(group), household, 1).se)


def test_households_of_one_make_the_random_intercept_least_squares_and_say_so():
    y, group, household, _, _ = random_households(3, sizes=[1], households=12)
    ordinary = stats.ttest_ind(y[group == 1], y[group == 0])
    result = random_intercept(y, with_ones(group), household, 1)
    assert (result.t, result.df, result.p) == pytest.approx((ordinary.statistic, 10, ordinary.pvalue))
    assert result.note == "every household has one member: ordinary least squares"


@pytest.mark.parametrize("seed", range(10))
def test_order_of_rows_changes_nothing_at_all(seed):
    y, group, household, age, weights = random_households(seed)
    y = np.round(y, 1)  # with ties
    order = np.random.default_rng(seed).permutation(len(y))
    X = with_ones(group, age)
    first = (
        household_means(y, group, household),
        cr2(y, X, household, 1),
        cr2(y, X, household, 1, weights),
        random_intercept(y, X, household, 1),
    )
    y, group, household, X, weights = (x[order] for x in (y, group, household, X, weights))
    second = (
        household_means(y, group, household),
        cr2(y, X, household, 1),
        cr2(y, X, household, 1, weights),
        random_intercept(y, X, household, 1),
    )
    assert repr(first) == repr(second)


@pytest.mark.parametrize("method", METHODS)
def test_other_codes_of_households_change_nothing(method):
    y, group, household, _, _ = random_households(4)
    first, second = (difference(method, y, group, codes) for codes in (household, 2**60 - household))
    for name in ("value", "se", "df", "t", "p"):
        assert getattr(first, name) == pytest.approx(getattr(second, name), rel=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_another_unit_of_the_outcome_changes_no_test(method):
    y, group, household, _, _ = random_households(5)
    first, second = (difference(method, outcome, group, household) for outcome in (y, 1e6 * y + 1e7))
    assert (first.t, first.df, first.p) == pytest.approx((second.t, second.df, second.p), rel=1e-8)
    assert 1e6 * first.value == pytest.approx(second.value, rel=1e-8)


@pytest.mark.parametrize("method", METHODS)
def test_three_persons_in_a_group_have_a_test(method):
    y, group, household = rows([[1, 2], [5]], [[0], [3], [4, 1], [2, 6, 3]])
    result = difference(method, y, group, household)
    assert not untested(result)
    assert result.se > 0
    assert 0 < result.p < 1


@pytest.mark.parametrize("method", METHODS)
def test_three_persons_of_one_household_are_no_group(method):
    y, group, household = rows([[1, 2, 5]], [[0], [3], [4, 1], [2, 6, 3]])
    result = difference(method, y, group, household)
    assert untested(result)
    assert result.note.startswith("fewer than 2 households in a group")
    assert (result.n, result.clusters) == (10, 5)


def test_difference_with_a_single_household_is_still_described():
    y, group, household = rows([[1, 2, 6]], [[0], [2]])
    assert household_means(y, group, household).value == 2
    assert cr2(y, with_ones(group), household, 1).value == pytest.approx(2)
    assert isnan(random_intercept(y, with_ones(group), household, 1).value)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("value", [0, 0.1, 1e6 / 3])
def test_constant_outcome_is_undefined_even_with_rounding_error(method, value):
    y, group, household = rows([[value] * 3, [value]], [[value] * 5, [value] * 2, [value] * 3])
    result = difference(method, y, group, household)
    assert untested(result)
    assert (result.value, result.note) == (0, ONES)


@pytest.mark.parametrize("method", METHODS)
def test_difference_without_any_variation_is_undefined_not_infinite(method):
    y, group, household = rows([[0.3, 0.3], [0.3]], [[0.1], [0.1] * 3, [0.1]])
    result = difference(method, y, group, household)
    assert untested(result)
    assert result.value == pytest.approx(0.2)
    assert result.note in (
        "all household means are equal within each group",
        "no variation is left around the fitted values",
    )


@pytest.mark.parametrize("method", METHODS)
def test_group_without_variation_leaves_a_test(method):
    y, group, household = rows([[0, 0], [0], [0]], [[1, 2], [4, 3], [0], [2, 7]])
    result = difference(method, y, group, household)
    assert not untested(result)
    assert result.se > 0


def test_group_of_equal_household_means_is_noted():
    result = household_means(*rows([[1, 3], [2]], [[0], [5], [1]]))
    assert result.note == "all household means of one group are equal"
    assert (result.value, result.se, result.df) == pytest.approx((0, sqrt(7 / 3), 2))


def test_households_that_do_not_differ_leave_no_standard_error():
    y, group, household = rows([[1, 3], [0, 4]], [[5, 5], [2, 8], [1, 9]])
    for method in ("household means", "cr2"):
        result = difference(method, y, group, household)
        assert untested(result)
        assert result.value == pytest.approx(-3)
    assert result.note == "no variation is left between households"
    assert difference("random intercept", y, group, household).note == "variance between households is 0"


def test_random_intercept_needs_variation_within_households():
    y, group, household = rows([[1, 1], [4, 4, 4]], [[0], [3, 3], [5]])
    result = random_intercept(y, with_ones(group), household, 1)
    assert untested(result)
    assert isnan(result.value)
    assert result.note == "no variation is left within households"


@pytest.mark.parametrize("function", [cr2, random_intercept])
def test_collinear_columns_are_undefined(function):
    y, group, household, age, _ = random_households(6)
    for X in (with_ones(group, 1 - group), with_ones(age, 0 * age), with_ones(age, 1000 * age + 3)):
        result = function(y, X, household, 1)
        assert untested(result)
        assert isnan(result.value)
        assert result.note == "the columns of X are collinear"


@pytest.mark.parametrize("function", [cr2, random_intercept])
def test_years_and_incomes_are_not_collinear(function):
    y, group, household, age, _ = random_households(7)
    plain = function(y, with_ones(group, age), household, 1)
    scaled = function(y, with_ones(group, 2022 + age), household, 1)
    assert (plain.t, plain.df) == pytest.approx((scaled.t, scaled.df), rel=1e-8)


@pytest.mark.parametrize("function", [cr2, random_intercept])
def test_one_household_has_no_test(function):
    y = np.arange(4.0)
    result = function(y, with_ones([0, 1, 0, 1]), np.zeros(4, int), 1)
    assert untested(result)
    assert (result.n, result.clusters, result.note) == (4, 1, "fewer than 2 households")


@pytest.mark.parametrize("function", [cr2, random_intercept])
def test_no_more_persons_than_columns_leave_no_error(function):
    for n in (0, 1, 2):
        result = function(np.arange(n), np.ones((n, 2)), np.arange(n), 1)
        assert untested(result)
        assert (result.n, result.note) == (n, "no degrees of freedom are left for error")


def test_random_intercept_needs_more_households_than_columns():
    y = np.array([1.0, 4, 2, 8, 5, 7, 1, 3])
    household = np.repeat([0, 1, 2, 3], 2)
    X = with_ones([1, 1, 1, 1, 0, 0, 0, 0], [1, 2, 4, 3, 2, 2, 1, 1], [0, 1, 0, 1, 0, 1, 1, 0])
    result = random_intercept(y, X, household, 1)
    assert untested(result)
    assert result.note == "no more households than columns of X"


@pytest.mark.parametrize("group", [[], [1, 1, 1], [0, 0, 0]])
def test_empty_group_has_no_household_means(group):
    result = household_means(np.arange(len(group)), group, np.arange(len(group)))
    assert untested(result)
    assert isnan(result.value)
    assert result.note == "fewer than 2 households in a group"


def test_household_in_both_groups_is_refused():
    with pytest.raises(InputError, match="1 households have members in both groups; one group a household is allowed"):
        household_means([1, 2, 3, 4], [0, 1, 0, 1], [1, 1, 2, 3])


def test_group_may_differ_within_a_cluster_of_cr2():
    # matched pairs: the paired t test of the differences 1, 3 and 5
    y, group, pair = np.array([1, 2, 0, 3, 4, 9]), np.array([0, 1] * 3), np.repeat([0, 1, 2], 2)
    result = cr2(y, with_ones(group), pair, 1)
    assert (result.value, result.se, result.df) == pytest.approx((3, 2 / sqrt(3), 2))


@pytest.mark.parametrize("bad", [nan, inf])
def test_missing_numbers_are_refused(bad):
    y, group, household = rows([[1, 3], [5]], [[0, 2], [3]])
    X, spoiled = with_ones(group), np.array([bad, *y[1:]])
    for call in (
        lambda: household_means(spoiled, group, household),
        lambda: household_means(y, spoiled, household),
        lambda: household_means(y, group, spoiled),
        lambda: cr2(spoiled, X, household, 1),
        lambda: cr2(y, with_ones(spoiled), household, 1),
        lambda: cr2(y, X, spoiled, 1),
        lambda: cr2(y, X, household, 1, spoiled),
        lambda: random_intercept(spoiled, X, household, 1),
    ):
        with pytest.raises(ValueError, match="missing or infinite"):
            call()


def test_input_of_another_shape_is_refused():
    y, group, household = rows([[1, 3], [5]], [[0, 2], [3]])
    for call in (
        lambda: household_means(y, group[1:], household),
        lambda: cr2(y, group, household, 1),
        lambda: cr2(y, with_ones(group), household[1:], 1),
        lambda: cr2(y, with_ones(group), household, 2),
        lambda: random_intercept(y[1:], with_ones(group), household, 1),
    ):
        with pytest.raises(ValueError, match="shape"):
            call()
    with pytest.raises(ValueError, match="0 and 1"):
        household_means(y, group + 1, household)


def test_size_of_the_weights_as_a_whole_does_not_matter():
    y, group, household, age, weights = random_households(8)
    X = with_ones(group, age)
    first, second = cr2(y, X, household, 1, weights), cr2(y, X, household, 1, 1000 * weights)
    assert (first.value, first.se, first.df) == pytest.approx((second.value, second.se, second.df), rel=1e-12)
    first, second = cr2(y, X, household, 1), cr2(y, X, household, 1, np.full(len(y), 7))
    assert (first.value, first.se, first.df) == pytest.approx((second.value, second.se, second.df), rel=1e-12)


def test_rows_of_weight_zero_are_not_there():
    y, group, household, age, weights = random_households(9)
    X = with_ones(group, age)
    weights[[0, 3, 10]] = 0
    weights[household == household[-1]] = 0
    kept = weights > 0
    without = cr2(y[kept], X[kept], household[kept], 1, weights[kept])
    assert cr2(y, X, household, 1, weights) == without
    assert without.n == kept.sum()


def test_negative_weights_are_refused():
    y, group, household = rows([[1, 3], [5]], [[0, 2], [3]])
    with pytest.raises(ValueError, match="below 0"):
        cr2(y, with_ones(group), household, 1, [1, 1, 1, 1, 1, -1])
