"""Named ways in which fifteen years of survey software have broken exports, and what must be said of each.

Every mutation works on the good exports of good_exports.py. A pattern is what a message must hold: parts in their
order, with … between them, capitals or not; rows count from 1, the first case.
"""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyreadstat
from given.good_exports import SHORT, WAVES, cells_of, csv_of, rows_of
from given.workbooks import write_xlsx

from effectstudie.definitions.export_columns import columns_of
from effectstudie.shared.vocabulary import COLUMN_NAME_FIELDS, CORRECTION_FIELDS

H = "huishoudens"
V0, V1, V2 = (f"{wave}_volwassenen" for wave in WAVES)
K0, K1, K2 = (f"{wave}_kinderen" for wave in WAVES)
J0, J1, J2 = (f"{wave}_jeugd" for wave in WAVES)
USER_MISSING = {99.0: "weigert of weet niet", 98.0: "niet van toepassing"}


class Exports:
    """A folder of good exports in which some are spoiled: what is written takes the place of the good one."""

    def __init__(self, folder: Path, good: Mapping[str, pd.DataFrame], good_folder: Path):
        self.folder, self._good = folder, good
        self._cells: dict[str, pd.DataFrame] = {}
        self._corrections: list[tuple] = []
        self._variables: list[tuple] = []
        for export in good:
            (folder / f"{export}.csv").symlink_to(good_folder / f"{export}.csv")

    def frame(self, export: str) -> pd.DataFrame:
        """A copy of a table: codes are floats, dates datetimes."""
        return self._good[export].copy()

    def cells(self, export: str) -> pd.DataFrame:
        """The cells of a table as text; what is done to them is in the .csv. Row 1 of a message is row 0 here."""
        return self._cells.setdefault(export, cells_of(self._good[export]))

    def text(self, export: str, **options) -> str:
        return csv_of(cells_of(self._good[export]), **options)

    def lines(self, export: str) -> list[str]:
        """Header and rows of a .csv that has a line a row."""
        return csv_of(cells_of(self._good[export]).replace({"\n": " "}, regex=True)).splitlines()

    def remove(self, export: str) -> None:
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

    def rename(self, *rows: tuple) -> None:
        """Rows (file, raw name, canonical name) of config/variables.csv."""
        self._variables += rows

    def finish(self) -> Path:
        for export, cells in self._cells.items():
            self.write(f"{export}.csv", csv_of(cells))
        lists = {
            "corrections": (self._corrections, CORRECTION_FIELDS),
            "variables": (self._variables, COLUMN_NAME_FIELDS),
        }
        for name, (rows, columns) in lists.items():
            if rows:
                self.add(f"{name}.csv", pd.DataFrame(rows, columns=list(columns)).to_csv(index=False))
        return self.folder


@dataclass(frozen=True)
class Case:
    """What a mutation does, and the patterns of everything that must be said of it; (n, pattern) for n messages."""

    change: Callable[[Exports], None]
    problems: Sequence = ()
    warnings: Sequence = ()
    unmapped: Sequence = ()


BROKEN: dict[str, Case] = {}
HARMLESS: dict[str, Case] = {}


def broken(name: str, problems: Sequence = (), warnings: Sequence = (), unmapped: Sequence = ()):
    def register(change):
        assert name not in BROKEN and (problems or warnings or unmapped)
        BROKEN[name] = Case(change, problems, warnings, unmapped)
        return change

    return register


def harmless(name: str):
    def register(change):
        assert name not in HARMLESS
        HARMLESS[name] = Case(change)
        return change

    return register


def _set(export: str, row: int, column: str, value: str):
    """A mutation of one cell; the row counts as in a message."""

    def change(x):
        x.cells(export).loc[row - 1, column] = value

    return change


def _map(export: str, column: str, function: Callable[[str], str]):
    def change(x):
        x.cells(export)[column] = x.cells(export)[column].map(function)

    return change


def _extra(export: str, column: str, values: Callable[[int], str]):
    """A mutation that adds a column; `values` of the number of the row."""

    def change(x):
        cells = x.cells(export)
        cells[column] = [values(row) for row in range(len(cells))]

    return change


def _recode(x: Exports, export: str, prefix: str, function: Callable[[float], float]) -> None:
    """Every answer in the columns of this prefix by another; refusals stay."""
    cells = x.cells(export)
    for name in (name for name in cells if name.startswith(prefix)):
        cells[name] = cells[name].map(lambda v: v if v in ("", "99", "98", "-9") else f"{function(float(v)):g}")


ROWS = {V0: 57, V1: 54, V2: 54, K0: 93, K1: 90, K2: 87, J0: 33, J1: 30, J2: 30, H: 36}

# --- one wrong cell: name -> export, row, column, value, rule

CELLS = {
    "a code out of range": (V0, 3, "geslacht", "3", "must be one of 1, 2"),
    "a zero where the scale begins at one": (V0, 4, "cts2_05", "0", "must be one of 1, 2, 3"),
    "a nine that was not declared": (J0, 2, "kidscreen_03", "9", "a whole number from 1 to 5"),
    "a code between two codes": (V1, 2, "tsi_004", "1.5", "a whole number from 0 to 3"),
    "a number with its unit": (V0, 5, "uren_werk", "36 uur", "a number from 0 to 80"),
    "a guess in words": (V2, 6, "uren_werk", "ca. 20", "a number from 0 to 80"),
    "more hours than a week may have": (V0, 7, "uren_werk", "168", "a number from 0 to 80"),
    "a letter O for a zero": (J1, 4, "tscc_02", "O", "a whole number from 0 to 3"),
    "R's NA": (K0, 3, "ppq_02", "NA", "a whole number from 1 to 5"),
    "Python's nan": (K1, 3, "ppq_02", "nan", "a whole number from 1 to 5"),
    "Excel's #N/A": (K2, 3, "nosik_02", "#N/A", "a whole number from 1 to 6"),
    "SPSS's #NULL!": (J2, 3, "sis_02", "#NULL!", "a whole number from 1 to 4"),
    "a database's NULL": (V1, 3, "mansa_02", "NULL", "a whole number from 1 to 7"),
    "a full stop for no answer": (V0, 3, "mansa_03", ".", "a whole number from 1 to 7"),
    "a dash for no answer": (V0, 8, "inkomen", "-", "must be one of 1, 2, 3"),
    "7-8 that Excel made a date": (K0, 9, "ctspc_03", "08-jul", "must be one of 1, 2, 3"),
    "a yes in Dutch Excel": (V0, 2, "partner", "WAAR", "must be one of 0, 1"),
    "the minus sign of a word processor": (V0, 2, "tsi_003", "\u22129", "a whole number from 0 to 3"),
    "two answers in one cell": (V2, 2, "opleiding", "3;4", "must be one of 1, 2, 3"),
    "an exponent": (V1, 9, "uren_werk", "1E+01", "a number from 0 to 80"),
    "thousands mark and decimals": (V1, 9, "uren_werk", "1.000,5", "a number from 0 to 80"),
    "infinity": (V1, 9, "uren_werk", "inf", "a number from 0 to 80"),
    "a year of two digits": (V0, 1, "afnamedatum", "25-3-16", "must be a date"),
    "an American date": (V1, 1, "afnamedatum", "03/25/2017", "must be a date"),
    "Excel's number of a day": (K0, 1, "afnamedatum", "42454", "must be a date"),
    "a day that no month has": (K1, 1, "afnamedatum", "30-02-2017", "must be a date"),
    "a date in words": (J0, 1, "afnamedatum", "25 maart 2016", "must be a date"),
    "an empty date of SQL": (J1, 1, "afnamedatum", "0000-00-00", "must be a date"),
    "an adult of fifteen": (V0, 10, "leeftijd", "15", "a number from 16 to 97"),
    "an adult of a hundred and twenty": (V1, 10, "leeftijd", "120", "a number from 16 to 97"),
    "a year of birth for an age": (V2, 10, "leeftijd", "1985", "a number from 16 to 97"),
    "a youth of nineteen": (J2, 2, "leeftijd", "19", "a number from 8 to 18"),
    "a youth of seven": (J0, 5, "leeftijd", "7", "a number from 8 to 18"),
    "a child of nineteen": (K2, 2, "kind_leeftijd", "19", "a number from 0 to 18"),
    "a mark of zero": (V0, 5, "veiligheid", "0", "a number from 1 to 10"),
    "an unknown region": (H, 4, "regio", "Atlantis", "is no region of config/config.yaml"),
    "a region in small letters": (H, 7, "regio", "twente", "is no region of config/config.yaml"),
    "a region with a letter too few": (H, 1, "regio", "Groninge", "is no region of config/config.yaml"),
    "no region": (H, 9, "regio", "", "is no region of config/config.yaml"),
    "a report on an unknown day": (H, 9, "melddatum", "onbekend", "must be a date"),
    "a temporary order of two": (H, 5, "thv", "2", "must be one of 0, 1"),
}
for _name, (_export, _row, _column, _value, _rule) in CELLS.items():
    broken(_name, [f"{_export}.csv, row {_row}, column {_column}, value '{_value}' … {_rule}"])(
        _set(_export, _row, _column, _value)
    )


@broken("a row moved by a cell", [f"{V0}.csv, row 3, column afnamedatum: must be a date"])
def _(x):
    cells = x.cells(V0)
    cells.loc[2, ["huishouden_id", "afnamedatum"]] = ["DEMO-H02", "DEMO-H02-V1"]


@broken("a page of text in a code", [f"{V0}.csv, row 3, column geslacht, value … must be one of 1, 2"])
def _(x):
    x.cells(V0).loc[2, "geslacht"] = "wat een verhaal " * 500


# --- odd cells that no column forbids

broken("a thousand that reads as one", [f"{V0}.csv, row 3, column uren_werk, value '1.000'"])(
    _set(V0, 3, "uren_werk", "1.000")
)
broken("two decimal marks in one column", [f"{V0}.csv, row 4, column uren_werk, value '7,5': has a decimal comma"])(
    lambda x: [_set(V0, 3, "uren_werk", "7.5")(x), _set(V0, 4, "uren_werk", "7,5")(x)]
)
broken("a date that is still to come", [f"{V2}.csv, row 4, column afnamedatum, value '2099-01-01'"])(
    _set(V2, 4, "afnamedatum", "2099-01-01")
)
broken("the first day of Excel", [f"{H}.csv, row 4, column melddatum, value '1900-01-01'"])(
    _set(H, 4, "melddatum", "1900-01-01")
)
broken("the first day of SPSS", [f"{V0}.csv, row 4, column afnamedatum, value '1582-10-14'"])(
    _set(V0, 4, "afnamedatum", "1582-10-14")
)
broken("a measurement before the report", warnings=[f"{V0}, before_report, column afnamedatum … (1)"])(
    _set(V0, 4, "afnamedatum", "2015-03-01")
)
broken("no date of measurement", warnings=[f"{V0} … column afnamedatum … (1)"])(_set(V0, 4, "afnamedatum", ""))
broken("ninety-nine for the age of a child", warnings=[f"{K0} … column kind_leeftijd … (1)"])(
    _set(K0, 4, "kind_leeftijd", "99")
)
broken("an approach with a letter too few", warnings=[f"{H}, rare_approach, column aanpak … (1)"])(
    _set(H, 1, "aanpak", "Multifocu")
)
broken("an approach in small letters", [f"{H}.csv, column aanpak: Multifocus and multifocus are one name"])(
    _set(H, 1, "aanpak", "multifocus")
)
broken("NULL for no approach", [(21, f"{H}.csv, row … column aanpak, value 'NULL': means that there is none")])(
    _map(H, "aanpak", lambda text: text or "NULL")
)


@broken("a person without any answer", warnings=[f"{V1} … (1)"])
def _(x):
    cells = x.cells(V1)
    cells.loc[4, cells.columns[5:]] = ""


@broken("a question that nobody answered", warnings=[f"{V1} … column opleiding"])
def _(x):
    x.cells(V1)["opleiding"] = ""


@broken("a question with one answer from everybody", warnings=[f"{V1} … column cts2_07"])
def _(x):
    x.cells(V1)["cts2_07"] = "4"


@broken("straight lines through three questionnaires", warnings=[f"{V1}, line, … (2)"])
def _(x):
    cells = x.cells(V1)
    yes_no = ("mansa_07", "mansa_09", "mansa_10", "mansa_11")
    names = [n for n in cells if n.startswith(("cts2_", "tsi_", "mansa_")) and n not in yes_no]
    cells.loc[[2, 5], names] = "3"


@broken("a highest answer that never occurs", warnings=[f"{J1}, absent, column sis_01: SIS: 4"])
def _(x):
    _recode(x, J1, "sis_", lambda value: min(value, 3))


@broken("a lowest answer that never occurs", warnings=[f"{J1}, absent, column kidscreen_01: KIDSCREEN-27: 1"])
def _(x):
    _recode(x, J1, "kidscreen_", lambda value: max(value, 2))


@broken(
    "a wave that was coded in reverse",
    warnings=[f"{K1}, against, column nosik_ … NOSI-K, {K0}", f"{K2}, against, column nosik_ … NOSI-K, {K1}"],
)
def _(x):
    _recode(x, K1, "nosik_", lambda value: 7 - value)


@broken("a wave whose codes begin at zero", [(180, f"{K1}.csv, row … column ppq_ … value '0'")])
def _(x):
    _recode(x, K1, "ppq_", lambda value: value - 1)


@broken(
    "columns of a questionnaire moved up by one",
    warnings=[f"{late}, moved, column tsi_001: TSI, {early}" for early, late in ((V0, V1), (V1, V2))],
)
def _(x):
    cells = x.cells(V1)
    names = [name for name in cells if name.startswith("tsi_")]
    cells[names] = cells[[*names[1:], names[0]]].to_numpy()


@broken(
    "own and partner's behaviour exchanged in a wave",
    warnings=[f"{late}, moved, column cts2_01: CTS2, {early}" for early, late in ((V0, V1), (V1, V2))],
)
def _(x):
    cells = x.cells(V1)
    names = [name for name in cells if name.startswith("cts2_")]
    cells[names] = cells[[names[i + 1 if i % 2 == 0 else i - 1] for i in range(len(names))]].to_numpy()


# --- ids and people


@broken("an id twice", [f"{V0}.csv, row 7, column respondent_id: same id as row 6; an id may occur once"])
def _(x):
    cells = x.cells(V0)
    cells.loc[6, ["respondent_id", "huishouden_id"]] = cells.loc[5, ["respondent_id", "huishouden_id"]]


@broken("a row twice", [f"{J1}.csv, row 31, column kind_id: same id as row 4; an id may occur once"])
def _(x):
    lines = x.lines(J1)
    x.write(f"{J1}.csv", "\n".join([*lines, lines[4]]))


@broken("a child twice by one respondent", [f"{K0}.csv, row 2, column respondent_id, kind_id: same id as row 1"])
def _(x):
    x.cells(K0).loc[1, "kind_id"] = x.cells(K0).loc[0, "kind_id"]


broken("an empty id", [f"{V1}.csv, row 3, column respondent_id: the id is empty"])(_set(V1, 3, "respondent_id", " "))
broken("an empty household", [f"{K1}.csv, row 3, column huishouden_id: the id is empty"])(
    _set(K1, 3, "huishouden_id", "")
)
broken("a household that is not in huishoudens", [
    f"{V0}, row 8, column huishouden_id: the household is not in huishoudens",
    f"{K0}, row 13, column huishouden_id: the respondent was in another household in {V0}"])(
    _set(V0, 8, "huishouden_id", "DEMO-H77"))  # fmt: skip


@broken(
    "a household left out of huishoudens",
    [
        f"{export}, row … column huishouden_id: the household is not in huishoudens"
        for export in (V0, V2, K0, K2, J0, J2)
    ],
)
def _(x):
    lines = x.lines(H)
    x.write(f"{H}.csv", "\n".join(line for line in lines if "H11" not in line))


@broken("a household in two approaches", [f"{H}.csv, row 37, column huishouden_id: same id as row 2 … one approach"])
def _(x):
    lines = x.lines(H)
    x.write(f"{H}.csv", "\n".join([*lines, lines[2].replace("Multifocus", "Veilig Verder")]))


@broken("a respondent who changes household", [
    f"{V1}, row 2, column huishouden_id: the respondent was in another household in",
    f"{K1}, row 3, column huishouden_id: the respondent was in another household in {V1}"])  # fmt: skip
def _(x):
    x.cells(V1).loc[1, "huishouden_id"] = "DEMO-H09"


@broken("a child who changes household", [
    f"{J1}, row 1, column huishouden_id: the child was in another household",
    f"{K2}, row 2, column huishouden_id: the child was in another household"])  # fmt: skip
def _(x):
    x.cells(J1).loc[0, "huishouden_id"] = "DEMO-H09"


@broken("a child's id used in two households", [
    f"{K0}, row 6, column huishouden_id: the child was in another household",
    f"{K0}, row 6, column kind_geslacht, value … the sex differs",
    f"{K1}, row 1, column huishouden_id: the child was in another household",
    f"{K1}, row 1, column kind_geslacht, value … the sex differs"])  # fmt: skip
def _(x):
    x.cells(K0).loc[5, "kind_id"] = x.cells(K0).loc[0, "kind_id"]


@broken("a respondent who was not in T0", warnings=[f"{V1}, stranger, … {V0} (1)"])
def _(x):
    x.cells(V1).loc[0, "respondent_id"] = "DEMO-H01-V9"
    cells = x.cells(K1)
    cells["respondent_id"] = cells["respondent_id"].replace("DEMO-H01-V1", "DEMO-H01-V9")


@broken("ids of a wave in small letters", warnings=[f"{V1}, stranger, … {V0} (54)"])
def _(x):
    for export in (V1, K1):
        x.cells(export)["respondent_id"] = x.cells(export)["respondent_id"].str.lower()


@broken(
    "ids that Excel made numbers with an exponent",
    [(54, f"{V1}.csv, row … column respondent_id: the id is a number that a spreadsheet rounded")],
)
def _(x):
    x.cells(V1)["respondent_id"] = [f"1,{number:02d}E+14" for number in range(len(x.cells(V1)))]


@broken("a report on a child by somebody who is no respondent", warnings=[f"{K1}, stranger, … {V1} (2)"])
def _(x):
    cells = x.cells(V1)
    x.write(f"{V1}.csv", "\n".join(line for line in x.lines(V1) if "DEMO-H01-V2" not in line))
    assert "DEMO-H01-V2" in set(cells["respondent_id"])
    del x._cells[V1]


@broken("a youth whom no adult reports on", warnings=[f"{export}, stranger, … {K0} (1)" for export in (J0, J1, J2)])
def _(x):
    for export in (J0, J1, J2):
        cells = x.cells(export)
        cells["kind_id"] = cells["kind_id"].replace("DEMO-H05-K1", "DEMO-H05-K7")


@broken("one person under two ids", warnings=[f"{V0}, same_answers, … (2)"])
def _(x):
    cells = x.cells(V0)
    cells.loc[9, cells.columns[5:]] = cells.loc[8, cells.columns[5:]].to_numpy()


@broken("a person's answers of the wave before", warnings=[f"{V1}, repeated, … {V0} (1)"])
def _(x):
    before, cells = x.frame(V0), x.cells(V1)
    same = [name for name in cells if name in before and name not in ("afnamedatum", "leeftijd")]
    [row] = cells.index[cells["respondent_id"] == before["respondent_id"][8]]
    cells.loc[row, same] = cells_of(before).loc[8, same]


@broken(
    "three adults in a household",
    warnings=[f"{V0}, many_adults, column huishouden_id … (3)", f"{V0}, same_answers, … (2)"],
)
def _(x):
    before = x.lines(V0)[1]
    x.write(
        f"{V0}.csv",
        "\n".join([*x.lines(V0), before.replace("DEMO-H01-V1", "DEMO-H01-V3").replace("2016-03-25", "2016-03-26")]),
    )


@broken("an adult whose sex differs between waves", [
    f"{V1}, row 4, column geslacht, value 1 after 2: the sex differs from that in {V0}",
    f"{V2}, row 4, column geslacht, value 2 after 1: the sex differs from that in {V1}"])  # fmt: skip
def _(x):
    assert x.cells(V1).loc[3, "geslacht"] == "2"
    x.cells(V1).loc[3, "geslacht"] = "1"


@broken("men and women exchanged in the last wave", [(54, f"{V2}, row … column geslacht, value … the sex differs")])
def _(x):
    cells = x.cells(V2)
    cells["geslacht"] = cells["geslacht"].map({"1": "2", "2": "1"})


@broken("a child whose sex differs between itself and its parents", [
    f"{J0}, row 3, column geslacht … the sex differs from that in {K0}",
    f"{K1}, row … column kind_geslacht … the sex differs from that in {J0}"])  # fmt: skip
def _(x):
    cells = x.cells(J0)
    cells.loc[2, "geslacht"] = {"1": "2", "2": "1"}[cells.loc[2, "geslacht"]]


@broken("an adult who grows younger", [f"{V1}, row 5, column leeftijd, value … the age is lower than that in {V0}"])
def _(x):
    x.cells(V1).loc[4, "leeftijd"] = "30"


@broken("a year of birth that differs", [
    f"{V1}, row 5, column leeftijd, value 48 after … the year of birth differs from that in {V0}",
    f"{V2}, row 5, column leeftijd, value … after 48: the age is lower than that in {V1}"])  # fmt: skip
def _(x):
    x.cells(V1).loc[4, "leeftijd"] = "48"


@broken("a child three years older after a year", warnings=[f"{K2}, age, column kind_leeftijd: {K1} (1)"])
def _(x):
    cells = x.cells(K2)
    chosen = cells["kind_id"] == "DEMO-H09-K1"
    cells.loc[chosen, "kind_leeftijd"] = [str(int(age) + 2) for age in cells.loc[chosen, "kind_leeftijd"]]


@broken("a child outside the ages of its questionnaires", [
    f"{K0}.csv, row 1, column kind_leeftijd, value '2': {name} is for children of {ages}"
    for name, ages in (("TSCYC", "3-12"), ("SIMS-PR", "3-12"), ("Security Scale", "3-18"))])  # fmt: skip
def _(x):
    x.cells(K0).loc[0, "kind_leeftijd"] = "2"


# --- waves and dates


@broken(
    "T1 before T0",
    [f"{V1}, row 6, column afnamedatum, value 2016-01-05 after … the date is not later than that in {V0}"],
)
def _(x):
    x.cells(V1).loc[5, "afnamedatum"] = "2016-01-05"


@broken("T2 on the day of T1", [f"{J2}, row 2, column afnamedatum, value … the date is not later than that in {J1}"])
def _(x):
    before = x.frame(J1)
    cells = x.cells(J2)
    [day] = before.loc[before["kind_id"] == cells.loc[1, "kind_id"], "afnamedatum"]
    cells.loc[1, "afnamedatum"] = f"{day:%Y-%m-%d}"


@broken("T1 and T2 of the children exchanged", [
    (84, f"{K2}, row … column afnamedatum, value … the date is not later than that in {K1}"),
    (42, f"{K2}, row … column kind_leeftijd, value … the age is lower than that in {K1}")])  # fmt: skip
def _(x):
    for one, other in ((K1, K2), (K2, K1)):
        x.write(f"{one}.csv", x.text(other))


@broken("months before days in a wave", [f"{V0}.csv, column afnamedatum, value … and so on: 38 rows must be a date"])
def _(x):
    _map(V0, "afnamedatum", lambda day: f"{day[5:7]}-{day[8:]}-{day[:4]}")(x)


def _copy(x, early, late, change=lambda frame: frame):
    frame = x.frame(early)
    names = [name for name in columns_of(SHORT[late.split("_")[1]], late[:2]) if name in frame]
    frame = change(frame[names])
    x.write(f"{late}.csv", csv_of(cells_of(frame)))


@broken("a wave that is a copy of the one before", [f"{K1}: is a copy of {K0}"])
def _(x):
    _copy(x, K0, K1)


@broken("a copy with other dates", [f"{K1}: is a copy of {K0}"])
def _(x):
    _copy(x, K0, K1, lambda frame: frame.assign(afnamedatum=frame["afnamedatum"] + pd.Timedelta(days=360)))


@broken("a copy with its rows in another order", [f"{K2}: is a copy of {K1}"])
def _(x):
    _copy(x, K1, K2, lambda frame: frame.sample(frac=1, random_state=3))


@broken("a copy with other dates and its rows in another order", [f"{K2}: is a copy of {K1}"])
def _(x):
    def later(frame):
        return frame.sample(frac=1, random_state=3).assign(afnamedatum=frame["afnamedatum"] + pd.Timedelta(days=183))

    _copy(x, K1, K2, later)


@broken("a copy with other dates and ages", [f"{J2}: is a copy of {J1}"])
def _(x):
    def later(frame):
        return frame.assign(afnamedatum=frame["afnamedatum"] + pd.Timedelta(days=183), leeftijd=frame["leeftijd"] + 1)

    _copy(x, J1, J2, later)


@broken("half of the rows of a wave lost", warnings=[f"{V1}, few_rows, … {V0} (7)", f"{K1}, few_rows, … {K0} (12)"])
def _(x):
    lines = x.lines(V1)
    x.write(f"{V1}.csv", "\n".join(lines[:8]))
    kept = {line.split(",")[0] for line in lines[:8]}
    rows = x.lines(K1)
    x.write(f"{K1}.csv", "\n".join([rows[0], *(row for row in rows[1:] if row.split(",")[0] in kept)]))


# --- columns


@broken("a column missing", [f"{V0}.csv: the questionnaire Achtergrond lacks column opleiding; add it to the export"])
def _(x):
    del x.cells(V0)["opleiding"]


@broken("a questionnaire missing", [f"{K0}.csv: the questionnaire PPQ lacks columns ppq_01, ppq_02"])
def _(x):
    cells = x.cells(K0)
    for name in [name for name in cells if name.startswith("ppq_")]:
        del cells[name]


@broken("a column twice", [f"{V0}.csv: column inkomen occurs twice; keep one"])
def _(x):
    x.cells(V0).insert(9, "inkomen", "1", allow_duplicates=True)


@broken("a column twice by its name in config/variables.csv", [f"{V0}.csv: columns inkomen, V12 are all named inkomen"])
def _(x):
    _extra(V0, "V12", lambda _: "1")(x)
    x.rename((V0, "V12", "inkomen"))


@broken("a name in config/variables.csv that no codebook has", ["variables.csv … inkomsten … inkomen"])
def _(x):
    x.rename((V0, "V12", "inkomsten"))


broken("a column that no codebook has", unmapped=[f"{V0}.csv: duur"])(_extra(V0, "duur", lambda row: str(600 + row)))
broken("SPSS's filter variable", unmapped=[f"{J0}.csv: filter_$"])(_extra(J0, "filter_$", lambda _: "1"))
broken("a column without a name", [f"{V0}.csv, column 69: has values but no name"])(_extra(V0, "", lambda _: "1"))


@harmless("names in capitals")
def _(x):
    header, rest = x.text(V0).split("\n", 1)
    x.write(f"{V0}.csv", header.upper() + "\n" + rest)


@broken("names with the wave behind them", [f"{V1}.csv: holds 0 of the … columns of its codebook … respondent_id_T1"])
def _(x):
    header, rest = x.text(V1).split("\n", 1)
    x.write(f"{V1}.csv", header.replace(",", "_T1,") + "_T1\n" + rest)


@broken("another questionnaire under this name", [f"{J0}.csv: holds … the export of another questionnaire"])
def _(x):
    x.write(f"{J0}.csv", x.text(K0))


@broken("the file of T1 under the name of T0", [f"{V0}.csv: the questionnaire ACE lacks columns"],
        unmapped=[])  # fmt: skip
def _(x):
    x.write(f"{V0}.csv", x.text(V1))


# --- files


@broken("an export missing", [f"{J1}.sav: there is no such export"])
def _(x):
    x.remove(J1)


@broken("all exports missing", [(10, "there is no such export")])
def _(x):
    for export in ROWS:
        x.remove(export)


@broken("two files with one stem", [f"{V0}.csv, {V0}.sav have one stem"])
def _(x):
    x.add(f"{V0}.sav", b"")


@broken("two files whose names differ in a capital", [f"{V0}.CSV, {V0}.csv have one stem"])
def _(x):
    x.add(f"{V0}.CSV", x.text(V0))


@broken("a name with another capital", [f"{V0}.sav: there is no such export … T0_Volwassenen.csv"])
def _(x):
    x.write("T0_Volwassenen.csv", x.text(V0))
    x.remove(V0)


@broken("a wave that the configuration does not know", ["T3_volwassenen.csv: is of no wave that config/config.yaml"])
def _(x):
    x.add("T3_volwassenen.csv", x.text(V2))


@broken("an old workbook", [f"{V0}.sav: there is no such export … {V0}.xls"])
def _(x):
    x.write(f"{V0}.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


for _kind in (".csv", ".sav", ".xlsx"):

    @broken(f"an empty {_kind} file", [f"{K1}{_kind}: the file is empty"])
    def _(x, kind=_kind):
        x.write(f"{K1}{kind}", b"")


@broken("a .csv of a header alone", [f"{K1}.csv: the file has no rows"])
def _(x):
    x.write(f"{K1}.csv", x.lines(K1)[0] + "\n")


@broken("a .sav of a header alone", [f"{K1}.sav: the file has no rows"])
def _(x):
    x.sav(K1, x.frame(K1)[:0])


@broken("an .xlsx of a header alone", [f"{K1}.xlsx: the file has no rows"])
def _(x):
    x.xlsx(K1, x.rows(K1)[:1])


@broken("a folder under the name of an export", [f"{K1}.csv"])
def _(x):
    x.remove(K1)
    (x.folder / f"{K1}.csv").mkdir()


for _percentage in (10, 50, 90, 99):

    @broken(f"a .sav cut off at {_percentage} %", [f"{K0}.sav: is no complete SPSS file"])
    def _(x, percentage=_percentage):
        content = x.sav(K0).read_bytes()
        x.write(f"{K0}.sav", content[: len(content) * percentage // 100])

    @broken(f"an .xlsx cut off at {_percentage} %", [f"{K0}.xlsx: is no complete Excel file"])
    def _(x, percentage=_percentage):
        content = x.xlsx(K0, x.rows(K0)).read_bytes()
        x.write(f"{K0}.xlsx", content[: len(content) * percentage // 100])


@broken("a .csv cut off in a row", [f"{K0}.csv, row 16: has … cells, the header has 96; the file is truncated"])
def _(x):
    lines = x.lines(K0)
    x.write(f"{K0}.csv", "\n".join([*lines[:16], lines[16][:60]]))


@broken("a .csv cut off in its header", [f"{K0}.csv: the file has no rows"])
def _(x):
    x.write(f"{K0}.csv", x.lines(K0)[0][:300])


@broken("a workbook under the name of a .csv", [f"{V0}.csv … Excel"])
def _(x):
    content = x.xlsx(V0, x.rows(V0)).read_bytes()
    x.write(f"{V0}.csv", content)


@broken("a .csv under the name of a workbook", [f"{V0}.xlsx: is no complete Excel file"])
def _(x):
    x.write(f"{V0}.xlsx", x.text(V0))


@broken("a .csv under the name of an SPSS file", [f"{V0}.sav: is no complete SPSS file"])
def _(x):
    x.write(f"{V0}.sav", x.text(V0))


@broken("a web page under the name of a .csv", [f"{V0}.csv … html"])
def _(x):
    x.write(
        f"{V0}.csv",
        "<!DOCTYPE html>\n<html><head><title>Inloggen</title></head>\n<body>Sessie verlopen</body></html>\n",
    )


# --- .csv


@broken("garbled letters", [f"{V1}.csv: has garbled letters"])
def _(x):
    x.write(f"{V1}.csv", x.text(V1).encode().decode("cp1252"))


@broken("UTF-16", [f"{V1}.csv: is neither UTF-8 nor Windows-1252 text"])
def _(x):
    x.write(f"{V1}.csv", x.text(V1).encode("utf-16"))


@broken("NUL bytes", [f"{V1}.csv … NUL"])
def _(x):
    x.write(f"{V1}.csv", x.text(V1) + "\0" * 512)


@broken("a quote that is never closed", [f"{V1}.csv … quotes"])
def _(x):
    x.write(f"{V1}.csv", x.text(V1).replace("Het hielp", '"Het hielp', 1))


@broken("a row with a cell too few", [f"{J0}.csv, row 3: has 76 cells, the header has 77"])
def _(x):
    lines = x.lines(J0)
    lines[3] = lines[3].rpartition(",")[0]
    x.write(f"{J0}.csv", "\n".join(lines))


@broken("a row with a cell too many", [f"{J0}.csv, row 3: has 78 cells, the header has 77"])
def _(x):
    lines = x.lines(J0)
    lines[3] += ",2"
    x.write(f"{J0}.csv", "\n".join(lines))


@broken("decimal commas between commas", [(57, f"{V0}.csv, row … has 69 cells, the header has 68")])
def _(x):
    _map(V0, "uren_werk", lambda text: text.replace(".", ",") if "." in text else f"{text},0")(x)
    x.write(f"{V0}.csv", x.finish() and (x.folder / f"{V0}.csv").read_text().replace('"', ""))
    x._cells.clear()


@broken("a delimiter that is none", [f"{V0}.csv … delimiter"])
def _(x):
    x.write(f"{V0}.csv", x.text(V0, sep="|"))


@broken("two files behind each other", [f"{K0}.csv, row 10 … header"])
def _(x):
    lines = x.lines(K0)
    x.write(f"{K0}.csv", "\n".join([*lines[:10], lines[0], *lines[10:]]))


@broken("three header lines, as Qualtrics has them", [f"{J0}.csv, row 1 … header", f"{J0}.csv, row 2 … header"])
def _(x):
    header, *rows = x.lines(J0)
    names = header.split(",")
    questions = ",".join(f"Vraag {name}" for name in names)
    codes = ",".join(f'"{{""ImportId"":""QID{number}""}}"' for number in range(len(names)))
    x.write(f"{J0}.csv", "\n".join([header, questions, codes, *rows]))


@broken("a row of totals at the end", [f"{V0}.csv, row 58, column huishouden_id: the id is empty"])
def _(x):
    lines = x.lines(V0)
    x.write(f"{V0}.csv", "\n".join([*lines, "Totaal" + "," * lines[0].count(",")]))


@broken("a title above the header", [f"{V0}.csv … header"])
def _(x):
    x.write(f"{V0}.csv", "Export T0 volwassenen, 12 maart 2016\n" + x.text(V0))


@broken("Excel's line that names the delimiter", [f"{V0}.csv … sep="])
def _(x):
    x.write(f"{V0}.csv", "sep=;\n" + x.text(V0, sep=";"))


@broken(
    "labels for codes in a column", [f"{V0}.csv, column geslacht, value 'vrouw' and so on: 57 rows must be one of 1, 2"]
)
def _(x):
    _map(V0, "geslacht", lambda code: {"1": "man", "2": "vrouw"}[code])(x)


@broken("labels for codes in the whole file", [(13, f"{K0}.csv … column … label")])
def _(x):
    cells = x.cells(K0)
    for name, column in columns_of(SHORT["kinderen"]).items():
        if column.values:
            cells[name] = [column.values.get(float(code), code) if code else "" for code in cells[name]]


# --- .sav


@broken("missing values that are declared no more", [
    f"{K0}.sav, row {row}, column mpf_02, value '{code}': must be a whole number from 1 to 4"
    for row, code in ((3, 8), (7, 9))])  # fmt: skip
def _(x):
    frame = x.frame(K0)
    frame.loc[[2, 6], "mpf_02"] = [8, 9]
    x.sav(K0, frame)


@broken("an answer declared missing", warnings=[f"{V0} … column cts2_01 … 8"])
def _(x):
    frame = x.frame(V0)
    frame.loc[3, "cts2_01"] = 8
    x.sav(V0, frame, missing={"cts2_01": [{"lo": 8, "hi": 9}]})


@broken("labels of a wave exchanged", [(2, f"{V1}.sav, column geslacht: the export calls code … mend the labels")])
def _(x):
    x.sav(V1, labels={"geslacht": {1: "vrouw", 2: "man"}})


@broken(
    "labels of a wave moved by a code", [(4, f"{V1}.sav, column opleiding: the export calls code … mend the labels")]
)
def _(x):
    values = columns_of(SHORT["volwassenen"])["opleiding"].values
    x.sav(V1, labels={"opleiding": {code + 1: label for code, label in values.items() if code < 5}})


@broken(
    "a label of a missing code on an answer",
    [f"{K1}.sav, column ppq_01: the export calls code 5 'weigert of weet niet'"],
)
def _(x):
    x.sav(K1, labels={"ppq_01": {5: "weigert of weet niet"}})


@broken("letters that are not in the encoding of the .sav", [f"{V1}.sav … encoding"])
def _(x):
    x.write(f"{V1}.sav", _accented(x).replace(b"E?n", b"E\xe9n"))


def _accented(x: Exports) -> bytes:
    return x.sav(V1, x.frame(V1).replace({"hulp_toelichting": {"Eén half jaar wachten": "E?n half jaar"}})).read_bytes()


@harmless("names of SPSS in capitals")
def _(x):
    frame = x.frame(V0)
    x.sav(V0, frame.rename(columns=str.upper))


@broken(
    "a date of SPSS as a number of seconds",
    [f"{J0}.sav, column afnamedatum, value '136… and so on: 33 rows must be a date"],
)
def _(x):
    frame = x.frame(J0)
    frame["afnamedatum"] = (frame["afnamedatum"] - pd.Timestamp(1582, 10, 14)).dt.total_seconds() - 8e6
    x.sav(J0, frame)


@broken("a date of SPSS beyond the calendar", [f"{J0}.sav … afnamedatum"])
def _(x):
    frame = x.frame(J0)
    frame["afnamedatum"] = (frame["afnamedatum"] - pd.Timestamp(1582, 10, 14)).dt.total_seconds()
    frame.loc[2, "afnamedatum"] = 1e12
    x.sav(J0, frame, variable_format={"afnamedatum": "DATE11"})


@broken("a date of SPSS in English words", [f"{J0}.sav, column afnamedatum, value … and so on: 33 rows must be a date"])
def _(x):
    frame = x.frame(J0)
    frame["afnamedatum"] = frame["afnamedatum"].dt.strftime("%d-%b-%Y")
    x.sav(J0, frame)


@broken("a code of letters in SPSS", [f"{J0}.sav, row 3, column geslacht, value 'm': must be one of 1, 2"])
def _(x):
    frame = x.frame(J0)
    frame["geslacht"] = [f"{code:g}" if row != 2 else "m" for row, code in enumerate(frame["geslacht"])]
    x.sav(J0, frame)


@broken("another questionnaire under this name in SPSS", [f"{J0}.sav: holds … the export of another questionnaire"])
def _(x):
    x.sav(K0).rename(x.folder / f"{J0}.sav")
    (x.folder / f"{J0}.csv").unlink()
    x.write(f"{K0}.csv", x.text(K0))


# --- .xlsx


def _part(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change a part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _with_sheet(path: Path, rows: Sequence[Sequence], first: bool) -> None:
    """Put another sheet before or behind the one of a workbook."""
    other = io.BytesIO()
    write_xlsx(other, rows)
    with zipfile.ZipFile(other) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet2.xml", sheet)
    _part(
        path,
        "[Content_Types].xml",
        lambda text: text.replace(
            '<Override PartName="/xl/styles.xml"',
            '<Override PartName="/xl/worksheets/sheet2.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            '<Override PartName="/xl/styles.xml"',
        ),
    )
    _part(path, "xl/_rels/workbook.xml.rels", lambda text: text.replace("</Relationships>", (
        '<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet2.xml"/></Relationships>')))  # fmt: skip
    entry = '<sheet name="Blad2" sheetId="2" r:id="r9"/>'
    mark = "<sheets>" if first else "</sheets>"
    _part(path, "xl/workbook.xml", lambda text: text.replace(mark, mark + entry if first else entry + mark))


@broken("a second sheet with rows", [f"{J0}.xlsx … sheet … Blad2"])
def _(x):
    rows = x.rows(J0)
    _with_sheet(x.xlsx(J0, rows[:9]), [rows[0], *rows[9:]], first=False)


@broken("a sheet of explanation before the rows", [f"{J0}.xlsx … sheet"])
def _(x):
    _with_sheet(x.xlsx(J0, x.rows(J0)), [["Toelichting bij de export"], ["Gemaakt op 12 maart"]], first=True)


@broken("a formula that failed", [f"{J0}.xlsx, row 2, column tscc_03, value '#DIV/0!'"])
def _(x):
    rows = x.rows(J0)
    rows[2][rows[0].index("tscc_03")] = "#DIV/0!"
    shown = '<c t="inlineStr"><is><t xml:space="preserve">#DIV/0!</t></is></c>'
    _part(x.xlsx(J0, rows), "xl/worksheets/sheet1.xml", lambda text: text.replace(shown, '<c t="e"><v>#DIV/0!</v></c>'))


@broken("merged cells above the header", [f"{J0}.xlsx … header"])
def _(x):
    header, *rows = x.rows(J0)
    groups = ["Administratie", *[None] * 4, "TSCC", *[None] * (len(header) - 6)]
    x.xlsx(J0, [groups, header, *rows])


@broken(
    "days as numbers in a workbook", [f"{J0}.xlsx, column afnamedatum, value '42… and so on: 33 rows must be a date"]
)
def _(x):
    days = pd.to_datetime(x.frame(J0)["afnamedatum"])
    rows = x.rows(J0)
    place = rows[0].index("afnamedatum")
    for row, day in zip(rows[1:], days, strict=True):
        row[place] = (day - pd.Timestamp(1899, 12, 30)).days
    x.xlsx(J0, rows)


@broken("a yes of Excel", [f"{V0}.xlsx, row 4, column partner, value 'True': must be one of 0, 1"])
def _(x):
    rows = x.rows(V0)
    rows[4][rows[0].index("partner")] = True
    x.xlsx(V0, rows)


@broken("a column of a workbook twice", [f"{J0}.xlsx: column sis_02 occurs twice"])
def _(x):
    rows = x.rows(J0)
    place = rows[0].index("sis_02")
    x.xlsx(J0, [[*row, row[place]] for row in rows])


@broken("a row of sums in a workbook", [f"{J0}.xlsx, row 34, column kind_id: the id is empty",
                                         f"{J0}.xlsx, row 34, column huishouden_id: the id is empty",
                                         f"{J0}.xlsx, row 34, column leeftijd, value '126'"])  # fmt: skip
def _(x):
    rows = x.rows(J0)
    x.xlsx(J0, [*rows, [126 if name == "leeftijd" else None for name in rows[0]]])


# --- people who can be recognised

NAMING = "nothing that names a person may enter"
PEOPLE = {
    "a column of names": ("naam", lambda row: "xyz"),
    "a column of e-mail addresses": ("email", lambda row: ""),
    "dates of birth by their name": ("geboortedatum", lambda row: "1985-01-02"),
    "dates of birth under another name": ("gd", lambda row: f"{1970 + row}-05-12"),
    "dates of birth as numbers": ("gd", lambda row: f"{1970 + row}0512"),
    "citizen service numbers": ("nummer", lambda row: ("111222333", "123456782")[row % 2]),
    "citizen service numbers with full stops": ("nummer", lambda row: ("1112.22.333", "1234.56.782")[row % 2]),
    "a telephone number in a remark": ("opmerking", lambda row: "bel mij op 06-12345678" if row == 3 else ""),
    "an e-mail address in a remark": ("opmerking", lambda row: "mail jan@voorbeeld.nl svp" if row == 3 else ""),
    "a postcode and a number": ("v9", lambda row: f"971{row % 10} AB {row + 1}"),
    "a street and a number": ("v9", lambda row: f"Dorpsstraat {row + 1}"),
    "bank accounts": ("v9", lambda row: "NL91ABNA0417164300"),
    "names under another name": ("contactpersoon", lambda row: ("Jan de Vries", "Fatima Bakker", "Piet Smit")[row % 3]),
    "addresses of computers": ("ipaddr", lambda row: f"145.90.12.{row + 1}"),
    "where a computer stood": ("LocationLatitude", lambda row: f"53.21{row:02d}41"),
}
for _name, (_column, _values) in PEOPLE.items():
    broken(_name, [f"{V0}.csv, column {_column}: looks like … {NAMING}"])(_extra(V0, _column, _values))


broken(
    "a telephone number in free text",
    [f"{V1}.csv, row 3, column hulp_toelichting: the text seems to hold a telephone number"],
)(_set(V1, 3, "hulp_toelichting", "bel 06-12345678"))


@broken("citizen service numbers for ids", [f"{V0}.csv, column respondent_id: looks like citizen service numbers"])
def _(x):
    cells = x.cells(V0)
    cells["respondent_id"] = [
        ("111222333", "123456782")[row % 2] if row < 40 else f"11122{row:04d}" for row in range(len(cells))
    ]


@broken("names in SPSS", [f"{V0}.sav, column voornaam: looks like … {NAMING}"])
def _(x):
    x.sav(V0, x.frame(V0).assign(voornaam="xyz"))


# --- corrections


def _corrections(name: str, fix: tuple, *patterns: str):
    broken(name, patterns)(lambda x: x.correct(fix))


_R = "DEMO-H02-V1"  # row 3 of V0, a woman of thirty
_corrections("a correction of another value", (V0, _R, "leeftijd", "31", "32"),
             f"corrections, line 2 ({V0}.csv, column leeftijd): the export does not hold the old value")  # fmt: skip
_corrections("a correction of nobody", (V0, "DEMO-H99-V1", "leeftijd", "30", "32"),
             f"corrections, line 2 ({V0}.csv, column leeftijd): its id hits 0 rows")  # fmt: skip
_corrections("a correction of no column", (V0, _R, "lengte", "30", "32"),
             f"corrections, line 2 ({V0}.csv, column lengte): the export has no such column")  # fmt: skip
_corrections("a correction of no file", ("T9_volwassenen", _R, "leeftijd", "30", "32"),
             "corrections.csv, line 2: column file is 'T9_volwassenen'")  # fmt: skip
_corrections("a correction without an id", (V0, "", "leeftijd", "30", "32"),
             "corrections.csv, line 2: column id is empty")  # fmt: skip
_corrections("a correction without a reason", (V0, _R, "leeftijd", "30", "31", "", "AB", "2026-01-02"),
             "corrections.csv, line 2: column reason is empty")  # fmt: skip
_corrections("a correction by nobody", (V0, _R, "leeftijd", "30", "31", "typfout", "", "2026-01-02"),
             "corrections.csv, line 2: column who is empty")  # fmt: skip
_corrections("a correction on no day", (V0, _R, "leeftijd", "30", "31", "typfout", "AB", ""),
             "corrections.csv, line 2: column date is empty")  # fmt: skip
_corrections("a correction on a day that is none", (V0, _R, "leeftijd", "30", "31", "typfout", "AB", "gisteren"),
             "corrections.csv, line 2: column date is 'gisteren'")  # fmt: skip
_corrections("a correction that changes nothing", (V0, _R, "leeftijd", "30", "30"),
             "corrections … line 2 … leeftijd … new value")  # fmt: skip
_corrections("a correction to a code that is none", (V0, _R, "geslacht", "2", "3"),
             f"{V0}.csv, row 3, column geslacht, value '3': must be one of 1, 2")  # fmt: skip
_corrections("a correction to an id that is there already", (V0, _R, "respondent_id", _R, "DEMO-H01-V1"),
             f"{V0}.csv, row 3, column respondent_id: same id as row 1")  # fmt: skip


@broken("a correction twice", [f"corrections, line 3 ({V0}.csv, column leeftijd): the export does not hold the old"])
def _(x):
    x.correct((V0, _R, "leeftijd", "30", "31"), (V0, _R, "leeftijd", "30", "31"))


@broken("corrections with semicolons", ["corrections.csv: the first line must be file,id,column"])
def _(x):
    x.add("corrections.csv", ";".join(CORRECTION_FIELDS) + f"\n{V0};{_R};leeftijd;30;31;typfout;AB;2026-01-02\n")


@broken("a correction with an accent in another encoding", ["corrections.csv: is not UTF-8 text"])
def _(x):
    x.add("corrections.csv", (",".join(CORRECTION_FIELDS) + f"\n{V0},{_R},leeftijd,30,31,één,AB,x\n").encode("cp1252"))


# --- what breaks nothing


@harmless("semicolons and decimal commas")
def _(x):
    _map(V0, "uren_werk", lambda text: text.replace(".", ","))(x)
    x.write(f"{V0}.csv", csv_of(x._cells.pop(V0), sep=";"))


@harmless("tabs")
def _(x):
    x.write(f"{V0}.csv", x.text(V0, sep="\t"))


@harmless("a byte order mark")
def _(x):
    x.write(f"{V1}.csv", b"\xef\xbb\xbf" + x.text(V1).encode())


@harmless("Windows-1252")
def _(x):
    x.write(f"{V1}.csv", x.text(V1).encode("cp1252"))


@harmless("line ends of Windows")
def _(x):
    x.write(f"{V1}.csv", x.text(V1).replace("\n", "\r\n"))


@harmless("line ends of an old Macintosh")
def _(x):
    x.write(f"{J0}.csv", x.text(J0).replace("\n", "\r"))


@harmless("quotes around every cell")
def _(x):
    x.write(f"{V1}.csv", cells_of(x.frame(V1)).to_csv(index=False, quoting=1))


@harmless("empty lines, a delimiter at the end of each and none at the end of the file")
def _(x):
    header, *lines = x.lines(J0)
    x.write(f"{J0}.csv", ",\n\n".join([header, *lines]) + ",")


@harmless("blanks around names and values")
def _(x):
    cells = x.frame(V0)
    text = csv_of(cells_of(cells)).replace(",", " , ")
    x.write(f"{V0}.csv", text)


@harmless("codes with a decimal")
def _(x):
    cells = x.cells(V0)
    for name in (name for name in cells if name.startswith(("tsi_", "geslacht"))):
        cells[name] = cells[name].map(lambda text: f"{text}.0" if text else "")


@harmless("dates with the day first")
def _(x):
    for export in (V0, V1, V2):
        _map(export, "afnamedatum", lambda day: f"{int(day[8:])}-{int(day[5:7])}-{day[:4]}")(x)


@harmless("dates with a time")
def _(x):
    _map(V0, "afnamedatum", lambda day: f"{day} 00:00:00")(x)


@harmless("one day of measurement whose digits pass the test of service numbers")
def _(x):
    for row in range(len(x.cells(H))):
        x.cells(H).loc[row, "melddatum"] = "2016-01-15"
    _map(J0, "afnamedatum", lambda _: "2016-04-09")(x)


@harmless("rows and columns in another order")
def _(x):
    frame = x.frame(K1).sample(frac=1, random_state=1)
    x.write(f"{K1}.csv", csv_of(cells_of(frame[frame.columns[::-1]])))


@harmless("names of the export's own")
def _(x):
    cells = x.cells(V1)
    x._cells[V1] = cells.rename(columns={"tsi_001": "V12_1_T1", "tsi_002": "V12_2_T1"})
    x.rename((V1, "V12_1_T1", "tsi_001"), ("volwassenen", "V12_2_T1", "tsi_002"))


@harmless("ids of numbers, that each format writes in its way")
def _(x):
    for export in ROWS:
        frame = x.frame(export)
        for name in ("huishouden_id", "respondent_id", "kind_id"):
            if name in frame:
                digits = frame[name].str.replace("V", "1").str.replace("K", "2").str.replace(r"\D", "", regex=True)
                frame[name] = digits.astype(float)
        if export.startswith("T1"):
            x.sav(export, frame)
        elif export.startswith("T2"):
            x.xlsx(export, rows_of(frame))
        else:
            x.write(f"{export}.csv", csv_of(cells_of(frame)))


@harmless("two corrections of one cell in their order")
def _(x):
    x.correct((V0, _R, "leeftijd", "30", "32"), (V0, _R, "leeftijd", "32", "30"))


@harmless("missing values of SPSS that are declared")
def _(x):
    frame = x.frame(K0)
    frame.loc[[2, 6], "mpf_02"] = [8, 9]
    x.sav(K0, frame, missing={"mpf_02": [{"lo": 8, "hi": 9}, 99]})


@harmless("an SPSS file without labels")
def _(x):
    x.sav(V1, labels={name: {} for name in x.frame(V1) if x.frame(V1)[name].dtype.kind == "f"})


@harmless("labels of SPSS in capitals")
def _(x):
    x.sav(V1, labels={"geslacht": {1: "MAN", 2: "Vrouw "}})


@harmless("labels of SPSS with their code before them")
def _(x):
    x.sav(V1, labels={"geslacht": {1: "1. man", 2: "2 = vrouw"}})


@harmless("ids of SPSS with blanks behind them")
def _(x):
    frame = x.frame(V1)
    x.sav(V1, frame.assign(respondent_id=frame["respondent_id"] + "        "))


@harmless("a compressed SPSS file")
def _(x):
    x.sav(V1, compress=True)


@harmless("an SPSS file in Windows-1252")
def _(x):
    content = _accented(x)
    old, new = (b"\x14\0\0\0\1\0\0\0" + len(name).to_bytes(4, "little") + name for name in (b"UTF-8", b"windows-1252"))
    assert old in content
    x.write(f"{V1}.sav", content.replace(old, new).replace(b"E?n", b"E\xe9n"))


@harmless("dates of SPSS as text, codes of SPSS as text")
def _(x):
    frame = x.frame(J0)
    frame["afnamedatum"] = frame["afnamedatum"].dt.strftime("%d-%m-%Y")
    frame["geslacht"] = frame["geslacht"].map("{:g}".format)
    x.sav(J0, frame)


@harmless("numbers of a workbook that are text")
def _(x):
    x.xlsx(J0, [[None if cell is None else str(cell) for cell in row] for row in x.rows(J0)])


@harmless("empty rows and columns around those of a workbook")
def _(x):
    rows = [[*row, None, None] for row in x.rows(J0)]
    x.xlsx(J0, [*rows, *[[None] * len(rows[0])] * 5])


@harmless("an empty second sheet")
def _(x):
    _with_sheet(x.xlsx(J0, x.rows(J0)), [], first=False)


@harmless("capitals in the suffix")
def _(x):
    x.write(f"{J0}.CSV", x.text(J0))


@harmless("other files beside the exports")
def _(x):
    x.add("leesmij.docx", b"PK")
    x.add("T0_volwassenen_oud.csv", x.text(V1))
    x.add(".~lock.T0_jeugd.csv#", "")
