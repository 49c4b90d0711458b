"""Values of some units of one kind as an array, units x variables x waves: quick to choose from, and in order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd


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
    part: Mapping[str, pd.DataFrame], unit: str, names: Iterable[str], households: pd.Index, first_wave: str
) -> Values:
    """The values of some units of one kind, those of these `households`.

    `part`: variables (unit_id, household, wave, variable, value), participation (the first three), and tables of
    score_tables.score_values. `names`: the variables and scores that are asked for. `first_wave` is among the waves,
    whether or not anything is known then.
    """
    ids, homes = _units(part.values(), households)
    index, names = pd.Index(ids), sorted(names)
    waves = sorted({first_wave}.union(*(table["wave"].unique() for table in part.values())))
    numbers = np.full((len(ids), len(names), len(waves)), np.nan)
    known, took_part = (np.zeros((len(ids), len(waves)), dtype=bool) for _ in range(2))
    for kind, table in part.items():
        at, wave = index.get_indexer(table["unit_id"]), _codes(table["wave"], waves)
        mine = at >= 0
        if kind == "participation":
            took_part[at[mine], wave[mine]] = True
        elif kind == "variables":
            known[at[mine], wave[mine]] = True
            variable = _codes(table["variable"], names)
            mine &= variable >= 0
            numbers[at[mine], variable[mine], wave[mine]] = table["value"].to_numpy()[mine]
        else:
            for name in table.columns.intersection(names):
                values = table[name].to_numpy()
                there = mine & ~np.isnan(values)
                numbers[at[there], names.index(name), wave[there]] = values[there]
                known[at[there], wave[there]] = True
    return Values(unit, ids, homes, names, waves, numbers, known, took_part)


def _units(tables: Iterable[pd.DataFrame], households: pd.Index) -> tuple[np.ndarray, np.ndarray]:
    """The units of these households, in order, and the household of each."""
    of_tables = [table[["unit_id", "household"]] for table in tables if "household" in table]
    rows = pd.concat([table.drop_duplicates("unit_id") for table in of_tables])
    rows = rows.drop_duplicates("unit_id").sort_values("unit_id")
    rows = rows[rows["household"].isin(households)]
    return rows["unit_id"].to_numpy(), rows["household"].to_numpy()


def _codes(column: pd.Series, names: Sequence[str]) -> np.ndarray:
    """The place of each value in `names`, -1 where it is not there."""
    return column.astype("category").cat.set_categories(list(names)).cat.codes.to_numpy()
