"""How much an unmeasured covariate would have to explain to take an effect away."""

from dataclasses import dataclass
from math import isnan, nan, sqrt

import numpy as np
from scipy import special


@dataclass(frozen=True)
class Strongest:
    """Of the covariates the one that a robustness value is held against: its `column`, and partial R squared (0-1)."""

    column: int
    with_treatment: float
    with_outcome: float


def partial_r_squared(t: float, df: float) -> float:
    """Share of what the other columns leave unexplained that this one explains, t^2 / (t^2 + df).

    `t` and `df`: of its coefficient in least squares, the residual degrees of freedom.

    >>> partial_r_squared(4.18445, 783)
    0.02187
    """
    return t**2 / (t**2 + df)


def robustness_value(t: float, df: float, alpha: float | None = None) -> float:
    """Share of the rest of both treatment and outcome that would bring the estimate to 0 (Cinelli and Hazlett 2020).

    f = |t| / sqrt(df); RV = (sqrt(f^4 + 4 f^2) - f^2) / 2. With `alpha`: that brings the limit of its interval to 0,
    f - t(1 - alpha / 2; df - 1) / sqrt(df - 1) in its place, 0 where that is negative. NaN where t is.

    >>> robustness_value(4.18445, 783), robustness_value(4.18445, 783, alpha=0.05)  # the example of sensemakr
    (0.13878, 0.07626)
    """
    if isnan(t) or not df > 1:
        return nan
    f = abs(t) / sqrt(df)
    if alpha is not None:
        f = max(f - float(special.stdtrit(df - 1, 1 - alpha / 2)) / sqrt(df - 1), 0.0)
    return 2 * f / (f + sqrt(f**2 + 4))  # the same, and it keeps its digits where f is large


def strongest_covariate(
    y: np.ndarray, treated: np.ndarray, covariates: np.ndarray, weights: np.ndarray
) -> Strongest | None:
    """The covariate whose weaker tie, with treatment or with outcome, is the strongest of all; the benchmark of a RV.

    Partial R squared of each covariate in weighted least squares of the treatment on all covariates, and of y on these
    and the treatment (Cinelli and Hazlett 2020, section 4.4). One row per unit; one column each in `covariates`. None
    where the columns depend on each other, or nothing is left over.

    >>> x = np.array([[0.0], [1], [2], [3], [0], [1], [2], [4]])
    >>> found = strongest_covariate(x[:, 0] + np.tile([0, 1], 4), np.arange(8) > 3, x, np.ones(8))
    >>> found.column, found.with_treatment  # r of x and group: (7/4 - 6/4) / 2 / sd = .0949, squared
    (0, 0.0090)
    """
    t = treated.astype(float)
    with_treatment = _partial_r_squares(t, covariates, weights)
    with_outcome = _partial_r_squares(y, np.column_stack([covariates, t]), weights)
    if with_treatment is None or with_outcome is None:
        return None
    weaker = np.minimum(with_treatment, with_outcome[:-1])
    at = int(weaker.argmax())
    return Strongest(at, float(with_treatment[at]), float(with_outcome[at]))


def least_squares_t(
    y: np.ndarray, treated: np.ndarray, covariates: np.ndarray, weights: np.ndarray
) -> tuple[float, float]:
    """|t| of the treatment in weighted least squares of y on it and the covariates, and its degrees of freedom.

    A robustness value is a fact of this fit. It takes this t and not a cluster-robust one, which with few clusters has
    another standard error than the fit's own. NaN where there is no fit.

    >>> least_squares_t(np.array([1.0, 2, 3, 2, 3, 4]), np.arange(6) > 2, np.empty((6, 0)), np.ones(6))  # 1 / sqrt(2/3)
    (1.2247, 4)
    """
    shares = _partial_r_squares(y, np.column_stack([covariates, treated.astype(float)]), weights)
    df = int((weights > 0).sum()) - covariates.shape[1] - 2
    if shares is None:
        return nan, nan
    return sqrt(float(shares[-1]) * df / (1 - float(shares[-1]))), df


def _partial_r_squares(y: np.ndarray, columns: np.ndarray, weights: np.ndarray) -> np.ndarray | None:
    root = np.sqrt(weights / weights.mean())
    design = np.column_stack([np.ones(len(y)), columns]) * root[:, None]
    df = int((root > 0).sum()) - design.shape[1]
    norms = np.linalg.norm(design, axis=0)
    if df < 1 or not norms.all() or np.linalg.cond(design / norms) > 1e7:
        return None
    coefficients = np.linalg.lstsq(design, y * root, rcond=None)[0]
    left = float(((y * root - design @ coefficients) ** 2).sum())
    if left <= 1e-20 * float((y**2).sum()):
        return None
    errors = np.sqrt(np.diag(np.linalg.inv(design.T @ design)) * left / df)
    return partial_r_squared(coefficients / errors, df)[1:]
