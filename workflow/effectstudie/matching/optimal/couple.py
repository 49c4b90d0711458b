"""The designs `optimal` and `full`: MatchIt asks R's optmatch for sets; none are used that the check refuses."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.definitions.strategies import Strategy
from effectstudie.matching.optimal.check import check_sets
from effectstudie.shared import r_bridge


@dataclass(frozen=True)
class Coupled:
    """`matched`: as of candidates.MatchResult; what R warned of; what else is `told` of it in the summary."""

    matched: pd.DataFrame
    warnings: list[str]
    told: dict[str, Any]


def couple(
    rows: pd.DataFrame, treated: np.ndarray, stratum: np.ndarray, strategy: Strategy, caliper: float | None, seed: int
) -> Coupled:
    """Sets of the households of `rows`: household, order, linear_predictor, propensity_score, exact columns.

    A row of each in the same order: `treated`, `stratum`, which has both groups. `caliper` is on the scale of the
    score. Raises MatchingError, and MissingPackage without optmatch.
    """
    score = rows["linear_predictor"].to_numpy()
    found = r_bridge.match_optimal(
        score,
        treated,
        ratio=strategy.ratio,
        caliper=caliper,
        seed=seed,
        stratum=stratum if len(np.unique(stratum)) > 1 else None,
    )
    matched = in_sets(rows, treated, found.sets, found.weights)
    check_sets(rows, matched, ratio=strategy.ratio, caliper=caliper, exact=strategy.exact)
    return Coupled(matched, found.warnings, {"optmatch": found.optmatch})


def in_sets(rows: pd.DataFrame, treated: np.ndarray, sets: np.ndarray, weights: np.ndarray) -> pd.DataFrame:
    """`matched` of the rows that are in a set (`sets` above 0), the sets by their first household of the approach.

    In a set the approach comes first, by row; then the controls, the nearest to it first.
    """
    of = pd.DataFrame({"row": np.arange(len(rows)), "set": sets, "control": ~treated, "weight": weights})
    of = of[of["set"] > 0]
    first = of[~of["control"]].groupby("set")["row"].min().rank().astype("int64")
    of["subclass"] = of["set"].map(first)
    score = rows["linear_predictor"].to_numpy()[of["row"]]
    centre = pd.Series(score, index=of.index).where(~of["control"]).groupby(of["set"]).transform("mean")
    of["gap"] = np.where(of["control"], np.round(np.abs(score - centre), r_bridge.SCORE_DECIMALS), 0.0)
    of = of.sort_values(["subclass", "control", "gap", "row"], ignore_index=True)
    at = of["row"].to_numpy()
    return pd.DataFrame({
        "household": rows["household"].to_numpy()[at], "group": np.where(of["control"], "control", "approach"),
        "subclass": of["subclass"], "weight": of["weight"],
        "propensity_score": rows["propensity_score"].to_numpy()[at],
    })  # fmt: skip
