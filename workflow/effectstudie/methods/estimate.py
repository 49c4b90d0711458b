"""One estimated difference with its test, as every sensitivity analysis gives it, and why a figure is undefined."""

from dataclasses import dataclass
from math import nan
from typing import Literal

# Why a figure is undefined; empty where it is not. The `note` beside it says the same in English, with particulars.
# pairs: too few persons with all that the test needs; spread: what is tested does not vary; still: nobody changes
# class; classes: fewer than two groups, waves or classes; households: too few households; events: only events, or none,
# in a cell of the design; design: the columns of X do not vary independently; fit: the model cannot be fitted, or gives
# what is impossible; input: a number that is asked for is unknown or too large; not_significant: nothing to explain.
Reason = Literal[
    "", "pairs", "spread", "still", "classes", "households", "events", "design", "fit", "input", "not_significant"
]


@dataclass(frozen=True)
class Estimate:
    """`value` in the unit of the outcome (or the log of a ratio, see the method), `n` units in `clusters` households.

    A figure that the data do not define is NaN, and `note` says why; it is never 0, 1 or infinite by accident.
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
