"""Counts: group differences in a table of classes, and change of class within a group.

Tables hold whole counts from 0 (lists or arrays); other numbers are a ValueError.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import nan

import numpy as np
from scipy import stats
from scipy.stats import contingency

from effectstudie.methods.estimate import Reason

SMALL_EXPECTED = 5

SMALL_DISCORDANT = 25

# All splits of the units that change class are looked at one by one up to this number: about a second and 100 MB.
LARGEST_ENUMERATION = 1_000_000

Table = Sequence[Sequence[int]] | np.ndarray


@dataclass(frozen=True)
class CountTest:
    """`analysis` names the test that was made; Fisher's has no `statistic` and `df`."""

    analysis: str
    n: int
    statistic: float = nan
    df: float = nan
    p: float = nan
    cramers_v: float = nan
    note: str = ""
    reason: Reason = ""


def _counts(table: Table) -> np.ndarray:
    counts = np.asarray(table, dtype=float)
    if counts.ndim != 2 or (counts < 0).any() or (counts % 1 != 0).any():
        raise ValueError("A table of counts has rows and columns of whole numbers from 0.")
    return counts


def _without_empty(counts: np.ndarray) -> np.ndarray:
    return counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]


def chi_squared(table: Table) -> CountTest:
    """Pearson's (1900) sum of (count - expected)^2 / expected, without Yates's correction; rows: groups.

    Rows and columns without any count drop out; df = (rows - 1)(columns - 1). Cramér's (1946) V, from 0 to 1:
    sqrt(chi squared / (n (the smaller of rows and columns - 1))).

    >>> test = chi_squared([[10, 20], [20, 10]])  # all expected counts are 15: 4 x 25 / 15, V = sqrt(6.667 / 60)
    >>> test.statistic, test.cramers_v
    (6.667, 0.333)
    """
    counts = _without_empty(_counts(table))
    n = int(counts.sum())
    if min(counts.shape) < 2:
        return CountTest("chi_squared", n, note="fewer than 2 groups or classes hold a count", reason="classes")
    pearson = stats.chi2_contingency(counts, correction=False)
    cramers_v = float(contingency.association(counts.astype(int), method="cramer"))
    return CountTest("chi_squared", n, float(pearson.statistic), pearson.dof, float(pearson.pvalue), cramers_v)


def fisher_exact(table: Table) -> CountTest:
    """Fisher's (1935) exact test, above 2 x 2 through R; Cramér's V from Pearson's chi squared.

    p: the chance, given the sums of rows and columns, of all tables that are no likelier than this one.

    >>> fisher_exact([[3, 1], [1, 3]]).p  # Fisher's tea: 34 / 70
    0.4857
    """
    pearson = chi_squared(table)
    exact = CountTest("fisher_exact", pearson.n, cramers_v=pearson.cramers_v, note=pearson.note, reason=pearson.reason)
    if pearson.note:
        return exact
    counts = _without_empty(_counts(table)).astype(int)
    if counts.shape == (2, 2):
        return replace(exact, p=float(stats.fisher_exact(counts).pvalue))
    from effectstudie.shared.r_bridge import fisher_p  # starts R

    return replace(exact, p=min(1.0, fisher_p(counts.tolist())))


def compare_counts(table: Table, fisher_for: str = "all") -> CountTest:
    """Pearson's chi squared, or Fisher's exact test where an expected count is under 5 (Cochran 1954).

    `fisher_for`: `all` tables, or `2x2` only, as SPSS does without its module Exact Tests: a larger table
    then keeps Pearson's test, and the note counts the small cells.

    >>> compare_counts([[10, 20], [20, 10]]).analysis, compare_counts([[3, 1], [1, 3]]).analysis
    ('chi_squared', 'fisher_exact')
    """
    if fisher_for not in ("all", "2x2"):
        raise ValueError(f"fisher_for is {fisher_for!r}; allowed are 'all' and '2x2'.")
    pearson = chi_squared(table)
    if pearson.note:
        return pearson
    expected = contingency.expected_freq(_without_empty(_counts(table)))
    small = int((expected < SMALL_EXPECTED).sum())
    if not small:
        return pearson
    if fisher_for == "all" or expected.shape == (2, 2):
        return fisher_exact(table)
    return replace(pearson, note=f"{small} of {expected.size} expected counts are under {SMALL_EXPECTED}")


def marginal_change(table: Table, test: str = "stuart_maxwell") -> CountTest:
    """Change of class between two measurements of the same units: rows before, columns after, k x k.

    `stuart_maxwell` (Stuart 1955, Maxwell 1970) tests whether the share of any class changes: d'V^-d, d the differences
    between the sums of rows and columns and V their covariance (Agresti 2013, 11.3.1); the inverse is generalised, so
    that classes which nobody leaves or enters drop out. `bowker` (1948) tests symmetry: the sum of
    (n_ij - n_ji)^2 / (n_ij + n_ji). For two classes, or two that anybody is in, both are McNemar's (1947) test and are
    called so (`mcnemar`), here always exact.

    With fewer than 25 units that change class, or an expected count (half of n_ij + n_ji) under 5, the p is exact:
    given how many units move between each two classes, each moves either way with probability 1/2, and all splits are
    enumerated. Beyond a million splits the asymptotic p stands, with a note. Where p is exact, `analysis` ends in
    `_exact`. ValueError for a table that is not square.

    >>> sight = [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]
    >>> marginal_change(sight).statistic  # of the right and left eye, by Stuart (1955)
    11.96
    """
    counts = _counts(table)
    if counts.shape[0] != counts.shape[1]:
        raise ValueError("A table of change has the same classes before (rows) and after (columns).")
    if test not in ("stuart_maxwell", "bowker"):
        raise ValueError(f"test is {test!r}; allowed are 'stuart_maxwell' and 'bowker'.")
    n = int(counts.sum())
    used = (counts.sum(axis=0) + counts.sum(axis=1)) > 0
    name = "mcnemar" if 2 in (len(counts), used.sum()) else test
    counts = counts[used][:, used]
    pairs = [(i, j) for i, j in combinations(range(len(counts)), 2) if counts[i, j] + counts[j, i]]
    if not pairs:
        if n:
            return CountTest(name, n, note="nobody changes class", reason="still")
        return CountTest(name, n, note="no complete pairs", reason="pairs")

    forward = np.array([counts[i, j] for i, j in pairs])
    moved = np.array([counts[i, j] + counts[j, i] for i, j in pairs])
    # one row per pair of classes: +1 for the class that is left, -1 for the one that is entered
    incidence = np.zeros((len(pairs), len(counts)))
    for row, (i, j) in enumerate(pairs):
        incidence[row, [i, j]] = 1, -1
    if test == "stuart_maxwell":
        covariance = incidence.T @ (moved[:, None] * incidence)
        weight = incidence @ np.linalg.pinv(covariance, hermitian=True) @ incidence.T
        df = int(np.linalg.matrix_rank(covariance, hermitian=True))
    else:
        weight, df = np.diag(1 / moved), len(pairs)

    def statistic(splits: np.ndarray) -> np.ndarray:
        difference = 2 * splits - moved
        return ((difference @ weight) * difference).sum(axis=-1)

    value = float(statistic(forward))
    asymptotic = CountTest(name, n, value, df, float(stats.chi2.sf(value, df)))
    small = moved.sum() < SMALL_DISCORDANT or (moved / 2 < SMALL_EXPECTED).any()
    if len(counts) == 2:
        p = float(stats.binomtest(int(forward[0]), int(moved[0])).pvalue)
        return replace(asymptotic, analysis=f"{name}_exact", p=p)
    if not small:
        return asymptotic
    if float(np.prod(moved + 1)) > LARGEST_ENUMERATION:
        return replace(asymptotic, note="small counts, but too many splits to enumerate: the p is asymptotic")
    splits = np.stack(np.meshgrid(*[np.arange(m + 1) for m in moved], indexing="ij"), axis=-1)
    splits = splits.reshape(-1, len(moved))
    probability = np.prod(stats.binom.pmf(splits, moved, 0.5), axis=1)
    # splits as extreme as the observed one count too, in spite of rounding
    p = min(1.0, float(probability[statistic(splits) >= value * (1 - 1e-9) - 1e-12].sum()))
    return replace(asymptotic, analysis=f"{name}_exact", p=p)
