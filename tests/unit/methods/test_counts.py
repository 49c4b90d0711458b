from itertools import product
from math import isnan, nan

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.contingency_tables import SquareTable, mcnemar

from effectstudie.methods import counts
from effectstudie.methods.counts import chi_squared, compare_counts, fisher_exact, marginal_change


def test_chi_squared_by_hand():
    # all expected counts 10, all deviations 5: 4 * 25 / 10 = 10; V = sqrt(10 / 40)
    result = chi_squared([[15, 5], [5, 15]])
    assert (result.statistic, result.df, result.n, result.cramers_v) == (10, 1, 40, 0.5)
    assert result.p == pytest.approx(0.001565402258)  # chi squared table; Yates would give .0044


def test_chi_squared_of_more_classes_is_n_times_the_squared_shares_less_one():
    table = np.array([[10, 20, 5, 3], [30, 12, 8, 9], [2, 7, 7, 1]])
    rows, columns, n = table.sum(axis=1), table.sum(axis=0), table.sum()
    expected = n * ((table**2 / np.outer(rows, columns)).sum() - 1)
    result = chi_squared(table)
    assert (result.statistic, result.df) == (pytest.approx(expected), 6)
    assert result.cramers_v == pytest.approx((expected / n / 2) ** 0.5)


def test_groups_that_do_not_differ_have_a_chi_squared_of_exactly_nought():
    result = chi_squared([[1, 2], [2, 4]])
    assert (result.statistic, result.p, result.cramers_v) == (0, 1, 0)


def test_classes_that_nobody_has_drop_out():
    full = chi_squared([[15, 5], [5, 15]])
    assert chi_squared([[15, 0, 5], [5, 0, 15]]) == full
    assert chi_squared([[15, 5], [0, 0], [5, 15]]) == full


def test_fisher_of_the_lady_tasting_tea():
    result = fisher_exact([[3, 1], [1, 3]])
    assert result.p == pytest.approx(34 / 70)
    assert isnan(result.statistic)
    assert isnan(result.df)


def test_fisher_above_two_by_two_by_hand():
    # 5 units, one a class but the last with 3; rows 3 and 2: tables weigh C(1,a)C(1,b)C(3,3-a-b) of 10:
    # (0,0,3) 1, (1,0,2) 3, (0,1,2) 3, (1,1,1) 3; observed (0,0,3) is the only one as rare
    assert fisher_exact([[0, 0, 3], [1, 1, 0]]).p == pytest.approx(0.1)
    assert fisher_exact([[1, 0, 2], [0, 1, 1]]).p == pytest.approx(1)


def test_fisher_only_where_an_expected_count_is_under_five():
    assert compare_counts([[5, 5], [5, 5]]).analysis == "chi_squared"
    assert compare_counts([[4, 5], [5, 5]]).analysis == "fisher_exact"
    # observed zeros do not matter, expected counts do
    assert compare_counts([[20, 0], [0, 20]]).analysis == "chi_squared"
    # an empty class has expected counts of 0, and drops out first
    assert compare_counts([[10, 0, 10], [10, 0, 10]]).analysis == "chi_squared"


def test_larger_tables_can_keep_pearson_with_a_note():
    table = [[20, 1, 9], [20, 2, 8]]
    assert compare_counts(table).analysis == "fisher_exact"
    result = compare_counts(table, "2x2")
    assert result.p == chi_squared(table).p
    assert result.note == "2 of 6 expected counts are under 5"
    assert compare_counts([[4, 5], [5, 5]], "2x2").analysis == "fisher_exact"


@pytest.mark.parametrize("table", [[[3, 4], [0, 0]], [[3, 0], [4, 0]], [[0, 0], [0, 0]], [[], []]])
@pytest.mark.parametrize("test", [chi_squared, fisher_exact, compare_counts])
def test_table_without_two_groups_and_classes_is_undefined(table, test):
    result = test(table)
    assert (result.note, result.reason) == ("fewer than 2 groups or classes hold a count", "classes")
    assert all(isnan(x) for x in (result.statistic, result.df, result.p, result.cramers_v))


@pytest.mark.parametrize("table", [[[1, -1], [2, 2]], [[1, 0.5], [2, 2]], [[1, nan], [2, 2]], [1, 2]])
def test_table_that_holds_no_counts_is_refused(table):
    with pytest.raises(ValueError, match="rows and columns of whole numbers from 0"):
        chi_squared(table)


def test_unknown_choices_are_refused():
    with pytest.raises(ValueError, match="fisher_for is 'none'; allowed are 'all' and '2x2'"):
        compare_counts([[1, 2], [3, 4]], "none")
    with pytest.raises(ValueError, match="test is 'kappa'; allowed are 'stuart_maxwell' and 'bowker'"):
        marginal_change([[1, 2], [3, 4]], "kappa")
    with pytest.raises(ValueError, match="same classes before"):
        marginal_change([[1, 2, 3], [3, 4, 5]])


def test_mcnemar_by_hand():
    # 5 leave, none enters: 2 / 2 ** 5
    result = marginal_change([[3, 5], [0, 4]])
    assert result.analysis == "mcnemar_exact"
    assert (result.statistic, result.df, result.n) == pytest.approx((5, 1, 12))
    assert result.p == pytest.approx(2 / 32)


def test_two_used_classes_of_three_are_mcnemar():
    result = marginal_change([[3, 0, 15], [0, 0, 0], [22, 0, 4]])
    assert result.p == pytest.approx(mcnemar([[3, 15], [22, 4]], exact=True).pvalue)
    assert result.analysis == "mcnemar_exact"


@pytest.mark.parametrize(
    ("table", "name"),
    [([[3, 0], [0, 4]], "mcnemar"), ([[0, 0], [0, 4]], "mcnemar"), ([[0, 0], [0, 0]], "mcnemar"),
     ([[3, 0, 0], [0, 0, 0], [0, 0, 4]], "mcnemar"), ([[3, 0, 0], [0, 2, 0], [0, 0, 4]], "stuart_maxwell")],
)  # fmt: skip
def test_a_test_that_is_undefined_has_the_name_of_the_test_that_it_would_be(table, name):
    result = marginal_change(table)
    assert result.analysis == name and np.isnan(result.p)


def test_exact_change_over_three_classes_by_hand():
    # one unit 0 -> 1, two units 0 -> 2: statistics 1/1 + 4/2 = 3; only the second pair can give less (0, p 1/2)
    table = [[4, 1, 2], [0, 3, 0], [0, 0, 5]]
    for test in ("stuart_maxwell", "bowker"):
        result = marginal_change(table, test)
        assert result.analysis == f"{test}_exact"
        assert (result.statistic, result.df) == pytest.approx((3, 2))
        assert result.p == pytest.approx(0.5)


def every_direction(table):
    """All 2 ** m tables in which each unit that changed class could also have moved the other way."""
    moves = [(i, j) for (i, j), count in np.ndenumerate(table) if i != j for _ in range(count)]
    for turned in product([False, True], repeat=len(moves)):
        other = np.diag(np.diag(table)).astype(float)
        for (i, j), turn in zip(moves, turned, strict=True):
            other[(j, i) if turn else (i, j)] += 1
        yield other


@pytest.mark.parametrize("table", [[[5, 1, 0], [3, 4, 0], [2, 1, 6]], [[2, 2, 1], [0, 1, 3], [1, 0, 2]]])
@pytest.mark.parametrize(("test", "method"), [("stuart_maxwell", "homogeneity"), ("bowker", "symmetry")])
def test_exact_change_equals_turning_every_unit_one_by_one(table, test, method):
    table = np.array(table)

    def statistic(counts):
        return getattr(SquareTable(counts, shift_zeros=False), method)().statistic

    observed = statistic(table.astype(float))
    extreme = [statistic(other) >= observed - 1e-9 for other in every_direction(table)]
    result = marginal_change(table, test)
    assert result.statistic == pytest.approx(observed)
    assert result.p == pytest.approx(np.mean(extreme))


def test_exact_change_agrees_with_simulation_where_the_pairs_are_many():
    table = np.array([[20, 6, 3], [14, 30, 5], [9, 2, 16]])
    moved, rng = (table + table.T)[np.triu_indices(3, 1)], np.random.default_rng(5)
    drawn = rng.binomial(moved, 0.5, size=(40_000, 3))
    drawn = np.vstack([table[np.triu_indices(3, 1)], drawn])
    back = moved - drawn
    d = np.column_stack([(drawn - back)[:, 0] + (drawn - back)[:, 1], (drawn - back)[:, 2] - (drawn - back)[:, 0]])
    v = np.array([[moved[0] + moved[1], -moved[0]], [-moved[0], moved[0] + moved[2]]])
    value = np.einsum("ij,jk,ik->i", d, np.linalg.inv(v), d)
    result = marginal_change(table)
    assert result.analysis == "stuart_maxwell_exact"
    assert result.statistic == pytest.approx(value[0])
    assert result.p == pytest.approx((value[1:] >= value[0] - 1e-9).mean(), abs=0.006)


@pytest.mark.parametrize(("test", "method"), [("stuart_maxwell", "homogeneity"), ("bowker", "symmetry")])
def test_large_tables_of_change_equal_statsmodels(test, method):
    table = np.array([[20, 11, 14, 12], [26, 30, 12, 11], [31, 25, 40, 17], [14, 13, 18, 9]])
    want = getattr(SquareTable(table.astype(float), shift_zeros=False), method)()
    result = marginal_change(table, test)
    assert result.analysis == test
    assert (result.statistic, result.df) == pytest.approx((want.statistic, want.df))
    assert result.p == pytest.approx(want.pvalue)


def test_class_that_nobody_leaves_or_enters_drops_out():
    table = [[30, 22, 0], [40, 18, 0], [0, 0, 9]]
    assert marginal_change(table).statistic == pytest.approx(marginal_change([[30, 22], [40, 18]]).statistic)
    assert marginal_change(table).df == 1


def test_change_between_separate_classes_has_a_degree_of_freedom_each():
    # 0 <-> 1 and 2 <-> 3 only: two McNemar statistics add up
    table = [[5, 30, 0, 0], [12, 5, 0, 0], [0, 0, 5, 20], [0, 0, 16, 5]]
    result = marginal_change(table)
    assert result.statistic == pytest.approx(18**2 / 42 + 4**2 / 36)
    assert result.df == 2


def test_no_change_is_undefined():
    result = marginal_change([[5, 0, 0], [0, 7, 0], [0, 0, 3]])
    assert (result.n, result.note, result.reason) == (15, "nobody changes class", "still")
    assert isnan(result.p)
    assert isnan(result.statistic)
    empty = marginal_change([[0, 0], [0, 0]])
    assert (empty.note, empty.reason) == ("no complete pairs", "pairs")


def test_balanced_change_has_p_one():
    assert marginal_change([[5, 2, 1], [2, 5, 3], [1, 3, 5]]).p == pytest.approx(1)


def test_too_many_splits_give_the_asymptotic_p_with_a_note(monkeypatch):
    monkeypatch.setattr(counts, "LARGEST_ENUMERATION", 100)
    table = [[5, 6, 1], [3, 4, 4], [2, 5, 6]]
    result = marginal_change(table)
    assert result.analysis == "stuart_maxwell"
    assert result.note == "small counts, but too many splits to enumerate: the p is asymptotic"
    assert result.p == pytest.approx(stats.chi2.sf(result.statistic, 2))


def test_fewer_than_25_changes_are_exact_even_where_every_expected_count_is_five():
    # 10 units between 0 and 1, 10 between 1 and 2 (expected 5 each), all one way: p of 2 / 2 ** 10 twice
    result = marginal_change([[9, 10, 0], [0, 9, 10], [0, 0, 9]])
    assert result.analysis == "stuart_maxwell_exact"
    assert result.p == pytest.approx(4 / 2**20)
    # 26 units between the same classes are enough for the asymptotic test
    assert marginal_change([[9, 13, 0], [0, 9, 13], [0, 0, 9]]).analysis == "stuart_maxwell"
