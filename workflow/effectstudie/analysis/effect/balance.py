"""How alike those are who were analysed: the balance of the matching is of all who were matched."""

import numpy as np
import pandas as pd

from effectstudie.analysis.effect.analysed import Analysed
from effectstudie.methods.balance import approach_sd


def spread_of_approach(candidates: pd.DataFrame) -> pd.Series:
    """SD of each covariate among all approach candidates, as the balance of the matching has it (`approach_sd`).

    `candidates`: role, and one column per covariate; one row per household.
    """
    approach = candidates["role"].eq("approach").to_numpy()
    covariates = candidates.drop(columns="role").astype(float)
    return pd.Series(
        {name: approach_sd(column.to_numpy(), approach) for name, column in covariates.items()}, dtype=float
    )


def matched_balance(candidates: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """|SMD| of each covariate among the matched households, the largest first.

    `candidates`: by household, as for spread_of_approach; `weights`: of the matched households, by household.
    """
    rows = candidates.loc[weights.index]
    apart = _differences(rows.drop(columns="role"), rows["role"].eq("approach").to_numpy(), weights.to_numpy())
    spread = spread_of_approach(candidates)
    # a last bit decides nothing, and puts no covariate before another
    sizes = (apart / spread).abs().round(9)
    # where a covariate does not vary in the approach any difference is endless, and none is none
    same = apart.abs() <= 1e-12 * rows.drop(columns="role").astype(float).abs().max()
    sizes = sizes.mask(spread == 0, np.inf).mask(same | apart.isna(), 0.0)
    return sizes.sort_values(ascending=False, kind="stable")


def analysed_balance(of: Analysed, spread: pd.Series) -> pd.DataFrame:
    """SMD of each covariate among the units of an outcome: covariate, smd_unweighted, smd_weighted."""
    unweighted = _differences(of.covariates, of.treated, np.ones(len(of.before)))
    weighted = _differences(of.covariates, of.treated, of.weight)
    table = pd.DataFrame({"smd_unweighted": unweighted / spread, "smd_weighted": weighted / spread})
    table = table.replace([np.inf, -np.inf], np.nan)
    return table.rename_axis("covariate").reset_index()


def _differences(columns: pd.DataFrame, treated: np.ndarray, weight: np.ndarray) -> pd.Series:
    values = columns.to_numpy(dtype=float)
    if not (weight[treated].sum() > 0 and weight[~treated].sum() > 0):
        return pd.Series(np.nan, index=columns.columns)
    means = [np.average(values[side], axis=0, weights=weight[side]) for side in (treated, ~treated)]
    return pd.Series(means[0] - means[1], index=columns.columns)
