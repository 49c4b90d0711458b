"""How strong an unmeasured confounder would have to be to explain an effect: E-values and Rosenbaum bounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, isfinite, isnan, nan, sqrt

import numpy as np
from scipy import stats

from effectstudie.methods.estimate import Reason
from effectstudie.methods.rounding_error import largest

SMALLEST_PAIRS = 6

# A float holds e to this power, and its inverse.
LARGEST_LOG = 700.0


@dataclass(frozen=True)
class EValue:
    """Risk ratio with its 95 % limits, its E-value, and that of the limit nearest 1."""

    rr: float = nan
    rr_low: float = nan
    rr_high: float = nan
    e: float = nan
    e_ci: float = nan
    note: str = ""
    reason: Reason = ""


@dataclass(frozen=True)
class RosenbaumGamma:
    """Largest `gamma` that leaves the signed-rank test significant.

    `p`: one-sided, at gamma 1; `statistic`: sum of the ranks in the `direction` of the effect (the treated are
    `higher` or `lower`); `pairs` that are complete, and the `differing` among them.
    """

    gamma: float = nan
    p: float = nan
    statistic: float = nan
    direction: str = ""
    pairs: int = 0
    differing: int = 0
    note: str = ""
    reason: Reason = ""


@dataclass(frozen=True)
class _SignedRanks:
    """Rank sums with and against the direction of the effect, and the sum of all squared ranks."""

    with_effect: float
    against: float
    squares: float
    direction: str
    pairs: int
    differing: int


def e_value(ratio: float) -> float:
    """RR + sqrt(RR (RR - 1)), of 1 / RR where RR is below 1 (VanderWeele and Ding 2017).

    A risk ratio: the least that a confounder must have with both treatment and outcome. NaN without a ratio above 0.

    >>> e_value(3.9)  # their example: no breastfeeding, and infant death from respiratory infection
    7.26
    """
    if not 0 < ratio < inf:
        return nan
    away = ratio if ratio >= 1 else 1 / ratio
    value = away + sqrt(away) * sqrt(away - 1)
    return value if isfinite(value) else nan


def _ratio(log: float) -> float:
    return exp(log) if abs(log) <= LARGEST_LOG else nan


def e_value_of_d(d: float, low: float, high: float) -> EValue:
    """E-value of a standardised difference and of the limits of its interval: RR = exp(.91 x) (VanderWeele, Ding 2017).

    `d`, `low` and `high` in standard deviations; the interval is the one that is printed beside the difference, so
    that both say the same (a normal one, d ± 1.96 se, is narrower than that of t). An interval that holds 0 leaves
    nothing to explain and has no E-value: without any effect it would be 1.5 to 1.9.

    >>> strength = e_value_of_d(0.5, 0.3, 0.7)  # exp(.455) = 1.576, 1.576 + sqrt(1.576 x .576); low limit exp(.273)
    >>> strength.rr, strength.rr_low, strength.e, strength.e_ci
    (1.576, 1.314, 2.529, 1.956)
    """
    rr, rr_low, rr_high = (_ratio(0.91 * x) for x in (d, low, high))
    if isnan(rr):
        return EValue(note="d is unknown, or too large for a risk ratio", reason="input")
    if isnan(rr_low) or isnan(rr_high):
        return EValue(rr, note="the interval is unknown or too large: no E-value", reason="input")
    if low <= 0 <= high:
        return EValue(
            rr, rr_low, rr_high, note="the interval holds no difference: no E-value", reason="not_significant"
        )
    return EValue(rr, rr_low, rr_high, e_value(rr), e_value(rr_low if low > 0 else rr_high))


def _signed_ranks(treated: Sequence[float], control: Sequence[float]) -> _SignedRanks:
    """Mid-ranks of the absolute differences; zeros are ranked and then left out (Pratt 1959).

    Differences that are equal but for rounding error are tied. Pairs with a missing value are left out.
    """
    a, b = np.asarray(treated, dtype=float), np.asarray(control, dtype=float)
    if a.shape != b.shape or a.ndim != 1:
        raise ValueError(f"Pairs need as many treated as control values; there are {a.size} and {b.size}.")
    complete = ~(np.isnan(a) | np.isnan(b))
    difference = a[complete] - b[complete]
    tiny = 1e-12 * largest(a[complete], b[complete])
    size = np.abs(difference)
    order = np.argsort(size)
    step = np.empty(len(size))
    step[order] = np.cumsum(np.diff(size[order], prepend=0.0) > tiny)
    rank = stats.rankdata(step) if len(step) else step
    differs = step > 0
    higher, lower = (float(rank[differs & side].sum()) for side in (difference > 0, difference < 0))
    direction = "" if higher == lower else "higher" if higher > lower else "lower"
    return _SignedRanks(
        max(higher, lower),
        min(higher, lower),
        float((rank[differs] ** 2).sum()),
        direction,
        len(rank),
        int(differs.sum()),
    )


def _upper_p(ranks: _SignedRanks, gamma: float) -> float:
    """(T - E) / sqrt(V) with p = gamma / (1 + gamma), both parts times (1 + gamma): no difference of near equals."""
    if not ranks.differing:
        return nan
    return float(stats.norm.sf((ranks.with_effect - gamma * ranks.against) / sqrt(gamma * ranks.squares)))


def rosenbaum_bound(treated: Sequence[float], control: Sequence[float], gamma: float) -> float:
    """Largest one-sided p of Wilcoxon's signed-rank test when hidden bias is at most `gamma` (Rosenbaum 2002, 4.3).

    One value per pair of 1:1 matching. T: sum of the ranks in the direction of the observed effect, whichever it is;
    at most, each pair goes that way with probability p = gamma / (1 + gamma): E = p sum r, V = p (1 - p) sum r^2,
    normal approximation without continuity correction. NaN where no pair differs; ValueError for a gamma below 1.

    >>> rosenbaum_bound([1, 2, 3, 4, 5, 6], [0] * 6, 1)  # T 21, E 10.5, V 91 / 4: z = 2.201
    0.01386
    """
    if not 1 <= gamma < inf:
        raise ValueError(f"gamma is {gamma!r}; allowed are finite numbers from 1.")
    return _upper_p(_signed_ranks(treated, control), gamma)


def rosenbaum_gamma(treated: Sequence[float], control: Sequence[float], alpha: float = 0.05) -> RosenbaumGamma:
    """Largest gamma at which `rosenbaum_bound` is at most `alpha` (one-sided, in the direction of the effect).

    There T - gamma T' = z sqrt(gamma sum r^2), T' the ranks against the effect: quadratic in the root of gamma.
    NaN with a note when the test is not significant at gamma 1, or fewer than 6 pairs differ. Below about ten
    pairs the normal approximation flatters: 6 pairs that all go one way give 1.79, the exact test 1.54.
    ValueError for an alpha that is not between 0 and .5.

    >>> rosenbaum_gamma([1, 2, 3, 4, 5, 6], [0] * 6).gamma  # 21^2 / (1.645^2 x 91)
    1.791
    """
    if not 0 < alpha < 0.5:
        raise ValueError(f"alpha is {alpha!r}; allowed are numbers between 0 and .5.")
    ranks = _signed_ranks(treated, control)
    p = _upper_p(ranks, 1.0)
    statistic = ranks.with_effect if ranks.differing else nan
    facts = {"p": p, "statistic": statistic, "direction": ranks.direction}
    facts |= {"pairs": ranks.pairs, "differing": ranks.differing}
    if ranks.differing < SMALLEST_PAIRS:
        return RosenbaumGamma(**facts, note=f"fewer than {SMALLEST_PAIRS} pairs differ", reason="pairs")
    if p > alpha:
        note = "the difference is not significant without hidden bias: nothing to explain"
        return RosenbaumGamma(**facts, note=note, reason="not_significant")
    z = float(stats.norm.isf(alpha)) * sqrt(ranks.squares)
    root = 2 * ranks.with_effect / (z + sqrt(z**2 + 4 * ranks.with_effect * ranks.against))
    return RosenbaumGamma(gamma=root**2, **facts)
