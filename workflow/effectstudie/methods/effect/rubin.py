"""Estimates of imputed data sets, made into one."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, nan, sqrt

import numpy as np

from effectstudie.methods.estimate import Estimate, t_estimate


@dataclass(frozen=True)
class Pooled:
    """`estimate` over all imputations; `within` and `between`: variances; `fmi`: share of information missing."""

    estimate: Estimate
    within: float = nan
    between: float = nan
    fmi: float = nan


def pool(values: Sequence[float], errors: Sequence[float], complete_df: float, n: int = 0, clusters: int = 0) -> Pooled:
    """Rubin's (1987) rules with the degrees of freedom of Barnard and Rubin (1999).

    `values` and their standard `errors`, one per imputed data set, two or more; `complete_df`: degrees of freedom had
    nothing been missing. Total variance = within + (1 + 1 / m) between. `fmi`: Barnard and Rubin's, with the correction
    for finite df, as `mice` gives it. ValueError for fewer than two, other lengths, missing numbers, and errors or
    degrees of freedom that are not above 0.

    >>> pooled = pool([0.40, 0.52, 0.31, 0.47, 0.45], [0.20, 0.22, 0.21, 0.19, 0.20], 80)
    >>> pooled.estimate.value, pooled.within, pooled.between, pooled.estimate.df
    (0.43, 0.04172, 0.00635, 47.36887)
    """
    q, se = np.asarray(values, dtype=float), np.asarray(errors, dtype=float)
    m = q.size
    if m < 2 or q.shape != (m,) or se.shape != (m,) or not (np.isfinite(q).all() and np.isfinite(se).all()):
        raise ValueError("pool takes two or more estimates, each with its standard error, none missing")
    if not (se > 0).all() or not 0 < complete_df < inf:
        raise ValueError("pool takes standard errors and degrees of freedom above 0")
    u = se**2
    within, between = float(u.mean()), float(q.var(ddof=1))
    total = within + (1 + 1 / m) * between
    share = (1 + 1 / m) * between / total
    df_old = (m - 1) / share**2 if share > 0 else inf
    df_observed = (complete_df + 1) / (complete_df + 3) * complete_df * (1 - share)
    df = df_observed if df_old == inf else df_old * df_observed / (df_old + df_observed)
    ratio = share / (1 - share)
    fmi = (ratio + 2 / (df + 3)) / (ratio + 1)
    return Pooled(t_estimate(float(q.mean()), sqrt(total), df, n, clusters), within, between, fmi)
