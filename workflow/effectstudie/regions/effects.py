"""The effects of one study as the others need them: with what each household adds to their errors."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum, sqrt
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.analysis.effect.adjustment import adjustment
from effectstudie.analysis.effect.analysed import Analysed, Estimand, analysed
from effectstudie.analysis.effect.balance import matched_balance
from effectstudie.analysis.effect.table import spread_at_start
from effectstudie.analysis.pairs import wide
from effectstudie.definitions.outcomes import Outcome
from effectstudie.methods.effect.att import att_parts
from effectstudie.methods.effect.margin import judge
from effectstudie.methods.estimate import Estimate


@dataclass(frozen=True, eq=False)
class RegionEffect:
    """The estimate of one outcome in one study. `parts`: household → what it adds to the error, see `cr2_parts`."""

    of: Analysed
    estimate: Estimate
    parts: pd.Series

    @property
    def defined(self) -> bool:
        return bool(self.estimate.se > 0)

    def sizes(self) -> dict[str, int]:
        """Units with both measurements and their households, by group."""
        of = self.of
        return {
            "n_approach": int(of.treated.sum()),
            "n_control": int((~of.treated).sum()),
            "households_approach": of.households_of(True),
            "households_control": of.households_of(False),
        }

    @property
    def sd_t0(self) -> float:
        return spread_at_start(self.of)

    # Of a hundred studies there are thousands of pairs: what is of one effect is made once.
    @cached_property
    def of_households(self) -> dict[Hashable, float]:
        return self.parts.to_dict()

    @cached_property
    def squares(self) -> float:
        return fsum(self.parts**2)


def study_effects(
    analysis: pd.DataFrame,
    matched: pd.DataFrame,
    candidates: pd.DataFrame,
    outcomes: Mapping[str, Outcome],
    estimand: Estimand,
) -> dict[str, RegionEffect]:
    """The estimate of each outcome as in estimates.csv, with its parts.

    `analysis`: rows of select's analysis.parquet; `matched`: matching's; `candidates`: role and covariates by
    household, as the matching filled them (covariates.parquet without its stratum).
    """
    order = list(matched_balance(candidates, matched.set_index("household")["weight"]).index)
    covariates = candidates.drop(columns="role")
    return {
        name: _effect(analysed(wide(analysis, matched, name, outcome.unit), covariates, estimand).complete, order)
        for name, outcome in outcomes.items()
    }


def _effect(of: Analysed, order: Sequence[str]) -> RegionEffect:
    if of.smallest == 0:
        nobody = Estimate(n=len(of.before), note="a group has no complete cases", reason="pairs")
        return RegionEffect(of, nobody, pd.Series(dtype=float))
    adjusted = adjustment(of, order)
    estimate, parts = att_parts(
        of.change, of.treated, adjusted.columns(of), of.matched_set, of.weight, adjusted.by_group
    )
    return RegionEffect(of, estimate, pd.Series(parts).groupby(of.known_as).sum())


def correlation(first: RegionEffect, second: RegionEffect) -> float:
    """How far the errors of two estimates go together, -1 to 1, because households serve both; 0 where none does.

    The sum over shared households of the products of what they add, divided by the root of both sums of squares: so
    that estimates of the same households have 1, and any set of estimates a covariance that can be.
    """
    # fsum: the same whatever the order of the households, which is that of their pseudonyms
    size, mine, other = sqrt(first.squares * second.squares), first.of_households, second.of_households
    return fsum(mine[name] * other[name] for name in mine.keys() & other.keys()) / size if size > 0 else 0.0


def covariance(effects: Sequence[RegionEffect]) -> np.ndarray:
    """Of the errors of these estimates, k x k."""
    found = np.eye(len(effects))
    for i, first in enumerate(effects):
        for j, second in enumerate(effects[:i]):
            found[i, j] = found[j, i] = correlation(first, second)
    errors = np.array([one.estimate.se for one in effects])
    return found * np.outer(errors, errors)


def judged(value: float, se: float, df: float, outcome: Outcome) -> dict[str, Any]:
    """The columns margin, verdict and relevant."""
    margin = float("nan") if outcome.margin is None else outcome.margin
    if not outcome.better:
        return {"margin": margin, "verdict": "", "relevant": ""}
    found = judge(value, se, df, outcome.better, outcome.margin)
    return {"margin": margin, "verdict": found.verdict, "relevant": found.relevant}
