"""Tables of persons as SPSS files, the same bytes each time."""

from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from effectstudie.shared.storage import replacement

# SPSS system file, header record: creation date (9 bytes) and time (8 bytes) from byte 92 on.
_STAMP_AT, _STAMP = 92, b"01 Jan 2000:00:00"


def write_spss(frame: pd.DataFrame, path: str | Path, file_label: str, **about: Any) -> None:
    """Write `frame` as pyreadstat does; the time of writing in the header is replaced by a fixed one.

    `about`: what pyreadstat.write_sav takes of the columns, such as labels.
    """
    with replacement(path) as temporary:
        pyreadstat.write_sav(frame, str(temporary), file_label=file_label, row_compress=True, **about)
        with temporary.open("r+b") as file:
            file.seek(_STAMP_AT)
            file.write(_STAMP)
