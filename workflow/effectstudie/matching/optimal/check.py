"""Second opinion on the sets of optmatch: who is in them, how far apart, and whether the sum is the least there is.

The least sum is found another way: optmatch sends a flow through a network, here households are assigned (scipy).
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from effectstudie.matching.check import check_pairs, check_weights, members_of
from effectstudie.matching.own_matcher import strata
from effectstudie.shared.errors import MatchingError
from effectstudie.shared.messages.sentences import say

# What the sum may be above the least, for each household: optmatch works with whole numbers.
TOLERANCE = 1e-6


def check_sets(
    candidates: pd.DataFrame,
    matched: pd.DataFrame,
    *,
    ratio: int | None,
    caliper: float | None,
    exact: Sequence[str] = (),
) -> None:
    """Refuse sets that are not an optimal matching with this `ratio`, or without one not a full matching.

    `candidates`, `matched`, `caliper`: see check.check_matching; every stratum has both groups. Raises MatchingError.
    """
    rows, at = members_of(candidates, matched)
    treated, stratum = rows["role"].eq("approach").to_numpy(), strata(rows, exact)
    of = pd.DataFrame({"set": matched["subclass"].to_numpy(), "row": at, "treated": treated[at]})
    controls, approach = ((of["treated"] == group).groupby(of["set"]).sum() for group in (False, True))
    wrong = np.minimum(controls, approach) != 1
    if ratio is not None:
        wrong |= (approach > 1) | (controls > ratio)
    if wrong.any():
        raise MatchingError(
            say("{count} sets are not one household of a group with those of the other it may have.", count=wrong.sum())
        )
    pairs = of[of["treated"]].merge(of[~of["treated"]], on="set")
    gap = check_pairs(pairs["row_x"].to_numpy(), pairs["row_y"].to_numpy(), rows, caliper, exact)
    check_weights(matched)
    score, taken = rows["linear_predictor"].to_numpy(dtype=float), np.zeros(len(rows), dtype=bool)
    taken[at] = True
    least = 0.0
    for number in np.unique(stratum[stratum >= 0]):
        groups = [np.flatnonzero((stratum == number) & (treated == group)) for group in (True, False)]
        apart = np.abs(score[groups[0]][:, None] - score[groups[1]])
        found = [taken[group] for group in groups]
        if ratio is None:
            apart = np.where(apart <= (np.inf if caliper is None else caliper), apart, np.inf)
            complete = all((np.isfinite(apart).any(axis=1 - axis) == found[axis]).all() for axis in (0, 1))
        else:
            n, pool = apart.shape
            complete = found[0].sum() == min(n, pool) and found[1].sum() == (
                min(pool, n * ratio) if pool >= n else pool
            )
        if not complete:
            raise MatchingError(say("Households were left out, or taken in, that a matching of this design would not."))
        least += least_of_sets(apart) if ratio is None else least_of_pairs(apart, ratio)
    if gap.sum() > least + TOLERANCE * len(at):
        raise MatchingError(
            say(
                "The differences in score of all pairs add up to {total:.6g}, and {least:.6g} can be had: not the best "
                "matching.",
                total=gap.sum(),
                least=least,
            )
        )


def least_of_pairs(apart: np.ndarray, ratio: int) -> float:
    """Least sum of distances with `ratio` controls (columns) per row, or with fewer alike where there are fewer.

    Where the controls are fewer than the rows, each has one row.
    """
    n, pool = apart.shape
    each = ratio if pool >= n else 1
    sure = min(each, max(1, pool // n))
    places = np.repeat(apart, each, axis=0)
    # dear enough that a row gets one above what all can get only when nothing else is left
    further = np.tile(np.arange(each) >= sure, n) * (1 + places.sum())
    chosen = linear_sum_assignment(places + further[:, None])
    return float(places[chosen].sum())


def least_of_sets(apart: np.ndarray) -> float:
    """Least sum of distances in which each row and column that has a finite one takes part: a least edge cover.

    Each takes its nearest, less what is saved by pairs who share a distance (Schrijver 2003, section 19.3).
    """
    reach = np.isfinite(apart)
    nearest = [np.where(reach.any(axis=axis), apart.min(axis=axis), 0.0) for axis in (1, 0)]
    saved = np.where(reach, np.minimum(apart - nearest[0][:, None] - nearest[1], 0.0), 0.0)
    return float(sum(of.sum() for of in nearest) + saved[linear_sum_assignment(saved)].sum())
