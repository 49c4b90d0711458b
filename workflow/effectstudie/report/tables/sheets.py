"""Tables and the data of figures as a spreadsheet has them: numbers stay numbers, no more exact than printed.

A cell is a text, or `{value, decimals, percent, bare}` (see table.Exact).
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from effectstudie.report.table import Cell, Exact, Figure, Number, Table
from effectstudie.shared import formats


def table_sheet(table: Table, zeros: bool = False) -> dict[str, Any]:
    """A table, with the name of its block in every row. `zeros`: see Table.printed."""
    return {
        "number": table.number,
        "caption": table.caption,
        "head": [column.head for column in table.columns],
        "rows": [[_cell(cell, zeros) for cell in row] for row in table.rows],
        "notes": [_plain(note) for note in table.notes if note],
    }


def figure_sheet(figure: Figure, titles: Mapping[str, str], labels: Mapping, words: Mapping) -> dict[str, Any]:
    """The data of a figure under Dutch heads; columns without a word or a value are left out.

    `titles`: outcome → what the report calls it; `words`: `columns` (name → head), `answers` and `bounds`.
    """
    data = figure.data.replace("", None).dropna(axis="columns", how="all")
    names = [name for name in words["columns"] if name in data]
    said = {
        "outcome": titles,
        **{"group": labels["groups"], "wave": labels["waves"], "unit": labels["units"]},
        "sample": {**labels["samples"], **labels["overlap"]},
        **dict.fromkeys(("primary", "natural"), words["answers"]),
        "bound": words["bounds"],
    }
    decimals = {name: _decimals(data[name]) for name in names if pd.api.types.is_float_dtype(data[name])}
    return {
        "number": figure.number,
        "caption": formats.capital(formats.ranges(figure.caption)),
        "head": [words["columns"][name] for name in names],
        "rows": [
            [_datum(row[name], said.get(name, {}), decimals.get(name, 0)) for name in names]
            for row in data[names].to_dict("records")
        ],
        "notes": [_plain(note) for note in figure.notes if note],
    }


def _cell(cell: Cell, zeros: bool) -> Any:
    exact = cell.exact if isinstance(cell, Number) else None
    if exact:
        return exact._replace(bare=exact.bare and not zeros)._asdict()
    return _plain(formats.with_zeros(str(cell)) if zeros else str(cell))


def _datum(value: Any, said: Mapping[Any, str], decimals: int) -> Any:
    """`said`: what a value is called, of a column that holds names."""
    if pd.isna(value):
        return formats.ABSENT
    if said or isinstance(value, str):
        return _plain(str(said.get(value, value)))
    return Exact(float(value), decimals, percent=False, bare=False)._asdict()


def _decimals(column: pd.Series) -> int:
    """How many decimals the numbers of a column have, which were rounded before."""
    texts = [repr(float(value)) for value in column.dropna()]
    return max((len(text.partition(".")[2]) for text in texts if not text.endswith(".0")), default=0)


def _plain(text: str) -> str:
    return text.replace(formats.NBSP, " ")
