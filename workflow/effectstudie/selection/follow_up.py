"""Which measurement is the follow-up of each person and household, by the rule of a study."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from effectstudie.classification.cohort import rows_of_units
from effectstudie.definitions.follow_up import FIRST, LAST, NEAREST
from effectstudie.scoring.score_tables import read_ingested

_UNIT = ["unit", "unit_id"]


def follow_up_wave(participation: pd.DataFrame, waves: Sequence[str]) -> pd.DataFrame:
    """The follow-up of each unit: the first of `waves` in which it took part (unit, unit_id, measured_at)."""
    return _first_by(_taken(participation, waves), ["rank"])


def follow_up_by_rule(
    participation: pd.DataFrame, follow_up: Mapping[str, Any], days: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The follow-up of each unit, as follow_up_wave gives it. `follow_up`: of the study; `days`: days_after_start.

    With the rule nearest a measurement without a date comes last, and of two as near the one that is named first.
    """
    waves, rule = follow_up["waves"], follow_up.get("rule", FIRST)
    if rule != NEAREST:
        return follow_up_wave(participation, waves[::-1] if rule == LAST else waves)
    taken = _taken(participation, waves).merge(days, on=[*_UNIT, "wave"], how="left")
    return _first_by(taken.assign(off=(taken["days"] - follow_up["nearest_days"]).abs()), ["off", "rank"])


def another_wave(participation: pd.DataFrame, waves: Sequence[str], chosen: pd.DataFrame) -> pd.DataFrame:
    """The first of `waves` in which a unit took part but for the `chosen` one, unless it has no other."""
    taken = _taken(participation, waves).merge(chosen, on=_UNIT, how="left")
    same = taken["wave"].astype(object) == taken["measured_at"].astype(object)
    return _first_by(taken.drop(columns="measured_at").assign(same=same), ["same", "rank"])


def days_after_start(exports: Mapping[str, str | Path], first_wave: str) -> pd.DataFrame:
    """How many days after its first measurement each unit took part: unit, unit_id, wave, days.

    `exports`: export → its ingested table, of those in which persons report. Of several reports on one unit the first
    counts. Who was not there at the start is counted from the start of the household.
    """
    tables = {export: read_ingested(path, ["afnamedatum"]) for export, path in exports.items()}
    rows = rows_of_units(tables, ["afnamedatum"])
    dates = rows.groupby([*_UNIT, "household", "wave"], observed=True)["afnamedatum"].min().reset_index()
    start = dates[dates["wave"] == first_wave]
    own = start[[*_UNIT, "afnamedatum"]].rename(columns={"afnamedatum": "own"})
    home = start.loc[start["unit"] == "household", ["household", "afnamedatum"]].rename(columns={"afnamedatum": "home"})
    dates = dates.merge(own, on=_UNIT, how="left").merge(home, on="household", how="left")
    days = (dates["afnamedatum"] - dates["own"].fillna(dates["home"])).dt.days
    return dates.assign(days=days)[[*_UNIT, "wave", "days"]]


def _taken(participation: pd.DataFrame, waves: Sequence[str]) -> pd.DataFrame:
    taken = participation.loc[participation["wave"].isin(waves), [*_UNIT, "wave"]]
    return taken.assign(rank=taken["wave"].map({wave: rank for rank, wave in enumerate(waves)}).astype(int))


def _first_by(taken: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    first = taken.sort_values(order, kind="stable").drop_duplicates(_UNIT)
    return first[[*_UNIT, "wave"]].rename(columns={"wave": "measured_at"})
