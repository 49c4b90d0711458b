"""The role of every household in a study: approach, pool, or neither."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say

# What result tables call a role → the role.
ROLES = {"approach": "approach", "pool": "pool", "other_approach": "excluded"}


def cohort_counts(roles: pd.Series) -> dict[str, int]:
    """How many households of the cohort have each role: all, approach, pool and those with another approach."""
    counts = roles.value_counts()
    found = {name: int(counts.get(role, 0)) for name, role in ROLES.items()}
    return {"cohort": len(roles), **found}


def assign_roles(households: pd.DataFrame, approach: Mapping, required: bool = True) -> pd.Series:
    """Role of each household (index household): approach, pool (no specific approach) or excluded.

    `approach` names regio and aanpak. InputError when no household is of the approach, where that is `required`: a
    study is planned before its first family comes.
    """
    table = households.set_index("household")
    name = table["aanpak"].fillna("").str.strip()
    of_approach = (table["regio"] == approach["regio"]) & (name == approach["aanpak"])
    if required and not of_approach.any():
        raise InputError(
            [
                say(
                    "huishoudens: no household has regio '{regio}' and aanpak '{aanpak}'; the approaches in the "
                    "export are {approaches}; mend the key approach of the study.",
                    regio=approach["regio"],
                    aanpak=approach["aanpak"],
                    approaches=sorted(set(name) - {""}) or say("none"),
                )
            ]
        )
    roles = np.select([of_approach, name == ""], ["approach", "pool"], "excluded")
    return pd.Series(roles, index=table.index, name="role")
