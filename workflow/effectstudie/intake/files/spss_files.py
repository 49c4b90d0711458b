"""SPSS files: codes as they are, with what SPSS was told of them."""

import datetime
import re
from collections.abc import Collection
from io import BytesIO
from typing import Any

import pandas as pd
import pyreadstat

from effectstudie.privacy.identifiers import shown_name
from effectstudie.shared.errors import InputError

# SPSS counts dates in seconds from the first day of the Gregorian calendar.
_FIRST_DAY = datetime.datetime(1582, 10, 14)
_DATE_FORMAT = re.compile(r"(?:A|E|J|S)?DATE|DATETIME|YMDHMS")


def read(content: bytes, file: str, _: Collection[str] = ()):
    """Names, columns, declared missing values and value labels of a .sav file; `file`: its name."""
    try:
        # user_missing: without it SPSS's missing ranges vanish, and refused can't be told from not asked
        frame, meta = pyreadstat.read_sav(BytesIO(content), user_missing=True, disable_datetime_conversion=True)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
        raise InputError([f"{file}: is no complete SPSS file ({error}); export it again."]) from None
    twice = [name for name in frame if re.search(r"_duplicated\d+$", name)]
    if twice:
        names = ", ".join(sorted({shown_name(re.sub(r"_duplicated\d+$", "", name), "…") for name in twice}))
        raise InputError([f"{file}: column {names} occurs twice; keep one."])
    columns = [
        column.map(_day) if _DATE_FORMAT.match(str(meta.original_variable_types.get(name))) else column
        for name, column in frame.items()
    ]
    user_missing = {
        name: [(bounds["lo"], bounds["hi"]) for bounds in ranges] for name, ranges in meta.missing_ranges.items()
    }
    return list(frame.columns), columns, user_missing, meta.variable_value_labels


def _day(seconds: Any) -> Any:
    """The day of a date; a number beyond the calendar stays as it is, so that it is refused with its row."""
    if pd.isna(seconds) or not isinstance(seconds, int | float):
        return None
    try:
        return (_FIRST_DAY + datetime.timedelta(seconds=seconds)).date()
    except OverflowError:
        return seconds
