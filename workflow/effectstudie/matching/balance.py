"""Covariates of the candidates: made ready for the score model, and their balance before and after matching.

The definitions of balance are those of MatchIt's `summary()` for the effect in the treated (ATT).
"""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from effectstudie.definitions.result_tables.matching import BALANCE
from effectstudie.methods.balance import compare_groups
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say

_NEARLY_ALL = 0.8
_FEW_VALUES = 10


def balance_table(candidates: pd.DataFrame, matched: pd.DataFrame, covariates: Sequence[str]) -> pd.DataFrame:
    """Compare the groups on each covariate and the propensity score, in all candidates and in the matched.

    The matched with their weights and without: the published analysis does not weigh.
    `candidates`: household, role (approach|pool), propensity_score and the covariates, nothing missing but the score
    of households that the score model does not know, which its rows leave out;
    `matched`: household, weight. Text covariates give one row per level, others an empty `level`.
    `smd` = difference of the means / SD of all approach candidates (0/1: sqrt(p(1-p))), the same before and
    after. `variance_ratio` = approach / control, not of two values. `ecdf_mean` and `ecdf_max` = mean
    and largest distance between the weighted cumulative distributions. NaN where undefined (an SD of 0).
    `of_shares`: whether each value is no, yes or a share of a few people; `of_counts`: else a whole number, one of at
    most ten. Raises InputError.
    """
    names = [*dict.fromkeys(covariates), "propensity_score"]
    problems = [
        say("Covariate {name!r} has missing values.", name=name)
        if name in candidates
        else say("Covariate {name!r} is not in the candidates.", name=name)
        for name in names
        if name not in candidates or (name != "propensity_score" and candidates[name].isna().any())
    ]
    if problems:
        raise InputError(problems)
    approach = candidates["role"].eq("approach").to_numpy()
    weight = candidates["household"].map(matched.set_index("household")["weight"]).fillna(0.0).to_numpy(dtype=float)
    samples = {"all": np.ones(len(candidates)), "matched": weight, "matched_unweighted": (weight > 0).astype(float)}
    known = {name: candidates[name].notna().to_numpy() for name in names}
    rows = [
        {"covariate": name, "level": level, "sample": sample}
        | {"of_shares": (shares := _of_shares(values)), "of_counts": not shares and _of_counts(values)}
        | compare_groups(values, approach[known[name]], weights[known[name]])
        for name in names
        for level, values in _columns(candidates.loc[known[name], name])
        for sample, weights in samples.items()
    ]
    return pd.DataFrame(rows, columns=BALANCE.names)


def _of_shares(values: np.ndarray) -> bool:
    """Whether nearly all values are no, yes or a share of at most four people, from 0 to 1 or to 100.

    Nearly: what a household lacks can be filled in with the mean.
    """
    shares = np.array([0, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 1])
    largest = 1 if values.max() <= 1 else 100
    near = np.isclose(values[:, None], largest * shares).any(axis=1)
    # numbers of which most are zero are no percentages
    return bool(near.mean() > _NEARLY_ALL and not 1 < values.max() < 100 * shares[1])


def _of_counts(values: np.ndarray) -> bool:
    """Whether nearly all values are whole numbers (see `_of_shares`), of which there are at most ten different ones."""
    whole = values[values == np.round(values)]
    return bool(len(whole) > _NEARLY_ALL * len(values) and len(np.unique(whole)) <= _FEW_VALUES)


def _columns(column: pd.Series) -> Iterator[tuple[str, np.ndarray]]:
    if column.dtype.kind in "buif":
        yield "", column.to_numpy(dtype=float)
        return
    text = column.astype(str)
    for level in sorted(text.unique()):
        yield level, text.eq(level).to_numpy(dtype=float)
