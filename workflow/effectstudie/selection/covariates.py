"""Covariates of households: what is matched on."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from effectstudie.selection.values import Values

# Stands for any variable of whom something is known.
_TOOK_PART = ""


def rows_of_covariates(values: Values, covariates: Mapping[str, Mapping], first_wave: str) -> pd.DataFrame:
    """What household_covariates takes as `variables`, of some units."""
    names = {spec["variable"] for spec in covariates.values()}
    rows = {_TOOK_PART: np.where(values.at(first_wave, values.known), 1.0, np.nan)}
    rows |= {name: values.at(first_wave, values.of(name)) for name in names}
    parts = []
    for name, numbers in rows.items():
        there = ~np.isnan(numbers)
        parts.append(
            pd.DataFrame({"household": values.households[there], "value": numbers[there]}).assign(variable=name)
        )
    return pd.concat(parts, ignore_index=True).assign(unit=values.unit, wave=first_wave)


def household_covariates(
    variables: pd.DataFrame,
    households: pd.DataFrame,
    roles: pd.Series,
    covariates: Mapping[str, Mapping],
    first_wave: str,
) -> pd.DataFrame:
    """One row per approach or pool household that took part at T0: household, order, role, covariates.

    `households` has household and household_order; a covariate that is unknown is NaN.
    """
    at_start = variables[variables["wave"] == first_wave]
    took_part = at_start.loc[at_start["unit"] == "adult", "household"].unique()
    table = households.set_index("household")[["household_order"]].rename(columns={"household_order": "order"})
    table["role"] = roles
    table = table[table["role"].isin(["approach", "pool"]) & table.index.isin(took_part)].copy()
    for name, spec in covariates.items():
        unit = "adult" if "of_adults" in spec else "household"
        rows = at_start[(at_start["variable"] == spec["variable"]) & (at_start["unit"] == unit)]
        # sorted by value: the last digit of a mean must not depend on the order of pseudonyms
        rows = rows.sort_values("value")
        table[name] = rows.groupby("household")["value"].agg(spec.get("of_adults", "first"))
    return table.reset_index().sort_values("order", ignore_index=True)
