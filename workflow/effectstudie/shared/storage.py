"""Files at the doors between stages: written whole or not at all."""

from __future__ import annotations

import csv
import errno
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from glob import escape
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a job that only moves files does not wait for it
    import pandas as pd


# Enough digits for any figure in a report, and few enough that the order of a sum does not show.
CSV_FLOAT_FORMAT = "%.12g"

# CSV that Excel opens in Dutch: semicolons, a decimal comma (as pandas is told), and a mark of UTF-8 before it.
MARK = "\ufeff"
DUTCH = {"sep": ";", "decimal": ","}

# A program that opens a text that begins with one of these, the wide ones of Asia too, takes it for a formula.
_FORMULA = tuple("=+-@\t\n＝＋－＠")
_NEGATIVE = re.compile(r"-[\d.,]+%?")

# In a folder that is replaced whole: the names of its files.
FOLDER_NAMES = ".files"
# Beside results of which parts may be taken from before: what each was made from (shared/persons/kept.py).
RECORD = ".kept.json"


def write_csv(frame: pd.DataFrame, path: str | Path) -> None:
    """Write a result table that a person reads: UTF-8, comma, decimal point, empty for no value, no formulas."""
    frame = _of_texts(frame, harmless).rename(columns=harmless)
    replace_file(
        path,
        lambda temporary: frame.to_csv(temporary, index=False, float_format=CSV_FLOAT_FORMAT, lineterminator="\n"),
    )


def write_dutch_csv(frame: pd.DataFrame, path: str | Path) -> None:
    """Write the same for Excel in Dutch, with a mark of UTF-8 before it, as R's read.csv2 takes it too."""
    frame = _of_texts(frame, harmless).rename(columns=harmless)
    form = {"encoding": "utf-8-sig", "float_format": CSV_FLOAT_FORMAT, "lineterminator": "\n", **DUTCH}
    replace_file(path, lambda temporary: frame.to_csv(temporary, index=False, **form))


def read_csv(path: str | Path) -> pd.DataFrame:
    """What write_csv wrote, of a table with texts of people in it."""
    import pandas as pd

    return _of_texts(pd.read_csv(path), _as_given)


def _of_texts(frame: pd.DataFrame, change: Callable[[Any], Any]) -> pd.DataFrame:
    texts = frame.select_dtypes(exclude=["number", "bool"])
    return frame.assign(**{name: texts[name].map(change) for name in texts})


def write_json(content: Any, path: str | Path) -> None:
    """Write what a program and a person may read: UTF-8, keys in their order."""
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    replace_file(path, lambda temporary: temporary.write_text(text, encoding="utf-8"))


def read_json(path: str | Path) -> Any:
    """What write_json wrote."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def sha256(path: str | Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
    """A file beside `path` to fill; it takes its place when nothing went wrong, and then is on the disk."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    remove_parts(path.parent, path.name)
    temporary = _part(path)
    try:
        yield temporary
        _to_disk(temporary)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _to_disk(path.parent)


def replace_folder(path: str | Path, files: Mapping[str, bytes]) -> None:
    """Write all files beside `path` and put them in its place as one folder when they are complete."""
    with folder_replacement(path) as temporary:
        for name, content in files.items():
            (temporary / name).write_bytes(content)


@contextmanager
def folder_replacement(path: str | Path) -> Iterator[Path]:
    """A folder beside `path` to fill with files; it takes its place as `replacement` does.

    A kill at the moment of that may leave neither the earlier folder nor the new one, but never a part of one. The file
    `.files` in it has the names of the others.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    remove_parts(path.parent, path.name)
    temporary, earlier = _part(path), _part(path)
    temporary.mkdir()
    try:
        yield temporary
        names = sorted(file.name for file in temporary.iterdir())
        (temporary / FOLDER_NAMES).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
        for file in (*temporary.iterdir(), temporary):
            _to_disk(file)
        with suppress(FileNotFoundError):
            os.rename(path, earlier)
        os.rename(temporary, path)
    except BaseException:
        if earlier.exists():
            os.rename(earlier, path)
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    if earlier.exists():
        shutil.rmtree(earlier)
    _to_disk(path.parent)


def remove_if_half(path: str | Path) -> None:
    """Remove a folder of `folder_replacement` that lacks any of its files.

    Snakemake empties a folder file by file before it notes that a job begins. Where it is killed at that, it would take
    the rest for the whole.
    """
    path = Path(path)
    if path.is_dir():
        there = {file.name for file in path.iterdir()}
        if FOLDER_NAMES not in there or not there.issuperset(
            (path / FOLDER_NAMES).read_text(encoding="utf-8").splitlines()
        ):
            shutil.rmtree(path)


def remove_parts(folder: Path, name: str = "") -> None:
    """Remove what killed writers of `name` left in a folder; without a name, of anything.

    Where such a writer lives on, as a job does whose run was killed alone, it can put nothing in its place any more.
    """
    for left in folder.glob(f".{escape(name) or '*'}.{'[0-9a-f]' * 8}.part"):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink(missing_ok=True)


def _part(path: Path) -> Path:
    """Where something is written before it takes the place of `path`: no two writers share it."""
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")


def _to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are where a power cut leaves them."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # some network disks know no such thing of folders
        if error.errno not in (errno.EINVAL, errno.EBADF) or not path.is_dir():
            raise
    finally:
        os.close(descriptor)


def harmless(cell: Any) -> Any:
    """A text that would be a formula, behind an apostrophe; all else as it is, negative numbers too.

    Ends of lines of an old Macintosh become ours: a CSV file with ours has no quotes around the others, so that what
    stands behind one would begin a row.
    """
    if not isinstance(cell, str):
        return cell
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NEGATIVE.fullmatch(cell) else cell


def _as_given(cell: Any) -> Any:
    return cell[1:] if isinstance(cell, str) and harmless(cell[1:]) != cell[1:] and cell[0] == "'" else cell


def dutch_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """`rows`: with the head first, of texts that are written as they are."""
    text = StringIO()
    csv.writer(text, delimiter=DUTCH["sep"], lineterminator="\n").writerows(rows)
    return (MARK + text.getvalue()).encode()


def csv_rows(text: str) -> Iterator[list[str]]:
    """The rows of a CSV file, of this kind or with commas."""
    delimiter = DUTCH["sep"] if text.startswith(MARK) else ","
    return csv.reader(StringIO(text.removeprefix(MARK)), delimiter=delimiter)
