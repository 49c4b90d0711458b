"""Answers that each may be given, and together say that something went wrong."""

from collections.abc import Callable

from given.broken.cases import Cases
from given.broken.exports import J1, K0, K1, K2, V0, V1, V2, Exports

CASES = Cases()
broken = CASES.broken


def _recode(x: Exports, export: str, prefix: str, function: Callable[[float], float]) -> None:
    """Every answer in the columns of this prefix by another; refusals stay."""
    cells = x.cells(export)
    for name in (name for name in cells if name.startswith(prefix)):
        cells[name] = cells[name].map(lambda v: v if v in ("", "99", "98", "-9") else f"{function(float(v)):g}")


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


@broken(
    "a wave whose codes begin at zero",
    [f"{K1}.csv, rows … column ppq_01, value '0': stands in 180 cells of 11 columns"],
)
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
