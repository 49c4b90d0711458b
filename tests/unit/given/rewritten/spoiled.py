"""A folder of plain exports in which one thing is spoiled, in a place, an export and a format of chance."""

import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from given.rewritten.cohorts import COLUMNS, EXPORTS, Cohort
from given.rewritten.writings import SUFFIXES, Raw, Written, write_export, write_list

from effectstudie.shared.vocabulary import COLUMN_NAME_FIELDS

PEOPLE = EXPORTS[1:]
FIRST, LATER = ([name for name in PEOPLE if name.startswith(wave)] for wave in ("T0", "T1"))
ADULTS = ("T0_volwassenen", "T1_volwassenen")
# Formats that have what is spoiled.
SPSS, TEXT, EXCEL = (".sav", ".zsav"), (".csv",), (".xlsx",)


class Spoiled:
    """What is spoiled of a cohort, until `finish` writes it.

    `suffixes`: the formats to choose from; `about`: see writings.Sheet, by export; `after`: what is done to the folder
    when all is written.
    """

    def __init__(self, cohort: Cohort, plain: Path, folder: Path, rng: random.Random):
        for path in plain.iterdir():
            shutil.copyfile(path, folder / path.name)
        self.cohort, self.folder, self.rng = Cohort(cohort.tables, dict(cohort.corrections)), folder, rng
        self.frames: dict[str, pd.DataFrame] = {}
        self.suffixes: Sequence[str] = SUFFIXES
        self.about: dict[str, dict[str, Any]] = {}
        self.after: list[Callable[[], object]] = []
        self.notes: list[str] = []

    def export(self, among: Sequence[str] = EXPORTS) -> str:
        """One of these exports; it is written anew."""
        export = self.rng.choice(among)
        self.frame(export)
        return export

    def frame(self, export: str) -> pd.DataFrame:
        """A table, of which what is done to it is written."""
        if export not in self.frames:
            self.frames[export] = self.cohort.exported(export).astype(object)
        return self.frames[export]

    def column(self, export: str, *kinds: str) -> str:
        """A column of one of these kinds that no correction mends."""
        corrected = {name for of, _, name in self.cohort.corrections if of == export}
        names = [name for name, one in COLUMNS[export].items() if one.kind in kinds and name not in corrected]
        return self.rng.choice(names)

    def cell(self, export: str, column: str, values: Sequence[str], rows: Sequence[int] | None = None) -> None:
        """One of these texts in a cell of that column; `rows`: to choose from, all by default."""
        row = self.rng.choice(range(len(self.frame(export))) if rows is None else rows)
        self.frame(export).loc[row, column] = Raw(self.rng.choice(values))
        self.notes.append(f"{export} {row} {column} {self.frame(export).loc[row, column]!r}")

    def without_corrections(self) -> None:
        """The cohort has none, for they mend cells that are no longer there."""
        self.cohort.corrections.clear()
        (self.folder / "corrections.csv").unlink(missing_ok=True)

    def path(self, export: str) -> Path:
        """The file of an export."""
        (path,) = (one for one in self.folder.iterdir() if one.stem == export)
        return path

    def bytes_of(self, export: str, change: Callable[[bytes], bytes]) -> None:
        """The bytes of an export are changed when it is written."""
        self.after.append(lambda: self.path(export).write_bytes(change(self.path(export).read_bytes())))

    def finish(self) -> Written:
        """Write it."""
        written, names = Written(), []
        for export, frame in self.frames.items():
            (self.folder / f"{export}.csv").unlink()
            suffix = self.rng.choice(self.suffixes)
            names += write_export(export, frame, self.folder, suffix, written, self.rng, self.about.get(export))
        if names:
            write_list(self.folder / "variables.csv", COLUMN_NAME_FIELDS, names)
        for change in self.after:
            change()
        written.notes += self.notes
        return written


class Harms(dict[str, Callable[[Spoiled], None]]):
    """Ways to spoil a cohort by what they are called."""

    def __call__(self, function: Callable[[Spoiled], None]) -> Callable[[Spoiled], None]:
        self[function.__name__.replace("_", " ")] = function
        return function
