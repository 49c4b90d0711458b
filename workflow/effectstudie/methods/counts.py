"""Counts: group differences in a table of classes, and change of class within a group.

A figure that the data do not define is NaN, and `note` says why. Tables are whole counts (lists or arrays).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import nan, sqrt

import numpy as np
from scipy import stats

from effectstudie.methods.estimate import Reason

SMALL_EXPECTED = 5

SMALL_DISCORDANT = 25


# All splits of the discordant pairs that are looked at one by one: about a second and 100 MB.
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


def _expected(counts: np.ndarray) -> np.ndarray:
    return np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()


def chi_squared(table: Table) -> CountTest:
    """Pearson's chi squared without Yates's correction; rows and columns without any count drop out."""
    counts = _without_empty(_counts(table))
    n = int(counts.sum())
    if min(counts.shape) < 2:
        return CountTest("chi_squared", n, note="fewer than 2 groups or classes hold a count", reason="classes")
    expected = _expected(counts)
    value = float(((counts - expected) ** 2 / expected).sum())
    df = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    cramers_v = sqrt(value / (n * (min(counts.shape) - 1)))
    return CountTest("chi_squared", n, value, df, float(stats.chi2.sf(value, df)), cramers_v)


def fisher_exact(table: Table) -> CountTest:
    """Fisher's exact test (two-sided), above 2 x 2 through R; Cramer's V from Pearson's chi squared."""
    pearson = chi_squared(table)
    exact = CountTest("fisher_exact", pearson.n, cramers_v=pearson.cramers_v, note=pearson.note, reason=pearson.reason)
    if pearson.note:
        return exact
    counts = _without_empty(_counts(table)).astype(int)
    if counts.shape == (2, 2):
        return replace(exact, p=float(stats.fisher_exact(counts).pvalue))
    from effectstudie.shared.r_bridge import fisher_p

    return replace(exact, p=min(1.0, fisher_p(counts.tolist())))


def compare_counts(table: Table, fisher_for: str = "all") -> CountTest:
    """Pearson's chi squared, or Fisher's exact test where an expected count is under 5.

    `fisher_for`: `all` tables, or `2x2` only, as SPSS does without its module Exact Tests: a larger table
    then keeps Pearson's test, and the note counts the small cells.
    """
    if fisher_for not in ("all", "2x2"):
        raise ValueError(f"fisher_for is {fisher_for!r}; allowed are 'all' and '2x2'.")
    pearson = chi_squared(table)
    if pearson.note:
        return pearson
    expected = _expected(_without_empty(_counts(table)))
    small = int((expected < SMALL_EXPECTED).sum())
    if not small:
        return pearson
    if fisher_for == "all" or expected.shape == (2, 2):
        return fisher_exact(table)
    return replace(pearson, note=f"{small} of {expected.size} expected counts are under {SMALL_EXPECTED}")


def marginal_change(table: Table, test: str = "stuart_maxwell") -> CountTest:
    """Change of class between two measurements of the same units: rows before, columns after, k x k.

    `test`: `stuart_maxwell` (marginal homogeneity: does the share of any class change?) or `bowker`
    (symmetry); for two classes both are McNemar's test, here always exact. With fewer than 25 units that
    change class, or an expected count (half of n_ij + n_ji) under 5, the p is exact: given how many units move
    between each two classes, each moves either way with probability 1/2, and all splits are enumerated. Beyond
    a million splits the asymptotic p stands, with a note. Where p is exact, `analysis` ends in `_exact`.
    Stuart-Maxwell is d'V^-d (Agresti 2013, 11.3.1) with the generalised inverse, so that classes which nobody
    leaves or enters drop out; V is the same for every split.
    """
    counts = _counts(table)
    if counts.shape[0] != counts.shape[1]:
        raise ValueError("A table of change has the same classes before (rows) and after (columns).")
    if test not in ("stuart_maxwell", "bowker"):
        raise ValueError(f"test is {test!r}; allowed are 'stuart_maxwell' and 'bowker'.")
    n = int(counts.sum())
    used = (counts.sum(axis=0) + counts.sum(axis=1)) > 0
    counts = counts[used][:, used]
    pairs = [(i, j) for i, j in combinations(range(len(counts)), 2) if counts[i, j] + counts[j, i]]
    if not pairs:
        if n:
            return CountTest(test, n, note="nobody changes class", reason="still")
        return CountTest(test, n, note="no complete pairs", reason="pairs")

    forward = np.array([counts[i, j] for i, j in pairs])
    moved = np.array([counts[i, j] + counts[j, i] for i, j in pairs])
    # a row a pair of classes: +1 for the class that is left, -1 for the one that is entered
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
    asymptotic = CountTest(test, n, value, df, float(stats.chi2.sf(value, df)))
    two_classes = len(counts) == 2
    small = moved.sum() < SMALL_DISCORDANT or (moved / 2 < SMALL_EXPECTED).any()
    if two_classes:
        p = float(stats.binomtest(int(forward[0]), int(moved[0])).pvalue)
        return replace(asymptotic, analysis=f"{test}_exact", p=p, note="two classes: McNemar's exact test")
    if not small:
        return asymptotic
    if float(np.prod(moved + 1)) > LARGEST_ENUMERATION:
        return replace(asymptotic, note="small counts, but too many splits to enumerate: the p is asymptotic")
    splits = np.stack(np.meshgrid(*[np.arange(m + 1) for m in moved], indexing="ij"), axis=-1)
    splits = splits.reshape(-1, len(moved))
    probability = np.prod(stats.binom.pmf(splits, moved, 0.5), axis=1)
    # splits as extreme as the observed one count too, in spite of rounding
    p = min(1.0, float(probability[statistic(splits) >= value * (1 - 1e-9) - 1e-12].sum()))
    return replace(asymptotic, analysis=f"{test}_exact", p=p)
