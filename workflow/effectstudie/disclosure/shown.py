"""What may be shown of a study: all that its report knows of the result tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

# Standardised differences are shown up to this one; at it they are "this or more".
DIFFERENCE_LIMIT = 1.2


@dataclass(frozen=True)
class Count:
    """A number of people as it may be said: `number` itself, `more` or `fewer` than it, or `none` at all."""

    number: int
    kind: Literal["exact", "more", "fewer", "none"] = "exact"


@dataclass(frozen=True)
class Matched:
    """Households before and after matching; `ess`: effective number of controls, NaN where it may not be shown."""

    pool: int
    approach_all: int
    approach: Count
    controls: int
    unmatched: Count
    ess: float


@dataclass(frozen=True)
class Variant:
    """Another way to match: sizes, and the differences that it leaves, at most `DIFFERENCE_LIMIT`."""

    approach: Count
    controls: int
    ess: float
    mean_smd: float
    max_smd: float
    worst_covariate: str


@dataclass(frozen=True)
class Conclusion:
    """Of one outcome: p adjusted for the number of tests, and the shown analyses that give another conclusion."""

    p_holm: float
    p_bh: float
    against: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Shown:
    """Everything of a study that may be shown; what is hidden is NaN, or is not there.

    `values`, `merged`, `suppressed`: see `values.Treated`; `tests`: see `treat_tests`.
    `balance`, `overlaps`, `matched`: by strategy; `variants`: None for a way to match that cannot be.
    `compared`: outcomes whose test of the difference in change may be shown. Only of these: `analyses` (outcome,
    analysis, value, ci_low, ci_high, p), `conclusions` and `robustness` (of those with a main analysis), `risk`
    (outcome, group, risk, n, change, p_risk, p_both; of those with four large cells) and `at_start` (outcome, group, p:
    those who stayed and those who were lost at T0).
    `losses`: unit, group, percentage_lost, p. `limits`: for printing only. `internal`: nothing is hidden.
    """

    values: pd.DataFrame
    tests: pd.DataFrame
    merged: Mapping[str, list[str]]
    suppressed: pd.DataFrame
    balance: Mapping[str, pd.DataFrame]
    overlaps: Mapping[str, pd.DataFrame]
    matched: Mapping[str, Matched]
    variants: Mapping[str, Variant | None]
    reliability: pd.DataFrame
    compared: tuple[str, ...]
    analyses: pd.DataFrame
    conclusions: Mapping[str, Conclusion]
    robustness: pd.DataFrame
    risk: pd.DataFrame
    losses: pd.DataFrame
    at_start: pd.DataFrame
    limits: Mapping[str, int]
    internal: bool
