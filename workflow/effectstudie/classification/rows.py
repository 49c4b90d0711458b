"""Rows of the table of variables: one per unit, wave and variable."""

import pandas as pd

VARIABLE_COLUMNS = ["unit", "unit_id", "household", "wave", "variable", "value"]
VARIABLE_KEY = ["unit", "unit_id", "wave", "variable"]


def pick(scores: pd.DataFrame, score: str, unit: str) -> pd.DataFrame:
    return scores[(scores["score"] == score) & (scores["unit"] == unit)]


def with_wave(values: pd.Series, wave: pd.Series) -> pd.Series:
    return values.set_axis(pd.MultiIndex.from_arrays([values.index, wave], names=["household", "wave"]))


def household_rows(values: pd.Series, variable: str) -> pd.DataFrame:
    frame = values.rename("value").reset_index()
    return frame.assign(unit="household", unit_id=frame["household"], variable=variable)
