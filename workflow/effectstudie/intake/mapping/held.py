"""What a column of an export holds, as far as it tells which column of the codebook it is; no value of a person."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from effectstudie.definitions.export_columns import Column
from effectstudie.intake.cells import as_date
from effectstudie.intake.mapping.meanings import code_in, meant_code

_MOSTLY = 0.9
# Enough texts to see whether they are labels of codes.
_SOME = 20
# Of a column that fits, a few answers may be slips of the pen.
_FITS = 0.8


class Held(NamedTuple):
    """`numbers` and `texts`: the different ones, of texts some, without what is no answer; `dates`: it holds those."""

    numbers: frozenset[float]
    texts: frozenset[str]
    dates: bool

    @property
    def empty(self) -> bool:
        return not (self.numbers or self.texts or self.dates)


def held_in(column: pd.Series, missing: Collection[float], declared: Sequence[tuple[Any, Any]]) -> Held:
    """`missing`: codes of config for no answer; `declared`: bounds of what SPSS was told is none."""
    values = column.dropna().unique()
    if len(values) and sum(not pd.isna(as_date(value)) for value in values) > _MOSTLY * len(values):
        return Held(frozenset(), frozenset(), True)
    codes = {code_in(value) for value in values} - {None}
    numbers = {code for code in codes if isinstance(code, float)}
    bounds = [(low, high) for low, high in declared if not isinstance(low, str)]
    answers = {
        number for number in numbers if number not in missing and not any(low <= number <= high for low, high in bounds)
    }
    texts = sorted(code for code in codes if isinstance(code, str))
    return Held(frozenset(answers), frozenset(texts[:_SOME]), False)


def likeness(column: Column, held: Held) -> float:
    """From 0, values that the codebook does not allow, to 1, just those that it allows."""
    if held.empty or column.kind in ("date", "id", "text", "free_text"):
        return 0.0 if not held.empty and held.dates != (column.kind == "date") else 0.5
    if held.dates:
        return 0.0
    if held.texts:
        return sum(meant_code(text, column) is not None for text in held.texts) / len(held.texts | held.numbers)
    allowed = {number for number in held.numbers if column.allows(number)}
    inside = len(allowed) / len(held.numbers)
    if column.values is None and (column.kind == "number" or column.low is None):
        return 0.75 * inside
    size = len(column.values) if column.values is not None else column.high - column.low + 1
    return inside * (0.5 + 0.5 * len(allowed) / size)


def fits(column: Column, held: Held) -> bool:
    """Whether nearly all of its values may stand in a column of the codebook."""
    if held.empty or held.dates or held.texts or not column.recodable:
        return likeness(column, held) >= 0.5
    return sum(map(column.allows, held.numbers)) >= _FITS * len(held.numbers)


def together(columns: Iterable[Held]) -> Held:
    """What several columns hold, as if they were one."""
    columns = list(columns)
    numbers, texts = (frozenset().union(*(getattr(of, kind) for of in columns)) for kind in ("numbers", "texts"))
    return Held(numbers, texts, any(of.dates for of in columns))


def kind_of(column: Column) -> tuple:
    """What columns of the codebook have in common whose values do not tell which is which."""
    return column.kind, column.low, column.high, tuple(column.values or ())
