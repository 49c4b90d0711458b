"""What can be wrong in the cells of one export: what no codebook allows. Sentences, one per problem."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.definitions.export_columns import ID_NAMES, Column
from effectstudie.intake.cells import NUMBER, as_id, as_typed, shown_value
from effectstudie.intake.mapping.proposals import advice

# A cohort is recruited and followed within this time.
_YEARS_OF_A_FILE = 10
# From more refused cells on it is the whole row, or the whole column, that is wrong.
_MANY = 8
_NOTHING = {"null", "na", "n/a", "#n/a", "#n/b", "nan", "none", "nvt", "n.v.t.", "geen", "-", "--", ".", "?"}
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_DECIMAL = re.compile("[.,]")


def decimal_marks(frame: pd.DataFrame, file: str, columns: Mapping[str, Column]) -> list[str]:
    """One file has one decimal mark, and three digits behind it may be thousands: 1.500 is refused."""
    found: dict[str, list[str]] = {".": [], ",": []}
    problems = []
    for name, column in columns.items():
        if column.kind != "number" or name not in frame or frame[name].dtype.kind in "if":
            continue
        for row, value in frame[name].items():
            if isinstance(value, str) and NUMBER.fullmatch(value) and (mark := _DECIMAL.search(value)):
                where = f"{file}, row {row + 1}, column {name}{shown_value(value)}"
                if _THOUSANDS.fullmatch(value):
                    problems.append(f"{where}: may be thousands or a fraction; write it without a mark for thousands.")
                else:
                    found[mark[0]].append(where)
    points, commas = found.values()
    if not (points and commas):
        return problems
    odd, (has, rest) = (points, ("point", "commas")) if len(points) <= len(commas) else (commas, ("comma", "points"))
    return problems + [
        f"{where}: has a decimal {has} where the file has decimal {rest}; write all in one way." for where in odd
    ]


def check_texts(table: pd.DataFrame, file: str, columns: Mapping[str, Column]) -> list[str]:
    """Texts that mean that there is no text, ids that a spreadsheet rounded, and one name in two spellings."""
    problems = []
    for name in table:
        values = table[name].dropna()
        where = f"{file}, row {{}}, column {name}"
        if columns[name].kind == "id":
            problems += [
                f"{where.format(row + 1)}: the id is a number that a spreadsheet rounded; export it as text."
                for row in values.index[values.str.fullmatch(r"\d([.,]\d+)?[eE]\+?\d+")]
            ]
        if columns[name].kind != "text":
            continue
        problems += [
            f"{where.format(row + 1)}{shown_value(values[row])}: means that there is none; leave the cell empty."
            for row in values.index[values.str.casefold().isin(_NOTHING)]
        ]
        spellings = values.groupby(values.str.casefold().str.split().str.join(" ")).agg(lambda one: sorted(set(one)))
        problems += [
            f"{file}, column {name}: {' and '.join(names)} are one name in different spellings; write one of them."
            for names in spellings
            if len(names) > 1 and name != "regio"  # a region is held against the list of config
        ]
    return problems


def check_dates(table: pd.DataFrame, file: str, columns: Mapping[str, Column]) -> list[str]:
    """Dates of one file lie within some years; a slip of the pen gives another century."""
    problems = []
    for name in (name for name, column in columns.items() if column.kind == "date"):
        years = table[name].dt.year
        problems += [
            f"{file}, row {row + 1}, column {name}{shown_value(f'{table[name][row]:%Y-%m-%d}')}: lies more than "
            f"{_YEARS_OF_A_FILE} years from most dates of the file; correct it."
            for row in years.index[(years - years.median()).abs() > _YEARS_OF_A_FILE]
        ]
    return problems


def refused_cells(
    frame: pd.DataFrame, refused: Mapping[str, pd.Series], file: str, columns: Mapping[str, Column]
) -> list[str]:
    """A problem per refused cell; one for a row, or a column, of which most cells are.

    `refused`: of columns with any refused cell, which ones.
    """
    if not refused:
        return []
    wrong = pd.DataFrame(refused)
    filled = frame[[name for name in frame if columns[name].kind in ("date", "code", "number")]].notna()
    ids = {as_id(value) for name in frame if columns[name].kind == "id" for value in frame[name]}
    rows = wrong.index[(wrong.sum(axis=1) > _MANY) & (wrong.sum(axis=1) * 2 > filled.sum(axis=1))]
    problems = [
        f"{file}, row {row + 1}: most of its cells are no answers; is it a second header, or a row of another file? "
        "Take it out."
        for row in rows
    ]
    wrong = wrong.drop(index=rows)
    for name in wrong:
        at = wrong.index[wrong[name]]
        texts = {row: as_typed(frame[name][row]) for row in at}
        if len(at) > _MANY:
            # without ids: a column of those may stand under the name of another
            cells, refused = (set(of) - ids for of in (frame[name].dropna().map(as_typed), texts.values()))
            advised = advice(file.rpartition(".")[0], name, cells, refused, columns[name])
            if advised or len(at) * 2 > filled[name].sum():
                problems.append(
                    f"{file}, column {name}{shown_value(texts[at[0]])} and so on: {len(at)} rows must be "
                    f"{columns[name].allowed()}. Is it a label instead of a code, or another column?{advised}"
                )
                continue
        problems += [
            f"{file}, row {row + 1}, column {name}{'' if text in ids else shown_value(text)}: must be "
            f"{columns[name].allowed()}; correct the export or add a row to the corrections file."
            for row, text in texts.items()
        ]
    return problems


def check_keys(table: pd.DataFrame, file: str, key: list[str]) -> list[str]:
    """Ids that are empty or occur twice."""
    problems = [
        f"{file}, row {row + 1}, column {name}: the id is empty; every row needs one."
        for name in ID_NAMES
        if name in table
        for row in table.index[table[name].isna()]
    ]
    if not key:
        return problems
    complete = table[table[key].notna().all(axis=1)]
    first = complete.index.to_series().groupby([complete[name] for name in key]).transform("first")
    approach = complete["aanpak"].fillna("") if "aanpak" in complete else pd.Series("", index=complete.index)
    for row, other in first[first != first.index].items():
        differs = approach[row] != approach[other]
        rule = "a household is in one approach at the most" if differs else "an id may occur once"
        problems.append(f"{file}, row {row + 1}, column {', '.join(key)}: same id as row {other + 1}; {rule}.")
    return problems


def check_regions(values: pd.Series, file: str, regions: Sequence[str]) -> list[str]:
    """Regions that the configuration does not know, or that are empty."""
    return [
        f"{file}, row {row + 1}, column regio{shown_value(value)}: is no region of config/config.yaml; "
        f"known: {', '.join(regions)}."
        for row, value in values.fillna("").items()
        if value not in regions
    ]


def check_ages(table: pd.DataFrame, file: str, columns: Mapping[str, Column], age_column: str) -> list[str]:
    """A questionnaire that was answered for a child outside its ages is a row in the wrong file."""
    problems = []
    age = table[age_column]
    blocks: dict[tuple, list[str]] = {}
    for name, column in columns.items():
        if column.ages:
            blocks.setdefault((column.questionnaire, column.ages), []).append(name)
    for (questionnaire, (low, high)), names in blocks.items():
        answered = (table[names] >= 0).any(axis=1)
        outside = (age >= 0) & ~age.between(low, high) & answered
        problems += [
            f"{file}, row {row + 1}, column {age_column}{shown_value(f'{age[row]:g}')}: {questionnaire} is for "
            f"children of {low:g}-{high:g}, but it has answers here."
            for row in table.index[outside]
        ]
    return problems
