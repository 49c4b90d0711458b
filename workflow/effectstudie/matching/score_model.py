"""The model of the propensity score: missing values filled, columns that depend on others, separation."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from effectstudie.definitions.strategies import Strategy
from effectstudie.matching.check import check_score
from effectstudie.shared import r_bridge
from effectstudie.shared.errors import MatchingError
from effectstudie.shared.messages.sentences import say

# Rows in which a separation is looked for first, besides those of the approach.
_SOME = 5_000


@dataclass(frozen=True)
class FittedScore:
    """`design`: the columns of the model; `separating`: those that tell some groups; `notes`: what was left out."""

    design: pd.DataFrame
    separating: list[str]
    notes: list[str]
    fit: r_bridge.ScoreModel


def fit_score(
    columns: pd.DataFrame, wanted: Collection[str], treated: np.ndarray, strategy: Strategy, seed: int
) -> FittedScore:
    """The model of the propensity score, fitted in R and checked. `columns`: without gaps, as of fill_missing.

    Without a finite coefficient the SD of the score is arbitrary, and the caliper with it. An indicator can be missed,
    so it is left out; a `wanted` column is the study's choice, so it stays, and is among the `separating`.
    """
    design, notes = independent_columns(columns)
    separating = separating_columns(design, treated)
    while indicators := [name for name in separating if name not in wanted]:
        design = design.drop(columns=indicators[-1])
        notes.append(f"{indicators[-1]} is left out of the score model: it would tell some groups with certainty.")
        separating = separating_columns(design, treated)
    if design.empty:
        raise MatchingError(
            say("No covariate of {strategy} differs between households: choose others.", strategy=strategy.named)
        )
    fit = r_bridge.fit_propensity(design, treated, seed)
    check_score(design, fit.coefficients, fit.linear_predictor)
    return FittedScore(design, separating, notes, fit)


def fill_missing(covariates: pd.DataFrame) -> pd.DataFrame:
    """Fill missing values with the column's mean; add a 0/1 column `<name>_missing` for each filled column."""
    numbers = covariates.apply(lambda column: column.astype("Float64").astype(float))
    gaps = covariates.isna()
    indicators = {f"{name}_missing": gaps[name].astype(float) for name in covariates if gaps[name].any()}
    return pd.concat([numbers.fillna(numbers.mean()), pd.DataFrame(indicators, index=covariates.index)], axis=1)


def independent_columns(design: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Leave out columns that are constant or a linear function of the columns before them; a note for each.

    Gram-Schmidt with the intercept first; a remainder under 1e-7 of the column's own length counts as none.
    """
    basis = [np.full(len(design), len(design) ** -0.5)]
    kept, notes = [], []
    for name in design:
        column = design[name].to_numpy(dtype=float)
        column = column / (np.abs(column).max() or 1.0)
        centred = column - column.mean()
        rest = centred.copy()
        for _ in range(2):  # a second pass takes away what rounding left of the first
            for direction in basis:
                rest -= direction * (direction @ rest)
        if np.linalg.norm(centred) <= 1e-7 * np.linalg.norm(column):
            notes.append(f"{name} is left out of the score model: it is the same for every household.")
        elif np.linalg.norm(rest) <= 1e-7 * np.linalg.norm(centred):
            notes.append(f"{name} is left out of the score model: it follows from the covariates before it.")
        else:
            kept.append(name)
            basis.append(rest / np.linalg.norm(rest))
    return design[kept], notes


def separating_columns(design: pd.DataFrame, treated: np.ndarray) -> list[str]:
    """Columns whose logit coefficients are infinite, because they tell some rows of the groups with certainty.

    `design`: numeric columns without missing values; `treated`: boolean. Linear programme of Konis (2007): look
    for b with x'b >= 0 for every treated and <= 0 for every other row, and not 0 throughout. R's `glm` finds
    it only when it is complete.
    """
    scaled = design / design.abs().max()
    signed = np.column_stack([np.ones(len(design)), scaled]) * np.where(treated, 1.0, -1.0)[:, None]
    others = np.flatnonzero(~treated)
    if len(others) > 2 * _SOME:
        # What separates all rows separates some of them, unless it is 0 for these: that takes dependent columns.
        some = signed[np.sort(np.append(np.flatnonzero(treated), others[:: len(others) // _SOME]))]
        if np.linalg.svd(some, compute_uv=False)[-1] > 1e-3 and _separation(some) is None:
            return []
    found = _separation(signed)
    if found is None:
        return []
    return [name for name, size in zip(design, np.abs(found[1:]), strict=True) if size > 1e-6]


def _separation(signed: np.ndarray) -> np.ndarray | None:
    """b with signed b >= 0, not 0 throughout, and its largest element 1; None where there is none."""
    found = linprog(-signed.sum(axis=0), A_ub=-signed, b_ub=np.zeros(len(signed)), bounds=(-1, 1), method="highs")
    return None if (signed @ found.x).max() <= 1e-6 else found.x
