"""Our own matcher in numpy: nearest neighbour without replacement, the strata, weights and distances of it.

`check` holds a matching of MatchIt against it.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def greedy_pairs(
    score: np.ndarray, treated: np.ndarray, stratum: np.ndarray, ratio: int, caliper: float | None
) -> pd.DataFrame:
    """Match greedily: in each round every treated row, largest score first, takes the nearest free control.

    Arrays have a value per row; `stratum` -1 = cannot be matched. Ties go to the earlier row.
    Returns treated, k (1 = first control), control: row numbers from 0.
    """
    free = ~treated & (stratum >= 0)
    queue = np.flatnonzero(treated)[np.argsort(-score[treated], kind="stable")]
    pairs = []
    for k in range(1, ratio + 1):
        for row in queue:
            # Rounded, or the last bit of a subtraction would settle a tie between a control above and below.
            distance = np.round(distances(row, score, stratum, free, caliper), 9)
            nearest = int(distance.argmin())
            if np.isfinite(distance[nearest]):
                pairs.append((int(row), k, nearest))
                free[nearest] = False
    return pd.DataFrame(pairs, columns=["treated", "k", "control"]).astype("int64")


def strata(rows: pd.DataFrame, exact: Sequence[str]) -> np.ndarray:
    """Number of the exact stratum per row; -1 where an `exact` column is missing; 0 throughout without any."""
    if not exact:
        return np.zeros(len(rows), dtype=int)
    numbers = rows.groupby(list(exact), sort=True, observed=True, dropna=True).ngroup()
    return numbers.mask(rows[list(exact)].isna().any(axis=1), -1).to_numpy(dtype=int)


def nearest_gaps(score: np.ndarray, treated: np.ndarray, stratum: np.ndarray) -> np.ndarray:
    """Distance of each approach row to the nearest control of its stratum, free or not; inf for others."""
    gap = np.full(len(score), np.inf)
    for row in np.flatnonzero(treated):
        gap[row] = np.abs(score[~treated & (stratum == stratum[row])] - score[row]).min(initial=np.inf)
    return gap


def matching_weights(matched: pd.DataFrame) -> np.ndarray:
    """ATT weights as MatchIt defines them, from `group` and `subclass` alone.

    Approach 1; a control that shares its approach household with k - 1 others 1/k, scaled so that the
    weights of the controls sum to their number.
    """
    control = matched["group"].eq("control")
    weight = 1 / control.groupby(matched["subclass"]).transform("sum")
    return np.where(control, weight * control.sum() / weight[control].sum(), 1.0)


def distances(
    row: int,
    score: np.ndarray,
    stratum: np.ndarray,
    free: np.ndarray,
    caliper: float | None,
    slack: float = 0.0,
) -> np.ndarray:
    """Distance of a row to each free row of its stratum within the caliper and `slack`; inf to all others."""
    distance = np.abs(score - score[row])
    allowed = free & (stratum == stratum[row])
    if caliper is not None:
        allowed &= distance <= caliper + slack
    return np.where(allowed, distance, np.inf)
