"""Differences between groups of households whose members resemble each other.

A figure that the data do not define is NaN, and `note` says why; it is never 0, 1 or infinite by accident.
Values are plain numbers without missing ones; results do not depend on the order of rows. Households are sums over
sorted rows, so that a simulation can call these functions thousands of times.
"""

from dataclasses import dataclass
from math import isnan, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special

from effectstudie.methods.estimate import Estimate
from effectstudie.methods.rounding_error import largest, negligible, spread
from effectstudie.shared.errors import InputError

COLLINEAR = 1e-7  # share of a column that the columns before it leave unexplained, as in R's lm

SINGULAR = 1e-12  # eigenvalue of an adjustment matrix below which clubSandwich leaves it out

LEVERAGE = 1 - 1e-10  # a direction of X of which one household has this share is that household's alone

RATIOS = np.concatenate([[0.0], np.logspace(-4, 8, 25)])  # between over within variance, where REML is looked for

TOO_FEW = "fewer than 2 households in a group"

ONE_HOUSEHOLD = f"{TOO_FEW}: the estimate rests on one household"

ONE_EQUAL = "all household means of one group are equal"


def _estimate(value: float, se: float, df: float, n: int, clusters: int, note: str = "") -> Estimate:
    t, half = value / se, float(special.stdtrit(df, 0.975)) * se
    p = float(2 * special.stdtr(df, -abs(t)))
    return Estimate(value, se, float(df), t, p, (value - half, value + half), n, clusters, note)


def _numbers(name: str, values: ArrayLike, shape: tuple[int, ...]) -> np.ndarray:
    array = np.asarray(values, dtype=float)
    if array.shape != shape:
        raise ValueError(f"{name} has shape {array.shape}, expected {shape}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds missing or infinite values: leave those rows out first")
    return array


def _codes(household: ArrayLike, n: int) -> np.ndarray:
    """Whole numbers as they are: a float does not tell very long codes apart."""
    codes = np.asarray(household)
    return codes if codes.dtype.kind in "iu" and codes.shape == (n,) else _numbers("household", codes, (n,))


def _starts(household: np.ndarray) -> np.ndarray:
    """First row of each household, of sorted rows."""
    return np.flatnonzero(np.concatenate([[True], household[1:] != household[:-1]]))


def _without_spread(y: np.ndarray) -> bool:
    return bool(spread(y, largest(y)) == 0)


def household_means(y: ArrayLike, group: ArrayLike, household: ArrayLike) -> Estimate:
    """Mean of the households of group 1 minus that of group 0 by Welch's (1947) t test; a household counts once.

    `group`: 0 or 1, the same for all members of a household; `household`: whole numbers.
    """
    y = np.asarray(y, dtype=float)
    y, group, household = _numbers("y", y, (y.size,)), _numbers("group", group, (y.size,)), _codes(household, y.size)
    if not np.isin(group, (0, 1)).all():
        raise ValueError("group holds other values than 0 and 1")
    if y.size == 0:
        return Estimate(note=TOO_FEW, reason="households")
    order = np.lexsort((y, group, household))
    y, group, starts = y[order], group[order], _starts(household[order])
    sizes = np.diff(np.append(starts, y.size))
    treated = np.add.reduceat(group, starts)
    mixed = int(((treated > 0) & (treated < sizes)).sum())
    if mixed:
        problem = f"Household means: {mixed} households have members in both groups; one group a household is allowed."
        raise InputError([f"{problem} Give all members the group of their household, or leave these households out."])
    means, scale = np.add.reduceat(y, starts) / sizes, largest(y)
    sides = means[treated > 0], means[treated == 0]
    n, clusters, counts = y.size, means.size, [side.size for side in sides]
    if min(counts) == 0:
        return Estimate(n=n, clusters=clusters, note=TOO_FEW, reason="households")
    value = float(sides[0].mean() - sides[1].mean())
    if min(counts) < 2:
        return Estimate(value, n=n, clusters=clusters, note=TOO_FEW, reason="households")
    first, second = (spread(side, scale) ** 2 / side.size for side in sides)
    if first == second == 0:
        value = 0.0 if abs(value) <= 1e-12 * scale else value
        equal = "the outcome does not vary" if _without_spread(y) else "all household means are equal within each group"
        return Estimate(value, n=n, clusters=clusters, note=equal, reason="spread")
    df = (first + second) ** 2 / (first**2 / (counts[0] - 1) + second**2 / (counts[1] - 1))
    return _estimate(value, sqrt(first + second), df, n, clusters, ONE_EQUAL if 0 in (first, second) else "")


@dataclass(frozen=True)
class _Fit:
    """Least squares, rows sorted by household: `basis` spans X and basis' W basis = 1 (W: the weights).

    The coefficient is `direction` @ basis' W y; a sum of squares up to `tiny` is rounding error.
    """

    value: float
    basis: np.ndarray
    direction: np.ndarray
    weights: np.ndarray
    residuals: np.ndarray
    starts: np.ndarray
    sizes: np.ndarray
    tiny: float

    @property
    def counts(self) -> dict[str, int]:
        return {"n": len(self.residuals), "clusters": len(self.starts)}

    def rests_on_one_household(self) -> bool:
        """Whether the coefficient could not be estimated without one of the households."""
        products = self.basis[:, :, None] * (self.basis * self.weights[:, None])[:, None, :]
        values, vectors = np.linalg.eigh(np.add.reduceat(products, self.starts))
        parts = (self.direction @ vectors) ** 2
        return bool((parts[values > LEVERAGE] > 1e-10 * (self.direction @ self.direction)).any())


def _fit(y: ArrayLike, X: ArrayLike, household: ArrayLike, column: int, weights: ArrayLike | None) -> _Fit | Estimate:
    """The fit by QR, or the estimate that says why there is none to test."""
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or not -X.shape[1] <= column < X.shape[1]:
        raise ValueError(f"X has shape {X.shape}: expected a row a person and a column {column}")
    n, p = X.shape
    X, y, household = _numbers("X", X, (n, p)), _numbers("y", y, (n,)), _codes(household, n)
    w = np.ones(n) if weights is None else _numbers("weights", weights, (n,))
    if (w < 0).any():
        raise ValueError("weights holds values below 0")
    order = np.lexsort((w, y, *X.T, household))
    order = order[w[order] > 0]
    n = order.size
    if n <= p:
        clusters = np.unique(household[order]).size
        return Estimate(n=n, clusters=clusters, note="no degrees of freedom are left for error", reason="pairs")
    y, X, w = y[order], X[order], w[order]
    w = w / w.mean()
    starts = _starts(household[order])
    counts = {"n": n, "clusters": starts.size}
    if starts.size < 2:
        return Estimate(**counts, note="fewer than 2 households", reason="households")
    root = np.sqrt(w)
    weighted = X * root[:, None]
    norms = np.sqrt((weighted**2).sum(axis=0))
    if not norms.all():
        return Estimate(**counts, note="the columns of X are collinear", reason="design")
    q, r = np.linalg.qr(weighted / norms)
    if np.abs(np.diag(r)).min() < COLLINEAR:
        return Estimate(**counts, note="the columns of X are collinear", reason="design")
    unit = np.zeros(p)
    unit[column] = 1 / norms[column]
    direction, fitted = np.linalg.solve(r.T, unit), q.T @ (root * y)
    value, residuals, tiny = float(direction @ fitted), y - q @ fitted / root, negligible(n, largest(y))
    if residuals @ residuals <= tiny:
        value = 0.0 if value**2 <= tiny * (direction @ direction) else value
        equal = "the outcome does not vary" if _without_spread(y) else "no variation is left around the fitted values"
        return Estimate(value, **counts, note=equal, reason="spread")
    return _Fit(value, q / root[:, None], direction, w, residuals, starts, np.diff(np.append(starts, n)), tiny)


def _adjusted(fit: _Fit, middle: np.ndarray) -> np.ndarray:
    """Per row, the weight of its residual in the coefficient's error: W X (X'WX)^-1 adjusted by A of each household.

    A = B^(-1/2), B the household's block of (1 - H)(1 - H)', H = X (X'WX)^-1 X'W: where the errors are independent with
    one variance, the adjusted residuals have that variance too. `middle`: X'WWX in the basis.
    """
    z, w = fit.basis, fit.weights
    plain = w * (z @ fit.direction)
    adjusted = np.empty_like(plain)
    for size in np.unique(fit.sizes):
        rows = fit.starts[fit.sizes == size][:, None] + np.arange(size)
        block = z[rows]
        transposed = block.transpose(0, 2, 1)
        hat = block @ (transposed * w[rows][:, None, :])
        own = np.eye(size) - hat - hat.transpose(0, 2, 1) + block @ (middle @ transposed)
        values, vectors = np.linalg.eigh(own)
        powers = np.where(values > SINGULAR, np.maximum(values, SINGULAR) ** -0.5, 0.0)
        along = vectors.transpose(0, 2, 1) @ plain[rows][:, :, None]
        adjusted[rows] = (vectors @ (powers[:, :, None] * along))[:, :, 0]
    return adjusted


def cr2(y: ArrayLike, X: ArrayLike, household: ArrayLike, column: int, weights: ArrayLike | None = None) -> Estimate:
    """Coefficient `column` of (weighted) least squares with a cluster-robust test that holds for few households.

    Variance CR2 and Satterthwaite degrees of freedom of Bell and McCaffrey (2002), with weights as in Pustejovsky and
    Tipton (2018): the working model is independent errors of equal variance, also with weights (weights as of
    sampling or matching, not inverse variances), which is what clubSandwich takes for `lm(weights=)`.
    Rows of weight 0 are left out. X holds its own column of ones.
    """
    fit = _fit(y, X, household, column, weights)
    if isinstance(fit, Estimate):
        return fit
    if fit.rests_on_one_household():
        return Estimate(fit.value, **fit.counts, note=ONE_HOUSEHOLD, reason="households")
    middle = (fit.basis * (fit.weights**2)[:, None]).T @ fit.basis
    v = _adjusted(fit, middle)
    scores = np.add.reduceat(v * fit.residuals, fit.starts)
    variance = float(scores @ scores)
    if variance <= fit.tiny * (v @ v):
        return Estimate(fit.value, **fit.counts, note="no variation is left between households", reason="spread")
    # covariance of the scores under the working model: v'(1 - H)(1 - H)'v by household
    a, b = (np.add.reduceat(fit.basis * x[:, None], fit.starts) for x in (v, fit.weights * v))
    cross = a @ b.T
    covariance = np.diag(np.add.reduceat(v**2, fit.starts)) - cross - cross.T + a @ middle @ a.T
    df = float(np.trace(covariance) ** 2 / (covariance**2).sum())
    return _estimate(fit.value, sqrt(variance), df, **fit.counts)


@dataclass(frozen=True)
class _Mixed:
    """Generalised least squares with a random intercept, on what least squares left of the outcome.

    `ratio` is the variance between over the variance within households: the inverse of a household's covariance matrix
    is 1 within the household and 1 / (1 + ratio size) between. `within` is X'X of the parts within households, with
    the coefficients `best` they leave `rest` as sum of squares; `sums` of X and `totals` of the outcome by household.
    """

    within: np.ndarray
    best: np.ndarray
    rest: float
    sums: np.ndarray
    totals: np.ndarray
    sizes: np.ndarray
    df: int

    def solve(self, ratio: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Coefficients, information matrix, sum of squares and slope of the deviance, a row a ratio.

        Deviance: log |V| + log |X'V^-1X| + (n - p) log(sum of squares) (Patterson & Thompson 1971).
        """
        inflated = 1 + np.multiply.outer(ratio, self.sizes)
        shrunk = 1 / (self.sizes * inflated)
        information = self.within + (shrunk[..., None, :] * self.sums.T) @ self.sums
        right = self.within @ self.best + (shrunk * self.totals) @ self.sums
        coefficients = np.linalg.solve(information, right[..., None])[..., 0]
        apart, left = coefficients - self.best, self.totals - coefficients @ self.sums.T
        squares = self.rest + ((apart @ self.within) * apart).sum(axis=-1) + (shrunk * left**2).sum(axis=-1)
        lost = np.linalg.solve(information, (inflated[..., None, :] ** -2 * self.sums.T) @ self.sums)
        slope = (self.sizes / inflated).sum(axis=-1) - np.trace(lost, axis1=-2, axis2=-1)
        return coefficients, information, squares, slope - self.df * ((left / inflated) ** 2).sum(axis=-1) / squares

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


def _mixed(fit: _Fit) -> _Mixed:
    sums, totals = np.add.reduceat(fit.basis, fit.starts), np.add.reduceat(fit.residuals, fit.starts)
    x = fit.basis - np.repeat(sums / fit.sizes[:, None], fit.sizes, axis=0)
    e = fit.residuals - np.repeat(totals / fit.sizes, fit.sizes)
    values, vectors = np.linalg.eigh(x.T @ x)
    vectors = vectors[:, values > COLLINEAR**2]  # the others do not vary within households
    best = vectors @ ((x @ vectors).T @ e / values[values > COLLINEAR**2])
    left = e - x @ best
    return _Mixed(x.T @ x, best, float(left @ left), sums, totals, fit.sizes, x.shape[0] - x.shape[1])


def random_intercept(y: ArrayLike, X: ArrayLike, household: ArrayLike, column: int) -> Estimate:
    """Coefficient `column` of a mixed model with a random intercept per household, by REML as lme4's `lmer`.

    The ratio of the variances by a search in one dimension, the rest by household sums; t with (households - columns
    of X) degrees of freedom. X holds its own column of ones.
    """
    fit = _fit(y, X, household, column, None)
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
        ratio = nan if model.rest <= fit.tiny else model.ratio()
        note = "" if ratio > 0 else "variance between households is 0"
    if isnan(ratio):
        return Estimate(**fit.counts, note="no variation is left within households", reason="spread")
    change, information, squares, _ = model.solve(ratio)
    variance = float(squares / model.df * (fit.direction @ np.linalg.solve(information, fit.direction)))
    return _estimate(fit.value + float(fit.direction @ change), sqrt(variance), df, **fit.counts, note=note)
