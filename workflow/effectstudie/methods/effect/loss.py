"""What a loss to follow-up may do to an effect: weights for staying, and how different the lost would have to be."""

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike

from effectstudie.methods.clustered.households import does_not_vary, numbers
from effectstudie.methods.estimate import Reason

# Fewer lost in a group tell nothing of who is lost; weights of more than 20 rest on single persons.
FEWEST_LOST = 5
SMALLEST_PROBABILITY = 0.05


@dataclass(frozen=True)
class StayingWeights:
    """`weights`: one per person, 0 for the lost; None, with a reason, where there are none."""

    weights: np.ndarray | None = None
    note: str = ""
    reason: Reason = ""


@dataclass(frozen=True)
class TippingPoint:
    """`value`: the effect when the lost are like the others of their group with the same start; `share`: of the treated
    who were lost; `shift`: how much more y the lost of the treated would have to have for an effect of 0. In the unit
    of y.
    """

    value: float = nan
    share: float = nan
    shift: float = nan
    note: str = ""
    reason: Reason = ""


def _yes_no(name: str, values: ArrayLike, shape: tuple[int, ...]) -> np.ndarray:
    array = numbers(name, values, shape)
    if not np.isin(array, (0, 1)).all():
        raise ValueError(f"{name} holds other values than 0 and 1")
    return array == 1


def staying_weights(stayed: ArrayLike, treated: ArrayLike, before: ArrayLike) -> StayingWeights:
    """Weights that make those who stayed like all who started: P(stay | group) / P(stay | group, start).

    Logit of staying on the start, group by group (Robins, Hernán and Brumback 2000, stabilised); they do so where that
    logit is right, and exactly where the start has two values. `stayed` and `treated` boolean, `before` the first
    measurement, one element per person. ValueError for missing numbers and other shapes.

    >>> stayed = np.array([True, True, False, True, True] * 10)
    >>> staying_weights(stayed, np.arange(50) < 25, np.ones(50)).weights[:4].tolist()  # the start is the same for all
    [1.0, 1.0, 0.0, 1.0]
    """
    before = numbers("before", before, np.shape(before)[:1])
    stayed, treated = _yes_no("stayed", stayed, before.shape), _yes_no("treated", treated, before.shape)
    weights = np.zeros(len(stayed))
    for group in (True, False):
        mine = treated == group
        kept = stayed[mine]
        if (~kept).sum() < FEWEST_LOST or kept.sum() < FEWEST_LOST:
            return StayingWeights(note=f"fewer than {FEWEST_LOST} of a group were lost, or stayed", reason="pairs")
        probability = _logit(kept, before[mine])
        if probability is None or probability.min() < SMALLEST_PROBABILITY:
            why = f"someone would have stayed with a chance under {SMALLEST_PROBABILITY}, or the start tells who stayed"
            return StayingWeights(note=why, reason="fit")
        weights[mine] = np.where(kept, kept.mean() / probability, 0.0)
    return StayingWeights(weights)


def _logit(y: np.ndarray, x: np.ndarray) -> np.ndarray | None:
    """Fitted probabilities of the logit of y on x, by Newton's method; None where x separates y."""
    if does_not_vary(x):
        return np.full(len(y), y.mean())
    design = np.column_stack([np.ones(len(x)), (x - x.mean()) / x.std()])
    coefficients = np.array([np.log(y.mean() / (1 - y.mean())), 0.0])
    for _ in range(100):
        fitted = 1 / (1 + np.exp(-design @ coefficients))
        information = (design * (fitted * (1 - fitted))[:, None]).T @ design
        if np.linalg.cond(information) > 1e12:
            return None
        step = np.linalg.solve(information, design.T @ (y - fitted))
        coefficients = coefficients + step
        if np.abs(coefficients).max() > 15:
            return None
        if np.abs(step).max() < 1e-9:  # the next would be its square
            return 1 / (1 + np.exp(-design @ coefficients))
    return None


def tipping_point(
    before: ArrayLike, after: ArrayLike, treated: ArrayLike, weights: ArrayLike | None = None
) -> TippingPoint:
    """How different the lost of the treated would have to be for the difference in change to be 0.

    The lost get the follow-up that the regression on the start, in their own group, gives them; those of the treated
    get D more. The effect is then value + D x share, and 0 at D = -value / share (delta adjustment; Carpenter and
    Kenward 2013). `after` NaN for the lost; `treated` boolean; one element per person, those of weight 0 are left out.
    ValueError for other missing or infinite numbers, other shapes and weights below 0.

    >>> before, after = np.array([1.0, 2, 3, 4, 1, 2, 3, 4]), np.array([2.0, 3, 4, np.nan, 1, 2, 3, 4])
    >>> tipping_point(before, after, np.arange(8) < 4)  # a change of 1 against 0; one of four was lost
    TippingPoint(value=1.0, share=0.25, shift=-4.0, note='', reason='')
    """
    before = numbers("before", before, np.shape(before)[:1])
    after, treated = np.asarray(after, dtype=float), _yes_no("treated", treated, before.shape)
    numbers("after", np.where(np.isnan(after), 0, after), before.shape)
    w = np.ones(len(before)) if weights is None else numbers("weights", weights, before.shape)
    if (w < 0).any():
        raise ValueError("weights holds values below 0")
    before, after, treated, w = (x[w > 0] for x in (before, after, treated, w))
    lost = np.isnan(after)
    filled = after.copy()
    for group in (True, False):
        mine = treated == group
        kept, gone = mine & ~lost, mine & lost
        if kept.sum() < 3:
            return TippingPoint(note="fewer than 3 of a group stayed", reason="pairs")
        if gone.any():
            if does_not_vary(before[kept]) and not does_not_vary(before[mine]):
                why = "the start does not vary in those of a group who stayed, and the lost had another"
                return TippingPoint(note=why, reason="design")
            middle, level = (np.average(x[kept], weights=w[kept]) for x in (before, after))
            x, y = before[kept] - middle, after[kept] - level
            slope = 0.0 if does_not_vary(before[kept]) else (w[kept] * x) @ y / ((w[kept] * x) @ x)
            filled[gone] = level + slope * (before[gone] - middle)
    change = filled - before
    value = float(np.average(change[treated], weights=w[treated]) - np.average(change[~treated], weights=w[~treated]))
    share = float(np.average(lost[treated], weights=w[treated]))
    if share == 0:
        return TippingPoint(value, 0.0, note="nobody of the approach was lost", reason="pairs")
    return TippingPoint(value, share, -value / share)
