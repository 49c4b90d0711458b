"""Tables at the doors between stages: written whole or not at all, and checked where they are written."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from effectstudie.errors import EffectstudieError

if TYPE_CHECKING:  # a job that only moves files does not wait for it
    import numpy as np
    import pandas as pd
    import pyarrow as pa

# Enough digits for any figure in a report, and few enough that the order of a sum does not show.
CSV_FLOAT_FORMAT = "%.12g"
# Rows that lie together in a parquet file, of a wide table fewer: the writer holds so many cells, and no more.
_ROW_GROUP, _CELLS = 256 * 1024, 8 * 1024 * 1024
_AT_A_TIME = 64 * 1024


def write_parquet(
    frame: pd.DataFrame, path: str | Path, columns: Sequence[str], key: Sequence[str], text: Sequence[str] = ()
) -> None:
    """Write a person-level table that has exactly these columns and one row a key, sorted by it.

    `text`: columns that are ids and categories here, as read_persons gives them, and text in the file.
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
    import pyarrow as pa
    import pyarrow.parquet as pq

    with _replacement(path) as temporary:
        writer, waiting, last = None, None, None
        rows = min(_ROW_GROUP, _CELLS // len(columns))

        def add(part: pd.DataFrame) -> None:
            nonlocal writer, waiting, last
            order = _order(part, path, columns, key, text)
            if len(order):
                first, end = (tuple(part[name].iloc[place] for name in key) for place in order[[0, -1]])
                if last is not None and first <= last:
                    raise EffectstudieError(f"{path}: its parts are not in the order of {', '.join(key)}.")
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
            f"{path}: the table has columns {list(frame.columns)}, but {list(columns)} were promised."
        )
    keys = frame[list(key)].reset_index(drop=True)
    for name in set(key) & set(text):
        if keys[name].dtype == "category":
            keys[name] = keys[name].cat.reorder_categories(sorted(keys[name].cat.categories))
    keys = keys.sort_values(list(key), kind="stable")
    same = keys[key[0]].eq(keys[key[0]].shift())
    for name in key[1:]:
        same &= keys[name].eq(keys[name].shift())
    if twice := int(same.sum()):
        raise EffectstudieError(f"{path}: {twice} rows have the same {', '.join(key)}; each may occur once.")
    return keys.index.to_numpy()


def _as_arrow(frame: pd.DataFrame, text: Sequence[str]) -> pa.Table:
    import pyarrow as pa

    from effectstudie.persons import as_text

    written = frame.assign(**{name: as_text(frame[name]) for name in text})
    return pa.Table.from_pandas(written, preserve_index=False)


def write_csv(frame: pd.DataFrame, path: str | Path) -> None:
    """Write a result table that a person reads: UTF-8, comma, decimal point, empty for no value."""
    replace_file(
        path,
        lambda temporary: frame.to_csv(temporary, index=False, float_format=CSV_FLOAT_FORMAT, lineterminator="\n"),
    )


def write_json(content: Any, path: str | Path) -> None:
    """Write what a program and a person may read: UTF-8, keys in their order."""
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    replace_file(path, lambda temporary: temporary.write_text(text, encoding="utf-8"))


def read_json(path: str | Path) -> Any:
    """What write_json wrote."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def replace_file(path: str | Path, write: Callable[[Path], Any]) -> None:
    """Let `write` fill a file beside `path` and put it in its place only when it is complete."""
    with _replacement(path) as temporary:
        write(temporary)


@contextmanager
def _replacement(path: str | Path) -> Iterator[Path]:
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    try:
        yield temporary
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def replace_folder(path: str | Path, files: Mapping[str, bytes]) -> None:
    """Write all files beside `path` and put them in its place as one folder when they are complete."""
    path = Path(path)
    temporary = path.with_name(f".{path.name}.part")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    for name, content in files.items():
        (temporary / name).write_bytes(content)
    shutil.rmtree(path, ignore_errors=True)
    os.replace(temporary, path)
