"""What was odd in the data behind the outcomes of a study, in sentences for the chapter on method of its report."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePath
from typing import Any

import pandas as pd

from effectstudie.definitions.export_columns import TABLES, table_of
from effectstudie.definitions.result_tables.quality import HOW_READ
from effectstudie.shared import formats

# Where a warning is about whole rows, it names one of these columns or none.
_OF_ROWS = {"", "afnamedatum", "huishouden_id"}


def warnings_of_outcomes(
    warnings: pd.DataFrame, behind: Mapping[str, Collection[str]], study: Mapping[str, Any], words: Mapping[str, Any]
) -> list[str]:
    """A sentence per kind of oddity, with the files it was seen in; without numbers of people or of rows.

    `warnings`: WARNINGS; `behind`: lineage.columns_behind; `study`: its file; `words`: quality.nl.yaml.
    """
    waves = ("T0", *study["follow_up"]["waves"])
    files: dict[str, list[str]] = {}
    for one in warnings.fillna("").astype({"file": str, "column": str, "about": str}).itertuples():
        file = PurePath(one.file).stem
        if one.kind not in HOW_READ and _touches(file, one.column, behind, waves):
            what = words["kinds"][one.kind].format(about=one.about, column=one.column)
            files.setdefault(what, []).append(file)
    return [
        words["of_outcomes"].format(what=formats.capital(what), files=formats.joined(list(dict.fromkeys(seen))))
        for what, seen in files.items()
    ]


def _touches(file: str, column: str, behind: Mapping[str, Collection[str]], waves: Sequence[str]) -> bool:
    table = table_of(file)
    if table == TABLES[0]:
        return column in _OF_ROWS
    columns = behind.get(table, ())
    in_study = file.partition("_")[0] in waves and len(columns) > 0
    return in_study and (column in _OF_ROWS or any(name in columns for name in column.split(", ")))
