"""Files at the doors between stages: written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a job that only moves files does not wait for it
    import pandas as pd


# Enough digits for any figure in a report, and few enough that the order of a sum does not show.
CSV_FLOAT_FORMAT = "%.12g"


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
    with replacement(path) as temporary:
        write(temporary)


def copy_files(folder: str | Path, paths: Iterable[str | Path]) -> None:
    """Put a file of this folder at each path, the one of the same name."""
    for path in paths:
        replace_file(path, partial(shutil.copyfile, Path(folder, Path(path).name)))


@contextmanager
def replacement(path: str | Path) -> Iterator[Path]:
    """A file beside `path` to fill; it takes its place when nothing went wrong."""
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
