"""What goes wrong in an SPSS file only."""

import pandas as pd
from given.broken.cases import Cases
from given.broken.exports import J0, K0, K1, V0, V1, Exports
from given.good_exports import SHORT

from effectstudie.definitions.export_columns import columns_of

CASES = Cases()
broken, harmless = CASES.broken, CASES.harmless


@broken("missing values that are declared no more", [
    f"{K0}.sav, rows 3, 7, column mpf_02, values '8', '9': must be a whole number from 1 to 4"])  # fmt: skip
def _(x):
    frame = x.frame(K0)
    frame.loc[[2, 6], "mpf_02"] = [8, 9]
    x.sav(K0, frame)


@broken("an answer declared missing", warnings=[f"{V0} … column cts2_01 … 8"])
def _(x):
    frame = x.frame(V0)
    frame.loc[3, "cts2_01"] = 8
    x.sav(V0, frame, missing={"cts2_01": [{"lo": 8, "hi": 9}]})


@broken(
    "labels of a wave exchanged",
    [
        f"{V1}.sav, column geslacht: the export calls code 1 'vrouw' (in the codebook 2), code 2 'man' (in the "
        f"codebook 1); mend the labels … recodes.csv:\n  {V1},geslacht,1,2,label: vrouw\n  {V1},geslacht,2,1,label: man"
    ],
)
def _(x):
    x.sav(V1, labels={"geslacht": {1: "vrouw", 2: "man"}})


@broken(
    "labels of a wave moved by a code",
    [f"{V1}.sav, column opleiding: the export calls code 2 … {V1},opleiding,2,1, … {V1},opleiding,5,4,"],
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
    [f"{J0}.sav, rows … and 25 more, column afnamedatum, values '136 … must be a date"],
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


@broken(
    "a date of SPSS in English words", [f"{J0}.sav, rows … and 25 more, column afnamedatum, values … must be a date"]
)
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
