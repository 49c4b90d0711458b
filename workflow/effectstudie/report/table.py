"""Tables and figures of a report. A number in a table stays a number, with the form it is printed in, to the end."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import pandas as pd

from effectstudie.shared import formats
from effectstudie.shared.storage import DUTCH, MARK, dutch_csv, harmless
from effectstudie.shared.vocabulary import SMALL_DIFFERENCE


def _difference(smd: float, decimals: int) -> str:
    size = formats.guarded(abs(smd), decimals, [SMALL_DIFFERENCE])
    return formats.MINUS + size if smd < 0 and size.strip("0,") else size


# How a number of each form is printed, given its decimals.
FORMS = {
    "number": formats.number,
    "percent": formats.percent,
    "coefficient": formats.coefficient,
    "difference": _difference,
    "p": lambda p, _: formats.p_in_column(p).replace(formats.NBSP, ""),
    "p_spaced": lambda p, _: formats.p_in_column(p),
    "p_bound": lambda p, _: formats.p_bound(p, coarse=True).removeprefix(f"p{formats.NBSP}"),
}


@dataclass(frozen=True)
class Number:
    """A number; NaN, one that is not there or may not be shown, is printed as a dash."""

    value: float
    form: Literal["number", "percent", "coefficient", "difference", "p", "p_spaced", "p_bound"] = "number"
    decimals: int = 0

    def __str__(self) -> str:
        return formats.ABSENT if pd.isna(self.value) else FORMS[self.form](self.value, self.decimals)

    @property
    def exact(self) -> "Exact | None":
        """The number as it is printed, no more exact than that; None where words or a bound are printed."""
        text = str(self).replace(".", "").replace(formats.MINUS, "-")
        whole = re.fullmatch(r"(-?\d*)(?:,(\d+))?(%?)", text)
        if not whole or text in ("", "%"):
            return None
        decimals, percent = len(whole[2] or ""), whole[3] == "%"
        return Exact(float(text.rstrip("%").replace(",", ".")), decimals, percent, text.lstrip("-").startswith(","))


class Exact(NamedTuple):
    """What a spreadsheet needs of a printed number; `bare`: its zero before the comma is not printed."""

    value: float
    decimals: int
    percent: bool
    bare: bool

    def __str__(self) -> str:
        return f"{self.value:.{self.decimals}f}".replace(".", ",") + "%" * self.percent


ABSENT = Number(float("nan"))


@dataclass(frozen=True)
class Phrase:
    """Numbers among words and signs: `−12 (19)`. `pattern` has the names of its `parts` between braces."""

    pattern: str
    parts: Mapping[str, Any]

    def __str__(self) -> str:
        return self.pattern.format(**self.parts)


Cell = str | Number | Phrase


def in_csv(cell: Cell) -> str:
    """A cell as a file for a spreadsheet has it."""
    exact = cell.exact if isinstance(cell, Number) else None
    return str(exact) if exact else harmless(formats.with_zeros(str(cell)).replace(formats.NBSP, " "))


@dataclass(frozen=True)
class Column:
    """`kind`: numbers are set under each other."""

    head: str
    kind: Literal["text", "number"] = "text"


def columns_of(words: Mapping[str, str], kinds: Mapping[str, Literal["text", "number"]]) -> list[Column]:
    """Columns in the order of `kinds` (name → kind); `words`: name → head."""
    return [Column(words[name], kind) for name, kind in kinds.items()]


def text_columns(*heads: str) -> list[Column]:
    return [Column(head) for head in heads]


def number_columns(*heads: str) -> list[Column]:
    return [Column(head, "number") for head in heads]


@dataclass(frozen=True)
class Table:
    """A table; `name`, `number`, `caption` and `notes` are given by its place in the report.

    `blocks`: the first column gives heading rows (see `block_rows`). Heads are flat on purpose: the PDF writer ties
    cells to the wrong head where heads span columns or rows.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    blocks: bool = False
    name: str = ""
    number: str = ""
    caption: str = ""
    notes: Sequence[str] = field(default_factory=tuple)

    @property
    def csv_name(self) -> str:
        return f"table_{self.number.lower()}.csv"

    def printed(self, zeros: bool = False) -> list[list[str]]:
        """`zeros`: numbers that cannot exceed one have their leading zero."""
        printed = [[str(cell) for cell in row] for row in self.rows]
        return [[formats.with_zeros(cell) for cell in row] for row in printed] if zeros else printed

    def csv(self) -> bytes:
        """The table for a spreadsheet: numbers as it reads them, texts with plain spaces."""
        return dutch_csv(
            [[harmless(column.head) for column in self.columns], *([in_csv(cell) for cell in row] for row in self.rows)]
        )

    def record(self, zeros: bool = False) -> dict[str, Any]:
        """What the report reads."""
        columns = [*self.columns[:1], *self.columns[2:]] if self.blocks else self.columns
        cells = self.printed(zeros)
        return {
            "name": self.name,
            "number": self.number,
            "caption": self.caption,
            "head": [column.head for column in columns],
            "numeric": [column.kind == "number" for column in columns],
            "rows": block_rows(cells) if self.blocks else [{"kind": "row", "cells": line} for line in cells],
            "notes": [note for note in self.notes if note],
            "csv": self.csv_name,
        }


def block_rows(rows: Iterable[Sequence[str]]) -> list[dict]:
    """Rows as `{kind, cells}`: a heading row per value of the first column, under it rows named by the second.

    What a column says of the first row of a block only (a test of the whole block) goes to the heading row.
    A block of one row needs no heading.
    """
    blocks: dict[str, list[Sequence[str]]] = {}
    for name, *line in rows:
        blocks.setdefault(name, []).append(line)
    printed = []
    for name, lines in blocks.items():
        if len(lines) == 1:
            label = f"{name}, {lines[0][0]}" if lines[0][0] else name
            printed.append({"kind": "row", "cells": [label, *lines[0][1:]]})
            continue
        whole = [not any(below) for below in zip(*lines[1:], strict=True)]
        heading = [cell if for_block else "" for cell, for_block in zip(lines[0], whole, strict=True)]
        printed.append({"kind": "block", "cells": [name, *heading[1:]]})
        printed += [
            {"kind": "class", "cells": ["" if for_block else cell for cell, for_block in zip(line, whole, strict=True)]}
            for line in lines
        ]
    return printed


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure with its data; beside a `narrow` one there is room for the notes."""

    svg: bytes
    caption: str
    alt: str
    notes: Sequence[str]
    data: pd.DataFrame
    narrow: bool = False
    name: str = ""
    number: str = ""

    @property
    def file(self) -> str:
        return f"figure_{self.name}"

    def csv(self) -> bytes:
        data = self.data.map(harmless).rename(columns=harmless)
        return (MARK + data.to_csv(index=False, lineterminator="\n", **DUTCH)).encode()

    def record(self) -> dict[str, Any]:
        """What the report reads. Notes that say something each end in a period."""
        return {
            "number": self.number,
            "caption": formats.capital(formats.ranges(self.caption)),
            "alt": self.alt,
            "notes": [note if note.endswith(".") else f"{note}." for note in self.notes if note],
            "svg": f"{self.file}.svg",
            "csv": f"{self.file}.csv",
            "narrow": self.narrow,
        }
