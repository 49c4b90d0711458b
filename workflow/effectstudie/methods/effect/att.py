"""The average effect in the treated (ATT), with weights, covariates and a test that holds for few clusters."""

from math import fsum

import numpy as np
from numpy.typing import ArrayLike

from effectstudie.methods.clustered.cr2 import cr2_parts
from effectstudie.methods.clustered.households import numbers
from effectstudie.methods.estimate import Estimate


def att(
    y: ArrayLike,
    treated: ArrayLike,
    covariates: ArrayLike,
    cluster: ArrayLike,
    weights: ArrayLike | None = None,
    by_group: bool = False,
) -> Estimate:
    """How much more the treated have of y than they would have had without treatment, in the unit of y.

    Weighted least squares of y on the treatment t and the covariates x, centred on their (weighted) mean among the
    treated; the coefficient of t, tested by `cr2`. With `by_group` also t x (x - mean): then that coefficient is the
    mean over the treated of the predictions with and without treatment (g-computation; Snowden, Rose and Mortimer 2011,
    Lin 2013); without, that holds where the effect is the same at all x. One row per person: `treated` 0 or 1,
    `covariates` one column each (none: shape (n, 0)), `cluster` codes of matched sets or households. ValueError as in
    `cr2`, and for other values of `treated`.

    >>> age = np.array([[1.0], [2], [3], [2], [3], [4]])
    >>> att([1, 2, 4, 5, 6, 6], [0, 0, 0, 1, 1, 1], age, range(6)).value  # 17/3 - 7/3, less 1 for being a year older
    2.3333
    """
    return att_parts(y, treated, covariates, cluster, weights, by_group)[0]


def att_parts(
    y: ArrayLike,
    treated: ArrayLike,
    covariates: ArrayLike,
    cluster: ArrayLike,
    weights: ArrayLike | None = None,
    by_group: bool = False,
) -> tuple[Estimate, np.ndarray]:
    """The estimate of `att`, and what each row adds to its error, see `cr2_parts`."""
    t = np.asarray(treated, dtype=float)
    if not np.isin(t, (0, 1)).all():
        raise ValueError("treated holds other values than 0 and 1")
    n = t.size
    if not 0 < t.sum() < n:
        return Estimate(n=n, note="a group has no complete cases", reason="pairs"), np.zeros(n)
    if np.ndim(covariates) != 2:
        raise ValueError(f"covariates has shape {np.shape(covariates)}: expected one row per person and two dimensions")
    x = numbers("covariates", covariates, (n, np.shape(covariates)[1]))
    w = np.ones(n) if weights is None else numbers("weights", weights, (n,))
    if (w < 0).any():
        raise ValueError("weights holds values below 0")
    if not all((w[t == group] > 0).any() for group in (0, 1)):
        return Estimate(n=n, note="a group has no weight", reason="pairs"), np.zeros(n)
    # fsum: the same mean whatever the order of the rows
    middle = [fsum(w[t == 1] * column) / fsum(w[t == 1]) for column in x[t == 1].T]
    centred = x - np.array(middle).reshape(1, -1)
    parts = [np.ones(n), t, centred, *([centred * t[:, None]] if by_group else [])]
    return cr2_parts(y, np.column_stack(parts), cluster, 1, w)
