"""Read one raw export, .sav, .zsav, .csv or .xlsx, as text and numbers just as they were delivered."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from effectstudie.intake.files import csv_files, excel_files, spss_files
from effectstudie.intake.files.raw_files import replaced, taken_away
from effectstudie.intake.spelling.letters import seen
from effectstudie.privacy.identifiers import shown_name
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say

_READERS = {".sav": spss_files.read, ".zsav": spss_files.read, ".csv": csv_files.read, ".xlsx": excel_files.read}


@dataclass
class Export:
    """`frame`: numbers, dates, text without blanks around it, or None; one row per case.

    `user_missing`: per column the bounds (low, high) of values that SPSS was told are no answer.
    `labels`: per column what SPSS was told that its values mean, numbers, text or days.
    """

    frame: pd.DataFrame
    user_missing: Mapping[str, Sequence[tuple[Any, Any]]] = field(default_factory=dict)
    labels: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)


def read_bytes(path: str | Path, sha256: str | None = None) -> bytes:
    """The bytes of an export, read once, so that whatever is made of them is of the file with this SHA-256.

    InputError: the file is gone, or another than that.
    """
    path = Path(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError([taken_away(path.name)]) from None
    if sha256 not in (None, hashlib.sha256(content).hexdigest()):
        raise InputError([replaced(path.name)])
    return content


def read_export(path: str | Path, expected: Collection[str] = (), content: bytes | None = None) -> Export:
    """The cases of an export; values are never converted by guesswork. Rows and columns without any text are left out.

    `expected` are the column names hoped for: they tell which delimiter a .csv has, and where its header is; `content`:
    its bytes, where somebody read them. InputError: the file is gone, empty, damaged, of another kind than its name
    says, in no known encoding, has a column twice, a header that is not its first line, or no rows.
    """
    path = Path(path)
    content = read_bytes(path) if content is None else content
    if not content:
        raise InputError([say("{name}: the file is empty; export it again.", name=path.name)])
    try:
        names, cells, *declared = _READERS[path.suffix.lower()](content, path.name, expected)
    except (InputError, OSError):
        raise
    except BaseException as error:
        # libraries in C and Rust fail on damaged files in ways of their own, some of them no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise InputError(
            [
                say(
                    "{name}: cannot be read ({kind}): it is damaged; export it again.",
                    name=path.name,
                    kind=type(error).__name__,
                )
            ]
        ) from None
    del content
    names = [seen(str(name)) for name in names]
    # not one block: a large export does not fit twice
    frame = pd.DataFrame({place: _stripped(column) for place, column in enumerate(cells)}, copy=False)
    del cells
    unnamed = [place for place, name in enumerate(names) if not name]
    problems = [
        say(
            "{name}, column {place}: has values but no name; name it, or leave it out.", name=path.name, place=place + 1
        )
        for place in unnamed
        if frame[place].notna().any()
    ]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    problems += [
        say(
            "{file}: column {names} occurs twice; keep one.",
            file=path.name,
            names=shown_name(name, str(names.index(name) + 1)),
        )
        for name in twice
    ]
    if problems:
        raise InputError(problems)
    frame = frame.drop(columns=unnamed)
    empty = pd.Series(True, index=frame.index)
    for place in frame:
        empty &= frame[place].isna()
    if empty.any():
        frame = frame[~empty].reset_index(drop=True)
    if frame.empty:
        raise InputError([say("{name}: the file has no rows; export it again.", name=path.name)])
    return Export(frame.set_axis([name for name in names if name], axis=1), *declared)


def crash_problem(path: str | Path, signal: int) -> str:
    """What to say of a file that took the process that read it with it, as some damaged files do."""
    return say(
        "{name}: is damaged and cannot be read (signal {signal}); export it again.", name=Path(path).name, signal=signal
    )


def _stripped(column: Sequence | pd.Series) -> pd.Series:
    """A column with None for text of blanks only; SPSS fills text up with blanks, people type them."""
    column = pd.Series(column)
    if column.dtype.kind in "ifM":
        return column
    return pd.Series(
        [(value.strip() or None) if isinstance(value, str) else None if value != value else value for value in column],
        dtype=object,
    )
