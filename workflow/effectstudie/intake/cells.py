"""One cell of an export: what it says as text, number, id or date, and whether the codebook allows it."""

import datetime
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.definitions.export_columns import Column
from effectstudie.intake.spelling.ids import as_id
from effectstudie.intake.spelling.letters import as_typed

# No answer is kept apart by its reason until scoring.
NOT_APPLICABLE = -8.0
REFUSED = -9.0
# SPSS prints .5 and 7. for 0.5 and 7
NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)")
# What may be thousands or have three decimals.
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
# What R and SPSS write where there is no answer.
_NO_ANSWER = ("NA", "#NULL!")
_TIME = r"(?:[ T]\d{1,2}:\d{2}.*)?"
_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})" + _TIME),
    re.compile(r"(?P<day>\d{1,2})-(?P<month>\d{1,2})-(?P<year>\d{4})" + _TIME),
)


def convert(
    raw: pd.Series, column: Column, missing_codes: Mapping[str, Sequence[float]], user_missing: Sequence
) -> tuple[pd.Series, pd.Series, list[float]]:
    """The values, whether a value is refused, and codes of the codebook that SPSS was told are no answer."""
    none = pd.Series(False, index=raw.index)
    if raw.dtype.kind in "if" and column.kind in ("code", "number"):
        text = raw  # as it is: most columns, and making text of each answer takes most of the time
    else:
        text = raw.map(as_id if column.kind == "id" else as_typed)
    if column.kind in ("id", "text", "free_text", "date"):
        declared = text.isin([low.strip() for low, _ in user_missing if isinstance(low, str)])
        if column.kind != "free_text" and user_missing:
            numbers = raw.map(as_number)
            for low, high in (bounds for bounds in user_missing if not isinstance(bounds[0], str)):
                declared |= numbers.between(low, high)
    if column.kind in ("id", "text", "free_text"):
        return text.astype("str").mask(text.isna() | declared), none, []
    if column.kind == "date":
        given = raw.mask(declared) if user_missing else raw
        dates = pd.Series([as_date(value) for value in given], index=raw.index, dtype="datetime64[us]")
        return dates, ~declared & text.notna() & dates.isna(), []
    # arrays: a Series of its own for each comparison takes ten times as long
    values = raw.to_numpy(dtype=float) if raw.dtype.kind in "if" else raw.map(as_number).to_numpy(dtype=float)
    declared = np.zeros(len(values), dtype=bool)
    for low, high in user_missing:
        declared |= (text == low.strip()).to_numpy() if isinstance(low, str) else (values >= low) & (values <= high)
    # what the codebook allows is an answer, even 98 or 99, unless SPSS was told that it is none
    allowed = is_allowed(values, column)
    fits = allowed & ~declared
    refused = np.isin(values, missing_codes["refused"]) & ~fits
    not_applicable = np.isin(values, missing_codes["not_applicable"]) & ~fits
    wrong = text.notna().to_numpy() & ~(fits | refused | not_applicable | declared)
    answers = np.select([fits, refused, not_applicable], [values, REFUSED, NOT_APPLICABLE], math.nan)
    hidden = sorted(np.unique(values[allowed & declared]))
    return pd.Series(answers, index=raw.index), pd.Series(wrong, index=raw.index), hidden


def is_allowed(values: np.ndarray, column: Column) -> np.ndarray:
    """Which of these numbers the codebook allows."""
    if column.values is not None:
        return np.isin(values, list(column.values))
    whole = values % 1 == 0 if column.kind == "code" else ~np.isnan(values)
    return whole if column.low is None else whole & (values >= column.low) & (values <= column.high)


def without_no_answer(frame: pd.DataFrame, columns: Mapping[str, Column]) -> tuple[pd.DataFrame, dict[str, int]]:
    """The table with nothing where R or SPSS wrote that there is no answer; each word with how many cells had it."""
    found = dict.fromkeys(_NO_ANSWER, 0)
    for name in (name for name in frame if columns[name].kind in ("date", "code", "number")):
        if frame[name].dtype.kind == "O" and (none := frame[name].isin(_NO_ANSWER)).any():
            for word, cells in frame[name][none].value_counts().items():
                found[str(word)] += int(cells)
            frame = frame.assign(**{name: frame[name].mask(none, None)})
    return frame, {word: cells for word, cells in found.items() if cells}


def as_number(value: Any) -> float:
    """A number with a decimal point or comma; NaN for anything else, thousands marks and exponents too."""
    text = as_typed(value) or ""
    return float(text.replace(",", ".")) if NUMBER.fullmatch(text) else math.nan


def as_date(value: Any) -> Any:
    """The day of a date, or of a text in the order year-month-day or day-month-year; NaT for anything else."""
    if isinstance(value, datetime.date) and value is not pd.NaT:
        return pd.Timestamp(value).normalize()
    text = as_typed(value) or ""
    match = next((match for pattern in _DATES if (match := pattern.fullmatch(text))), None)
    try:
        return pd.Timestamp(**{part: int(number) for part, number in match.groupdict().items()}) if match else pd.NaT
    except ValueError:
        return pd.NaT
