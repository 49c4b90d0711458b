"""What spoils rows and columns, and the corrections of them."""

import pandas as pd
from given.rewritten.cohorts import COLUMNS, EXPORTS, KEYS
from given.rewritten.spoiled import EXCEL, LATER, PEOPLE, TEXT, Harms, Spoiled
from given.rewritten.writings import Raw, corrections_of, plain_text, write_list

from effectstudie.shared.vocabulary import CORRECTION_FIELDS

harm = Harms()
_OF_OTHER_WAVE = {"T0": "T1", "T1": "T0"}


@harm
def a_row_twice(x: Spoiled):
    frame = x.frame(export := x.export())
    x.frames[export] = pd.concat([frame, frame.sample(1, random_state=x.rng.randrange(99))], ignore_index=True)


@harm
def a_row_moved_by_a_cell(x: Spoiled):
    x.suffixes = TEXT + EXCEL
    frame = x.frame(x.export())
    row = x.rng.randrange(len(frame))
    texts = [Raw(plain_text(value)) for value in frame.loc[row]]
    frame.loc[row] = [*texts[1:], Raw("")] if x.rng.random() < 0.5 else [Raw(""), *texts[:-1]]


@harm
def names_moved_by_a_column(x: Spoiled):
    frame = x.frame(export := x.export())
    names, by = list(frame), x.rng.choice((1, -1))
    x.frames[export] = frame.set_axis(names[by:] + names[:by], axis=1)


@harm
def two_columns_of_other_kinds_exchanged(x: Spoiled):
    export = x.export()
    first, second = (x.column(export, kind) for kind in x.rng.sample(("id", "date", "code"), 2))
    x.frames[export] = x.frame(export).rename(columns={first: second, second: first})


@harm
def a_column_left_out(x: Spoiled):
    export = x.export()
    x.frames[export] = x.frame(export).drop(columns=x.column(export, "id", "code", "date", "number"))


@harm
def a_column_twice(x: Spoiled):
    x.suffixes = TEXT + EXCEL
    export = x.export()
    name = x.column(export, "id", "code", "date", "number")
    x.frame(export)[x.rng.choice((name.upper(), f"{name} ", f"\ufeff{name}"))] = x.frame(export)[name]


@harm
def rows_of_another_wave_below(x: Spoiled):
    frame = x.frame(export := x.export(PEOPLE))
    below = x.cohort.exported(_of_other_wave(export)).astype(object)
    x.frames[export] = pd.concat([frame, below[[name for name in frame if name in below]]], ignore_index=True)


@harm
def the_file_of_another_wave(x: Spoiled):
    export = x.export(PEOPLE)
    x.frames[export] = x.cohort.exported(_of_other_wave(export)).astype(object)


def _of_other_wave(export: str) -> str:
    return _OF_OTHER_WAVE[export[:2]] + export[2:]


@harm
def the_file_of_another_questionnaire(x: Spoiled):
    export = x.export()
    others = [name for name in EXPORTS if name.split("_")[-1] != export.split("_")[-1]]
    x.frames[export] = x.cohort.exported(x.rng.choice(others)).astype(object)


@harm
def most_rows_lost(x: Spoiled):
    frame = x.frame(export := x.export(LATER))
    x.frames[export] = frame.iloc[: len(frame) // 3]
    x.without_corrections()


@harm
def a_row_of_totals(x: Spoiled):
    x.suffixes = TEXT + EXCEL
    frame = x.frame(export := x.export())
    totals = {name: Raw("312" if one.kind in ("code", "number") else "") for name, one in COLUMNS[export].items()}
    x.frames[export] = pd.concat([frame, pd.DataFrame([totals])], ignore_index=True)


# --- corrections


def _correct(x: Spoiled, **other: str) -> None:
    """One line more, of a cell that no other line mends."""
    export = x.rng.choice(PEOPLE)
    table, row = x.cohort.tables[export], x.rng.randrange(len(x.cohort.tables[export]))
    name = "geslacht" if "geslacht" in table else "kind_geslacht"
    old = plain_text(x.cohort.exported(export).loc[row, name])
    line = dict(zip(CORRECTION_FIELDS, (export, "", name, old, "", "typfout", "AB", "2026-02-11"), strict=True))
    line["id"] = "|".join(table.loc[row, key] for key in KEYS[export])
    line["new_value"] = "2" if old == "1" else "1"
    rows = [*corrections_of(x.cohort), list((line | other).values())]
    x.after.append(lambda: write_list(x.folder / "corrections.csv", CORRECTION_FIELDS, rows))


@harm
def a_correction_of_another_value(x: Spoiled):
    _correct(x, old_value=x.rng.choice(("7", "man", "0")))


@harm
def a_correction_of_nobody(x: Spoiled):
    _correct(x, id=x.rng.choice(("niemand", "NULL", "44256", "1-1-2016", "", "|")))


@harm
def a_correction_to_what_is_no_code(x: Spoiled):
    _correct(x, new_value=x.rng.choice(("9", "vrouw", "1,5", "2.001", "1 of 2")))


@harm
def a_correction_of_something_unknown(x: Spoiled):
    name, value = x.rng.choice((("column", "sekse"), ("file", "T7_volwassenen"), ("date", "gisteren")))
    _correct(x, **{name: value})
