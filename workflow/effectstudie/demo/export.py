"""Raw export tables as SPSS files, the same bytes each time."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd
import pyreadstat

from effectstudie.definitions.export_columns import columns_of
from effectstudie.shared.storage import replacement

FILE_LABEL = "synthetische demonstratiecohort"
USER_MISSING = {99: "weigert of weet niet", 98: "niet van toepassing"}
# SPSS system file, header record: creation date (9 bytes) and time (8 bytes) from byte 92 on.
STAMP_AT, STAMP = 92, b"01 Jan 2000:00:00"


def write_exports(
    cohort: Mapping[str, pd.DataFrame], paths: Iterable[str | Path], codebooks: Mapping[str, Mapping]
) -> None:
    """Write each export of a cohort to the path with its name; `codebooks`: by table."""
    for path in map(Path, paths):
        wave, _, table = path.stem.rpartition("_")
        write_sav(cohort[path.stem], path, codebooks[table], wave or None)


def write_sav(frame: pd.DataFrame, path: Path, codebook: Mapping, wave: str | None = None) -> None:
    """Write `frame` with variable labels, value labels and 98 and 99 as user-missing; -8 and -9 stay undeclared.

    `wave` None: the table without waves. The time of writing in the header is replaced by a fixed one.
    """
    columns = columns_of(codebook, wave)
    answers = [name for name, column in columns.items() if column.kind in ("code", "number")]
    with replacement(path) as temporary:
        pyreadstat.write_sav(
            frame.assign(**{name: frame[name].dt.date for name, c in columns.items() if c.kind == "date"}),
            str(temporary),
            file_label=FILE_LABEL,
            column_labels={name: column.label for name, column in columns.items()},
            variable_value_labels={name: {**(columns[name].values or {}), **USER_MISSING} for name in answers},
            missing_ranges={name: list(USER_MISSING) for name in answers},
            row_compress=True,
        )
        _fix_stamp(temporary)


def _fix_stamp(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[STAMP_AT : STAMP_AT + len(STAMP)] = STAMP
    path.write_bytes(bytes(content))
