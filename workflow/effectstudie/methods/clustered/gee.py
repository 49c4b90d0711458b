"""Generalised estimating equations (GEE) for binary outcomes and counts of persons in households.

Statsmodels shows coefficients that do not exist, with their errors; here they are undefined, with the reason.
"""

import warnings
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from effectstudie.methods.clustered.gee_fit import fit_gee, units_of
from effectstudie.methods.estimate import Estimate, Reason, t_estimate

# on the log scale: a fitted chance or rate of 3 in 10 million, or its inverse, stands for 0, 1 or infinite
LARGEST_LOG = 15.0

ZERO_SE = 1e-6


def interaction_design(group: Sequence[float], wave: Sequence[float]) -> tuple[np.ndarray, int, np.ndarray]:
    """Columns 1, group, wave and group x wave (both 0 or 1, or ValueError), the place of the last, each row's cell.

    >>> X, column, cells = interaction_design([0, 0, 1, 1], [0, 1, 0, 1])
    >>> X[3].tolist(), column, cells.tolist()
    ([1.0, 1.0, 1.0, 1.0], 3, [0, 1, 2, 3])
    """
    g, w = np.asarray(group, dtype=float), np.asarray(wave, dtype=float)
    if g.shape != w.shape or g.ndim != 1 or not np.isin(np.concatenate([g, w]), (0, 1)).all():
        raise ValueError("group and wave must be 0 or 1, one value per row")
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

    Liang and Zeger (1986) with an exchangeable working correlation: sum over clusters of D'V^-1(y - mean) = 0, D the
    derivatives of the means; the covariance is that of Mancl and DeRouen (2001), see `fit_gee`.
    `value`, `se` and `ci95` are on the log scale: a log odds ratio for "binomial" (y 0 or 1, logit link), a log
    rate ratio for "poisson" (counts, log link); of an interaction, the log of a ratio of such ratios. `n` counts rows.
    `weights` are relative; rows of weight 0 are left out. `cells`: the design cell (group x wave) of every row, each
    of which must hold an event (binomial: also a row without) for the coefficients to exist. ValueError for other
    shapes, missing numbers, weights below 0 and outcomes that the family does not have.

    >>> y, group = [1, 0, 0, 0, 1, 1, 1, 0], np.repeat([0, 1], 4)
    >>> gee(y, np.column_stack([np.ones(8), group]), range(8), 1, "binomial").value  # odds 3 and 1 / 3: log 9
    2.1972
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
    unit, largest = units_of(X)[column], np.bincount(codes).max()
    if not (abs(value * unit) <= LARGEST_LOG and np.abs(X @ fit.coef).max() <= LARGEST_LOG):
        note = "the estimate is infinite: a column of X predicts the outcome perfectly (separation)"
        return undefined("fit", note, *warned)
    if not (fit.alpha < 1 and fit.alpha * (largest - 1) > -1):
        return undefined("fit", f"the correlation within clusters, {fit.alpha:.2f}, is impossible", *warned)
    if not se * unit <= LARGEST_LOG:
        return undefined("fit", "the standard error is infinite", *warned)
    estimate = t_estimate(value, se, df, n, clusters) if se * unit > ZERO_SE else Estimate(p=0)
    if estimate.p == 0:
        return undefined("spread", "the outcome does not vary between clusters: the standard error is 0", *warned)
    if cells is not None and any(np.ptp(y[cells == cell]) == 0 for cell in np.unique(cells)):
        warned.insert(0, "no variation within a cell of the design: the standard error is too small")
    return replace(estimate, note="; ".join(warned))


def _checked(y, X, cluster, family, weights, cells) -> tuple:
    """Arrays without the rows of weight 0; ValueError for what only a mistake of the caller can give."""
    y, X, cluster = np.asarray(y, dtype=float), np.asarray(X, dtype=float), np.asarray(cluster)
    w = np.ones_like(y) if weights is None else np.asarray(weights, dtype=float)
    cells = None if cells is None else np.asarray(cells, dtype=float)
    if family not in ("binomial", "poisson"):
        raise ValueError(f"family {family!r} is unknown; allowed: binomial, poisson")
    if X.ndim != 2 or any(a.shape != (len(X),) for a in (y, cluster, w, cells) if a is not None):
        raise ValueError("X must be a table and y, cluster, weights and cells one value per row of it")
    finite = all(np.isfinite(a).all() for a in (y, X, w, cells) if a is not None)
    if not finite or pd.isna(cluster).any():
        raise ValueError("missing or infinite values; drop such rows first")
    if (w < 0).any() or (y < 0).any() or (family == "binomial" and not np.isin(y, (0, 1)).all()):
        raise ValueError("weights and counts must be 0 or more, a binomial outcome 0 or 1")
    used = w > 0
    return y[used], X[used], cluster[used], w[used], None if cells is None else cells[used]


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
    if not units_of(X).all() or np.linalg.matrix_rank(X / units_of(X)) < columns:
        return "design", "the columns of X do not vary independently: a cell of the design is empty"
    pairs = int((sizes * (sizes - 1)).sum()) // 2
    if 0 < pairs <= columns:
        return "households", "too few pairs of rows in the same cluster to estimate their correlation"
    # a cluster of leverage 1: without it a coefficient does not exist, and its residuals are 0 whatever the outcome
    q = np.linalg.qr((X / units_of(X))[np.argsort(codes, kind="stable")])[0]
    if max(np.linalg.norm(part, 2) for part in np.split(q, np.cumsum(sizes)[:-1])) > 1 - 1e-9:
        return "households", "one cluster alone decides a coefficient: the standard error is undefined"
    return None
