"""What makes other people of people: ids that are none, are those of others, or tell two apart no longer."""

import pandas as pd
from given.rewritten.cohorts import APPROACH, EXPORTS, KEYS
from given.rewritten.spoiled import LATER, PEOPLE, Harms, Spoiled
from given.rewritten.writings import Raw, as_they_are

from effectstudie.definitions.export_columns import ID_NAMES

harm = Harms()
# What stands where an id is expected, and is none.
_NO_ID = (
    "NULL",
    "nvt",
    "#N/A",
    "#N/B",
    "geen",
    "WAAR",
    "1-1-2016",
    "1,23E+05",
    "-",
    "?",
    "jan-16",
    "NA",
    "nan",
    "None",
)
_NO_ID += ("None", "n.v.t.", "onbekend", "-9", "FALSE", "1.23457E+11", "2016-01-01 00:00:00", "#")


def _id_columns(x: Spoiled, export: str, many: int) -> list[str]:
    return x.rng.sample([name for name in ID_NAMES if name in x.frame(export)], many)


@harm
def an_id_that_is_a_word_for_nothing(x: Spoiled):
    export = x.export()
    x.cell(export, x.column(export, "id"), _NO_ID)


@harm
def no_id(x: Spoiled):
    export = x.export()
    x.cell(export, x.column(export, "id"), ("", " ", "\u00a0", "\u200b"))


@harm
def a_household_in_two_approaches(x: Spoiled):
    frame = x.frame("huishoudens")
    again = frame.sample(1, random_state=x.rng.randrange(99)).assign(aanpak=x.rng.choice(("MDA++", APPROACH)))
    x.frames["huishoudens"] = pd.concat([frame, again], ignore_index=True)


@harm
def zeros_lost_that_told_two_people_apart(x: Spoiled):
    _as_one(x, ("004711", "04711"), "4711")


@harm
def capitals_lost_that_told_two_people_apart(x: Spoiled):
    _as_one(x, ("Ab12", "aB12"), "ab12")


@harm
def marks_that_make_one_of_two_people(x: Spoiled):
    _as_one(x, ("1440", "1.440"), x.rng.choice(("1440", "1.440")))


def _as_one(x: Spoiled, names: tuple[str, str], lost: str) -> None:
    """Two people whose ids differ in little everywhere, and in nothing in one export."""
    export = x.export()
    (column,) = _id_columns(x, export, 1)
    pair = x.rng.sample(sorted(set(x.frame(export)[column])), 2)
    for name in (name for name in EXPORTS if column in x.frame(name)):
        x.frame(name)[column] = x.frame(name)[column].replace(dict(zip(pair, names, strict=True)))
    here = x.frame(export)[column]
    x.frame(export)[column] = here.where(~here.isin(names), Raw(lost))
    x.without_corrections()


@harm
def ids_cut_off(x: Spoiled):
    export = x.export(PEOPLE)
    name = x.rng.choice(KEYS[export])
    x.frame(export)[name] = as_they_are(text[:-2] for text in x.frame(export)[name])


@harm
def ids_of_another_column(x: Spoiled):
    export = x.export(PEOPLE)
    first, second = _id_columns(x, export, 2)
    x.frame(export)[first] = x.frame(export)[second]


@harm
def ids_of_two_columns_exchanged(x: Spoiled):
    export = x.export(PEOPLE)
    first, second = _id_columns(x, export, 2)
    x.frames[export] = x.frame(export).rename(columns={first: second, second: first})


@harm
def people_numbered_anew(x: Spoiled):
    export = x.export(LATER)
    name = KEYS[export][-1]
    numbers = {text: f"nieuw{place:03d}" for place, text in enumerate(dict.fromkeys(x.frame(export)[name]))}
    x.frame(export)[name] = x.frame(export)[name].map(numbers)


@harm
def ids_in_another_order_than_the_answers(x: Spoiled):
    """A spreadsheet sorted some columns, and left the others as they were."""
    export = x.export([name for name in PEOPLE if "jeugd" not in name])
    names = [name for name in ID_NAMES if name in x.frame(export)]
    x.frame(export)[names] = x.frame(export)[names].sample(frac=1, random_state=x.rng.randrange(99)).to_numpy()


@harm
def a_household_that_nobody_knows(x: Spoiled):
    x.cell(x.export(PEOPLE), "huishouden_id", ("H9999999", "DEMO-H77", "99999999", "onbekend gezin"))


@harm
def somebody_in_another_household(x: Spoiled):
    export = x.export(LATER)
    row = x.rng.choice(_known(x, export))
    own = x.frame(export).loc[row, "huishouden_id"]
    others = sorted({*x.cohort.tables["huishoudens"]["huishouden_id"]} - {own})
    x.cell(export, "huishouden_id", others, [row])


@harm
def another_sex_than_before(x: Spoiled):
    export = x.export(LATER)
    name = "kind_geslacht" if "kind_geslacht" in x.frame(export) else "geslacht"
    before = x.cohort.tables[export.replace("T1", "T0")].groupby(KEYS[export])[name].first()
    corrected = {row for of, row, column in x.cohort.corrections if (of, column) == (export, name)}
    ids = x.frame(export)[KEYS[export]].apply(tuple, axis=1)
    sex = dict(zip((key if isinstance(key, tuple) else (key,) for key in before.index), before, strict=True))
    rows = [row for row in _known(x, export) if sex.get(ids[row]) in (1, 2) and row not in corrected]
    row = x.rng.choice(rows)
    x.cell(export, name, [f"{3 - sex[ids[row]]:g}"], [row])


def _known(x: Spoiled, export: str) -> list[int]:
    """Rows of people who were there before."""
    unit = KEYS[export][-1]
    known = x.frame(export)[unit].isin(x.cohort.tables[export.replace("T1", "T0")][unit])
    return list(known.index[known])
