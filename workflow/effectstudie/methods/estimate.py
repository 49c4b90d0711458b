"""One estimated difference with its test, as every sensitivity analysis gives it, and why a figure is undefined."""

from dataclasses import dataclass
from math import nan
from typing import Literal

from scipy import special

# Why a figure is undefined; empty where it is not. The `note` beside it says the same in English, with particulars.
# pairs: too few persons with all that the test needs; spread: what is tested does not vary; still: nobody changes
# class; classes: fewer than two groups, waves or classes; households: too few households; events: only events, or none,
# in a cell of the design; design: the columns of X do not vary independently; fit: the model cannot be fitted, or gives
# what is impossible; input: a number that is asked for is unknown or too large; not_significant: nothing to explain;
# studies: too few studies.
Reason = Literal[
    "",
    "pairs",
    "spread",
    "still",
    "classes",
    "households",
    "events",
    "design",
    "fit",
    "input",
    "not_significant",
    "studies",
]


@dataclass(frozen=True)
class Estimate:
    """`value` in the unit of the outcome (or the log of a ratio, see the method), of `n` rows in `clusters` households.

    `t` and the two-sided `p` have `df` degrees of freedom; `ci95` is of `value`.
    """

    value: float = nan
    se: float = nan
    df: float = nan
    t: float = nan
    p: float = nan
    ci95: tuple[float, float] = (nan, nan)
    n: int = 0
    clusters: int = 0
    note: str = ""
    reason: Reason = ""


def t_estimate(value: float, se: float, df: float, n: int, clusters: int, note: str = "") -> Estimate:
    """The t test of `value` against 0 and its interval, value ± t(.975; df) se. `se` must be above 0.

    >>> t_estimate(3.0, 1.0, 2, 4, 4).ci95  # 4.303 in a table of t
    (-1.303, 7.303)
    """
    t, half = value / se, float(special.stdtrit(df, 0.975)) * se
    p = float(2 * special.stdtr(df, -abs(t)))
    return Estimate(value, se, float(df), t, p, (value - half, value + half), n, clusters, note)
