"""Our own matcher in numpy: nearest neighbour without replacement, the strata and weights of it.

`check` holds a matching of MatchIt against it.
"""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
import pandas as pd


class FreeControls:
    """The controls that nobody has taken, by stratum and score; `stratum` -1 = cannot be matched.

    A search in sorted lists: a pass along every control for every approach household takes minutes where both are many.
    """

    def __init__(self, score: np.ndarray, treated: np.ndarray, stratum: np.ndarray) -> None:
        self._score, self._stratum = score, stratum
        self._free: dict[int, list[tuple[float, int]]] = {}
        rows = np.flatnonzero(~treated & (stratum >= 0))
        rows = rows[np.lexsort((score[rows], stratum[rows]))]
        for of, at, row in zip(stratum[rows].tolist(), score[rows].tolist(), rows.tolist(), strict=True):
            self._free.setdefault(of, []).append((at, row))

    def nearest(self, row: int) -> tuple[float, int]:
        """Distance and row of the control of its stratum nearest to a row, the earlier row of a tie; inf and -1."""
        free, score = self._free.get(int(self._stratum[row]), []), float(self._score[row])
        place = bisect_left(free, (score, -1))
        beside = free[place : place + 1]
        if place:  # below it the earliest row of those with the same score
            beside.append(free[bisect_left(free, (free[place - 1][0], -1))])
        # Rounded, or the last bit of a subtraction would settle a tie between a control above and below.
        return min(((round(abs(at - score), 9), other) for at, other in beside), default=(np.inf, -1))

    def take(self, row: int) -> None:
        """A control is free no more."""
        free = self._free[int(self._stratum[row])]
        del free[bisect_left(free, (float(self._score[row]), row))]


def greedy_pairs(
    score: np.ndarray, treated: np.ndarray, stratum: np.ndarray, ratio: int, caliper: float | None
) -> pd.DataFrame:
    """Match greedily: in each round every treated row, largest score first, takes the nearest free control.

    Arrays have a value per row; `stratum` -1 = cannot be matched. Ties go to the earlier row.
    Returns treated, k (1 = first control), control: row numbers from 0.
    """
    free = FreeControls(score, treated, stratum)
    reach = np.inf if caliper is None else caliper
    queue = np.flatnonzero(treated)[np.argsort(-score[treated], kind="stable")].tolist()
    pairs = []
    for k in range(1, ratio + 1):
        for row in queue:
            _, nearest = free.nearest(row)
            if nearest >= 0 and abs(score[nearest] - score[row]) <= reach:
                pairs.append((row, k, nearest))
                free.take(nearest)
    return pd.DataFrame(pairs, columns=["treated", "k", "control"]).astype("int64")


def settle_ties(pairs: pd.DataFrame, score: np.ndarray, treated: np.ndarray, stratum: np.ndarray) -> np.ndarray:
    """The control of each pair, where those alike in score and stratum go by row: the first taken is the earliest.

    Which of them MatchIt takes differs between its versions. `pairs`: treated, k, control, as of greedy_pairs.
    """
    alike = pd.DataFrame({"score": score, "stratum": stratum}).groupby(["score", "stratum"]).ngroup().to_numpy()
    controls = np.flatnonzero(~treated)
    controls = controls[np.argsort(alike[controls], kind="stable")]
    first = pd.Series(range(len(controls)), index=alike[controls]).groupby(level=0).first()
    # the order in which they were taken
    taken = pairs.assign(score=-score[pairs["treated"]]).sort_values(["k", "score", "treated"])
    kind = pd.Series(alike[taken["control"]], index=taken.index)
    place = first[kind].to_numpy() + kind.groupby(kind).cumcount().to_numpy()
    return pd.Series(controls[place], index=taken.index)[pairs.index].to_numpy()


def strata(rows: pd.DataFrame, exact: Sequence[str]) -> np.ndarray:
    """Number of the exact stratum per row; -1 where an `exact` column is missing; 0 throughout without any."""
    if not exact:
        return np.zeros(len(rows), dtype=int)
    numbers = rows.groupby(list(exact), sort=True, observed=True, dropna=True).ngroup()
    return numbers.mask(rows[list(exact)].isna().any(axis=1), -1).to_numpy(dtype=int)


def nearest_gaps(score: np.ndarray, treated: np.ndarray, stratum: np.ndarray) -> np.ndarray:
    """Distance of each approach row to the nearest control of its stratum, free or not; inf for others."""
    gap, controls = np.full(len(score), np.inf), FreeControls(score, treated, stratum)
    for row in np.flatnonzero(treated):
        _, nearest = controls.nearest(row)
        if nearest >= 0:
            gap[row] = abs(score[nearest] - score[row])
    return gap


def matching_weights(matched: pd.DataFrame) -> np.ndarray:
    """ATT weights as MatchIt defines them, from `group` and `subclass` alone.

    Approach 1; a control as many as its set has approach households, shared with the controls of the set (1/k with k
    controls of one household), scaled so that the weights of the controls sum to their number.
    """
    control = matched["group"].eq("control")
    weight = (~control).groupby(matched["subclass"]).transform("sum") / control.groupby(matched["subclass"]).transform(
        "sum"
    )
    return np.where(control, weight * control.sum() / weight[control].sum(), 1.0)
