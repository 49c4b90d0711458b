"""Who can be matched, whatever the design: households with their covariates, in strata; and what comes of it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.definitions.strategies import Strategy
from effectstudie.matching.input_checks import check_households, check_strategy, require_groups
from effectstudie.matching.own_matcher import strata
from effectstudie.matching.score_model import FittedScore, fill_missing
from effectstudie.matching.summary import REASONS
from effectstudie.shared.messages.sentences import joined, say


@dataclass(frozen=True)
class MatchResult:
    """A checked matching.

    `matched`: household, group (approach|control), subclass (1..n), weight, propensity_score. Of `nearest` the approach
    household of a subclass first, then its controls, the nearest first; of a design that weighs a subclass each.
    `candidates`: one row per household without missing covariates, or with these filled, by `order`: household, order,
    role, the covariates, their `_missing` indicators, propensity_score (NaN outside the strata of a score model within
    strata). `covariates`: which of its columns to show the balance of; `exact`: those that had to be equal. `summary`:
    plain numbers and texts, no ids.
    """

    matched: pd.DataFrame
    candidates: pd.DataFrame
    covariates: list[str]
    exact: tuple[str, ...]
    summary: dict[str, Any]

    @property
    def covariates_of_candidates(self) -> pd.DataFrame:
        """Household, role, stratum and each covariate that is a number, those that must be equal among them."""
        numbers = [name for name in self.covariates if self.candidates[name].dtype.kind in "buif"]
        stratum = strata(self.candidates, self.exact)
        return self.candidates[["household", "role", *numbers]].assign(stratum=stratum)


@dataclass(frozen=True, eq=False)
class Candidates:
    """`everyone`: all households, by order; `rows`: those that the rule on missing covariates leaves, `left_out` the
    others; of each row whether it is `treated`, its covariates `filled` and its `stratum`, -1 where that is missing.
    """

    everyone: pd.DataFrame
    left_out: np.ndarray
    rows: pd.DataFrame
    treated: np.ndarray
    filled: pd.DataFrame
    stratum: np.ndarray

    def eligible(self, fewest: int = 1) -> np.ndarray:
        """Of each row whether both groups have this many households in its stratum."""
        enough = [pd.Series(self.stratum[of]).value_counts() >= fewest for of in (self.treated, ~self.treated)]
        shared = np.intersect1d(*(of.index[of] for of in enough))
        return np.isin(self.stratum, shared[shared >= 0])

    def not_equal(self, eligible: np.ndarray, strategy: Strategy) -> str:
        """How many approach households are not `eligible` for what must be equal, in words; empty where none is."""
        unknown = (self.treated & (self.stratum < 0)).sum()
        apart = (self.treated & ~eligible).sum() - unknown
        exact = list(strategy.exact)
        said = [say("of {apart} there is none that is equal on {exact}", apart=apart, exact=exact)] if apart else []
        if unknown:
            said.append(say("of {unknown} it is not known what they are on {exact}", unknown=unknown, exact=exact))
        return joined(", ", said)

    def reasons(self, of_rows: np.ndarray) -> np.ndarray:
        """Reasons of the rows (summary.reasons_unused), with the reason of those that are left out: of everyone."""
        unused = np.full(len(self.everyone), REASONS[0], dtype=object)
        unused[~self.left_out] = of_rows
        return unused


def candidates_of(households: pd.DataFrame, strategy: Strategy) -> Candidates:
    """Check the strategy and the households, and make them ready; raises as match.match_households does."""
    check_strategy(strategy, households)
    covariates = list(strategy.covariates)
    check_households(households, covariates)
    everyone = households.sort_values("order", ignore_index=True)
    left_out = (everyone[covariates].isna().any(axis=1) & (strategy.missing == "complete")).to_numpy()
    rows = everyone[~left_out].reset_index(drop=True)
    do = say("set missing to indicator, or take out the covariates that many lack")
    require_groups(rows["role"], say("no missing covariates"), strategy, do)
    treated = rows["role"].eq("approach").to_numpy()
    return Candidates(everyone, left_out, rows, treated, fill_missing(rows[covariates]), strata(rows, strategy.exact))


def as_shown(
    given: Candidates, propensity_score: np.ndarray, model: FittedScore, strategy: Strategy
) -> tuple[pd.DataFrame, list[str]]:
    """`candidates` and `covariates` of the MatchResult.

    Exact columns outside the score model show their balance as a share where they are yes or no, else as levels.
    """
    outside = given.rows[[name for name in strategy.exact if name not in given.filled]]
    levels = outside.map(lambda value: f"{value:g}" if isinstance(value, float) else str(value))
    levels = levels.where(outside.notna(), "missing")
    for name in outside:
        if outside[name].isin([0, 1]).all():
            levels[name] = outside[name].astype(float)
    candidates = pd.concat([given.rows[["household", "order", "role"]], given.filled, levels], axis=1)
    candidates["propensity_score"] = propensity_score
    shown = [name for name in given.filled if name in strategy.covariates or name in model.design]
    return candidates, [*shown, *levels]
