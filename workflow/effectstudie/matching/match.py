"""Match the households of an approach to households of the pool by propensity score.

Nearest neighbour on the linear predictor of a logit model, without replacement, each approach household
getting its first control before any gets a second, the largest score first. MatchIt does it; check.py
does it again. Households are matched, never persons.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.definitions.strategies import Strategy
from effectstudie.matching.check import check_matching, check_score, nearest_gaps, strata
from effectstudie.matching.input_checks import check_households, check_strategy, require_groups
from effectstudie.matching.score_model import fill_missing, independent_columns, separating_columns
from effectstudie.matching.summary import reasons_unused, summary_of
from effectstudie.shared import r_bridge
from effectstudie.shared.errors import MatchingError

SEPARATION = (
    "The score model tells the group of some households with certainty by {}: these coefficients have no finite "
    "value, and the SD of the score, which the caliper follows from, is arbitrary."
)


@dataclass(frozen=True)
class MatchResult:
    """A checked matching.

    `matched`: household, group (approach|control), subclass (1..n), weight (ATT), propensity_score; the
    approach household of a subclass first, then its controls, the nearest first.
    `candidates`: one row per household of the score model, by `order`: household, order, role, the covariates
    with missing values filled, their `_missing` indicators, propensity_score. `covariates`: which of its
    columns to show the balance of. `summary`: plain numbers and texts, no ids.
    """

    matched: pd.DataFrame
    candidates: pd.DataFrame
    covariates: list[str]
    summary: dict[str, Any]


@dataclass(frozen=True)
class _ScoreModel:
    """`filled`: covariates without gaps; `design`: those of the model; `separating`: those that tell some groups."""

    filled: pd.DataFrame
    design: pd.DataFrame
    separating: list[str]
    notes: list[str]
    fit: r_bridge.ScoreModel


@dataclass(frozen=True)
class _Reach:
    """Per household: its stratum, whether both groups are in that, and whether the nearest other is in the caliper."""

    stratum: np.ndarray
    eligible: np.ndarray
    near: np.ndarray


def match_households(households: pd.DataFrame, strategy: Strategy, seed: int) -> MatchResult:
    """Match by one strategy of a study.

    `households`: one row each: household, order (whole number, unique: breaks ties), role (approach|pool), and
    numeric covariates.
    Raises ConfigError for the strategy, InputError for the households, MatchingError when nothing can be
    matched or the check refuses. The result does not depend on the order of the rows.
    """
    check_strategy(strategy, households)
    covariates, exact = list(strategy.covariates), strategy.exact
    check_households(households, covariates)
    everyone = households.sort_values("order", ignore_index=True)
    left_out = everyone[covariates].isna().any(axis=1) & (strategy.missing == "complete")
    rows = everyone[~left_out].reset_index(drop=True)
    require_groups(rows["role"], "no missing covariates", strategy)
    treated = rows["role"].eq("approach").to_numpy()
    model = _score_model(rows[covariates], treated, strategy, seed)
    # to begin with the smallest is to begin with the largest of the negative score; distances stay what they are
    smallest_first = strategy.order == "smallest"
    score = -model.fit.linear_predictor if smallest_first else model.fit.linear_predictor
    caliper = None if strategy.caliper is None else float(strategy.caliper * score.std(ddof=1))
    reach = _reach(rows, treated, score, caliper, exact, strategy)
    at = np.flatnonzero(reach.eligible)
    stratum = reach.stratum[at]
    result = r_bridge.match_nearest(
        score[at],
        treated[at],
        ratio=strategy.ratio,
        caliper=caliper,
        seed=seed,
        stratum=stratum if len(np.unique(stratum)) > 1 else None,
    )
    rows["linear_predictor"], rows["propensity_score"] = score, 1 / (1 + np.exp(-score))
    matched = _assemble(rows.iloc[at].reset_index(drop=True), result)
    tied_pairs = check_matching(rows, matched, ratio=strategy.ratio, caliper=caliper, exact=exact)
    if smallest_first:
        for frame in (rows, matched):
            frame["propensity_score"] = 1 - frame["propensity_score"]
    is_matched = rows["household"].isin(matched["household"]).to_numpy()
    unused = np.full(len(everyone), "missing_covariate", dtype=object)
    unused[~left_out] = reasons_unused(treated, reach.stratum, reach.eligible, reach.near, is_matched)
    separation = [SEPARATION.format(", ".join(model.separating))] if model.separating else []
    warnings = [*model.fit.warnings, *separation, *result.warnings]
    summary = summary_of(
        strategy, seed, everyone, unused, matched, score, caliper, tied_pairs, model.fit, model.notes, warnings
    )
    candidates, shown = _candidates(rows, model, covariates, exact)
    return MatchResult(matched, candidates, shown, summary)


def _score_model(covariates: pd.DataFrame, treated: np.ndarray, strategy: Strategy, seed: int) -> _ScoreModel:
    """The model of the propensity score, fitted in R and checked."""
    filled = fill_missing(covariates)
    design, notes = independent_columns(filled)
    separating = separating_columns(design, treated)
    # Without a finite coefficient the SD of the score is arbitrary, and the caliper with it. An indicator can be
    # missed; a covariate is the study's choice, so it stays and is warned of.
    while indicators := [name for name in separating if name not in covariates]:
        design = design.drop(columns=indicators[-1])
        notes.append(f"{indicators[-1]} is left out of the score model: it would tell some groups with certainty.")
        separating = separating_columns(design, treated)
    if design.empty:
        raise MatchingError(f"No covariate of {strategy} differs between households: choose others.")
    fit = r_bridge.fit_propensity(design, treated, seed)
    check_score(design, fit.coefficients, fit.linear_predictor)
    return _ScoreModel(filled, design, separating, notes, fit)


def _reach(
    rows: pd.DataFrame,
    treated: np.ndarray,
    score: np.ndarray,
    caliper: float | None,
    exact: Sequence[str],
    strategy: Strategy,
) -> _Reach:
    """Which households can be matched at all; MatchingError when none can."""
    stratum = strata(rows, exact)
    shared = np.setdiff1d(np.intersect1d(stratum[treated], stratum[~treated]), [-1])
    eligible = np.isin(stratum, shared)
    require_groups(rows["role"][eligible], f"a stratum of {', '.join(exact)} that both groups are in", strategy)
    if np.ptp(score[eligible]) == 0:
        raise MatchingError(f"All propensity scores of {strategy} are equal: choose covariates that differ.")
    near = nearest_gaps(score, treated, stratum) <= (np.inf if caliper is None else caliper)
    if not (near & eligible).any():
        raise MatchingError(
            f"No approach household has a control within {strategy.caliper} SD ({caliper:.3g} on the logit): "
            f"widen the caliper or change the covariates of {strategy}."
        )
    return _Reach(stratum, eligible, near)


def _candidates(
    rows: pd.DataFrame, model: _ScoreModel, covariates: list[str], exact: Sequence[str]
) -> tuple[pd.DataFrame, list[str]]:
    """The households of the score model, and the columns to show the balance of.

    Exact columns outside the score model show their balance as levels.
    """
    levels = rows[[name for name in exact if name not in model.filled]].map(
        lambda value: f"{value:g}" if isinstance(value, float) else str(value)
    )
    levels = levels.where(rows[levels.columns].notna(), "missing")
    candidates = pd.concat([rows[["household", "order", "role"]], model.filled, levels], axis=1)
    candidates["propensity_score"] = rows["propensity_score"]
    shown = [name for name in model.filled if name in covariates or name in model.design]
    return candidates, [*shown, *levels]


def _assemble(rows: pd.DataFrame, result: r_bridge.NearestMatch) -> pd.DataFrame:
    score = rows["linear_predictor"].to_numpy()
    pairs = result.pairs.copy()
    # MatchIt may number a second, nearer control first where a stratum has one approach household.
    pairs["gap"] = np.round(np.abs(score[pairs["treated"]] - score[pairs["control"]]), r_bridge.SCORE_DECIMALS)
    pairs = pairs.sort_values(["treated", "gap", "k"], ignore_index=True)
    pairs["subclass"] = pairs["treated"].rank(method="dense").astype("int64")
    approach = pairs.drop_duplicates("treated")
    parts = [
        approach[["treated", "subclass"]].rename(columns={"treated": "row"}).assign(group="approach"),
        pairs[["control", "subclass"]].rename(columns={"control": "row"}).assign(group="control"),
    ]
    matched = pd.concat(parts).sort_values("subclass", kind="stable", ignore_index=True)
    at = matched["row"].to_numpy()
    matched["household"], matched["weight"] = rows["household"].to_numpy()[at], result.weights[at]
    matched["propensity_score"] = rows["propensity_score"].to_numpy()[at]
    return matched[["household", "group", "subclass", "weight", "propensity_score"]]
