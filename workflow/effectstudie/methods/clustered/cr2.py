"""Least squares with a cluster-robust test that holds for few households."""

from math import isnan, sqrt

import numpy as np
from numpy.typing import ArrayLike

from effectstudie.methods.clustered.least_squares import ONE_HOUSEHOLD, LeastSquares, least_squares
from effectstudie.methods.estimate import Estimate, t_estimate

IN_FULL = 50_000_000  # households times rows of which the scores are written out
LEFT = 1e-6  # of a sum that cancels out: with less left, too few of its digits are right
SINGULAR = 1e-12  # eigenvalue of an adjustment matrix below which clubSandwich leaves it out


def cr2(y: ArrayLike, X: ArrayLike, household: ArrayLike, column: int, weights: ArrayLike | None = None) -> Estimate:
    """Coefficient `column` of (weighted) least squares with a cluster-robust test that holds for few households.

    Variance CR2 and Satterthwaite degrees of freedom of Bell and McCaffrey (2002): the sum over households of (v'e)^2,
    v the row of (X'WX)^-1 X'W times A, where A = B^(-1/2), B the household's block of (1 - H)(1 - H)' and
    H = X (X'WX)^-1 X'W: where the errors are independent with one variance, the adjusted residuals have it too.
    Weights as in Pustejovsky and Tipton (2018): the working model is independent errors of equal variance, also with
    weights (of sampling or matching, not inverse variances), which is what clubSandwich takes for `lm(weights=)`.

    One row per person; rows of weight 0 are left out; X holds its own column of ones. `value` in the unit of y per unit
    of the column. ValueError for other shapes, missing numbers and weights below 0.

    >>> X = np.column_stack([np.ones(6), [0, 0, 0, 1, 1, 1]])
    >>> difference = cr2([1, 2, 3, 4, 6, 8], X, range(6), 1)  # of singles: Welch's, 6 - 2 and sqrt(1 / 3 + 4 / 3)
    >>> difference.value, difference.se
    (4.0, 1.29099)
    """
    return cr2_parts(y, X, household, column, weights)[0]


def cr2_parts(
    y: ArrayLike, X: ArrayLike, household: ArrayLike, column: int, weights: ArrayLike | None = None
) -> tuple[Estimate, np.ndarray]:
    """The estimate of `cr2`, and what each row adds to its error: v'e by row, 0 for rows that are left out.

    Summed by household and squared they make the variance. Two estimates that share households err together: the sum of
    products of what each household adds to both is their covariance (seemingly unrelated regressions by the sandwich;
    Weesie 1999), equal to that of clubSandwich for both in one model. All 0 where there is no test.
    """
    none = np.zeros(np.size(y))
    fit = least_squares(y, X, household, column, weights)
    if isinstance(fit, Estimate):
        return fit, none
    if fit.rests_on_one_household():
        return Estimate(fit.value, **fit.counts, note=ONE_HOUSEHOLD, reason="households"), none
    middle = (fit.basis * (fit.weights**2)[:, None]).T @ fit.basis
    v = _adjusted(fit, middle)
    scores = np.add.reduceat(v * fit.residuals, fit.starts)
    variance = float(scores @ scores)
    if variance <= fit.tiny * (v @ v):
        return Estimate(fit.value, **fit.counts, note="no variation is left between households", reason="spread"), none
    df = _freedom(fit, v, middle)
    if isnan(df):
        return Estimate(fit.value, **fit.counts, note=ONE_HOUSEHOLD, reason="households"), none
    parts = none
    parts[fit.rows] = v * fit.residuals
    return t_estimate(fit.value, sqrt(variance), df, **fit.counts), parts


def _freedom(fit: LeastSquares, v: np.ndarray, middle: np.ndarray) -> float:
    """Degrees of freedom: of the covariance of the scores, the squared trace divided by the sum of squares.

    Under the working model that covariance is v'(1 - H)(1 - H)'v by household: D - ab' - ba' + a `middle` a', with D
    diagonal. So it need not be written out, households by households: of a whole pool no memory holds that.
    """
    a, b = (np.add.reduceat(fit.basis * x[:, None], fit.starts) for x in (v, fit.weights * v))
    own = np.add.reduceat(v**2, fit.starts)
    sides, none = np.hstack([a, b]), np.zeros_like(middle)
    core = np.block([[middle, -np.eye(len(middle))], [-np.eye(len(middle)), none]])
    diagonal = ((sides @ core) * sides).sum(axis=1)
    between = core @ (sides.T @ sides)
    terms = (own**2).sum(), 2 * (own * diagonal).sum(), (between * between.T).sum()
    trace, squares = (own + diagonal).sum(), sum(terms)
    # where one household nearly carries the coefficient these cancel out, and little of either is left
    if squares < LEFT * max(map(abs, terms)) or trace < LEFT * own.sum():
        return _freedom_in_full(fit, v, a)
    return float(trace**2 / squares)


def _freedom_in_full(fit: LeastSquares, v: np.ndarray, a: np.ndarray) -> float:
    """`_freedom` from the covariance itself, NaN where no memory holds it; `a`: by household the basis times v."""
    if len(a) * len(v) > IN_FULL:
        return float("nan")
    rows = np.repeat(np.arange(len(fit.starts)), fit.sizes)
    scores = -a @ (fit.basis * fit.weights[:, None]).T
    scores[rows, np.arange(len(v))] += v
    covariance = scores @ scores.T
    return float(np.trace(covariance) ** 2 / (covariance**2).sum())


def _adjusted(fit: LeastSquares, middle: np.ndarray) -> np.ndarray:
    """Per row, the weight of its residual in the coefficient's error: W X (X'WX)^-1 adjusted by A of each household.

    `middle`: X'WWX in the basis. Households of one size at a time, so that a simulation can call this thousands of
    times.
    """
    z, w = fit.basis, fit.weights
    plain = w * (z @ fit.direction)
    adjusted = np.empty_like(plain)
    for size in np.unique(fit.sizes):
        rows = fit.starts[fit.sizes == size][:, None] + np.arange(size)
        block = z[rows]
        transposed = block.transpose(0, 2, 1)
        hat = block @ (transposed * w[rows][:, None, :])
        errors = np.eye(size) - hat - hat.transpose(0, 2, 1) + block @ (middle @ transposed)
        values, vectors = np.linalg.eigh(errors)
        powers = np.where(values > SINGULAR, np.maximum(values, SINGULAR) ** -0.5, 0.0)
        along = vectors.transpose(0, 2, 1) @ plain[rows][:, :, None]
        adjusted[rows] = (vectors @ (powers[:, :, None] * along))[:, :, 0]
    return adjusted
