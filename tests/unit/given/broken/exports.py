"""A folder of good exports, to spoil some of them in, and the ways of spoiling that several kinds of fault share."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyreadstat
from given.good_exports import SHORT, WAVES, cells_of, csv_of, rows_of
from given.workbooks import write_xlsx

from effectstudie.definitions.export_columns import columns_of
from effectstudie.shared.vocabulary import COLUMN_NAME_FIELDS, CORRECTION_FIELDS, RECODE_FIELDS

H = "huishoudens"
V0, V1, V2 = (f"{wave}_volwassenen" for wave in WAVES)
K0, K1, K2 = (f"{wave}_kinderen" for wave in WAVES)
J0, J1, J2 = (f"{wave}_jeugd" for wave in WAVES)
ROWS = {V0: 57, V1: 54, V2: 54, K0: 93, K1: 90, K2: 87, J0: 33, J1: 30, J2: 30, H: 36}
USER_MISSING = {99.0: "weigert of weet niet", 98.0: "niet van toepassing"}


class Exports:
    """A folder of good exports in which some are spoiled: what is written takes the place of the good one."""

    def __init__(self, folder: Path, good: Mapping[str, pd.DataFrame], good_folder: Path):
        self.folder, self._good = folder, good
        self._cells: dict[str, pd.DataFrame] = {}
        self._corrections: list[tuple] = []
        self._recodes: list[tuple] = []
        self._variables: list[tuple] = []
        for export in good:
            (folder / f"{export}.csv").symlink_to(good_folder / f"{export}.csv")

    def frame(self, export: str) -> pd.DataFrame:
        """A copy of a table: codes are floats, dates datetimes."""
        return self._good[export].copy()

    def cells(self, export: str) -> pd.DataFrame:
        """The cells of a table as text; what is done to them is in the .csv, unless a file is written after it.

        Row 1 of a message is row 0 here.
        """
        return self._cells.setdefault(export, cells_of(self._good[export]))

    def text(self, export: str, **options) -> str:
        return csv_of(cells_of(self._good[export]), **options)

    def lines(self, export: str) -> list[str]:
        """Header and rows of a .csv that has a line a row."""
        return csv_of(cells_of(self._good[export]).replace({"\n": " "}, regex=True)).splitlines()

    def remove(self, export: str) -> None:
        self._cells.pop(export, None)
        for path in self.folder.glob(f"{export}.*"):
            path.unlink()

    def write(self, name: str, content: str | bytes) -> None:
        """A file in the place of the export of its stem."""
        self.remove(name.rpartition(".")[0])
        self.add(name, content)

    def add(self, name: str, content: str | bytes) -> None:
        (self.folder / name).write_bytes(content.encode() if isinstance(content, str) else content)

    def sav(self, export: str, frame: pd.DataFrame | None = None, labels=None, missing=None, **options) -> Path:
        """An SPSS file; `labels` and `missing` of a column take the place of the good ones."""
        frame = self.frame(export) if frame is None else frame
        wave, _, table = export.rpartition("_")
        answers = {n: c for n, c in columns_of(SHORT[table], wave or None).items() if c.kind in ("code", "number")}
        numeric = [name for name in answers if name in frame and frame[name].dtype.kind == "f"]
        self.remove(export)
        path = self.folder / f"{export}.sav"
        pyreadstat.write_sav(
            frame.assign(**{name: frame[name].dt.date for name in frame if frame[name].dtype.kind == "M"}),
            str(path),
            variable_value_labels={n: {**(answers[n].values or {}), **USER_MISSING} for n in numeric} | (labels or {}),
            missing_ranges={name: [99, 98] for name in numeric} | (missing or {}),
            **options,
        )
        return path

    def xlsx(self, export: str, rows: Sequence[Sequence]) -> Path:
        self.remove(export)
        return write_xlsx(self.folder / f"{export}.xlsx", rows)

    def rows(self, export: str) -> list[list]:
        return rows_of(self._good[export])

    def correct(self, *rows: tuple) -> None:
        """Corrections of (file, id, column, old, new), and reason, who and date where they are not the usual."""
        usual = ("typfout", "AB", "2026-01-02")
        self._corrections += [(*row, *usual[len(row) - 5 :]) for row in rows]

    def recode(self, *rows: tuple) -> None:
        """Recodes of (file, column, old, new), and the reason where it is not the usual."""
        self._recodes += [(*row, *("andere codes",)[len(row) - 4 :]) for row in rows]

    def rename(self, *rows: tuple) -> None:
        """Rows (file, raw name, canonical name) of config/variables.csv."""
        self._variables += rows

    def finish(self) -> Path:
        for export, cells in list(self._cells.items()):
            self.write(f"{export}.csv", csv_of(cells))
        lists = {
            "corrections": (self._corrections, CORRECTION_FIELDS),
            "recodes": (self._recodes, RECODE_FIELDS),
            "variables": (self._variables, COLUMN_NAME_FIELDS),
        }
        for name, (rows, columns) in lists.items():
            if rows:
                self.add(f"{name}.csv", pd.DataFrame(rows, columns=list(columns)).to_csv(index=False))
        return self.folder


def set_cell(export: str, row: int, column: str, value: str):
    """A mutation of one cell; the row counts as in a message."""

    def change(x):
        x.cells(export).loc[row - 1, column] = value

    return change


def map_column(export: str, column: str, function: Callable[[str], str]):
    def change(x):
        x.cells(export)[column] = x.cells(export)[column].map(function)

    return change


def add_column(export: str, column: str, values: Callable[[int], str]):
    """A mutation that adds a column; `values` of the number of the row."""

    def change(x):
        cells = x.cells(export)
        cells[column] = [values(row) for row in range(len(cells))]

    return change
