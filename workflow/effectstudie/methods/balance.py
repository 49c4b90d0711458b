"""How alike two groups are on a covariate: the measures of MatchIt's `summary()` for the effect in the treated."""

import numpy as np

from effectstudie.methods.rounding_error import levels


def compare_groups(values: np.ndarray, approach: np.ndarray, weights: np.ndarray) -> dict[str, float]:
    """Means, standardized mean difference, variance ratio and distances of one covariate between the groups.

    `values`, `approach` (which units are of the approach) and `weights`: of all candidates, nothing missing. Of two
    values, such as 0 and 100, there is no variance ratio, as MatchIt has none of 0 and 1: it follows from the means.
    """
    binary = _is_binary(values)
    mean_a, variance_a = _moments(values[approach], weights[approach])
    mean_c, variance_c = _moments(values[~approach], weights[~approach])
    sd = approach_sd(values, approach)
    varies = len(np.unique(values)) > 2 and variance_c > 1e-24 * max(mean_c**2, 1e-300)
    return {
        "mean_approach": mean_a,
        "mean_control": mean_c,
        "smd": (mean_a - mean_c) / sd if sd else np.nan,
        "variance_ratio": variance_a / variance_c if varies else np.nan,
        **_ecdf_distances(values, approach, weights, binary),
    }


def effective_sample_size(weights: np.ndarray) -> float:
    """Kish: (sum w)^2 / sum w^2, the number of equally weighted units that would be as precise."""
    return float(np.sum(weights) ** 2 / np.sum(np.square(weights)))


def approach_sd(values: np.ndarray, approach: np.ndarray) -> float:
    """What differences are divided by: SD of the approach candidates, of 0/1 sqrt(p (1 - p)); 0 where they are alike.

    `values`: of all candidates; `approach`: which of them are of the approach.
    """
    before = np.sort(values[approach])  # the last digit does not hang on the order of the households
    variance = before.mean() * (1 - before.mean()) if _is_binary(values) else _moments(before, np.ones(len(before)))[1]
    # Means carry rounding of their own size: an SD below it is that of a constant.
    return float(np.sqrt(variance)) if np.sqrt(variance) > 1e-12 * np.abs(before).max() else 0.0


def _is_binary(values: np.ndarray) -> bool:
    return bool(np.isin(values, (0, 1)).all())


def _moments(values: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    """Weighted mean and variance, sum w(x-m)^2 / (1 - sum w^2) with w summing to 1; NaN without two units."""
    if not weights.sum() > 0:
        return np.nan, np.nan
    share = weights / weights.sum()
    mean = float(share @ values)
    left = 1 - float(share @ share)
    return mean, float(share @ (values - mean) ** 2) / left if left > 1e-12 else np.nan


def _ecdf_distances(values: np.ndarray, approach: np.ndarray, weights: np.ndarray, binary: bool) -> dict[str, float]:
    """Mean over the values that occur, and maximum; of 0/1 both are the difference of the shares, as MatchIt has it.

    Values that only rounding keeps apart, as means of the same answers in another order are, occur once.
    """
    if not (weights[approach].sum() > 0 and weights[~approach].sum() > 0):
        return {"ecdf_mean": np.nan, "ecdf_max": np.nan}
    at = levels(values)
    shares = [
        np.bincount(at[group], weights[group], minlength=at.max() + 1).cumsum() / weights[group].sum()
        for group in (approach, ~approach)
    ]
    distances = np.abs(shares[0] - shares[1])
    largest = float(distances.max())
    return {"ecdf_mean": largest if binary else float(distances.mean()), "ecdf_max": largest}
