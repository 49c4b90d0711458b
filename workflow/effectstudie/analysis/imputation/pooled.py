"""The effect on each outcome, estimated after matching in every imputed data set, and pooled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.analysis.effect.analysed import Estimand, analysed
from effectstudie.analysis.effect.balance import matched_balance
from effectstudie.analysis.effect.estimate import adjusted_att
from effectstudie.analysis.effect.rows import estimate_columns
from effectstudie.analysis.imputation.covariates import Imputations, Imputer, impute_covariates
from effectstudie.analysis.pairs import by_wave, of_matched
from effectstudie.definitions.outcomes import Outcome, compared_over_time
from effectstudie.definitions.result_tables.effect import IMPUTED
from effectstudie.definitions.strategies import Strategy
from effectstudie.matching.candidates import MatchResult
from effectstudie.matching.match import match_households
from effectstudie.methods.effect.rubin import Pooled, pool
from effectstudie.methods.estimate import Estimate
from effectstudie.shared import r_bridge
from effectstudie.shared.errors import MatchingError
from effectstudie.shared.persons.read import read_households


def imputed_effects(
    households: pd.DataFrame,
    analysis: str | Path,
    strategy: Strategy,
    outcomes: Mapping[str, Outcome],
    estimand: Estimand,
    m: int,
    seed: int,
    imputer: Imputer = r_bridge.impute,
) -> pd.DataFrame:
    """IMPUTED: of each outcome that is compared over time the effect over `m` imputations.

    `households`: of the selection; `analysis`: path of the analysis table; `strategy`: the selected one. An estimate is
    as the study's own (`effect_estimate`), adjusted for what each imputation carries. An outcome without an estimate in
    any of the imputations has none, nor has any where one of them could not be matched.
    """
    imputed = impute_covariates(households, strategy, m, seed, imputer)
    matchings, failures = _matchings(imputed, strategy, seed)
    chosen = compared_over_time(outcomes)
    where = [{"outcome": name, "unit": outcome.unit, "m": imputed.m} for name, outcome in chosen.items()]
    if failures or not matchings:
        why = (
            f"{len(failures)} of {len(imputed.households)} data sets could not be matched: {failures[0]}"
            if failures
            else imputed.note
        )
        return IMPUTED.typed({**one, "n_smallest": 0, "note": why, "reason": imputed.reason or "fit"} for one in where)
    table = read_households(analysis, {household for one in matchings for household in one.matched["household"]})
    rows = []
    for one in where:
        values = by_wave(table, one["outcome"], one["unit"])
        found = [matching.estimate(values, estimand) for matching in matchings]
        smallest = min(number for _, number in found)
        rows.append({**one, "n_smallest": smallest, **_row([estimate for estimate, _ in found], imputed)})
    return IMPUTED.typed(rows)


@dataclass(frozen=True, eq=False)
class _Matching:
    """Of one data set: the matched households, their covariates, and these by what the matching left most unlike."""

    matched: pd.DataFrame
    covariates: pd.DataFrame
    order: list[str]

    @classmethod
    def of(cls, result: MatchResult) -> "_Matching":
        candidates = result.covariates_of_candidates.set_index("household").drop(columns="stratum")
        weights = result.matched.set_index("household")["weight"]
        order = list(matched_balance(candidates, weights).index)
        return cls(result.matched, candidates.drop(columns="role").loc[weights.index], order)

    def estimate(self, values: pd.DataFrame, estimand: Estimand) -> tuple[Estimate, int]:
        """The effect, and how many units the smaller group has. `values`: by_wave of an outcome."""
        of = analysed(of_matched(values, self.matched), self.covariates, estimand).complete
        return adjusted_att(of, self.order)[1], of.smallest


def _matchings(imputed: Imputations, strategy: Strategy, seed: int) -> tuple[list[_Matching], list[str]]:
    """The matching of every data set, and why some could not be matched."""
    matchings, failures = [], []
    for one in imputed.households:
        try:
            matchings.append(_Matching.of(match_households(one, strategy, seed)))
        except MatchingError as error:
            failures.append(str(error))
    return matchings, failures


def _row(estimates: Sequence[Estimate], imputed: Imputations) -> dict[str, Any]:
    undefined = [one for one in estimates if isnan(one.p)]
    if undefined:
        note = undefined[0].note
        if imputed.m:
            note = f"undefined in {len(undefined)} of {imputed.m} imputations: {note}"
        return {"note": note, "reason": undefined[0].reason}
    pooled = pooled_estimate(estimates)
    shares = {"within": pooled.within, "between": pooled.between, "fmi": pooled.fmi}
    return {**estimate_columns(pooled.estimate), **shares, "note": imputed.note, "reason": imputed.reason}


def pooled_estimate(estimates: Sequence[Estimate]) -> Pooled:
    """Rubin's rules, with the mean of the degrees of freedom as those of complete data; one estimate as it is."""
    if len(estimates) == 1:
        return Pooled(estimates[0], within=estimates[0].se ** 2, between=0.0, fmi=0.0)
    complete_df = float(np.mean([one.df for one in estimates]))
    return pool([one.value for one in estimates], [one.se for one in estimates], complete_df)
