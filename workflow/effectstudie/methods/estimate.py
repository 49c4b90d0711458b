"""One estimated difference with its test, as every sensitivity analysis gives it."""

from dataclasses import dataclass
from math import nan


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
