"""Covariates of households: what is matched on."""

from collections.abc import Mapping

import pandas as pd


def rows_of_covariates(variables: pd.DataFrame, covariates: Mapping[str, Mapping], first_wave: str) -> pd.DataFrame:
    """The rows of `variables` that household_covariates looks at."""
    at_start = variables[variables["wave"] == first_wave]
    names = [spec["variable"] for spec in covariates.values()]
    took_part = (at_start["unit"] == "adult") & ~at_start.duplicated(["unit", "household"])
    return at_start[at_start["variable"].isin(names) | took_part]


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
