"""What a column of a result table may hold.

Columns and types are code, a module per stage, so that a changed column reruns the stages that read or write it; what
a column means is told in `resources/words/result_tables.nl.yaml`, which is an input of no job. A test holds the two
together. No pandas at import: whoever needs a list of columns does not wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from numbers import Real
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from effectstudie.shared.storage import write_csv

if TYPE_CHECKING:
    import pandas as pd

DTYPES = {"text": "str", "number": "float64", "count": "int64", "yes_no": "bool"}


@dataclass(frozen=True)
class Column:
    """`unit` and `kind` are keys of the words; `ids`: what a text may be, none for any; a value may be missing."""

    kind: Literal["text", "number", "count", "yes_no"]
    unit: str = ""
    ids: tuple[str, ...] = ()

    def fits(self, value: Any) -> bool:
        """Whether a value that is not missing may stand in the column; counts may be whole floats, as beside gaps."""
        if self.kind == "text":
            return isinstance(value, str) and (not self.ids or value in self.ids)
        if self.kind == "yes_no":
            return isinstance(value, bool)
        if not isinstance(value, Real) or isinstance(value, bool):
            return False
        return self.kind == "number" or (value >= 0 and value % 1 == 0)


TEXT, NUMBER, COUNT, YES_NO = Column("text"), Column("number"), Column("count"), Column("yes_no")
measured_in = partial(Column, "number")


def one_of(ids: Iterable[str]) -> Column:
    """A text that is one of these."""
    return Column("text", ids=tuple(ids))


@dataclass(frozen=True)
class ResultTable:
    """A table in results/, as CSV. `file`: where, below results/; `columns`: in their order."""

    file: str
    columns: Mapping[str, Column]

    @property
    def names(self) -> list[str]:
        return list(self.columns)

    def typed(self, rows: Iterable[Any]) -> pd.DataFrame:
        """Rows as a frame with these columns and types; empty texts are missing, counts have to be there."""
        import pandas as pd

        frame = pd.DataFrame(rows, columns=self.names)
        texts = [name for name, column in self.columns.items() if column.kind == "text"]
        frame[texts] = frame[texts].astype(object).where(frame[texts].notna() & (frame[texts] != ""), None)
        return frame.astype({name: DTYPES[column.kind] for name, column in self.columns.items()})

    def frame(self, rows: Sequence[Any]) -> pd.DataFrame:
        """Rows as a frame with these columns; one without rows has their types, which rows bring along."""
        import pandas as pd

        return pd.DataFrame(rows, columns=self.names) if rows else self.typed([])

    def read(self, paths: Iterable[str | Path]) -> pd.DataFrame:
        """The rows of these files together; of none an empty table."""
        import pandas as pd

        return pd.concat([pd.read_csv(path) for path in paths] or [self.typed([])], ignore_index=True)

    def problems(self, frame: pd.DataFrame) -> list[str]:
        """How a frame differs from the table."""
        if list(frame.columns) != self.names:
            return [f"{self.file}: the columns are {', '.join(frame.columns)}; they must be {', '.join(self.names)}."]
        return [
            f"{self.file}: column {name} holds {value!r}; allowed: {', '.join(column.ids) or column.kind}."
            for name, column in self.columns.items()
            for value in dict.fromkeys(frame[name].dropna().tolist())
            if value != "" and not column.fits(value)
        ]

    def write(self, frame: pd.DataFrame, path: str | Path) -> None:
        """Write the file; ValueError where the frame does not fit, which is a mistake of the code that made it."""
        if problems := self.problems(frame):
            raise ValueError("\n".join(problems))
        write_csv(frame, path)


def write_tables(
    frames: Mapping[str, pd.DataFrame], paths: Mapping[str, str | Path], tables: Mapping[str, ResultTable]
) -> None:
    """Write each frame to the path of its name, as the table of that name."""
    for name, frame in frames.items():
        tables[name].write(frame, paths[name])
