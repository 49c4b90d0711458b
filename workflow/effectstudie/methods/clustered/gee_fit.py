"""The fit of generalised estimating equations by statsmodels, with weights that it cannot take itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

NO_SCALE = 1e-12


@dataclass(frozen=True)
class Fit:
    """Coefficients, their plain (sandwich) and bias-reduced covariance, and the working correlation."""

    coef: np.ndarray
    robust: np.ndarray
    mancl_derouen: np.ndarray
    alpha: float


def fit_gee(y: np.ndarray, X: np.ndarray, codes: np.ndarray, family: str, weights: np.ndarray) -> Fit:
    """The fit by statsmodels, unguarded; ArithmeticError if it does not converge. `codes`: clusters 0, 1, 2 ...

    Covariances: that of Liang and Zeger (1986), the sandwich of the summed scores of each cluster, and that of Mancl
    and DeRouen (2001), with the residuals of a cluster times (1 - H)^-1 first, H its leverage. Coefficients are on the
    log scale, per unit of their column. Rows are sorted first, so that their order makes no difference.

    >>> y, X = np.array([1.0, 3.0, 4.0, 8.0]), np.column_stack([np.ones(4), [0, 0, 1, 1]])
    >>> fit_gee(y, X, np.arange(4), "poisson", np.ones(4)).coef.tolist()  # log 2, and log of the rate ratio 6 / 2
    [0.6931, 1.0986]
    """
    from statsmodels.genmod import families  # takes seconds
    from statsmodels.genmod.generalized_estimating_equations import GEE

    order, units = np.lexsort((weights, y, *X.T, codes)), units_of(X)
    y, X, codes, w = y[order], X[order] / units, codes[order], weights[order]
    w = w / w.mean()
    distribution = {"binomial": families.Binomial, "poisson": families.Poisson}[family]()
    correlation = _weighted_exchangeable(np.split(w, np.flatnonzero(np.diff(codes)) + 1))
    model = GEE(y, X, groups=codes, family=distribution, cov_struct=correlation)
    # the score is compared with the sum of the outcome, whose rounding error it carries
    fit = model.fit(maxiter=200, ctol=1e-10 * (1 + float(w @ y)), cov_type="bias_reduced")
    if fit is None or not fit.converged:
        raise ArithmeticError("it did not converge")
    scale = np.outer(units, units)
    return Fit(fit.params / units, fit.cov_robust / scale, fit.cov_robust_bc / scale, correlation.dep_params)


def _weighted_exchangeable(weights: list[np.ndarray]) -> Any:
    """Exchangeable correlation, each variance divided by the weight of its row, as geepack has it.

    statsmodels 0.15 cannot weight here: it looks up the weight of a cluster by the number of a row, so that the labels
    of clusters change the result, and its bias-reduced covariance fails. Weights of 1 give its own Exchangeable.
    """
    from statsmodels.genmod.cov_struct import Exchangeable

    class WeightedExchangeable(Exchangeable):
        def update(self, params: np.ndarray) -> None:
            """Moment estimate of Liang & Zeger (1986); a pair counts by the product of its two weights."""
            squares = products = pair_weights = 0.0
            n = pairs = 0
            for y, (mean, _), w in zip(self.model.endog_li, self.model.cached_means, weights, strict=True):
                residual = (y - mean) / np.sqrt(self.model.family.variance(mean))
                squares += float(w @ residual**2)
                products += float((w @ residual) ** 2 - w**2 @ residual**2) / 2
                pair_weights += float(w.sum() ** 2 - (w**2).sum()) / 2
                n, pairs = n + len(w), pairs + len(w) * (len(w) - 1) // 2
            columns = self.model.exog.shape[1]
            scale = squares / sum(w.sum() for w in weights) * n / (n - columns)
            if scale <= NO_SCALE:
                raise ArithmeticError("the outcome does not vary once the columns of X are known")
            self.dep_params = products / pair_weights * pairs / (pairs - columns) / scale

        def covariance_matrix_solve(self, expval: np.ndarray, index: int, stdev: np.ndarray, rhs: Sequence) -> Any:
            return super().covariance_matrix_solve(expval, index, stdev / np.sqrt(weights[index]), rhs)

    return WeightedExchangeable()


def units_of(X: np.ndarray) -> np.ndarray:
    """Largest absolute value of each column: divided by it, the size of a unit decides nothing.

    >>> units_of(np.array([[1.0, -200.0], [1.0, 50.0]])).tolist()
    [1.0, 200.0]
    """
    return np.abs(X).max(axis=0)
