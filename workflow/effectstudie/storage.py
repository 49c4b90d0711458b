"""Tables at the doors between stages: written whole or not at all, and checked where they are written."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from effectstudie.errors import EffectstudieError

if TYPE_CHECKING:  # a job that only moves files does not wait for it
    import pandas as pd

# Enough digits for any figure in a report, and few enough that the order of a sum does not show.
CSV_FLOAT_FORMAT = "%.12g"
# Rows that lie together in a parquet file.
ROW_GROUP = 1024 * 1024


def write_parquet(
    frame: pd.DataFrame, path: str | Path, columns: Sequence[str], key: Sequence[str], text: Sequence[str] = ()
) -> None:
    """Write a person-level table that has exactly these columns and one row a key, sorted by it.

    `text`: columns that are ids and categories here, as read_persons gives them, and text in the file.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    from effectstudie.persons import as_text

    if list(frame.columns) != list(columns):
        raise EffectstudieError(
            f"{path}: the table has columns {list(frame.columns)}, but {list(columns)} were promised."
        )
    keys = frame[list(key)].reset_index(drop=True).sort_values(list(key), kind="stable")
    twice = int(np.logical_and.reduce([keys[name].eq(keys[name].shift()) for name in key]).sum())
    if twice:
        raise EffectstudieError(f"{path}: {twice} rows have the same {', '.join(key)}; each may occur once.")
    order = keys.index.to_numpy()
    del keys

    def write(temporary: Path) -> None:
        writer = None
        # a part at a time: a copy of a large table in another order does not fit beside it
        for start in range(0, max(len(order), 1), ROW_GROUP):
            part = frame.take(order[start : start + ROW_GROUP]).reset_index(drop=True)
            part = part.assign(**{name: as_text(part[name]) for name in text})
            table = pa.Table.from_pandas(part, preserve_index=False)
            writer = writer or pq.ParquetWriter(temporary, table.schema)
            writer.write_table(table, row_group_size=ROW_GROUP)
        writer.close()

    replace_file(path, write)


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


def replace_file(path: str | Path, write) -> None:
    """Let `write` fill a file beside `path` and put it in its place only when it is complete."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    try:
        write(temporary)
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
