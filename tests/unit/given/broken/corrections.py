"""Corrections that do not fit their export."""

from given.broken.cases import Cases
from given.broken.exports import V0

from effectstudie.shared.vocabulary import CORRECTION_FIELDS

CASES = Cases()
broken, harmless = CASES.broken, CASES.harmless


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


@harmless("corrections with semicolons")
def _(x):
    lines = [f"{V0};{_R};leeftijd;30;32;typfout;AB;2026-01-02", f"{V0};{_R};leeftijd;32;30;één fout;AB;2-1-2026"]
    x.add("corrections.csv", "\n".join([";".join(CORRECTION_FIELDS), *lines, ";;;;;;;", ""]).encode("cp1252"))


@harmless("two corrections of one cell in their order")
def _(x):
    x.correct((V0, _R, "leeftijd", "30", "32"), (V0, _R, "leeftijd", "32", "30"))
