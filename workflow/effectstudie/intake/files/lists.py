"""A list beside the exports, as the check of one export reads it."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from effectstudie.definitions.lists import content_of, digest_in, numbered_rows
from effectstudie.intake.files.raw_files import replaced
from effectstudie.shared.errors import InputError


def read_list(path: str | Path | None, export: str, digest: str, fields: Sequence[str]) -> pd.DataFrame | None:
    """The rows of one export, all columns text; a row's label + 2 is its line in the file. None: no file.

    `digest`: lists.digest_of those that the run began with; InputError where the file holds others by now.
    """
    if path is None:
        return None
    content = content_of(path)
    if digest_in(content, export) != digest:
        raise InputError([replaced(Path(path).name)])
    if not content:
        return None
    rows = numbered_rows(content)[1]
    index = [line - 2 for line in rows]
    table = pd.DataFrame(list(rows.values()), columns=list(fields), index=index, dtype=object)
    return table[table["file"] == export]
