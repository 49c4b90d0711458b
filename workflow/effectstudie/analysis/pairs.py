"""Both measurements of a person in one row, as the other analyses take them."""

from collections.abc import Sequence

import pandas as pd

from effectstudie.selection.follow_up import another_wave, follow_up_wave
from effectstudie.shared.vocabulary import WAVES


def wide(
    table: pd.DataFrame, matched: pd.DataFrame, outcome: str, unit: str, waves: Sequence[str] = WAVES
) -> pd.DataFrame:
    """The matched units of an outcome: unit_id, household, group, weight, subclass, and one column per wave.

    `table`: long, with household, unit_id, outcome, unit, wave and value; `matched`: matching's matched.parquet.
    """
    return of_matched(by_wave(table, outcome, unit, waves), matched)


def by_wave(table: pd.DataFrame, outcome: str, unit: str, waves: Sequence[str] = WAVES) -> pd.DataFrame:
    """Everyone with a value of the outcome: unit_id, household, and one column per wave. `table`: as of `wide`."""
    mine = table[(table["outcome"] == outcome) & (table["unit"] == unit)]
    values = mine.pivot(index=["unit_id", "household"], columns="wave", values="value").reindex(columns=list(waves))
    return values.astype(float).reset_index()


def of_matched(values: pd.DataFrame, matched: pd.DataFrame) -> pd.DataFrame:
    """Those of `by_wave` whose household is matched, with its group, weight and subclass."""
    return values.merge(matched[["household", "group", "weight", "subclass"]], on="household")


def other_follow_up(
    waves: pd.DataFrame, order: Sequence[str], first_wave: str, but_for: pd.DataFrame | None = None
) -> pd.DataFrame:
    """T0 and follow-up in long form by another order of waves; `waves`: select.WAVE_COLUMNS with group.

    `but_for`: the wave of each unit that only counts where it has no other (unit, unit_id, measured_at).
    """
    taken = waves[waves["outcome"] == "participation"]
    later = waves.rename(columns={"wave": "measured_at"})
    other = follow_up_wave(taken, order) if but_for is None else another_wave(taken, order, but_for)
    later = later.merge(other, on=["unit", "unit_id", "measured_at"])
    start = waves[waves["wave"] == first_wave]
    return pd.concat([start.assign(wave="T0"), later.drop(columns="measured_at").assign(wave="follow_up")])
