"""A row a unit, with all its measurements beside each other."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from effectstudie.own_analysis.variables import GROUP_CODES, PARTICIPATION, Variable
from effectstudie.shared.persons.ids import written_text
from effectstudie.shared.vocabulary import COMPARED, WAVES

# Before a pseudonym: without a letter Excel and R make numbers of some, and lose digits.
LETTERS = {"household": "H", "unit_id": "P"}


def table_of_unit(
    analysis: pd.DataFrame,
    waves: pd.DataFrame,
    matched: pd.DataFrame,
    households: pd.DataFrame,
    filled: pd.DataFrame,
    order: Sequence[str],
    variables: Sequence[Variable],
) -> pd.DataFrame:
    """One row per unit that took part, members of a household together: the columns of `variables`.

    `analysis` and `waves`: the tables of select_study, of one kind of unit; `matched`: of the selected strategy;
    `households`: with the covariates as they were measured; `filled`: as the matching filled them; `order`: all waves.
    Tables are as persons.read_persons gives them.
    """
    columns = ["unit_id", "household", "role"]
    units = pd.concat([analysis[columns], waves[columns]]).drop_duplicates("unit_id")
    units = units.sort_values(["household", "unit_id"], ignore_index=True)
    found = _of_households(units, matched, households, filled)
    found |= _values(units["unit_id"], analysis, waves, order)
    found |= _counted(found, variables)
    found |= {("id", name): letter + written_text(units[name]) for name, letter in LETTERS.items()}
    nothing = pd.Series(np.nan, index=units.index)
    return pd.DataFrame({variable.name: found.get(variable.key, nothing) for variable in variables})


def _of_households(
    units: pd.DataFrame, matched: pd.DataFrame, households: pd.DataFrame, filled: pd.DataFrame
) -> dict[tuple[str, ...], pd.Series]:
    """What a unit has of its household, by key."""
    home = units["household"]
    matched = matched.set_index("household")
    codes = matched["group"].astype(object).map(GROUP_CODES).astype(float)
    others = np.where(units["role"] == "pool", GROUP_CODES["rest"], GROUP_CODES["none"])
    group = home.map(codes).fillna(pd.Series(others, index=units.index))
    compared = group.isin([GROUP_CODES[name] for name in COMPARED]).astype(float)
    found = {("of_household", "group"): group, ("of_household", "matched"): compared}
    for name in ("subclass", "weight", "propensity_score"):
        found["of_household", name] = home.map(matched[name].astype(float))
    for kind, table in {"covariate": households, "filled": filled}.items():
        table = table.set_index("household")
        found |= {(kind, name): home.map(table[name].astype(float)) for name in table.select_dtypes("number")}
    return found


def _values(
    unit_ids: pd.Series, analysis: pd.DataFrame, waves: pd.DataFrame, order: Sequence[str]
) -> dict[tuple[str, ...], pd.Series]:
    """Each outcome at each measurement, and at which wave the follow-up was, by key.

    T0 is that of the first table; the other has the first wave too.
    """
    found = {}
    for table in (waves[waves["wave"] != order[0]], analysis):
        for (outcome, wave), rows in table.groupby(["outcome", "wave"], observed=True, sort=False):
            values = rows.set_index("unit_id")["value"].reindex(unit_ids)
            found["value", outcome, wave] = values.reset_index(drop=True)
    for key in [("value", PARTICIPATION, wave) for wave in (*WAVES, *order[1:])]:
        found[key] = found.get(key, pd.Series(np.nan, index=unit_ids.index)).fillna(0.0)
    later = analysis[(analysis["outcome"] == PARTICIPATION) & (analysis["wave"] == WAVES[1])]
    at = later.set_index("unit_id")["measured_at"].astype(object).map({wave: n for n, wave in enumerate(order)})
    found["measured_at",] = at.reindex(unit_ids).reset_index(drop=True).astype(float)
    return found


def _counted(
    found: Mapping[tuple[str, ...], pd.Series], variables: Sequence[Variable]
) -> dict[tuple[str, ...], pd.Series]:
    """Whether the unit is one of those that the tests over time are of: compared, with both measurements."""
    outcomes = [variable.of for variable in variables if variable.key[0] == "counted"]
    keys = {name: [("value", name, wave) for wave in WAVES] for name in outcomes}
    compared = found["of_household", "matched"]
    return {
        ("counted", name): compared * np.logical_and.reduce([found[key].notna() for key in both])
        for name, both in keys.items()
        if all(key in found for key in both)
    }
