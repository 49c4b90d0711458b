"""Weights that make two groups alike on their covariates: overlap weights and entropy balancing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

# Steps of Newton's method; where there are weights, some ten are enough.
_STEPS, _SMALLEST_PART = 200, 1e-10
# Largest distance of a mean from its target, in SDs, at which the means are called equal.
CONVERGED = 1e-8


@dataclass(frozen=True, eq=False)
class EntropyWeights:
    """`weights`: a row each, their sum the number of rows; `multipliers`: l, a covariate each, in one over its unit.

    `worst`: largest distance of a weighted mean from its target, in SDs of the rows; `converged`: it is at most 1e-8.
    """

    weights: np.ndarray
    multipliers: np.ndarray
    worst: float
    converged: bool


def overlap_weights(score: ArrayLike, treated: ArrayLike) -> np.ndarray:
    """1 - e of the treated and e of the others, e the propensity score: whoever could have been in both weighs most.

    With e of a logit model, fitted by maximum likelihood, the weighted means of its covariates are the same in both
    groups, and so is the sum of the weights (Li, Morgan and Zaslavsky 2018, theorem 3).

    >>> overlap_weights([0.75, 0.5, 0.25], [True, False, False])
    array([0.25, 0.5 , 0.25])
    """
    e, t = np.asarray(score, dtype=float), np.asarray(treated, dtype=bool)
    return np.where(t, 1 - e, e)


def entropy_weights(covariates: ArrayLike, target: ArrayLike) -> EntropyWeights:
    """Weights as even as can be with which the covariates have these means (entropy balancing, Hainmueller 2012).

    w proportional to exp(-l'(x - target)), l where log sum exp is least: there its gradient, mean - target, is 0.
    Newton's method on covariates in SDs, steps halved until they help. `covariates`: a row each, a column per
    covariate; `target`: the means to reach, those of the treated for the effect in the treated. A column that follows
    from others, or is the same everywhere, changes nothing where its mean is right, and cannot be balanced elsewhere.
    Not converged: no weights give these means, as the target lies outside the rows; the weights are then of no use. At
    the edge of the rows those that do not lie there get a weight next to 0.

    >>> entropy_weights([[0.0], [1.0]], [0.25]).weights  # .75 and .25, sum 2
    array([1.5, 0.5])
    """
    x, aim = np.asarray(covariates, dtype=float), np.asarray(target, dtype=float)
    if x.ndim != 2 or not len(x) or aim.shape != x.shape[1:] or not (np.isfinite(x).all() and np.isfinite(aim).all()):
        raise ValueError("covariates and target must be finite numbers, a column of covariates for each target.")
    size = x.std(axis=0)
    # a constant has rounding for an SD: its own size stands in, so that another target is far off
    flat = size <= 1e-12 * np.abs(x).max(axis=0)
    unit = np.where(flat, np.maximum(np.abs(x).max(axis=0), 1.0), size)
    z = (x - aim) / unit
    found = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        weight, height = _tilted(z, found)
        gradient = weight @ z
        left = np.abs(gradient).max(initial=0.0)
        if left <= 0.01 * CONVERGED:
            break
        spread = (z - gradient).T @ (weight[:, None] * (z - gradient))
        step = np.linalg.lstsq(spread, gradient, rcond=1e-12)[0]
        part = 1.0
        while part > _SMALLEST_PART and not _helps(z, found + part * step, height, left):
            part /= 2
        if part <= _SMALLEST_PART:
            break
        found = found + part * step
    weight, _ = _tilted(z, found)
    worst = float(np.abs(weight @ z).max(initial=0.0))
    return EntropyWeights(len(x) * weight, found / unit, worst, worst <= CONVERGED)


def imbalance(covariates: ArrayLike, treated: ArrayLike, weights: ArrayLike) -> float:
    """Largest difference between the weighted means of the groups, in SDs of all rows; constants are left out.

    >>> imbalance([[0.0], [2.0], [1.0]], [False, False, True], [3.0, 1.0, 1.0])  # .5 and 1, SD .8165
    0.6124
    """
    x, w = np.asarray(covariates, dtype=float), np.asarray(weights, dtype=float)
    t = np.asarray(treated, dtype=bool)
    means = [np.average(x[group], axis=0, weights=w[group]) for group in (t, ~t)]
    sd = x.std(axis=0)
    varies = sd > 1e-12 * np.abs(x).max(axis=0)
    return float((np.abs(means[0] - means[1])[varies] / sd[varies]).max(initial=0.0))


def _helps(z: np.ndarray, multipliers: np.ndarray, height: float, left: float) -> bool:
    """Whether log sum exp is lower here or, where rounding hides that, its gradient is smaller than `left`."""
    weight, here = _tilted(z, multipliers)
    level = here <= height + 1e-12 * max(1.0, abs(height))
    return here < height - 1e-12 * max(1.0, abs(height)) or (level and np.abs(weight @ z).max() < left)


def _tilted(z: np.ndarray, multipliers: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights proportional to exp(-z l), with sum 1, and log sum exp(-z l)."""
    power = -z @ multipliers
    top = power.max()
    raw = np.exp(power - top)
    total = raw.sum()
    return raw / total, float(top + np.log(total))
