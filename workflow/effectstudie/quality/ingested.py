"""The ingested tables of a cohort, of which a large one does not fit in memory as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from effectstudie.quality.whole_cohort import AGE, SEX
from effectstudie.shared.persons.read import read_narrow

# Cells of large tables that are kept at a time.
_CELLS = 20_000_000


class WholeTables(Mapping):
    """Export -> its ingested table, read when it is asked for; those of a small cohort are kept, of a large one two.

    Ids are numbers, and answers in single precision.
    """

    def __init__(self, paths: Mapping[str, str | Path]):
        self._paths = paths
        self._kept: dict[str, pd.DataFrame] = {}

    def __getitem__(self, export: str) -> pd.DataFrame:
        if export not in self._kept:
            while len(self._kept) > 1 and sum(table.size for table in self._kept.values()) > _CELLS:
                del self._kept[next(iter(self._kept))]
            self._kept[export] = _read(self._paths[export], pq.read_schema(self._paths[export]).names)
        return self._kept[export]

    def __contains__(self, export: object) -> bool:
        return export in self._paths  # without reading it

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def read_people(path: str | Path) -> pd.DataFrame:
    """Of an ingested table what check_cohort looks at: ids (numbers), row, dates, ages, sex, region and approach."""
    ages = [*AGE.values(), *(name for of_unit in SEX.values() for name in of_unit.values())]
    names = {"household", "respondent", "child", "row", "afnamedatum", "melddatum", "regio", "aanpak", *ages}
    return _read(path, [name for name in pq.read_schema(path).names if name in names])


def _read(path: str | Path, names: Sequence[str]) -> pd.DataFrame:
    frame = read_narrow(path, names)
    return frame.astype({name: "str" for name in frame.select_dtypes("category")})
