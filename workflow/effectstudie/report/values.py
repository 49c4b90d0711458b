"""Treated values: looked up in their tables, as cells of a table and as text."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.disclosure.shown import DIFFERENCE_LIMIT, STEPS, Count
from effectstudie.report.table import ABSENT, Cell, Number, Phrase
from effectstudie.shared import formats

Named = Mapping[str, str]

ESTIMATE = f"{{value}} [{{ci_low}};{formats.NBSP}{{ci_high}}]"
SPREAD, SIZE = f"{formats.NBSP}±{formats.NBSP}{{sd}}", f"{formats.NBSP}({{n}})"
COEFFICIENTS = f"[{{low}};{formats.NBSP}{{high}}]"


def find(values: pd.DataFrame, **keys: str) -> dict | None:
    """The single treated row with these keys, or None."""
    same = [(values[column] == value).to_numpy() for column, value in keys.items()]
    found = np.flatnonzero(np.logical_and.reduce([np.ones(len(values), bool), *same]))
    return values.iloc[found[0]].to_dict() if len(found) else None


def find_test(tests: pd.DataFrame, outcome: str, effect: str, **keys: str) -> dict | None:
    """The test of an effect on an outcome that has a p-value, or None."""
    rows = tests[(tests["outcome"] == outcome) & (tests["effect"] == effect) & tests["p"].notna()]
    for column, value in keys.items():
        rows = rows[rows[column] == value]
    return rows.iloc[0].to_dict() if len(rows) else None


def value_cell(row: Mapping | None, decimals: int, percentage: bool) -> Number:
    """The value of one treated row; a dash where there is none or it may not be shown."""
    return Number(row["value"], "percent" if percentage else "number", decimals) if row else ABSENT


def mean_and_spread(row: Mapping, decimals: int, percentage: bool = False) -> Cell:
    """`3,2 ± 1,1 (27)`, without what is not known of it or may not be shown; a dash where that is all of it."""
    spread = not percentage and pd.notna(row["value"]) and pd.notna(row["sd"])
    sized = pd.notna(row["n"])
    if pd.isna(row["value"]) and not sized:
        return ABSENT
    parts: dict[str, Number] = {"mean": value_cell(row, decimals, percentage)}
    parts |= {"sd": Number(row["sd"], decimals=decimals)} if spread else {}
    parts |= {"n": size_cell(row)} if sized else {}
    return Phrase("{mean}" + SPREAD * spread + SIZE * sized, parts)


def size_cell(row: Mapping | None) -> Number:
    """A group size, or a dash."""
    return Number(row["n"]) if row else ABSENT


def interval(low: float, high: float) -> Cell:
    """`[,12; ,41]`, or a dash where it is undefined."""
    if pd.isna(low) or pd.isna(high):
        return ABSENT
    return Phrase(COEFFICIENTS, {"low": Number(low, "coefficient", 2), "high": Number(high, "coefficient", 2)})


def count_cell(count: Count, words: Mapping[str, str]) -> Cell:
    """A number of people as it may be said. `words`: `none`, and `more` and `fewer` with the number in them."""
    if count.kind == "hidden":
        return ABSENT
    number = Number(count.number)
    return number if count.kind == "exact" else Phrase(words[count.kind], {"number": number})


def difference_cell(smd: float | None, words: Mapping[str, Any], step: str = "") -> Cell:
    """A capped standardised difference; one at the cap is `1,2 of meer`, whatever its sign. `words`: counts in texts;
    `step`: of `disclosure.shown.STEPS`, where it may not be shown as a number.
    """
    if step:
        low, high = (Number(edge, decimals=2) for edge in STEPS[step])
        return Phrase(words["steps"][step], {"low": low, "high": high})
    if smd is not None and abs(smd) >= DIFFERENCE_LIMIT:
        return Phrase(words["or_more"], {"number": Number(DIFFERENCE_LIMIT, decimals=1)})
    return ABSENT if smd is None else Number(smd, "difference", 2)


def estimate_cell(row: Mapping, decimals: int, suffix: str = "") -> Cell:
    """A value with its interval, `12 [−8; 32]`; a dash where there is none. `suffix`: of the names in the row."""
    if pd.isna(row[f"value{suffix}"]):
        return ABSENT
    names = ("value", "ci_low", "ci_high")
    return Phrase(ESTIMATE, {name: Number(row[f"{name}{suffix}"], decimals=decimals) for name in names})


def cell_text(row: Mapping | None, decimals: int, percentage: bool) -> str:
    """The printed value of one treated row; a dash where there is none or it may not be shown."""
    return str(value_cell(row, decimals, percentage))


def size_text(row: Mapping | None) -> str:
    """A group size, or a dash."""
    return str(size_cell(row))


def size_said(row: Mapping | None, labels: Named, counts: Named) -> str:
    """How many took part, or what may be said of it: only of a small number that it is small. `counts`: in texts."""
    if row is None:
        return labels["unsaid"]
    if pd.notna(row["n"]):
        return size_text(row)
    if row["status"] == "size":
        return labels["fewer"]
    known = row["bound"] == "more"
    return counts["more"].format(number=formats.number(row["bound_value"])) if known else labels["unsaid"]


def size_id(test: Mapping) -> str:
    """How large the effect of a test is called, as an id; empty where it is smaller than small."""
    return test["size_word"] if isinstance(test["size_word"], str) else ""
