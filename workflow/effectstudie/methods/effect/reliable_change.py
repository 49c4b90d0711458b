"""Who changed by more than the error of the questionnaire, and passed from one population to the other."""

from dataclasses import dataclass
from math import inf, nan, sqrt

import numpy as np

from effectstudie.methods.clustered.households import numbers

# A change beyond this many standard errors of a difference is reliable: 5 % of unchanged persons get there.
RELIABLE = 1.96


@dataclass(frozen=True)
class ReliableChange:
    """Counts of persons, and what they were judged by, in the unit of the scale.

    `se_difference`: of two measurements of one person who did not change. `cutoff`: nearer to the norm than to where
    the persons started; NaN without a norm, and then nobody is `recovered` and `improved` holds all who are better.
    """

    n: int = 0
    recovered: int = 0
    improved: int = 0
    unchanged: int = 0
    worse: int = 0
    se_difference: float = nan
    cutoff: float = nan


def se_of_difference(sd: float, alpha: float) -> float:
    """Standard error of the difference of two scores, sd sqrt(2 (1 - alpha)) (Jacobson and Truax 1991).

    >>> se_of_difference(7.5, 0.80)  # their example; the error of one score is 3.354
    4.743
    """
    return sd * sqrt(2 * (1 - alpha))


def normal_cutoff(mean: float, sd: float, norm_mean: float, norm_sd: float) -> float:
    """Cut-off c: as many standard deviations from the persons' mean as from the norm's (Jacobson and Truax 1991).

    >>> normal_cutoff(10.0, 2.0, 4.0, 1.0)  # two standard deviations above 4, and two below 10
    6.0
    """
    return (norm_sd * mean + sd * norm_mean) / (norm_sd + sd)


def reliable_change(
    before: np.ndarray, after: np.ndarray, se_difference: float, higher_is_better: bool, cutoff: float = nan
) -> ReliableChange:
    """Count persons by their change / `se_difference`, reliable beyond 1.96 (Jacobson and Truax 1991).

    Recovered: reliably better, and from the wrong side of the `cutoff` to the right side; improved: reliably better
    without that; worse: reliably worse; unchanged: the others. One element per person. ValueError for missing values,
    and where `se_difference` is not above 0: nobody could be judged.

    >>> reliable_change(np.array([32.5, 40, 40]), np.array([47.5, 41, 30]), 4.743, True)  # 3.16, 0.21 and -2.11
    ReliableChange(n=3, recovered=0, improved=1, unchanged=1, worse=1, se_difference=4.743, cutoff=nan)
    """
    if not 0 < se_difference < inf:
        raise ValueError(f"se_difference is {se_difference!r}; allowed are numbers above 0.")
    before = numbers("before", before, (len(before),))
    after = numbers("after", after, before.shape)
    side = 1 if higher_is_better else -1
    size = side * (after - before) / se_difference
    better, worse = size > RELIABLE, size < -RELIABLE
    crossed = (side * (before - cutoff) < 0) & (side * (after - cutoff) >= 0)
    recovered = int((better & crossed).sum())
    return ReliableChange(
        len(before), recovered, int(better.sum()) - recovered, int((~better & ~worse).sum()), int(worse.sum()),
        se_difference, cutoff,
    )  # fmt: skip
