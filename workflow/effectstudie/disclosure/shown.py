"""What may be shown of a study: all that its report knows of the result tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from effectstudie.shared.vocabulary import LARGE_DIFFERENCE, SMALL_DIFFERENCE

# Standardised differences are shown up to this one; at it they are "this or more".
DIFFERENCE_LIMIT = 1.2
# What is said of a difference that may not be shown as a number, with its ends.
STEPS = {
    "under": (0.0, SMALL_DIFFERENCE),
    "between": (SMALL_DIFFERENCE, LARGE_DIFFERENCE),
    "over": (LARGE_DIFFERENCE, DIFFERENCE_LIMIT),
    "below": (0.0, LARGE_DIFFERENCE),
}
# Which of them may be said; and of a share whose number is hidden, for a finer one leaves few counts.
FINE, COARSE = ("under", "between", "over"), ("below", "over")
# How large one of them is at most, where a step would say too little of the whole comparison.
AT_MOST = (0.1, 0.25, 0.5, 1.0, DIFFERENCE_LIMIT)
# How somebody can have changed; see methods.effect.reliable_change.
CHANGES = ("recovered", "improved", "unchanged", "worse")


@dataclass(frozen=True)
class Count:
    """A number of people as it may be said: `number` itself, `more` or `fewer` than it, `none` at all, or `hidden`."""

    number: int
    kind: Literal["exact", "more", "fewer", "none", "hidden"] = "exact"


@dataclass(frozen=True)
class Matched:
    """Households before and after matching; `ess`: effective number of controls, NaN where it may not be shown.

    `marked`, `unmarked`: covariates that some household lacks, of which the score has a yes/no covariate for that, and
    of which it could not have one.
    """

    pool: int
    approach_all: Count
    approach: Count
    controls: Count
    unmatched: Count
    ess: float
    marked: tuple[str, ...] = ()
    unmarked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Variant:
    """Another way to match: sizes, and the differences that it leaves, at most `DIFFERENCE_LIMIT`; `mean_step` and
    `max_step`: of STEPS where the mean or the largest may not be shown as a number; `worst_covariate`: empty where it
    may not be said which differs most.
    """

    approach: Count
    controls: Count
    ess: float
    mean_smd: float
    mean_step: str
    max_smd: float
    max_step: str
    worst_covariate: str


@dataclass(frozen=True)
class Conclusion:
    """Of one outcome: p adjusted for the tests that are shown, whether the main analysis finds a difference, and the
    shown analyses that give another conclusion. `p_primary`: adjusted for the primary outcomes of the plan. `coarse`:
    of each p only the bound may be said below which it lies.
    """

    p_holm: float
    p_primary: float
    p_bh: float
    against: tuple[str, ...]
    significant: bool
    coarse: bool = False

    @property
    def verdict(self) -> Literal["holds", "nowhere", "differs"]:
        """Whether the shown analyses agree, and then whether they find a difference."""
        return "differs" if self.against else "holds" if self.significant else "nowhere"


@dataclass(frozen=True, eq=False)
class Shown:
    """Everything of a study that may be shown; what is hidden is NaN, or is not there.

    `values`, `merged`, `together`, `suppressed`: see `values.Treated`; `levels`: of those with both measurements, see
    `paired.shown_levels`; `follow_up_waves`: unit, group, wave, n, more_than, see `paired`; `tests`: see `treat_tests`.
    `balance`: by strategy, see `matching.treat_balances`; `overlaps`, `matched`: by strategy; `cohort`: households by
    role, as far as they may be said; `variants`: None for a way to match that cannot be, or may not be told.
    `compared`: outcomes whose test of the difference in change may be shown; `exact`: those of which its numbers may be
    too, and not only on which side of a bound p lies. Of `compared`: `analyses` (outcome, analysis, value, ci_low,
    ci_high, p, coarse), `conclusions` (of those with a main analysis) and the verdict of `estimates`. Only of `exact`:
    `robustness`, `risk` (outcome, group, risk, n, change, p_risk, p_both; of those with four large cells, without the
    risk factors themselves) and `at_start` (outcome, group, p, smd: the lost and those who stayed at T0), and as far as
    the groups are large the numbers of `estimates`, `reliable_change`, `within_groups`, `within_verdicts`,
    `effect_by_risk` and `imputed`, empty unless the study asks for it (columns: see `disclosure.effect`).
    `losses`: unit, group, percentage_lost, p. `in_fives`: outcomes in classes of which only those with both
    measurements are told, in steps of five, and not of how many people they are (`cells.in_fives`). `limits`: for
    printing only. `internal`: nothing is hidden.
    """

    values: pd.DataFrame
    levels: pd.DataFrame
    follow_up_waves: pd.DataFrame
    tests: pd.DataFrame
    merged: Mapping[str, list[str]]
    together: pd.DataFrame
    suppressed: pd.DataFrame
    balance: Mapping[str, pd.DataFrame]
    overlaps: Mapping[str, pd.DataFrame]
    matched: Mapping[str, Matched]
    cohort: Mapping[str, int]
    variants: Mapping[str, Variant | None]
    reliability: pd.DataFrame
    compared: tuple[str, ...]
    exact: tuple[str, ...]
    analyses: pd.DataFrame
    conclusions: Mapping[str, Conclusion]
    robustness: pd.DataFrame
    estimates: pd.DataFrame
    reliable_change: pd.DataFrame
    within_groups: pd.DataFrame
    within_verdicts: pd.DataFrame
    effect_by_risk: pd.DataFrame
    imputed: pd.DataFrame
    risk: pd.DataFrame
    losses: pd.DataFrame
    at_start: pd.DataFrame
    in_fives: frozenset[str]
    limits: Mapping[str, int]
    internal: bool
