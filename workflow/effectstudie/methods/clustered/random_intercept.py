"""A mixed model with a random intercept per household."""

from dataclasses import dataclass
from math import isnan, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize

from effectstudie.methods.clustered.least_squares import COLLINEAR, ONE_HOUSEHOLD, LeastSquares, least_squares
from effectstudie.methods.estimate import Estimate, t_estimate

RATIOS = np.concatenate([[0.0], np.logspace(-4, 8, 25)])  # between over within variance, where REML is looked for


def random_intercept(y: ArrayLike, X: ArrayLike, household: ArrayLike, column: int) -> Estimate:
    """Coefficient `column` of a mixed model with a random intercept per household, by REML as lme4's `lmer`.

    (X'V^-1X)^-1 X'V^-1y, V: the variance within households, plus that between them for members of one household
    (Patterson and Thompson 1971). The ratio of the variances is searched in one dimension; t with (households - columns
    of X) degrees of freedom. One row per person; X holds its own column of ones. `value` in the unit of y per unit of
    the column. ValueError for other shapes and missing numbers.

    >>> X = np.column_stack([np.ones(8), np.repeat([0, 1], 4)])
    >>> difference = random_intercept([1, 3, 3, 5, 6, 8, 8, 10], X, [1, 1, 2, 2, 3, 3, 4, 4], 1)
    >>> difference.value, difference.se  # pairs: the t test of means 2, 4 and 7, 9: 8 - 3, sqrt(2 (1 / 2 + 1 / 2))
    (5.0, 1.41421)
    """
    fit = least_squares(y, X, household, column)
    if isinstance(fit, Estimate):
        return fit
    df = fit.starts.size - fit.direction.size
    if fit.rests_on_one_household():
        return Estimate(**fit.counts, note=ONE_HOUSEHOLD, reason="households")
    if df < 1:
        return Estimate(**fit.counts, note="no more households than columns of X", reason="households")
    model = _mixed(fit)
    if fit.sizes.max() == 1:
        ratio, note = 0.0, "every household has one member: ordinary least squares"
    else:
        ratio = nan if model.within_error <= fit.tiny else model.ratio()
        note = "" if ratio > 0 else "variance between households is 0"
    if isnan(ratio):
        return Estimate(**fit.counts, note="no variation is left within households", reason="spread")
    change, information, squares, _ = model.solve(ratio)
    variance = float(squares / model.df * (fit.direction @ np.linalg.solve(information, fit.direction)))
    return t_estimate(fit.value + float(fit.direction @ change), sqrt(variance), df, **fit.counts, note=note)


@dataclass(frozen=True)
class _Mixed:
    """Generalised least squares with a random intercept, on what least squares left of the outcome.

    `ratio` is the variance between over the variance within households: the inverse of a household's covariance matrix
    is 1 within the household and 1 / (1 + ratio size) between. `within` is X'X of the parts within households, whose
    coefficients `within_fit` leave `within_error` as sum of squares; `sums` of X and `totals` of the outcome are by
    household.
    """

    within: np.ndarray
    within_fit: np.ndarray
    within_error: float
    sums: np.ndarray
    totals: np.ndarray
    sizes: np.ndarray
    df: int

    def solve(self, ratio: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Coefficients, information matrix, sum of squares and slope of the deviance, one row per ratio.

        Deviance: log |V| + log |X'V^-1X| + (n - p) log(sum of squares) (Patterson & Thompson 1971).
        """
        inflated = 1 + np.multiply.outer(ratio, self.sizes)
        shrunk = 1 / (self.sizes * inflated)
        information = self.within + (shrunk[..., None, :] * self.sums.T) @ self.sums
        right = self.within @ self.within_fit + (shrunk * self.totals) @ self.sums
        coefficients = np.linalg.solve(information, right[..., None])[..., 0]
        change, residuals = coefficients - self.within_fit, self.totals - coefficients @ self.sums.T
        squares = self.within_error + ((change @ self.within) * change).sum(axis=-1)
        squares = squares + (shrunk * residuals**2).sum(axis=-1)
        lost = np.linalg.solve(information, (inflated[..., None, :] ** -2 * self.sums.T) @ self.sums)
        slope = (self.sizes / inflated).sum(axis=-1) - np.trace(lost, axis1=-2, axis2=-1)
        slope = slope - self.df * ((residuals / inflated) ** 2).sum(axis=-1) / squares
        return coefficients, information, squares, slope

    def slope(self, ratio: float) -> float:
        return float(self.solve(ratio)[3])

    def deviance(self, ratio: float) -> float:
        _, information, squares, _ = self.solve(ratio)
        log_v, log_x = np.log(1 + ratio * self.sizes).sum(), np.linalg.slogdet(information)[1]
        return float(log_v + log_x + self.df * np.log(squares))

    def ratio(self) -> float:
        """Where the restricted likelihood is highest, NaN where it rises without end."""
        rising = self.solve(RATIOS)[3] >= 0
        if not rising[-1]:
            return nan
        lowest = [0.0] if rising[0] else []
        for i in np.flatnonzero(~rising[:-1] & rising[1:]):
            lowest.append(float(optimize.brentq(self.slope, RATIOS[i], RATIOS[i + 1], xtol=1e-15, rtol=1e-14)))
        return lowest[0] if len(lowest) == 1 else min(lowest, key=self.deviance)


def _mixed(fit: LeastSquares) -> _Mixed:
    sums, totals = np.add.reduceat(fit.basis, fit.starts), np.add.reduceat(fit.residuals, fit.starts)
    x = fit.basis - np.repeat(sums / fit.sizes[:, None], fit.sizes, axis=0)
    e = fit.residuals - np.repeat(totals / fit.sizes, fit.sizes)
    values, vectors = np.linalg.eigh(x.T @ x)
    vectors = vectors[:, values > COLLINEAR**2]  # the others do not vary within households
    coefficients = vectors @ ((x @ vectors).T @ e / values[values > COLLINEAR**2])
    residuals = e - x @ coefficients
    return _Mixed(x.T @ x, coefficients, float(residuals @ residuals), sums, totals, fit.sizes, x.shape[0] - x.shape[1])
