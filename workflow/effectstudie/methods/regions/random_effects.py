"""The mean of the effects of several regions, where regions may differ in their true effect."""

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, stats

from effectstudie.methods.estimate import Estimate, t_estimate
from effectstudie.methods.rounding_error import largest, negligible

# tau^2 is searched in so many steps of growing size, then exactly between two of them.
_STEPS = 200


@dataclass(frozen=True)
class RandomEffects:
    """`mean` over the regions, `n` of it their number; `tau`: SD of their true effects; `next_region`: where the true
    effect of another region would lie in 95 of 100 (NaN for fewer than three regions); `q`, `q_p`: Cochran's test that
    all are alike; `shares`: weight of each region in the mean.
    """

    mean: Estimate
    tau: float = nan
    next_region: tuple[float, float] = (nan, nan)
    q: float = nan
    q_p: float = nan
    shares: tuple[float, ...] = ()


def random_effects(values: ArrayLike, covariance: ArrayLike, guarded: bool = True) -> RandomEffects:
    """Random-effects mean by REML with the variance of Hartung and Knapp (2001), as metafor's `rma(test="adhoc")`.

    `values`: one estimate per region, two or more; `covariance`: of their errors, k x k; regions that share controls
    are not independent. tau^2 maximizes the restricted likelihood of y ~ N(mu 1, V + tau^2 I); with
    W = (V + tau^2 I)^-1 the mean is (1'Wy) / (1'W1) and its variance (y - mu)'W(y - mu) / ((k - 1) 1'W1), on k - 1
    degrees of freedom. That variance is next to nothing where a few estimates happen to be alike; `guarded`: then it is
    1 / 1'W1, which does not rest on them (Roever, Knapp and Friede 2015). Without the guard as `rma(test="knha")`, and
    undefined where all estimates are one number. `next_region`: mean -+ t(k - 1) sqrt(tau^2 + se^2)
    (Higgins, Thompson and Spiegelhalter 2009, with the degrees of freedom of metafor). ValueError for fewer than two,
    missing numbers, and a matrix that is none of variances.

    >>> found = random_effects([0.10, 0.30, 0.35, 0.65], np.diag([0.03, 0.03, 0.05, 0.01]), guarded=False)
    >>> found.mean.value, found.mean.se, found.tau
    (0.3772272, 0.1220154, 0.2072197)
    """
    y, v = np.asarray(values, dtype=float), np.asarray(covariance, dtype=float)
    k = y.size
    if k < 2 or y.shape != (k,) or v.shape != (k, k) or not (np.isfinite(y).all() and np.isfinite(v).all()):
        raise ValueError("random_effects takes two or more values and the covariance of their errors, none missing")
    if not np.allclose(v, v.T) or not np.linalg.eigvalsh(v)[0] > 0:
        raise ValueError("the covariance of the errors is no matrix of variances: symmetric and positive definite")
    tau2 = _reml(y, v)
    precision = np.linalg.inv(v + tau2 * np.eye(k))
    total = precision.sum()
    shares = precision.sum(axis=0) / total
    mean = float(shares @ y)
    off = y - mean
    squares = float(off @ precision @ off)
    if not guarded and squares <= negligible(k, largest(y)) * float(np.abs(precision).max()):
        estimate = Estimate(mean, n=k, clusters=k, note="all regions have one and the same estimate", reason="spread")
        return RandomEffects(estimate, 0.0, shares=tuple(map(float, shares)))
    scale = squares / (k - 1)
    se = sqrt((max(scale, 1.0) if guarded else scale) / total)
    fixed = np.linalg.inv(v)
    apart = y - float(fixed.sum(axis=0) @ y) / fixed.sum()
    q = float(apart @ fixed @ apart)
    half = float(stats.t.ppf(0.975, k - 1)) * sqrt(tau2 + se**2)
    return RandomEffects(
        t_estimate(mean, se, k - 1, k, k),
        sqrt(tau2),
        (mean - half, mean + half) if k > 2 else (nan, nan),
        q,
        float(stats.chi2.sf(q, k - 1)),
        tuple(map(float, shares)),
    )


def _reml(y: np.ndarray, v: np.ndarray) -> float:
    """tau^2 of the largest restricted likelihood, 0 or above.

    In the axes of V the matrices are diagonal: V = U diag(d) U'. The derivative is y'PPy - tr(P), with
    P = W - W1 1'W / 1'W1.
    """
    spread, axes = np.linalg.eigh(v)
    z, one = axes.T @ y, axes.T @ np.ones(len(y))

    def parts(tau2: float) -> tuple[np.ndarray, float, np.ndarray]:
        w = 1 / (spread + tau2)
        total = float(w @ one**2)
        return w, total, z - one * float(w @ (one * z)) / total

    def slope(tau2: float) -> float:
        w, total, off = parts(tau2)
        return float((w * off) @ (w * off)) - float(w.sum()) + float((w * one) @ (w * one)) / total

    def likelihood(tau2: float) -> float:
        w, total, off = parts(tau2)
        return float(np.log(w).sum()) - np.log(total) - float(w @ off**2)

    scale = float(np.var(y, ddof=1)) + float(spread[-1])
    steps = np.concatenate([[0.0], np.geomspace(1e-8, 10, _STEPS) * scale])
    best = int(np.argmax([likelihood(tau2) for tau2 in steps]))
    low, high = steps[max(best - 1, 0)], steps[min(best + 1, len(steps) - 1)]
    if slope(low) <= 0:  # only where the best is none at all
        return float(low)
    return float(optimize.brentq(slope, low, high, xtol=1e-15 * scale, rtol=1e-14))
