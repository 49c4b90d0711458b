"""Least squares of persons in households: what `cr2` and `random_intercept` start from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from effectstudie.methods.clustered.households import TOO_FEW, does_not_vary, first_rows, household_codes, numbers
from effectstudie.methods.estimate import Estimate
from effectstudie.methods.rounding_error import largest, negligible

COLLINEAR = 1e-7  # share of a column that the columns before it leave unexplained, as in R's lm

LEVERAGE = 1 - 1e-10  # a direction of X of which one household has this share is that household's alone

ONE_HOUSEHOLD = f"{TOO_FEW}: the estimate rests on one household"


@dataclass(frozen=True)
class LeastSquares:
    """A fit, rows sorted by household: `basis` spans X and basis' W basis = 1 (W: the weights).

    The coefficient `value` is `direction` @ basis' W y; `starts` and `sizes` of the households; `rows`: where each row
    stood in what was given; a sum of squares up to `tiny` is rounding error.
    """

    value: float
    basis: np.ndarray
    direction: np.ndarray
    weights: np.ndarray
    residuals: np.ndarray
    starts: np.ndarray
    sizes: np.ndarray
    rows: np.ndarray
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


def least_squares(
    y: ArrayLike, X: ArrayLike, household: ArrayLike, column: int, weights: ArrayLike | None = None
) -> LeastSquares | Estimate:
    """The fit of y on X, (X'WX)^-1 X'Wy by QR, or the estimate that says why there is none to test.

    One row per person; rows of weight 0 are left out. `value` is coefficient `column`, in the unit of y per unit of
    that column. ValueError for other shapes, missing numbers and weights below 0.

    >>> X = np.column_stack([np.ones(4), [0, 0, 1, 1]])
    >>> least_squares([1, 3, 4, 8], X, [1, 2, 3, 4], 1).value  # the difference of two means, 6 - 2
    4.0
    """
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or not -X.shape[1] <= column < X.shape[1]:
        raise ValueError(f"X has shape {X.shape}: expected one row per person and a column {column}")
    n, p = X.shape
    X, y, household = numbers("X", X, (n, p)), numbers("y", y, (n,)), household_codes(household, n)
    w = np.ones(n) if weights is None else numbers("weights", weights, (n,))
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
    starts = first_rows(household[order])
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
        equal = "the outcome does not vary" if does_not_vary(y) else "no variation is left around the fitted values"
        return Estimate(value, **counts, note=equal, reason="spread")
    sizes = np.diff(np.append(starts, n))
    return LeastSquares(value, q / root[:, None], direction, w, residuals, starts, sizes, order, tiny)
