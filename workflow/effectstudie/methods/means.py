"""Means and percentages with their intervals, and t tests (Student 1908).

Values are plain numbers in the unit of the outcome; missing ones are NaN and left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
from scipy import optimize, special, stats

from effectstudie.methods.estimate import Reason
from effectstudie.methods.rounding_error import largest, spread

LARGEST_T = 30_000  # above it scipy has no distribution of the noncentral t: no interval


@dataclass(frozen=True)
class MeanInterval:
    """Mean, standard deviation (n - 1) and 95 % limits of one sample."""

    n: int
    mean: float = nan
    sd: float = nan
    low: float = nan
    high: float = nan


@dataclass(frozen=True)
class TTest:
    """`mean` is a mean, a mean change or a difference in means; `ci95` is around it, `d_ci95` around d.

    `n` counts the persons, and complete pairs; Cohen's d is in standard deviations `sd`.
    """

    n: int
    mean: float = nan
    sd: float = nan
    t: float = nan
    df: float = nan
    p: float = nan
    ci95: tuple[float, float] = (nan, nan)
    cohen_d: float = nan
    d_ci95: tuple[float, float] = (nan, nan)
    note: str = ""
    reason: Reason = ""


def _valid(values: Sequence[float]) -> np.ndarray:
    """Sorted, so that a sum has the same last digit whatever the order of the rows."""
    array = np.asarray(values, dtype=float)
    return np.sort(array[~np.isnan(array)])


def mean_ci(values: Sequence[float]) -> MeanInterval:
    """Mean with its 95 % interval, mean ± t(.975; n - 1) sd / sqrt(n); none below two values or without spread.

    >>> sample = mean_ci([1, 2, 3])  # 2 ± 4.303 / sqrt(3)
    >>> sample.low, sample.high
    (-0.484, 4.484)
    """
    x = _valid(values)
    if len(x) < 2:
        return MeanInterval(len(x), float(x[0]) if len(x) else nan)
    mean, sd = float(x.mean()), spread(x, largest(x))
    if sd == 0:
        return MeanInterval(len(x), mean, 0.0)
    half = float(stats.t.ppf(0.975, len(x) - 1)) * sd / sqrt(len(x))
    return MeanInterval(len(x), mean, sd, mean - half, mean + half)


def percentage_ci(count: int, n: int) -> tuple[float, float]:
    """95 % interval of `count` out of `n` in percent (Wilson 1927): exactly 0 for 0 and 100 for n; NaN where n is 0.

    (p + z^2 / 2n ± z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n), z = 1.96.

    >>> percentage_ci(81, 263)  # table I of Newcombe (1998)
    (25.53, 36.62)
    """
    if n < 1:
        return nan, nan
    limits = stats.binomtest(count, n).proportion_ci(method="wilson")
    return 100 * float(limits.low), 100 * float(limits.high)


def _noncentral_t_limits(t: float, df: float) -> tuple[float, float]:
    """Noncentralities of which |t| is the .975 and the .025 quantile, with the sign of t; NaN where t is too large."""

    def excess(noncentrality: float, target: float) -> float:
        return float(special.nctdtr(df, noncentrality, abs(t))) - target

    def limit(target: float) -> float:
        # no lower than needed: scipy's nctdtr is NaN where t is large and the noncentrality negative
        bottom = 0.0 if excess(0.0, target) >= 0 else -2.0
        top = abs(t) + 8
        while excess(top, target) > 0:
            top *= 2
        return float(optimize.brentq(excess, bottom, top, args=(target,)))

    if abs(t) > LARGEST_T:
        return nan, nan
    low, high = limit(0.975), limit(0.025)
    return (low, high) if t >= 0 else (-high, -low)


def _t_result(n: int, mean: float, sd: float, df: int, unit: float, norm: float = 0.0, note: str = "") -> TTest:
    """`unit`: the standard error in standard deviations; d = (mean - norm) / sd, its interval by noncentral t."""
    d = (mean - norm) / sd
    t = d / unit
    half = float(stats.t.ppf(0.975, df)) * sd * unit
    low, high = _noncentral_t_limits(t, df)
    p = float(2 * stats.t.sf(abs(t), df))
    return TTest(n, mean, sd, t, df, p, (mean - half, mean + half), d, (low * unit, high * unit), note)


def _one_mean(x: np.ndarray, scale: float, norm: float, too_few: str, equal: str) -> TTest:
    if len(x) < 2:
        return TTest(len(x), float(x[0]) if len(x) else nan, note=too_few, reason="pairs")
    mean, sd = float(x.mean()), spread(x, scale)
    if sd == 0:
        return TTest(len(x), mean, 0.0, note=equal, reason="spread")
    return _t_result(len(x), mean, sd, len(x) - 1, 1 / sqrt(len(x)), norm)


def one_sample_t(values: Sequence[float], norm: float) -> TTest:
    """Mean against a fixed norm, whose own uncertainty is ignored: t = (mean - norm) / (sd / sqrt(n)), df = n - 1.

    d = (mean - norm) / sd, with the interval of the noncentral t (Steiger and Fouladi 1997).

    >>> test = one_sample_t([3, 5, 7], 4)  # mean 5, sd 2: d = 1 / 2, t = sqrt(3) / 2
    >>> test.cohen_d, test.t
    (0.5, 0.866)
    """
    x = _valid(values)
    return _one_mean(x, largest(x), norm, "fewer than 2 values", "all values are equal")


def paired_t(before: Sequence[float], after: Sequence[float]) -> TTest:
    """Change (after - before) of complete pairs, as `one_sample_t` of the changes against 0; d is in their sd.

    >>> soporific = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]  # Student (1908): t = 4.06
    >>> paired_t([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], soporific).t
    4.0621
    """
    first, second = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    # the change of large equal steps carries the rounding error of the values it was taken from
    scale = largest(_valid(first), _valid(second))
    return _one_mean(
        _valid(second - first), scale, 0.0, "fewer than 2 complete pairs", "everyone changes by the same amount"
    )


def t_test(first: Sequence[float], second: Sequence[float]) -> TTest:
    """Difference of the means, first - second; `sd` is pooled (SPSS: "equal variances assumed"), df = n1 + n2 - 2.

    t = difference / (sd sqrt(1 / n1 + 1 / n2)), d = difference / sd, its interval by noncentral t.

    >>> t_test([1, 2, 3], [4, 5, 6]).t  # -3 / (1 sqrt(2 / 3))
    -3.674
    """
    a, b = _valid(first), _valid(second)
    n, difference = len(a) + len(b), float(a.mean() - b.mean()) if len(a) and len(b) else nan
    if min(len(a), len(b)) < 2:
        return TTest(n, difference, note="fewer than 2 values in a group", reason="pairs")
    scale = largest(a, b)
    spreads = spread(a, scale), spread(b, scale)
    sd = sqrt(((len(a) - 1) * spreads[0] ** 2 + (len(b) - 1) * spreads[1] ** 2) / (n - 2))
    if sd == 0:
        return TTest(n, difference, 0.0, note="all values are equal within each group", reason="spread")
    note = "all values of one group are equal: the pooled error is too small" if 0 in spreads else ""
    return _t_result(n, difference, sd, n - 2, sqrt(1 / len(a) + 1 / len(b)), note=note)
