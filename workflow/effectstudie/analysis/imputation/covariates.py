"""Households with their missing covariates imputed, several times."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from effectstudie.definitions.strategies import Strategy
from effectstudie.shared import r_bridge

# Covariates with gaps, whether a row is of the approach, how many data sets, seed: as many frames without gaps.
Imputer = Callable[[pd.DataFrame, np.ndarray, int, int], list[pd.DataFrame]]

_NO_COVARIATES = ["household", "order", "role"]


@dataclass(frozen=True, eq=False)
class Imputations:
    """`households`: a data set each, by `order`, without gaps in what the strategy names.

    `m`: how many imputations: 0, and one data set, where nothing is missing; 0 and none where a gap cannot be filled,
    with `note` and `reason`.
    """

    households: tuple[pd.DataFrame, ...]
    m: int
    note: str = ""
    reason: Literal["", "input", "nothing_missing"] = ""


def impute_covariates(
    households: pd.DataFrame, strategy: Strategy, m: int, seed: int, imputer: Imputer = r_bridge.impute
) -> Imputations:
    """Impute what the strategy matches on. The model of a covariate: all others of the study, and the role.

    `households`: see match.match_households, with the covariates of all strategies. Draws go by `order` and by the
    names of covariates, so neither rows nor ids change them. A covariate of the strategy that nobody of a role has
    cannot be imputed: what the other group has would be all there is to draw from.
    """
    rows = households.sort_values("order", ignore_index=True)
    covariates = rows.drop(columns=_NO_COVARIATES).sort_index(axis=1)
    treated = rows["role"].eq("approach").to_numpy()
    wanted = list(dict.fromkeys([*strategy.covariates, *strategy.exact]))
    if not covariates[wanted].isna().any(axis=None):
        return Imputations((rows,), 0, "no covariate that is matched on is missing", "nothing_missing")
    known = covariates.notna()
    nobody = {
        role: [name for name in covariates if not known.loc[of_role, name].any()]
        for role, of_role in (("approach", treated), ("pool", ~treated))
    }
    hopeless = [f"nobody of the {role} has {name}" for role in nobody for name in nobody[role] if name in wanted]
    if hopeless:
        return Imputations((), 0, "; ".join(hopeless), "input")
    used = covariates.drop(columns={*nobody["approach"], *nobody["pool"]})
    # what is the same for everyone says nothing of others, and can be nothing else
    constant = used.loc[:, used.nunique() == 1]
    filled = constant.fillna(constant.max())
    sets = imputer(used.drop(columns=list(constant)), treated, m, seed)
    return Imputations(tuple(rows.assign(**filled, **one) for one in sets), m)
