"""Every person with any measurement: repeated measures with an unstructured covariance, by REML."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize

from effectstudie.methods.clustered.cr2 import cr2
from effectstudie.methods.clustered.households import household_codes, numbers
from effectstudie.methods.estimate import Estimate

# Persons with both of two waves, below which their covariance is not estimated.
FEWEST = 5
# A correlation matrix with an eigenvalue below this has waves that are one.
SINGULAR = 1e-6


@dataclass(frozen=True)
class _Pattern:
    """Persons of one group with the same waves: `waves` by number, how many, their means and cross-products."""

    waves: np.ndarray
    group: int
    n: int
    mean: np.ndarray
    scatter: np.ndarray


def all_waves(y: ArrayLike, treated: ArrayLike, household: ArrayLike) -> Estimate:
    """Difference between the groups in change from the first wave to the mean of the later ones, in the unit of y.

    Means of group x wave and one unstructured covariance matrix, by restricted maximum likelihood (Laird and Ware
    1982; `gls(corSymm, varIdent)` of nlme): right where who is missing depends on what was measured of them. Its
    generalised least squares are tested by `cr2` of the rows that the covariance makes independent, with the household
    as cluster. `y`: one row per person, one column per wave, NaN where missing; persons without any are left out.
    ValueError for other shapes, infinite numbers and other `treated` than 0 and 1.

    >>> y = np.array([[1.0, 3], [2, 3], [4, 5], [5, 7], [3, 6], [1, 3], [2, 6], [4, 9], [3, 8], [5, 9]])
    >>> all_waves(y, [0] * 5 + [1] * 5, range(10)).value  # all there: the difference of the mean changes, 4.0 - 1.8
    2.2
    """
    y = np.asarray(y, dtype=float)
    if y.ndim != 2 or y.shape[1] < 2 or np.isinf(y).any():
        raise ValueError(f"y has shape {y.shape}: expected one row per person, two waves or more, no infinite values")
    t = numbers("treated", treated, (len(y),))
    if not np.isin(t, (0, 1)).all():
        raise ValueError("treated holds other values than 0 and 1")
    codes = household_codes(household, len(y))
    there = ~np.isnan(y).all(axis=1)
    order = np.lexsort((t, *y.T))  # the search for the covariance goes the same way whatever the order of the rows
    order = order[there[order]]
    y, t, codes = y[order], t[order], codes[order]
    seen = ~np.isnan(y)
    counts = {"n": len(y), "clusters": np.unique(codes).size}
    if any(seen[t == group].sum(axis=0).min() < 2 for group in (0, 1)):
        return Estimate(**counts, note="a group has fewer than 2 persons at a wave", reason="pairs")
    if any((seen[:, a] & seen[:, b]).sum() < FEWEST for a, b in combinations(range(y.shape[1]), 2)):
        return Estimate(**counts, note=f"fewer than {FEWEST} persons have two of the waves", reason="pairs")
    scale = np.nanstd(y, axis=0)
    if not (scale > 1e-12 * np.nanmax(np.abs(y), initial=1e-300)).all():
        return Estimate(**counts, note="the outcome does not vary at a wave", reason="spread")
    covariance = _reml(y / scale, t)
    if covariance is None:
        return Estimate(**counts, note="the covariance of the waves cannot be estimated", reason="fit")
    rows, X, of = _independent_rows(y, t, covariance * np.outer(scale, scale))
    fit = cr2(rows, X, codes[of], 0)
    return Estimate(fit.value, fit.se, fit.df, fit.t, fit.p, fit.ci95, **counts, note=fit.note, reason=fit.reason)


def _patterns(y: np.ndarray, t: np.ndarray) -> list[_Pattern]:
    seen = ~np.isnan(y)
    found = []
    for pattern in np.unique(seen, axis=0):
        for group in (0, 1):
            mine = y[(seen == pattern).all(axis=1) & (t == group)][:, pattern]
            if len(mine):
                centred = mine - mine.mean(axis=0)
                found.append(
                    _Pattern(np.flatnonzero(pattern), group, len(mine), mine.mean(axis=0), centred.T @ centred)
                )
    return found


def _reml(y: np.ndarray, t: np.ndarray) -> np.ndarray | None:
    """The covariance of the waves; None where the search finds none, or waves that are one.

    -2 log restricted likelihood, with its gradient, over the Cholesky factor with the logarithms of its diagonal.
    """
    k = y.shape[1]
    patterns = _patterns(y, t)
    places = [np.ix_(one.waves, one.waves) for one in patterns]
    lower = np.tril_indices(k)
    diagonal = lower[0] == lower[1]

    def factor(theta: np.ndarray) -> np.ndarray:
        cholesky = np.zeros((k, k))
        cholesky[lower] = np.where(diagonal, np.exp(np.clip(theta, -30, 30)), theta)
        return cholesky

    def deviance(theta: np.ndarray) -> tuple[float, np.ndarray]:
        cholesky = factor(theta)
        sigma = cholesky @ cholesky.T
        information, score = np.zeros((2, k, k)), np.zeros((2, k))
        inverses = []
        for one, at in zip(patterns, places, strict=True):
            inverse = np.linalg.inv(sigma[at])
            inverses.append(inverse)
            information[one.group][at] += one.n * inverse
            score[one.group][one.waves] += one.n * inverse @ one.mean
        of_means = np.linalg.inv(information)
        means = (of_means @ score[:, :, None])[:, :, 0]
        value = float(np.linalg.slogdet(information)[1].sum())
        slope = np.zeros((k, k))
        for one, at, inverse in zip(patterns, places, inverses, strict=True):
            off = one.mean - means[one.group][one.waves]
            squares = one.scatter + one.n * np.outer(off, off)
            value += -one.n * float(np.linalg.slogdet(inverse)[1]) + float((inverse * squares).sum())
            spread = one.n * of_means[one.group][at] + squares
            slope[at] += one.n * inverse - inverse @ spread @ inverse
        gradient = 2 * (slope @ cholesky)[lower]
        return value, np.where(diagonal, gradient * cholesky[lower], gradient)

    start = np.where(diagonal, 0.0, 0.3)
    try:
        found = minimize(deviance, start, jac=True, method="BFGS", options={"gtol": 1e-7 * len(y), "maxiter": 500})
    except np.linalg.LinAlgError:
        return None
    cholesky = factor(found.x)
    sigma = cholesky @ cholesky.T
    spread = np.sqrt(np.diag(sigma))
    settled = np.abs(found.jac).max() <= 1e-5 * len(y)
    whole = settled and np.linalg.eigvalsh(sigma / np.outer(spread, spread))[0] > SINGULAR
    return sigma if whole else None


def _independent_rows(
    y: np.ndarray, t: np.ndarray, covariance: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A row per measurement, of unit variance; the design, the first column the contrast; and whose it is."""
    k = y.shape[1]
    # of the k differences between the groups, the first new one is the mean of the later less the first
    contrast = np.vstack([np.r_[-1.0, np.full(k - 1, 1 / (k - 1))], np.eye(k)[: k - 1]])
    differences = np.linalg.inv(contrast)
    rows, design, of = [], [], []
    known: dict[tuple[float, ...], tuple[np.ndarray, np.ndarray, np.ndarray]] = {}
    for i, person in enumerate(y):
        key = (t[i], *np.isnan(person))
        if key not in known:
            waves = np.flatnonzero(~np.isnan(person))
            inverse = np.linalg.inv(np.linalg.cholesky(covariance[np.ix_(waves, waves)]))
            known[key] = waves, inverse, inverse @ np.hstack([t[i] * differences[waves], np.eye(k)[waves]])
        waves, inverse, columns = known[key]
        rows.append(inverse @ person[waves])
        design.append(columns)
        of.append(np.full(len(waves), i))
    return np.concatenate(rows), np.vstack(design), np.concatenate(of)
