"""Treated values as text: looked up in their tables, and printed."""

from collections.abc import Mapping
from math import isnan

import pandas as pd

from effectstudie.disclosure.shown import DIFFERENCE_LIMIT, Count
from effectstudie.shared import formats

Named = Mapping[str, str]


def p_text(p: float) -> str:
    """A p-value in a column of them: `,034`, `<,001`, or a dash."""
    return formats.ABSENT if isnan(p) else formats.p_in_column(p).replace(formats.NBSP, "")


def cell_text(row: Mapping | None, decimals: int, percentage: bool) -> str:
    """The printed value of one treated row; a dash where there is none or it may not be shown."""
    if row is None or pd.isna(row["value"]):
        return formats.ABSENT
    return (formats.percent if percentage else formats.number)(row["value"], decimals)


def find(values: pd.DataFrame, **keys: str) -> dict | None:
    """The single treated row with these keys, or None."""
    own = values
    for column, value in keys.items():
        own = own[own[column] == value]
    return own.iloc[0].to_dict() if len(own) else None


def find_test(tests: pd.DataFrame, outcome: str, effect: str, **keys: str) -> dict | None:
    """The test of an effect on an outcome that has a p-value, or None."""
    own = tests[(tests["outcome"] == outcome) & (tests["effect"] == effect) & tests["p"].notna()]
    for column, value in keys.items():
        own = own[own[column] == value]
    return own.iloc[0].to_dict() if len(own) else None


def size_text(row: Mapping | None) -> str:
    """A group size, or a dash."""
    return formats.ABSENT if row is None or pd.isna(row["n"]) else formats.number(row["n"])


def size_id(test: Mapping) -> str:
    """How large the effect of a test is called, as an id; empty where it is smaller than small."""
    return test["size_word"] if isinstance(test["size_word"], str) else ""


def interval(low: float, high: float) -> str:
    """`[,12; ,41]`, or a dash where it is undefined."""
    if pd.isna(low) or pd.isna(high):
        return formats.ABSENT
    return f"[{formats.coefficient(low)};{formats.NBSP}{formats.coefficient(high)}]"


def difference_text(smd: float | None) -> str:
    """A capped standardised difference; one at the cap is `1,2 of meer`, whatever its sign."""
    if smd is not None and abs(smd) >= DIFFERENCE_LIMIT:
        return f"{formats.number(DIFFERENCE_LIMIT, 1)} of meer"
    if smd is None or pd.isna(smd):
        return formats.ABSENT
    size = formats.guarded(abs(smd), 2, [0.1])
    return formats.MINUS + size if smd < 0 and size.strip("0,") else size


def count_text(count: Count, words: Mapping[str, str]) -> str:
    """A number of people as it may be said. `words`: `none`, and `more` and `fewer` with the number in them."""
    number = formats.number(count.number)
    return number if count.kind == "exact" else words[count.kind].format(number=number)
