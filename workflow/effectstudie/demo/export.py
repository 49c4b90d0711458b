"""Raw export tables as SPSS files, the same bytes each time."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from effectstudie.definitions.export_columns import columns_of
from effectstudie.shared.persons.spss import write_spss

FILE_LABEL = "synthetische demonstratiecohort"
USER_MISSING = {99: "weigert of weet niet", 98: "niet van toepassing"}


def write_exports(
    cohort: Mapping[str, pd.DataFrame], paths: Iterable[str | Path], codebooks: Mapping[str, Mapping]
) -> None:
    """Write each export of a cohort to the path with its name; `codebooks`: by table."""
    for path in map(Path, paths):
        wave, _, table = path.stem.rpartition("_")
        write_sav(cohort[path.stem], path, codebooks[table], wave or None)


def write_sav(frame: pd.DataFrame, path: Path, codebook: Mapping, wave: str | None = None) -> None:
    """Write `frame` with variable labels, value labels and 98 and 99 as user-missing; -8 and -9 stay undeclared.

    `wave` None: the table without waves.
    """
    columns = columns_of(codebook, wave)
    answers = [name for name, column in columns.items() if column.kind in ("code", "number")]
    write_spss(
        frame.assign(**{name: frame[name].dt.date for name, c in columns.items() if c.kind == "date"}),
        path,
        FILE_LABEL,
        column_labels={name: column.label for name, column in columns.items()},
        variable_value_labels={name: {**(columns[name].values or {}), **USER_MISSING} for name in answers},
        missing_ranges={name: list(USER_MISSING) for name in answers},
    )
