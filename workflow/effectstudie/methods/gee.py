"""Generalised estimating equations (GEE) for binary outcomes and counts of persons in households.

Liang & Zeger (1986) with an exchangeable working correlation, the covariance of Mancl & DeRouen (2001) and a t test.
A figure that the data do not define is NaN, and `note` says why; it is never 0, 1 or infinite by accident.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from effectstudie.methods.estimate import Estimate, Reason

# on the log scale: a fitted chance or rate of 3 in 10 million, or its inverse, stands for 0, 1 or infinite
ABSURD = 15.0

ZERO_SE = 1e-6

NO_SCALE = 1e-12


def interaction_design(group: Sequence[float], wave: Sequence[float]) -> tuple[np.ndarray, int, np.ndarray]:
    """Columns 1, group, wave and group x wave (both 0 or 1), the place of the last, and the cell of every row."""
    g, w = np.asarray(group, dtype=float), np.asarray(wave, dtype=float)
    if g.shape != w.shape or g.ndim != 1 or not np.isin(np.concatenate([g, w]), (0, 1)).all():
        raise ValueError("group and wave must be 0 or 1, a value a row")
    return np.column_stack([np.ones_like(g), g, w, g * w]), 3, (2 * g + w).astype(int)


def gee(
    y: Sequence[float],
    X: np.ndarray,
    cluster: Sequence,
    column: int,
    family: str,
    weights: Sequence[float] | None = None,
    cells: Sequence[int] | None = None,
) -> Estimate:
    """Coefficient of one column of X, with a t test on (clusters - columns of X) degrees of freedom.

    `value`, `se` and `ci95` are on the log scale: a log odds ratio for "binomial" (y 0 or 1, logit link), a log
    rate ratio for "poisson" (counts, log link); of an interaction, the log of a ratio of such ratios. `n` counts rows.
    `weights` are relative; rows of weight 0 are left out. `cells`: the design cell (group x wave) of every row, each
    of which must hold an event (binomial: also a row without) for the coefficients to exist.
    """
    y, X, cluster, w, cells = _checked(y, X, cluster, family, weights, cells)
    labels, codes = np.unique(cluster, return_inverse=True)
    n, clusters, df = len(y), len(labels), len(labels) - X.shape[1]

    def undefined(reason: Reason, *notes: str) -> Estimate:
        return Estimate(n=n, clusters=clusters, note="; ".join(notes), reason=reason)

    if problem := _problem(y, X, codes, column, family, cells):
        return undefined(*problem)
    fit = None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            fit = fit_gee(y, X, codes, family, w)
        except (ArithmeticError, RuntimeError, ValueError) as error:  # a LinAlgError is a ValueError
            failure = f"the estimation failed: {error}"
    warned = [f"the fit warns: {text}" for text in dict.fromkeys(str(item.message) for item in caught)]
    if fit is None:
        return undefined("fit", failure, *warned)
    value, se = float(fit.coef[column]), float(np.sqrt(np.maximum(fit.mancl_derouen[column, column], 0)))
    unit, largest = _units(X)[column], np.bincount(codes).max()
    if not (abs(value * unit) <= ABSURD and np.abs(X @ fit.coef).max() <= ABSURD):
        note = "the estimate is infinite: a column of X predicts the outcome perfectly (separation)"
        return undefined("fit", note, *warned)
    if not (fit.alpha < 1 and fit.alpha * (largest - 1) > -1):
        return undefined("fit", f"the correlation within clusters, {fit.alpha:.2f}, is impossible", *warned)
    if not se * unit <= ABSURD:
        return undefined("fit", "the standard error is infinite", *warned)
    t, half = value / max(se, ZERO_SE / unit), float(stats.t.ppf(0.975, df)) * se
    p = float(2 * stats.t.sf(abs(t), df))
    if se * unit <= ZERO_SE or p == 0:
        return undefined("spread", "the outcome does not vary between clusters: the standard error is 0", *warned)
    if cells is not None and any(np.ptp(y[cells == cell]) == 0 for cell in np.unique(cells)):
        warned.insert(0, "no variation within a cell of the design: the standard error is too small")
    return Estimate(value, se, df, t, p, (value - half, value + half), n, clusters, "; ".join(warned))


@dataclass(frozen=True)
class Fit:
    """Coefficients, their plain (sandwich) and bias-reduced covariance, and the working correlation."""

    coef: np.ndarray
    robust: np.ndarray
    mancl_derouen: np.ndarray
    alpha: float


def fit_gee(y: np.ndarray, X: np.ndarray, codes: np.ndarray, family: str, weights: np.ndarray) -> Fit:
    """The fit by statsmodels, unguarded; ArithmeticError if it does not converge. `codes`: clusters 0, 1, 2 ...

    Rows are put in one order first, so that theirs makes no difference, and columns in one unit.
    """
    from statsmodels.genmod import families  # takes seconds
    from statsmodels.genmod.generalized_estimating_equations import GEE

    order, units = np.lexsort((weights, y, *X.T, codes)), _units(X)
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


def _checked(y, X, cluster, family, weights, cells) -> tuple:
    """Arrays without the rows of weight 0; ValueError for what only a mistake of the caller can give."""
    y, X, cluster = np.asarray(y, dtype=float), np.asarray(X, dtype=float), np.asarray(cluster)
    w = np.ones_like(y) if weights is None else np.asarray(weights, dtype=float)
    cells = None if cells is None else np.asarray(cells, dtype=float)
    if family not in ("binomial", "poisson"):
        raise ValueError(f"family {family!r} is unknown; allowed: binomial, poisson")
    if X.ndim != 2 or any(a.shape != (len(X),) for a in (y, cluster, w, cells) if a is not None):
        raise ValueError("X must be a table and y, cluster, weights and cells a value a row of it")
    finite = all(np.isfinite(a).all() for a in (y, X, w, cells) if a is not None)
    if not finite or pd.isna(cluster).any():
        raise ValueError("missing or infinite values; drop such rows first")
    if (w < 0).any() or (y < 0).any() or (family == "binomial" and not np.isin(y, (0, 1)).all()):
        raise ValueError("weights and counts must be 0 or more, a binomial outcome 0 or 1")
    used = w > 0
    return y[used], X[used], cluster[used], w[used], None if cells is None else cells[used]


def _units(X: np.ndarray) -> np.ndarray:
    """Largest absolute value of each column, so that the size of a unit decides nothing."""
    return np.abs(X).max(axis=0)


def _problem(y, X, codes, column, family, cells) -> tuple[Reason, str] | None:
    """Why these data do not define the estimate, as reason and note, before any attempt; None where they may."""
    if len(y) == 0:
        return "pairs", "no rows"
    if np.ptp(y) == 0:
        return "spread", "the outcome does not vary"
    for cell in [] if cells is None else np.unique(cells):
        rows = cells == cell
        if not y[rows].any():
            return "events", "no events in a cell of the design"
        if family == "binomial" and y[rows].all():
            return "events", "only events in a cell of the design"
        if len(np.unique(codes[rows])) < 2:
            return "households", "fewer than 2 clusters in a cell of the design"
    levels = np.unique(X[:, column])
    if len(levels) <= 2 and min(len(np.unique(codes[X[:, column] == level])) for level in levels) < 2:
        return "households", "fewer than 2 clusters at a level of the tested column"
    sizes, columns = np.bincount(codes), X.shape[1]
    if len(sizes) <= columns:
        return "households", "no degrees of freedom are left: too few clusters"
    if not _units(X).all() or np.linalg.matrix_rank(X / _units(X)) < columns:
        return "design", "the columns of X do not vary independently: a cell of the design is empty"
    pairs = int((sizes * (sizes - 1)).sum()) // 2
    if 0 < pairs <= columns:
        return "households", "too few pairs of rows in the same cluster to estimate their correlation"
    # without a cluster whose leverage is 1 a coefficient does not exist, and its residuals are 0 whatever the outcome
    q = np.linalg.qr((X / _units(X))[np.argsort(codes, kind="stable")])[0]
    if max(np.linalg.norm(part, 2) for part in np.split(q, np.cumsum(sizes)[:-1])) > 1 - 1e-9:
        return "households", "one cluster alone decides a coefficient: the standard error is undefined"
    return None
