"""Tables of persons as files: with the columns that were promised, one row per key, in its order."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.persons.ids import written_text
from effectstudie.shared.storage import replacement

# Rows that lie together in a parquet file, of a wide table fewer: the writer holds so many cells, and no more.
_ROW_GROUP, _GROUP_CELLS = 256 * 1024, 8 * 1024 * 1024
_AT_A_TIME = 64 * 1024


def write_parquet(
    frame: pd.DataFrame, path: str | Path, columns: Sequence[str], key: Sequence[str], text: Sequence[str] = ()
) -> None:
    """Write a person-level table that has exactly these columns and one row per key, sorted by it.

    `text`: columns that are ids and categories here, as read_persons gives them, and text in the file.
    EffectstudieError when it has other columns, or a key twice.
    """
    with parquet_parts(path, columns, key, text) as add:
        add(frame)


@contextmanager
def parquet_parts(
    path: str | Path, columns: Sequence[str], key: Sequence[str], text: Sequence[str] = ()
) -> Iterator[Callable[[pd.DataFrame], None]]:
    """A function that adds a part to a table as write_parquet writes it.

    A part is sorted here; all of it must come after the parts before it.
    """
    with replacement(path) as temporary:
        writer, waiting, last = None, None, None
        rows = min(_ROW_GROUP, _GROUP_CELLS // len(columns))

        def add(part: pd.DataFrame) -> None:
            nonlocal writer, waiting, last
            order = _order(part, path, columns, key, text)
            if len(order):
                first, end = (tuple(part[name].iloc[place] for name in key) for place in order[[0, -1]])
                if last is not None and first <= last:
                    raise EffectstudieError(
                        say("{path}: its parts are not in the order of {columns}.", path=path, columns=list(key))
                    )
                last = end
            # some rows at a time: a copy of a large table in another order does not fit beside it
            for start in range(0, max(len(order), 1), _AT_A_TIME):
                table = _as_arrow(part.take(order[start : start + _AT_A_TIME]), text)
                writer = writer or pq.ParquetWriter(temporary, table.schema)
                waiting = table if waiting is None else pa.concat_tables([waiting, table])
                while len(waiting) > rows:
                    writer.write_table(waiting.slice(0, rows), row_group_size=rows)
                    waiting = waiting.slice(rows)

        yield add
        writer.write_table(waiting, row_group_size=rows)
        writer.close()


def _order(
    frame: pd.DataFrame, path: str | Path, columns: Sequence[str], key: Sequence[str], text: Sequence[str]
) -> np.ndarray:
    """Places of the rows in the order of the key."""
    if list(frame.columns) != list(columns):
        raise EffectstudieError(
            say(
                "{path}: the table has columns {columns}, but {promised} were promised.",
                path=path,
                columns=str(list(frame.columns)),
                promised=str(list(columns)),
            )
        )
    keys = frame[list(key)].reset_index(drop=True)
    for name in set(key) & set(text):
        if keys[name].dtype == "category":
            keys[name] = keys[name].cat.reorder_categories(sorted(keys[name].cat.categories))
    if _in_order(keys):
        return np.arange(len(keys))
    keys = keys.sort_values(list(key), kind="stable")
    same = keys[key[0]].eq(keys[key[0]].shift())
    for name in key[1:]:
        same &= keys[name].eq(keys[name].shift())
    if twice := int(same.sum()):
        raise EffectstudieError(
            say(
                "{path}: {count} rows have the same {columns}; each may occur once.",
                path=path,
                count=twice,
                columns=list(key),
            )
        )
    return keys.index.to_numpy()


def _in_order(keys: pd.DataFrame) -> bool:
    """Whether each row comes after the one before it: to see that takes a fraction of the time of sorting."""
    after = np.zeros(max(len(keys) - 1, 0), dtype=bool)
    same = ~after
    for name in keys:
        column = keys[name]
        ranks = (column.cat.codes if isinstance(column.dtype, pd.CategoricalDtype) else column).to_numpy()
        after |= same & (ranks[1:] > ranks[:-1])
        same &= ranks[1:] == ranks[:-1]
    return bool(after.all())


def _as_arrow(frame: pd.DataFrame, text: Sequence[str]) -> pa.Table:
    written = frame.assign(**{name: written_text(frame[name]) for name in text})
    # a job has the processors that it asked for
    return pa.Table.from_pandas(written, preserve_index=False, nthreads=1)
