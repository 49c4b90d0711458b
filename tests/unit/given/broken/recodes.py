"""Waves whose codes are not those of the codebook, and recodes that do not fit their export."""

from given.broken.cases import Cases
from given.broken.exports import V0, V1, H, map_column

CASES = Cases()
broken, harmless = CASES.broken, CASES.harmless

_FROM_ZERO = {"1": "0", "2": "1"}
_TO_ONE = ((V1, "geslacht", "0", "1"), (V1, "geslacht", "1", "2"))


def _from_zero(x, labels=None):
    """Sex as 0 and 1 in a wave: a workbook without labels, or an SPSS file that has them."""
    frame = x.frame(V1)
    frame["geslacht"] -= 1
    if labels:
        x.sav(V1, frame, labels={"geslacht": labels})
    else:
        rows = x.rows(V1)
        place = rows[0].index("geslacht")
        x.xlsx(V1, [rows[0], *([*row[:place], row[place] - 1, *row[place + 1 :]] for row in rows[1:])])


@broken(
    "sex from zero in a workbook",
    [
        f"{V1}.xlsx, rows … column geslacht, value '0': must be one of 1, 2 … The codebook: 1 man, 2 "
        f"vrouw. … \n  {V1},geslacht,0,?,?\n  {V1},geslacht,1,?,?"
    ],
)
def _(x):
    _from_zero(x)


@broken(
    "sex from zero in an SPSS file",
    [f"{V1}.sav, column geslacht … \n  {V1},geslacht,0,1,label: man\n  {V1},geslacht,1,2,label: vrouw"],
)
def _(x):
    _from_zero(x, {0: "man", 1: "vrouw"})


@broken(
    "sex in words", [f"{V1}.csv, rows … column geslacht … \n  {V1},geslacht,man,1,label: man\n  {V1},geslacht,vrouw,2"]
)
def _(x):
    map_column(V1, "geslacht", {"1": "man", "2": "vrouw"}.get)(x)


@harmless("sex from zero in a workbook, recoded")
def _(x):
    _from_zero(x)
    x.recode(*_TO_ONE)


@harmless("sex from zero in an SPSS file, recoded with its labels")
def _(x):
    _from_zero(x, {0: "man", 1: "vrouw"})
    x.recode(*_TO_ONE)


@harmless("sex in words, recoded")
def _(x):
    map_column(V1, "geslacht", {"1": "man", "2": "vrouw"}.get)(x)
    x.recode((V1, "geslacht", "man", "1"), (V1, "geslacht", "vrouw", "2"))


@harmless("exchanged codes and labels, recoded at once by a list of Dutch Excel")
def _(x):
    frame = x.frame(V1)
    frame["geslacht"] = 3 - frame["geslacht"]
    x.sav(V1, frame, labels={"geslacht": {1: "vrouw", 2: "man"}})
    lines = ["file;column;old;new;reason", f"{V1};geslacht;1;2;één code", f"{V1};geslacht;2,0;1;labels verwisseld"]
    x.add("recodes.csv", "\r\n".join(lines).encode("cp1252"))


@harmless("an own code for no answer, recoded")
def _(x):
    map_column(V1, "opleiding", lambda code: "7" if code == "3" else code)(x)
    x.recode((V1, "opleiding", "7", "3"))


def _wrong(name: str, recode: tuple, *patterns: str):
    broken(name, patterns)(lambda x: x.recode(recode))


_wrong("a recode of no file", ("T9_volwassenen", "geslacht", "0", "1"), "recodes.csv, line 2: column file is 'T9_")
_wrong("a recode of no column", (V1, "geslagt", "0", "1"),
       "recodes.csv, line 2: column names the column 'geslagt' … did you mean 'geslacht'")  # fmt: skip
_wrong("a recode of a column of another wave", (V1, "ace_01", "2", "0"), "recodes.csv, line 2 … 'ace_01'")
_wrong("a recode of a text", (H, "regio", "Den Haag", "1"), "recodes.csv, line 2: column regio holds no codes")
_wrong("a recode of an id", (V1, "respondent_id", "1", "2"), "recodes.csv, line 2: column respondent_id holds no codes")
_wrong("a recode of a day", (V1, "afnamedatum", "1", "2"), "recodes.csv, line 2: column afnamedatum holds no codes")
_wrong("a recode to no code", (V1, "geslacht", "1", "3"),
       "recodes.csv, line 2: new is '3'; allowed: one of 1, 2, or for no answer 99, -9, 98, -8")  # fmt: skip
_wrong("a recode that nobody filled in", (V1, "geslacht", "1", "?"), "recodes.csv, line 2: new is '?'; allowed")
_wrong("a recode to nothing", (V1, "geslacht", "1", ""), "recodes.csv, line 2: column new is empty; fill it in")
_wrong("a recode without a reason", (V1, "geslacht", "1", "2", ""), "recodes.csv, line 2: column reason is empty")
_wrong("a recode that changes nothing", (V1, "geslacht", "1", "01"), "recodes.csv, line 2: new is old")
_wrong("a recode that names somebody", (V1, "geslacht", "1", "2", "volgens Jan de Vries"),
       "recodes.csv, line 2: column reason seems to hold a name")  # fmt: skip
_wrong("a recode of a code that never occurs", (V1, "geslacht", "0", "1"),
       f"recodes.csv, line 2 ({V1}.csv, column geslacht): the export never holds 0 (but 1, 2)")  # fmt: skip


@broken("a code recoded twice", ["recodes.csv, line 4: line 2 recodes this code of the column already"])
def _(x):
    x.recode((V1, "geslacht", "1", "2"), (V0, "geslacht", "1", "2"), (V1, "geslacht", "1.0", "99"))


@broken(
    "several mistakes in recodes",
    [
        f"recodes.csv, line {sentence}"
        for sentence in ("2: new is '3'", "3: column names … 'lengte'", "4: column regio")
    ],
)
def _(x):
    x.recode((V1, "geslacht", "1", "3"), (V1, "lengte", "1", "2"), (H, "regio", "1", "2"))


@broken(
    "a recode against its label",
    [
        f"recodes.csv, line {line} ({V1}.sav, column geslacht): the export calls {called}"
        for line, called in ((2, "0 'man', which is code 1 in the codebook"), (3, "1 'vrouw', which is code 2"))
    ],
)
def _(x):
    _from_zero(x, {0: "man", 1: "vrouw"})
    x.recode((V1, "geslacht", "0", "2"), (V1, "geslacht", "1", "99"))


@broken("one of two recodes forgotten", [f"{V1}.sav, column geslacht … code 1 'vrouw' (in the codebook 2)"])
def _(x):
    _from_zero(x, {0: "man", 1: "vrouw"})
    x.recode(_TO_ONE[0])
