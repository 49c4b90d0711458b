"""Covariates of the candidates: made ready for the score model, and their balance before and after matching.

The definitions of balance are those of MatchIt's `summary()` for the effect in the treated (ATT).
"""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from effectstudie.definitions.result_tables.matching import BALANCE
from effectstudie.shared.errors import InputError


def balance_table(candidates: pd.DataFrame, matched: pd.DataFrame, covariates: Sequence[str]) -> pd.DataFrame:
    """Compare the groups on each covariate and the propensity score, in all candidates and in the matched.

    `candidates`: household, role (approach|pool), propensity_score and the covariates, nothing missing;
    `matched`: household, weight. Text covariates give one row per level, others an empty `level`.
    `smd` = difference of the means / SD of all approach candidates (0/1: sqrt(p(1-p))), the same before and
    after. `variance_ratio` = approach / control, not for 0/1. `ecdf_mean` and `ecdf_max` = mean
    and largest distance between the weighted cumulative distributions. NaN where undefined (an SD of 0). Raises
    InputError.
    """
    names = [*dict.fromkeys(covariates), "propensity_score"]
    problems = [
        f"Covariate {name!r} " + ("is not in the candidates." if name not in candidates else "has missing values.")
        for name in names
        if name not in candidates or candidates[name].isna().any()
    ]
    if problems:
        raise InputError(problems)
    approach = candidates["role"].eq("approach").to_numpy()
    weight = candidates["household"].map(matched.set_index("household")["weight"]).fillna(0.0).to_numpy(dtype=float)
    samples = {"all": np.ones(len(candidates)), "matched": weight}
    rows = [
        {"covariate": name, "level": level, "sample": sample} | _compare(values, approach, weights)
        for name in names
        for level, values in _columns(candidates[name])
        for sample, weights in samples.items()
    ]
    return pd.DataFrame(rows, columns=BALANCE.names)


def effective_sample_size(weights: np.ndarray) -> float:
    """Kish: (sum w)^2 / sum w^2, the number of equally weighted units that would be as precise."""
    return float(np.sum(weights) ** 2 / np.sum(np.square(weights)))


def _columns(column: pd.Series) -> Iterator[tuple[str, np.ndarray]]:
    if column.dtype.kind in "buif":
        yield "", column.to_numpy(dtype=float)
        return
    text = column.astype(str)
    for level in sorted(text.unique()):
        yield level, text.eq(level).to_numpy(dtype=float)


def _compare(values: np.ndarray, approach: np.ndarray, weights: np.ndarray) -> dict[str, float]:
    binary = bool(np.isin(values, (0, 1)).all())
    mean_a, variance_a = _moments(values[approach], weights[approach])
    mean_c, variance_c = _moments(values[~approach], weights[~approach])
    before = values[approach]
    sd = np.sqrt(before.mean() * (1 - before.mean())) if binary else np.sqrt(_moments(before, np.ones(len(before)))[1])
    # Means carry rounding of their own size: an SD below it is that of a constant.
    constant = not sd > 1e-12 * np.abs(before).max()
    ratio = np.nan if binary or not variance_c > 1e-24 * max(mean_c**2, 1e-300) else variance_a / variance_c
    return {
        "mean_approach": mean_a,
        "mean_control": mean_c,
        "smd": np.nan if constant else (mean_a - mean_c) / sd,
        "variance_ratio": ratio,
        **_ecdf_distances(values, approach, weights, binary),
    }


def _moments(values: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """Weighted mean and variance, sum w(x-m)^2 / (1 - sum w^2) with w summing to 1; NaN without two units."""
    if not weights.sum() > 0:
        return np.nan, np.nan
    share = weights / weights.sum()
    mean = float(share @ values)
    left = 1 - float(share @ share)
    return mean, float(share @ (values - mean) ** 2) / left if left > 1e-12 else np.nan


def _ecdf_distances(values: np.ndarray, approach: np.ndarray, weights: np.ndarray, binary: bool) -> dict[str, float]:
    """Mean over the values that occur, and maximum; of 0/1 both are the difference of the shares, as MatchIt has it."""
    if not (weights[approach].sum() > 0 and weights[~approach].sum() > 0):
        return {"ecdf_mean": np.nan, "ecdf_max": np.nan}
    levels, at = np.unique(values, return_inverse=True)
    shares = [
        np.bincount(at[group], weights[group], minlength=len(levels)).cumsum() / weights[group].sum()
        for group in (approach, ~approach)
    ]
    distances = np.abs(shares[0] - shares[1])
    largest = float(distances.max())
    return {"ecdf_mean": largest if binary else float(distances.mean()), "ecdf_max": largest}
