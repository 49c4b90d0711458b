"""The smallest difference that a study of this size could find."""

from dataclasses import dataclass
from math import isnan, nan, sqrt

from scipy import optimize, special, stats

from effectstudie.methods.estimate import Reason

# A correlation or icc this much beyond 1 is rounding error of the data it was taken from.
ROUNDING = 1e-12


@dataclass(frozen=True)
class DetectableEffect:
    """`d` in standard deviations; the sizes that count after the `design_effect`, and the test's df."""

    d: float = nan
    n1_effective: float = nan
    n2_effective: float = nan
    df: float = nan
    design_effect: float = nan
    note: str = ""
    reason: Reason = ""


def t_test_power(noncentrality: float, df: float, alpha: float = 0.05) -> float:
    """Power (0-1) of a two-sided t test, both tails: P(|noncentral t| > t(1 - alpha / 2; df)).

    Cohen (1988, chapter 2). By t^2, which is noncentral F(1, df): scipy's noncentral t can be NaN.

    >>> t_test_power(sqrt(20 / 2), 38)  # d = 1 with 20 per group: power.t.test(20, 1) in R
    0.86895
    """
    critical = float(stats.t.isf(alpha / 2, df))
    return 1 - float(special.ncfdtr(1, df, noncentrality**2, critical**2))


def detectable_errors(df: float, power: float = 0.8, alpha: float = 0.05) -> float:
    """How many standard errors from 0 a true value must be for a two-sided t test to find it with this power.

    The noncentrality at which `t_test_power` is `power`; times the standard error of an estimate it is the difference
    that the study could find, in the unit of the outcome. NaN where `df` is; ValueError for a number out of range.

    >>> detectable_errors(102)  # of a normal test: 1.960 + 0.842 = 2.802
    2.828306
    """
    _check(power, alpha)
    if df <= 0:
        raise ValueError(f"df is {df!r}; allowed are numbers above 0.")
    if isnan(df):
        return nan

    def excess(noncentrality: float) -> float:
        return t_test_power(noncentrality, df, alpha) - power

    top = 1.0
    while excess(top) < 0:
        top *= 2
    return float(optimize.brentq(excess, 0.0, top, xtol=1e-13, rtol=1e-14))


def _check(
    power: float, alpha: float, icc: float = 0.0, cluster_size: float = 1.0, correlation: float | None = None
) -> None:
    wrong = [
        (not 0 < alpha < 1, f"alpha is {alpha!r}; allowed are numbers between 0 and 1."),
        (not alpha < power < 1, f"power is {power!r}; allowed are numbers between alpha and 1."),
        (icc > 1 + ROUNDING, f"icc is {icc!r}; allowed are numbers up to 1."),
        (cluster_size < 1, f"cluster_size is {cluster_size!r}; allowed are numbers from 1."),
        (abs(correlation or 0) > 1 + ROUNDING, f"correlation is {correlation!r}; allowed are numbers from -1 to 1."),
    ]
    problems = [text for is_wrong, text in wrong if is_wrong]
    if problems:
        raise ValueError(" ".join(problems))


def minimal_detectable_effect(
    n1: float,
    n2: float,
    power: float = 0.8,
    alpha: float = 0.05,
    icc: float = 0.0,
    cluster_size: float = 1.0,
    correlation: float | None = None,
) -> DetectableEffect:
    """Smallest Cohen's d between two groups that a two-sided t test finds with this power (noncentral t).

    Households: both sizes, in persons, are divided by the design effect 1 + (m - 1) icc (Kish 1965), m the
    `cluster_size` (icc.size_for_design), and the df are those of the divided sizes; a negative `icc` counts as 0. With
    the `correlation` r between T0 and follow-up the test is of the change, and d is in standard deviations of one
    measurement: d sqrt(2 (1 - r)), the same spread at both waves; `icc` is then that of the change. ValueError for a
    number outside its range.

    >>> minimal_detectable_effect(22.02110, 22.02110, power=0.9).d  # power.t.test(power = .90, delta = 1) in R
    1.0000
    """
    _check(power, alpha, icc, cluster_size, correlation)
    numbers = {"n1": n1, "n2": n2, "icc": icc, "cluster_size": cluster_size}
    numbers |= {} if correlation is None else {"correlation": correlation}
    unknown = [name for name, number in numbers.items() if isnan(number)]
    if unknown:
        return DetectableEffect(note=f"unknown: {', '.join(unknown)}", reason="input")
    design_effect = 1 + (cluster_size - 1) * max(icc, 0.0)
    first, second = n1 / design_effect, n2 / design_effect
    df = first + second - 2
    if min(first, second) < 2:
        why = "fewer than 2 in a group" if min(n1, n2) < 2 else "fewer than 2 in a group after the design effect"
        return DetectableEffect(nan, first, second, nan, design_effect, why, "pairs")
    size = {"n1_effective": first, "n2_effective": second, "df": df, "design_effect": design_effect}
    if correlation is not None and correlation >= 1 - ROUNDING:
        return DetectableEffect(
            **size, note="the correlation is 1: everyone changes by the same amount", reason="spread"
        )
    d = detectable_errors(df, power, alpha) * sqrt(1 / first + 1 / second)
    if correlation is not None:
        d *= sqrt(2 * (1 - correlation))
    return DetectableEffect(d, **size, note="the negative icc counts as 0" if icc < 0 else "")
