"""Waves out of order, dates, and a wave that is a copy of another."""

import pandas as pd
from given.broken.cases import Cases
from given.broken.exports import J1, J2, K0, K1, K2, V0, V1, V2, map_column
from given.good_exports import SHORT, cells_of, csv_of

from effectstudie.definitions.export_columns import columns_of

CASES = Cases()
broken, harmless = CASES.broken, CASES.harmless


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
    (1, f"{K2}, rows … and 76 more, column afnamedatum, values … the date is not later than that in {K1}"),
    (1, f"{K2}, rows … and 34 more, column kind_leeftijd, value … the age is lower than that in {K1}")])  # fmt: skip
def _(x):
    for one, other in ((K1, K2), (K2, K1)):
        x.write(f"{one}.csv", x.text(other))


@broken("months before days in a wave", [f"{V0}.csv, rows … and 30 more, column afnamedatum, values … must be a date"])
def _(x):
    map_column(V0, "afnamedatum", lambda day: f"{day[5:7]}-{day[8:]}-{day[:4]}")(x)


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


@harmless("dates with the day first")
def _(x):
    for export in (V0, V1, V2):
        map_column(export, "afnamedatum", lambda day: f"{int(day[8:])}-{int(day[5:7])}-{day[:4]}")(x)


@harmless("dates with a time")
def _(x):
    map_column(V0, "afnamedatum", lambda day: f"{day} 00:00:00")(x)
