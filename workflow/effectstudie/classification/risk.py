"""Risk factors of a household: which it has, how many, and what a missing answer leaves open."""

from collections.abc import Mapping

import pandas as pd

from effectstudie.classification.conditions import holds
from effectstudie.classification.rows import household_rows, pick
from effectstudie.definitions.lineage import RISK_FACTOR


def risk_counts(scores: pd.DataFrame, risk_factors: Mapping) -> pd.DataFrame:
    """Risk factors of a household and wave: `risk_at_least` (known) and `risk_at_most` (known or unanswered).

    And of each factor `risk_factor_<name>`: 1 where it is known, 0 where it cannot be, no row where it is unanswered.
    Any adult with a factor gives it to the household. A factor that does not apply (no partner) is absent.
    """
    present = scores.loc[scores["unit"] == "adult", ["household", "unit_id", "wave"]].drop_duplicates()
    index = pd.MultiIndex.from_frame(present)
    low = pd.Series(0.0, index=pd.MultiIndex.from_frame(present[["household", "wave"]].drop_duplicates()))
    high = low.copy()
    each = []
    for name, spec in risk_factors.items():
        factor = _risk_factor(scores, spec).reindex(index)
        if spec.get("keep"):
            person = factor.groupby(level="unit_id").transform("max")
            factor = factor.fillna(person)
        least = factor.fillna(0.0).groupby(level=["household", "wave"]).max()
        most = factor.fillna(1.0).groupby(level=["household", "wave"]).max()
        low += least
        high += most
        each.append(household_rows(least[least == most], f"{RISK_FACTOR}{name}"))
    return pd.concat([household_rows(low, "risk_at_least"), household_rows(high, "risk_at_most"), *each])


def _risk_factor(scores: pd.DataFrame, spec: Mapping) -> pd.Series:
    """1, 0 or NaN (unanswered) per adult and wave."""
    keys = ["household", "unit_id", "wave"]
    source = pick(scores, spec["score"], "adult").set_index(keys)
    factor = holds(source["value"], spec["yes_when"]).astype(float).mask(source["value"].isna())
    if spec.get("bounds"):
        # a count with unanswered items is decided where these could not change it
        least = pick(scores, f"{spec['score']}.at_least", "adult").set_index(keys)["value"].reindex(factor.index)
        most = pick(scores, f"{spec['score']}.at_most", "adult").set_index(keys)["value"].reindex(factor.index)
        factor = factor.mask(holds(least, spec["yes_when"]), 1.0)
        factor = factor.mask(most.notna() & ~holds(most, spec["yes_when"]), 0.0)
    return factor.mask(source["status"] == "not_applicable", 0.0)
