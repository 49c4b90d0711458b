"""Two versions of one table, cell by cell.

Nothing is rounded before it is compared; a cell that holds the same number in another notation is the same.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from effectstudie.shared.storage import csv_rows

Key = tuple[str, ...]
Row = dict[str, str]


@dataclass(frozen=True)
class Table:
    """A CSV file, every cell as the text that stands there."""

    head: list[str]
    rows: list[list[str]]


def read_table(text: str) -> Table:
    """A CSV file's text as a table."""
    head, *rows = [*csv_rows(text)] or [[]]
    return Table(head, rows)


class Cell(NamedTuple):
    """A cell that differs, with its whole row in both runs."""

    key: Key
    column: str
    old: str
    new: str
    rows: tuple[Row, Row]


@dataclass(frozen=True)
class TableChanges:
    """Cells that differ, and rows and columns that only one of the tables has."""

    cells: list[Cell] = field(default_factory=list)
    removed: dict[Key, Row] = field(default_factory=dict)
    added: dict[Key, Row] = field(default_factory=dict)
    columns_removed: list[str] = field(default_factory=list)
    columns_added: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.cells, self.removed, self.added, self.columns_removed, self.columns_added))


def joined_key(key: Key) -> str:
    """The parts of a row's key that say something, as one text."""
    return " · ".join(part for part in key if part)


def paired(
    old: Table, new: Table, key: Sequence[str] | None = None
) -> tuple[dict[Key, Row], dict[Key, Row], list[str]]:
    """The rows of two tables by one key, and the columns that both have besides it.

    Without `key` the first columns that tell their rows apart are the key.
    """
    key = key or _distinguishing(old, new)
    shared = [column for column in old.head if column in new.head and column not in key]
    return rows_by_key(old, key), rows_by_key(new, key), shared


def changed_cells(old: Table, new: Table, key: Sequence[str] | None = None) -> TableChanges:
    """How two tables differ; `key` as in `paired`."""
    before, after, shared = paired(old, new, key)
    return TableChanges(
        cells=[
            Cell(name, column, row[column], after[name][column], (row, after[name]))
            for name, row in before.items()
            if name in after
            for column in shared
            if not same(row[column], after[name][column])
        ],
        removed={name: row for name, row in before.items() if name not in after},
        added={name: row for name, row in after.items() if name not in before},
        columns_removed=[column for column in old.head if column not in new.head],
        columns_added=[column for column in new.head if column not in old.head],
    )


def same(old: str, new: str) -> bool:
    """Whether two cells hold the same text or the same number."""
    if old == new:
        return True
    first, second = as_number(old), as_number(new)
    return first is not None and first == second


def as_number(text: str) -> float | None:
    """The number in a cell of a result table (decimal point), or None."""
    try:
        return float(text)
    except ValueError:
        return None


def _distinguishing(old: Table, new: Table) -> list[str]:
    """The fewest first columns, of those that hold texts, that tell the rows of both tables apart; or all of them."""
    rows = [*_rows(old), *_rows(new)]
    texts = [
        column
        for column in old.head
        if column in new.head and any(row[column] and as_number(row[column]) is None for row in rows)
    ]
    for count in range(1, len(texts)):
        different = [len({tuple(row[name] for name in texts[:count]) for row in _rows(table)}) for table in (old, new)]
        if different == [len(old.rows), len(new.rows)]:
            return texts[:count]
    return texts


def _rows(table: Table) -> list[Row]:
    """Rows in which a column that another version does not have is empty."""
    return [defaultdict(str, zip(table.head, row, strict=False)) for row in table.rows]


def rows_by_key(table: Table, key: Sequence[str]) -> dict[Key, Row]:
    """Rows by their key; a key that occurs again gets a number."""
    named: dict[Key, Row] = {}
    seen: Counter[Key] = Counter()
    for row in _rows(table):
        name = tuple(row[column] for column in key)
        seen[name] += 1
        named[name if seen[name] == 1 else (*name, str(seen[name]))] = row
    return named
