"""What is said of a matching: choices, numbers of households, why some are not in it, and the score model."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.definitions.strategies import Strategy
from effectstudie.matching.score_model import FittedScore
from effectstudie.methods.balance import effective_sample_size
from effectstudie.shared import r_bridge
from effectstudie.shared.vocabulary import COMPARED

# Why a household is not in the matching, the first that applies; the last two are for the approach only.
REASONS = ("missing_covariate", "missing_exact", "exact_stratum", "no_control_within_caliper", "no_control_left")
DISTANCE = "linear predictor of a logit model"
# Whose effect it is: the treated, or those who could have been in either group (Li, Morgan and Zaslavsky 2018).
ESTIMANDS = {"overlap": "ATO", "entropy": "ATT"}
ORDER = "{} propensity score first; equal scores in the order of the seeded shuffle"


def reasons_unused(
    treated: np.ndarray, stratum: np.ndarray, eligible: np.ndarray, near: np.ndarray, matched: np.ndarray
) -> np.ndarray:
    """Of each household with a score why it is not in the matching (REASONS, but the first); empty for others.

    `stratum`: below 0 where an exact column is missing; `eligible`: in a stratum of both groups; `near`: with a
    household of the other group within the caliper.
    """
    return np.select([stratum < 0, ~eligible, ~near & treated, ~matched & treated], REASONS[1:], default="")


def summary_of(
    strategy: Strategy,
    seed: int,
    households: pd.DataFrame,
    unused: np.ndarray,
    matched: pd.DataFrame,
    score: np.ndarray,
    caliper: float | None,
    model: r_bridge.ScoreModel,
    notes: Sequence[str],
    warnings: Sequence[str],
    told: Mapping[str, Any],
    sd_within: float | None = None,
) -> dict[str, Any]:
    """Plain numbers and texts about a matching, no ids.

    `households`: all that could be matched, with `unused` the reason of each (REASONS, or empty); `score`: of those in
    the score model, on the logit scale, as are `caliper` and `sd_within`, the SD within strata that it is measured in.
    `told`: of nearest the `tied_pairs` and what `matchit` was given, of optimal and full the version of `optmatch`.
    """
    in_model = unused != REASONS[0]
    weights = matched["weight"][matched["group"].eq("control")].to_numpy()
    n_approach = int(matched["group"].eq("approach").sum())
    return {
        "label": strategy.label,
        "method": strategy.design,
        "distance": DISTANCE,
        "estimand": "ATT",
        "replacement": False,
        **({"order": ORDER.format(strategy.order)} if strategy.order else {}),
        "seed": int(seed),
        **_households(strategy, households, unused, matched),
        **({"ratio_asked": int(strategy.ratio)} if strategy.ratio else {}),
        "ratio_reached": len(weights) / n_approach,
        **_sets(matched, strategy),
        "caliper_sd": None if caliper is None else float(strategy.caliper),
        "caliper_lp": caliper,
        "sd_lp": float(score.std(ddof=1)),
        **({} if sd_within is None else {"sd_lp_within_strata": sd_within}),
        "ess_controls": effective_sample_size(weights),
        "ties": {
            "tied_scores": int(pd.Series(score).duplicated(keep=False).sum()),
            **{key: value for key, value in told.items() if key == "tied_pairs"},
        },
        "score_model": _score_model(households["role"][in_model], model),
        "notes": list(notes),
        "warnings": [*dict.fromkeys(warnings)],
        "versions": {**r_bridge.versions(), **{key: value for key, value in told.items() if key == "optmatch"}},
        **{key: value for key, value in told.items() if key == "matchit"},
    }


def _sets(matched: pd.DataFrame, strategy: Strategy) -> dict[str, dict[str, int]]:
    """How many sets there are by their controls; of full matching by approach households and controls, as 1:3."""
    groups = [matched["group"].eq(group).groupby(matched["subclass"]).sum() for group in COMPARED]
    by_controls = {str(size): int(count) for size, count in groups[1].value_counts().sort_index().items()}
    if strategy.design != "full":
        return {"sets_by_controls": by_controls}
    both = pd.DataFrame(dict(zip(COMPARED, groups, strict=True))).value_counts().sort_index()
    return {"sets": {f"{approach}:{controls}": int(count) for (approach, controls), count in both.items()}}


def summary_of_weights(
    strategy: Strategy,
    seed: int,
    households: pd.DataFrame,
    unused: np.ndarray,
    matched: pd.DataFrame,
    imbalance: float,
    model: FittedScore,
) -> dict[str, Any]:
    """The same of a design that weighs: what a matching has alone is not there.

    `imbalance`: largest difference between the weighted means of the columns of the score model, in SDs.
    """
    weights = {group: matched["weight"][matched["group"].eq(group)].to_numpy() for group in COMPARED}
    return {
        "label": strategy.label,
        "method": strategy.design,
        "distance": DISTANCE,
        "estimand": ESTIMANDS[strategy.design],
        "seed": int(seed),
        **_households(strategy, households, unused, matched),
        "ess_approach": effective_sample_size(weights["approach"]),
        "ess_controls": effective_sample_size(weights["control"]),
        "largest_share_controls": float(weights["control"].max() / weights["control"].sum()),
        "largest_difference": imbalance,
        "score_model": _score_model(households["role"][unused == ""], model.fit),
        "notes": list(model.notes),
        "warnings": [*dict.fromkeys(model.fit.warnings)],
        "versions": r_bridge.versions(),
    }


def _households(
    strategy: Strategy, households: pd.DataFrame, unused: np.ndarray, matched: pd.DataFrame
) -> dict[str, Any]:
    """What was asked of the households, how many there are, and why some take no part."""
    covariates = list(strategy.covariates)
    groups = {role: households["role"].eq(role).to_numpy() for role in ("approach", "pool")}
    counts = {
        role: {reason: int(((unused == reason) & member).sum()) for reason in REASONS}
        for role, member in groups.items()
    }
    missing = households[covariates].isna()
    return {
        "covariates": covariates,
        "exact": list(strategy.exact),
        "missing_rule": strategy.missing,
        "missing": {
            name: {role: int(missing[name][member].sum()) for role, member in groups.items()} for name in covariates
        },
        "n_approach": int(groups["approach"].sum()),
        "n_pool": int(groups["pool"].sum()),
        "n_matched_approach": int(matched["group"].eq("approach").sum()),
        "n_matched_controls": int(matched["group"].eq("control").sum()),
        "n_unmatched_approach": sum(counts["approach"].values()),
        "unmatched_approach": counts["approach"],
        "pool_set_aside": {reason: counts["pool"][reason] for reason in REASONS[:3]},
    }


def _score_model(role: pd.Series, model: r_bridge.ScoreModel) -> dict[str, Any]:
    """`role`: of the households that the model was fitted to."""
    return {
        "n_approach": int(role.eq("approach").sum()),
        "n_pool": int(role.eq("pool").sum()),
        "converged": model.converged,
        "coefficients": model.coefficients,
    }
