"""What may be said of an effect, given the smallest difference that matters."""

from dataclasses import dataclass
from math import isnan, nan
from typing import Literal

from scipy import special

# What an effect is, the first that holds.
Verdict = Literal[
    "better", "worse", "no_relevant_difference", "not_relevantly_worse", "not_relevantly_better", "undecided", ""
]
# Whether the difference is one that matters.
Relevant = Literal["yes", "no", "unclear", ""]


@dataclass(frozen=True)
class Judged:
    """A `verdict` on an estimate; the limits of 90 % are of the value as it is, whatever direction is better.

    `p_not_worse` and `p_not_better`: one-sided, of a true value at the margin that is unfavourable, or favourable;
    `p_equivalence` the larger of the two. These and `relevant` are NaN and empty without a margin, all where the
    estimate is undefined.
    """

    verdict: Verdict = ""
    relevant: Relevant = ""
    ci90: tuple[float, float] = (nan, nan)
    p_not_worse: float = nan
    p_not_better: float = nan
    p_equivalence: float = nan


def judge(value: float, se: float, df: float, better: Literal["lower", "higher"], margin: float | None) -> Judged:
    """Judge an estimate by its two intervals: 95 % for a difference, 90 % for equivalence (Schuirmann 1987).

    With g the value turned so that higher is better, m the margin, in this order: 95 % above 0 better; below 0 worse;
    90 % within (-m, m) no relevant difference; 95 % above -m not relevantly worse; below m not relevantly better;
    otherwise undecided. `relevant`: yes where 95 % lies beyond m or -m, no where it lies between, else unclear.
    `value`, `se` and `margin` in the unit of the outcome. ValueError for a margin that is not above 0.

    >>> judged = judge(-0.1, 0.38, 102, "higher", 0.5)
    >>> judged.verdict, judged.ci90  # -.1 ± 1.660 x .38, and a margin of .5
    ('undecided', (-0.7308, 0.5308))
    """
    if margin is not None and not margin > 0:
        raise ValueError(f"margin is {margin!r}; allowed are numbers above 0.")
    if isnan(value) or not se > 0 or not df > 0:
        return Judged()
    half90, half95 = (float(special.stdtrit(df, level)) * se for level in (0.95, 0.975))
    ci90 = (value - half90, value + half90)
    g = value if better == "higher" else -value
    low, high = g - half95, g + half95
    if margin is None:
        return Judged("better" if low > 0 else "worse" if high < 0 else "undecided", ci90=ci90)
    within = -margin < g - half90 and g + half90 < margin
    verdict: Verdict
    if low > 0:
        verdict = "better"
    elif high < 0:
        verdict = "worse"
    elif within:
        verdict = "no_relevant_difference"
    elif low > -margin:
        verdict = "not_relevantly_worse"
    elif high < margin:
        verdict = "not_relevantly_better"
    else:
        verdict = "undecided"
    relevant: Relevant = "unclear"
    if low > margin or high < -margin:
        relevant = "yes"
    elif -margin < low and high < margin:
        relevant = "no"
    not_worse, not_better = (float(special.stdtr(df, -(margin + side * g) / se)) for side in (1, -1))
    return Judged(verdict, relevant, ci90, not_worse, not_better, max(not_worse, not_better))
