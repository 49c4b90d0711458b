"""Values of some units of one kind as an array, units x variables x waves: quick to choose from, and in order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from effectstudie.scoring.rules import RULES, Rule

_NO_SCORE = [Rule.NOT_ASKED, Rule.NOT_APPLICABLE]


@dataclass(frozen=True, eq=False)
class Values:
    """What is known of units of one kind, all three in their order; NaN where nothing is.

    `numbers`: units x variables x waves; `known`: units x waves, whether a unit has any variable, also one that is not
    among `variables`; `took_part`: the same shape. `households`: of each unit.
    """

    unit: str
    ids: np.ndarray
    households: np.ndarray
    variables: Sequence[str]
    waves: Sequence[str]
    numbers: np.ndarray
    known: np.ndarray
    took_part: np.ndarray

    def of(self, variable: str) -> np.ndarray:
        """Units x waves."""
        return self.numbers[:, self.variables.index(variable)]

    def at(self, wave: str, of: np.ndarray) -> np.ndarray:
        """Of an array with waves last the one wave."""
        return of[..., self.waves.index(wave)]


def values_of(
    part: Mapping[str, pd.DataFrame],
    scores: Iterable[str],
    names: Iterable[str],
    households: pd.Index,
    first_wave: str,
) -> Values:
    """The values of some units of one kind, those of these `households`.

    `part`: variables (with unit, unit_id, household, wave, variable, value), participation, and by instrument the table
    with the `scores`, of which those count that there are: neither missing nor not applicable. `names`: other variables
    that are asked for. `first_wave` is among the waves, whether or not anything is known then.
    """
    ids, homes = _units(part.values(), households)
    index, names = pd.Index(ids), sorted({*names, *scores})
    waves = sorted({first_wave}.union(*(table["wave"].unique() for table in part.values())))
    numbers = np.full((len(ids), len(names), len(waves)), np.nan)
    known, took_part = (np.zeros((len(ids), len(waves)), dtype=bool) for _ in range(2))
    for stem, table in part.items():
        at, wave = index.get_indexer(table["unit_id"]), _codes(table["wave"], waves)
        if stem == "participation":
            took_part[at[at >= 0], wave[at >= 0]] = True
        elif stem == "variables":
            known[at[at >= 0], wave[at >= 0]] = True
            variable = _codes(table["variable"], names)
            there = (at >= 0) & (variable >= 0)
            numbers[at[there], variable[there], wave[there]] = table["value"].to_numpy()[there]
        else:
            for name in (name for name in scores if name.startswith(f"{stem}.")):
                there = (at >= 0) & _is_score(table, name.removeprefix(f"{stem}."))
                values = table[name.removeprefix(f"{stem}.")].to_numpy()[there]
                numbers[at[there], names.index(name), wave[there]] = values
                known[at[there], wave[there]] = True
    kind = next((str(table["unit"].iloc[0]) for table in part.values() if len(table)), "")
    return Values(kind, ids, homes, names, waves, numbers, known, took_part)


def _units(tables: Iterable[pd.DataFrame], households: pd.Index) -> tuple[np.ndarray, np.ndarray]:
    """The units of these households, in order, and the household of each."""
    rows = pd.concat([table[["unit_id", "household"]].drop_duplicates("unit_id") for table in tables])
    rows = rows.drop_duplicates("unit_id").sort_values("unit_id")
    rows = rows[rows["household"].isin(households)]
    return rows["unit_id"].to_numpy(), rows["household"].to_numpy()


def _is_score(table: pd.DataFrame, name: str) -> np.ndarray:
    """In which rows there is this score; a row without it has no rule for it either."""
    rule = _codes(table[f"{name.split('.')[0]}.rule"], RULES)
    return (rule >= 0) & ~np.isin(rule, _NO_SCORE) & table[name].notna().to_numpy()


def _codes(column: pd.Series, names: Sequence[str]) -> np.ndarray:
    """The place of each value in `names`, -1 where it is not there."""
    return column.astype("category").cat.set_categories(list(names)).cat.codes.to_numpy()
