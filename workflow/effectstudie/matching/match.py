"""Match the households of an approach to households of the pool by propensity score.

Nearest neighbour on the linear predictor of a logit model, without replacement, each approach household
getting its first control before any gets a second, the largest score first. MatchIt does it; `matching_check`
does it again. Households are matched, never persons.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.matching.balance import effective_sample_size
from effectstudie.matching.check import check_matching, check_score, nearest_gaps, strata
from effectstudie.matching.score_model import fill_missing, independent_columns, separating_columns
from effectstudie.shared import r_bridge
from effectstudie.shared.errors import ConfigError, InputError, MatchingError

RESERVED = ("household", "order", "role", "linear_predictor", "propensity_score")


# Why a household is not in the matching, the first that applies; the last two are for the approach only.
REASONS = ("missing_covariate", "missing_exact", "exact_stratum", "no_control_within_caliper", "no_control_left")

SEPARATION = (
    "The score model tells the group of some households with certainty by {}: these coefficients have no finite "
    "value, and the SD of the score, which the caliper follows from, is arbitrary."
)

NO_OPTMATCH = "full and optimal need R's package optmatch, which Debian lacks"

ORDER = "{} propensity score first; equal scores in the order of the seeded shuffle"

ORDERS = ("largest", "smallest")


@dataclass(frozen=True)
class MatchResult:
    """A checked matching.

    `matched`: household, group (approach|control), subclass (1..n), weight (ATT), propensity_score; the
    approach household of a subclass first, then its controls, the nearest first.
    `candidates`: a row per household of the score model, by `order`: household, order, role, the covariates
    with missing values filled, their `_missing` indicators, propensity_score. `covariates`: which of its
    columns to show the balance of. `summary`: plain numbers and texts, no ids.
    """

    matched: pd.DataFrame
    candidates: pd.DataFrame
    covariates: list[str]
    summary: dict[str, Any]


def match_households(households: pd.DataFrame, strategy: Mapping[str, Any], seed: int) -> MatchResult:
    """Match by one strategy of a study.

    `households`: one row each: household, order (whole number, unique: breaks ties), role (approach|pool), and
    numeric covariates. `strategy`: covariates, ratio (controls per approach household), caliper (in SD of
    the linear predictor over all candidates, or None), missing (`complete`: leave such households out;
    `indicator`: mean of all candidates plus a 0/1 column), exact (columns, optional), method (`nearest`), order (of the
    approach households by score: `largest` or `smallest` first).
    Raises ConfigError for the strategy, InputError for the households, MatchingError when nothing can be
    matched or the check refuses. The result does not depend on the order of the rows.
    """
    _check_strategy(strategy, households)
    covariates, exact = list(dict.fromkeys(strategy["covariates"])), list(strategy.get("exact") or [])
    _check_households(households, covariates)
    everyone = households.sort_values("order", ignore_index=True)
    missing = everyone[covariates].isna()
    left_out = missing.any(axis=1) & (strategy["missing"] == "complete")
    rows = everyone[~left_out].reset_index(drop=True)
    _require_groups(rows["role"], "no missing covariates", strategy)

    treated = rows["role"].eq("approach").to_numpy()
    filled = fill_missing(rows[covariates])
    design, notes = independent_columns(filled)
    endless = separating_columns(design, treated)
    # Without a finite coefficient the SD of the score is arbitrary, and the caliper with it. An indicator can be
    # missed; a covariate is the study's choice, so it stays and is warned of.
    while indicators := [name for name in endless if name not in covariates]:
        design = design.drop(columns=indicators[-1])
        notes.append(f"{indicators[-1]} is left out of the score model: it would tell some groups with certainty.")
        endless = separating_columns(design, treated)
    if design.empty:
        raise MatchingError(f"No covariate of {_name(strategy)} differs between households: choose others.")
    model = r_bridge.fit_propensity(design, treated, seed)
    check_score(design, model.coefficients, model.linear_predictor)
    # to begin with the smallest is to begin with the largest of the negative score; distances stay what they are
    score = -model.linear_predictor if strategy.get("order") == "smallest" else model.linear_predictor
    caliper = None if strategy["caliper"] is None else float(strategy["caliper"] * score.std(ddof=1))

    stratum = strata(rows, exact)
    shared = np.setdiff1d(np.intersect1d(stratum[treated], stratum[~treated]), [-1])
    eligible = np.isin(stratum, shared)
    _require_groups(rows["role"][eligible], f"a stratum of {', '.join(exact)} that both groups are in", strategy)
    if np.ptp(score[eligible]) == 0:
        raise MatchingError(f"All propensity scores of {_name(strategy)} are equal: choose covariates that differ.")
    in_reach = nearest_gaps(score, treated, stratum) <= (np.inf if caliper is None else caliper)
    if not (in_reach & eligible).any():
        raise MatchingError(
            f"No approach household has a control within {strategy['caliper']} SD ({caliper:.3g} on the logit): "
            f"widen the caliper or change the covariates of {_name(strategy)}."
        )
    at = np.flatnonzero(eligible)
    result = r_bridge.match_nearest(
        score[at],
        treated[at],
        ratio=strategy["ratio"],
        caliper=caliper,
        seed=seed,
        stratum=stratum[at] if len(shared) > 1 else None,
    )
    rows["linear_predictor"], rows["propensity_score"] = score, 1 / (1 + np.exp(-score))
    matched = _assemble(rows.iloc[at].reset_index(drop=True), result)
    tied_pairs = check_matching(rows, matched, ratio=strategy["ratio"], caliper=caliper, exact=exact)
    if strategy.get("order") == "smallest":
        for frame in (rows, matched):
            frame["propensity_score"] = 1 - frame["propensity_score"]

    separation = [SEPARATION.format(", ".join(endless))] if endless else []
    found = rows["household"].isin(matched["household"]).to_numpy()
    reasons = [stratum < 0, ~eligible, ~in_reach & treated, ~found & treated]
    unused = np.full(len(everyone), "missing_covariate", dtype=object)
    unused[~left_out] = np.select(reasons, REASONS[1:], default="")
    groups = {role: everyone["role"].eq(role).to_numpy() for role in ("approach", "pool")}
    counts = {
        role: {reason: int(((unused == reason) & member).sum()) for reason in REASONS}
        for role, member in groups.items()
    }
    weights = matched["weight"][matched["group"].eq("control")].to_numpy()
    sets = matched["subclass"].value_counts().sub(1).value_counts().sort_index()
    summary = {
        "label": strategy.get("label", ""),
        "method": "nearest",
        "distance": "linear predictor of a logit model",
        "estimand": "ATT",
        "replacement": False,
        "order": ORDER.format(strategy.get("order", "largest")),
        "seed": int(seed),
        "covariates": covariates,
        "exact": exact,
        "missing_rule": strategy["missing"],
        "missing": {
            name: {role: int(missing[name][member].sum()) for role, member in groups.items()} for name in covariates
        },
        "n_approach": int(groups["approach"].sum()),
        "n_pool": int(groups["pool"].sum()),
        "n_matched_approach": int(sets.sum()),
        "n_matched_controls": len(weights),
        "n_unmatched_approach": sum(counts["approach"].values()),
        "unmatched_approach": counts["approach"],
        "pool_set_aside": {reason: counts["pool"][reason] for reason in REASONS[:3]},
        "ratio_asked": int(strategy["ratio"]),
        "ratio_reached": len(weights) / int(sets.sum()),
        "sets_by_controls": {str(size): int(count) for size, count in sets.items()},
        "caliper_sd": None if caliper is None else float(strategy["caliper"]),
        "caliper_lp": caliper,
        "sd_lp": float(score.std(ddof=1)),
        "ess_controls": effective_sample_size(weights),
        "ties": {"tied_scores": int(pd.Series(score).duplicated(keep=False).sum()), "tied_pairs": tied_pairs},
        "score_model": {
            "n_approach": int(treated.sum()),
            "n_pool": int((~treated).sum()),
            "converged": model.converged,
            "coefficients": model.coefficients,
        },
        "notes": notes,
        "warnings": [*dict.fromkeys([*model.warnings, *separation, *result.warnings])],
        "versions": r_bridge.versions(),
    }
    # Exact columns outside the score model show their balance as levels.
    levels = rows[[name for name in exact if name not in filled]].map(
        lambda value: f"{value:g}" if isinstance(value, float) else str(value)
    )
    levels = levels.where(rows[levels.columns].notna(), "missing")
    candidates = pd.concat([rows[["household", "order", "role"]], filled, levels], axis=1)
    candidates["propensity_score"] = rows["propensity_score"]
    shown = [name for name in filled if name in covariates or name in design]
    return MatchResult(matched, candidates, [*shown, *levels], summary)


def _check_strategy(strategy: Mapping[str, Any], households: pd.DataFrame) -> None:
    allowed = {
        "method": (lambda method: method == "nearest", f"nearest is allowed; {NO_OPTMATCH}"),
        "covariates": (lambda names: isinstance(names, list) and names, "a list of columns is allowed"),
        "ratio": (lambda ratio: type(ratio) is int and ratio >= 1, "a whole number from 1 is allowed"),
        "caliper": (_is_caliper, "a number above 0 or null is allowed"),
        "missing": (lambda rule: rule in ("complete", "indicator"), "complete or indicator is allowed"),
        "order": (lambda order: order in ORDERS, "largest or smallest is allowed"),
    }
    given = {"method": "nearest", "order": "largest", **strategy}
    problems = [
        f"{_name(strategy)}: {key} is {given.get(key, 'not given')!r}; {what}."
        for key, (holds, what) in allowed.items()
        if not holds(given.get(key, "not given"))
    ]
    known = [name for name in households if name not in RESERVED]
    problems += [
        f"{_name(strategy)}: {key} names {name!r}, which is no covariate of the households; there are {known}."
        for key in ("covariates", "exact")
        for name in strategy.get(key) or []
        if name not in known
    ]
    if problems:
        raise ConfigError(problems)


def _is_caliper(value: Any) -> bool:
    return value is None or (type(value) in (int, float) and 0 < value < np.inf)


def _check_households(households: pd.DataFrame, covariates: list[str]) -> None:
    problems, order = [], households["order"]
    if households["household"].duplicated().any() or households["household"].isna().any():
        problems.append("households: a household is missing or occurs twice: give each household one row.")
    if order.dtype.kind not in "iu" or order.duplicated().any():
        problems.append("households: order must be a different whole number for each household: shuffle again.")
    if not households["role"].isin(["approach", "pool"]).all():
        problems.append("households: role must be approach or pool in each row: leave out other households.")
    for name in covariates:
        column = households[name]
        if not (pd.api.types.is_numeric_dtype(column) or column.dtype == bool):
            problems.append(f"households: covariate {name} is {column.dtype}; numbers or 0/1 are allowed: recode it.")
        elif column.isna().all():
            problems.append(f"households: covariate {name} is missing everywhere: take it out of the strategy.")
        elif np.isinf(column.to_numpy(dtype=float, na_value=np.nan)).any():
            problems.append(f"households: covariate {name} has infinite values: correct them.")
        elif f"{name}_missing" in covariates:
            problems.append(f"households: {name}_missing is made from {name}: rename the covariate of that name.")
    if problems:
        raise InputError(problems)


def _require_groups(role: pd.Series, having: str, strategy: Mapping[str, Any]) -> None:
    if set(role.unique()) != {"approach", "pool"}:
        raise MatchingError(
            f"Nothing to match in {_name(strategy)}: no households of both approach and pool with {having}."
        )


def _name(strategy: Mapping[str, Any]) -> str:
    return f"strategy {strategy.get('label', '')!r}"


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
