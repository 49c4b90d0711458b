"""Means: t tests, intervals and size words; the mixed analysis of variance is in `anova`.

A figure that the data do not define is NaN, and `note` says why; it is never 0, 1 or infinite by accident.
Values are plain numbers, missing is NaN; analyses are listwise. Results do not depend on the order of rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
from scipy import optimize, special, stats

from effectstudie.methods.estimate import Reason
from effectstudie.methods.rounding_error import largest, spread


@dataclass(frozen=True)
class MeanInterval:
    """Mean, standard deviation (n - 1) and confidence limits of one sample."""

    n: int
    mean: float = nan
    sd: float = nan
    low: float = nan
    high: float = nan


@dataclass(frozen=True)
class TTest:
    """`mean` is a mean, a mean change or a difference in means; `ci95` is around it, `d_ci95` around d."""

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
    """Mean with its 95 % t interval; no interval below two values or without spread."""
    x = _valid(values)
    if len(x) < 2:
        return MeanInterval(len(x), float(x[0]) if len(x) else nan)
    mean, sd = float(x.mean()), spread(x, largest(x))
    if sd == 0:
        return MeanInterval(len(x), mean, 0.0)
    half = float(stats.t.ppf(0.975, len(x) - 1)) * sd / sqrt(len(x))
    return MeanInterval(len(x), mean, sd, mean - half, mean + half)


def percentage_ci(count: int, n: int) -> tuple[float, float]:
    """95 % Wilson interval of `count` out of `n`, in percent; stays within 0-100, defined for 0 and n too."""
    if n < 1:
        return nan, nan
    z2 = float(stats.norm.ppf(0.975)) ** 2
    centre = (count + z2 / 2) / (n + z2)
    half = sqrt(z2 * (count * (n - count) / n + z2 / 4)) / (n + z2)
    low = 0.0 if count == 0 else 100 * (centre - half)
    return low, 100.0 if count == n else 100 * (centre + half)


def _noncentral_t_limits(t: float, df: float) -> tuple[float, float]:
    """Noncentralities of which |t| is the .975 and the .025 quantile, with the sign of t."""

    def excess(noncentrality: float, target: float) -> float:
        return float(special.nctdtr(df, noncentrality, abs(t))) - target

    def limit(target: float) -> float:
        # no lower than needed: scipy's nctdtr is NaN where t is large and the noncentrality negative
        bottom = 0.0 if excess(0.0, target) >= 0 else -2.0
        top = abs(t) + 8
        while excess(top, target) > 0:
            top *= 2
        return float(optimize.brentq(excess, bottom, top, args=(target,)))

    low, high = limit(0.975), limit(0.025)
    return (low, high) if t >= 0 else (-high, -low)


def _t_result(n: int, mean: float, sd: float, df: int, unit: float, norm: float = 0.0, note: str = "") -> TTest:
    """`unit`: standard error in standard deviations; d = (mean - norm) / sd, interval by noncentral t."""
    d = (mean - norm) / sd
    t = d / unit
    half = float(stats.t.ppf(0.975, df)) * sd * unit
    low, high = _noncentral_t_limits(t, df)
    p = float(2 * stats.t.sf(abs(t), df))
    return TTest(n, mean, sd, t, df, p, (mean - half, mean + half), d, (low * unit, high * unit), note)


def one_sample_t(values: Sequence[float], norm: float) -> TTest:
    """Mean against a fixed norm, whose own uncertainty is ignored."""
    x = _valid(values)
    if len(x) < 2:
        return TTest(len(x), float(x[0]) if len(x) else nan, note="fewer than 2 values", reason="pairs")
    mean, sd = float(x.mean()), spread(x, largest(x))
    if sd == 0:
        return TTest(len(x), mean, 0.0, note="all values are equal", reason="spread")
    return _t_result(len(x), mean, sd, len(x) - 1, 1 / sqrt(len(x)), norm)


def paired_t(before: Sequence[float], after: Sequence[float]) -> TTest:
    """Change (after - before) of complete pairs; d is in standard deviations of the change."""
    first, second = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    x = _valid(second - first)
    if len(x) < 2:
        return TTest(len(x), float(x[0]) if len(x) else nan, note="fewer than 2 complete pairs", reason="pairs")
    # the change of large equal steps carries the rounding error of the values it was taken from
    sd = spread(x, largest(_valid(first), _valid(second)))
    if sd == 0:
        return TTest(len(x), float(x.mean()), 0.0, note="everyone changes by the same amount", reason="spread")
    return _t_result(len(x), float(x.mean()), sd, len(x) - 1, 1 / sqrt(len(x)))


def t_test(first: Sequence[float], second: Sequence[float]) -> TTest:
    """Difference first - second, pooled (SPSS: "equal variances assumed"), as are `sd` and d."""
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
