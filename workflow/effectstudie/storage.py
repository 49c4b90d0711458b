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


def write_parquet(frame: pd.DataFrame, path: str | Path, columns: Sequence[str], key: Sequence[str]) -> None:
    """Write a person-level table that has exactly these columns and one row a key, sorted by it."""
    if list(frame.columns) != list(columns):
        raise EffectstudieError(
            f"{path}: the table has columns {list(frame.columns)}, but {list(columns)} were promised."
        )
    twice = int(frame.duplicated(list(key)).sum())
    if twice:
        raise EffectstudieError(f"{path}: {twice} rows have the same {', '.join(key)}; each may occur once.")
    ordered = frame.sort_values(list(key), kind="stable", ignore_index=True)
    replace_file(path, lambda temporary: ordered.to_parquet(temporary, index=False))


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
