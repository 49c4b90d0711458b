"""One raw export to one checked table: canonical names, coded answers, corrections applied.

Answers are numbers. No answer is kept apart by its reason until scoring: NOT_APPLICABLE, REFUSED, or
empty where the answer was skipped or the question not asked.
"""

import datetime
import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from effectstudie.codebook import Column
from effectstudie.errors import InputError, private
from effectstudie.labels import against_codebook, codes_with_labels
from effectstudie.readers import Export

NOT_APPLICABLE = -8.0
REFUSED = -9.0

ID_NAMES = {"huishouden_id": "household", "respondent_id": "respondent", "kind_id": "child"}
# `id` is the key of the row; of a table with two ids they stand in the order of the codebook, with | between.

# A cohort is recruited and followed within this time.
_YEARS_OF_A_FILE = 10
_DECIMAL = re.compile("[.,]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_TIME = r"(?:[ T]\d{1,2}:\d{2}.*)?"
_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})" + _TIME),
    re.compile(r"(?P<day>\d{1,2})-(?P<month>\d{1,2})-(?P<year>\d{4})" + _TIME),
)


@dataclass
class Ingested:
    """A checked table with its raw ids still in it, and what a person should know about it.

    `corrections`: of each its row, column, reason, who and date; `labels`: labels.codes_with_labels;
    `warnings`: oddities.warning, of what its labels say.
    """

    table: pd.DataFrame
    unmapped: list[str] = field(default_factory=list)
    corrections: list[dict] = field(default_factory=list)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    warnings: list[dict] = field(default_factory=list)


def ingest_table(
    raw: Export,
    file: str,
    columns: Mapping[str, Column],
    key: Sequence[str],
    missing_codes: Mapping[str, Sequence[float]],
    names: Mapping[str, str] | None = None,
    corrections: pd.DataFrame | None = None,
    regions: Sequence[str] | None = None,
    age_column: str | None = None,
) -> Ingested:
    """Check and convert the rows of one export.

    `names` maps raw to canonical names; `corrections` has settings.CORRECTION_COLUMNS, rows of this file only;
    `regions` are the values that column regio may have. Returns the columns of the codebook in its order,
    ids as text, and `row`, the case number. InputError with every problem: file, row (1 = first case), column,
    value and rule; ids are never shown.
    """
    names = names or {}
    _refuse(_names_twice(raw.frame, file, names))
    frame = raw.frame.rename(columns=names)
    user_missing = {names.get(name, name): bounds for name, bounds in raw.user_missing.items()}
    unmapped = [str(name) for name in frame.columns if name not in columns]
    problems = _missing_columns(frame, file, columns, unmapped)
    no_answer = {code for codes in missing_codes.values() for code in codes}
    labels = {names.get(name, name): of_name for name, of_name in raw.labels.items()}
    labels = codes_with_labels(labels, columns, no_answer)
    found, warnings = against_codebook(labels, columns, file)
    problems += found
    frame = frame[[name for name in columns if name in frame.columns]].reset_index(drop=True)
    key = [name for name in key if name in frame]
    frame, applied, found = _correct(frame, file, columns, key, corrections)
    problems += found
    problems += _mixed_decimals(frame, file, columns)
    converted: dict[str, Any] = {}
    for name, column in columns.items():
        given = frame[name] if name in frame else pd.Series(float("nan"), index=frame.index)
        converted[name], found = _convert(given, column, file, missing_codes, user_missing.get(name, ()))
        problems += found
    table = pd.DataFrame(converted, index=frame.index)
    problems += _check_dates(table, file, columns)
    problems += _check_keys(table[list(frame.columns)], file, key)
    if regions is not None and "regio" in frame:
        problems += [
            f"{file}, row {row + 1}, column regio{_value(value)}: is no region of config/config.yaml; "
            f"known: {', '.join(regions)}."
            for row, value in table["regio"].fillna("").items()
            if value not in regions
        ]
    if age_column:
        problems += _check_ages(table, file, columns, age_column)
    _refuse(problems)
    # free text may name people: it goes no further
    kept = [name for name, column in columns.items() if column.kind != "free_text"]
    return Ingested(table[kept].assign(row=range(1, len(table) + 1)), unmapped, applied, labels, warnings)


def read_corrections(path: str | Path | None, export: str) -> pd.DataFrame | None:
    """The data fixes of one export, all columns text; the row's label + 2 is its line in the file. None: no file."""
    if path is None:
        return None
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig", skip_blank_lines=False)
    return table[table["file"] == export]


def shuffled_order(ids: pd.Series, seed: int) -> pd.Series:
    """Rank of each id in a shuffle that hangs on the seed and the raw ids only, not on rows or pseudonyms."""
    keys = ids.map(lambda identifier: hashlib.sha256(f"{seed}:{identifier}".encode()).hexdigest())
    return keys.rank(method="dense").astype(int)


def _refuse(problems: list[str]) -> None:
    if problems:
        raise InputError(problems)


def _names_twice(frame: pd.DataFrame, file: str, names: Mapping[str, str]) -> list[str]:
    meant: dict[str, list[str]] = {}
    for name in frame.columns:
        meant.setdefault(names.get(name, name), []).append(name)
    return [
        f"{file}: columns {', '.join(raw)} are all named {name}; leave out all but one, or mend config/variables.csv."
        for name, raw in meant.items()
        if len(raw) > 1
    ]


def _missing_columns(
    frame: pd.DataFrame, file: str, columns: Mapping[str, Column], unmapped: Sequence[str]
) -> list[str]:
    problems: dict[str, list[str]] = {}
    for name, column in columns.items():
        if column.required and name not in frame.columns:
            problems.setdefault(column.questionnaire, []).append(name)
    unused = f" Columns of the export in no codebook: {', '.join(unmapped)}." if unmapped else ""
    return [
        f"{file}: the questionnaire {questionnaire} lacks column{'s' if len(names) > 1 else ''} "
        f"{', '.join(names)}; add {'them' if len(names) > 1 else 'it'} to the export, or the name there to "
        f"config/variables.csv.{unused}"
        for questionnaire, names in problems.items()
    ]


def _mixed_decimals(frame: pd.DataFrame, file: str, columns: Mapping[str, Column]) -> list[str]:
    """One file has one decimal mark: where both occur, 1.500 may be one and a half or fifteen hundred."""
    found: dict[str, list[str]] = {".": [], ",": []}
    for name, column in columns.items():
        if column.kind != "number" or name not in frame or frame[name].dtype.kind in "if":
            continue
        for row, value in frame[name].items():
            if isinstance(value, str) and _NUMBER.fullmatch(value) and (mark := _DECIMAL.search(value)):
                found[mark[0]].append(f"{file}, row {row + 1}, column {name}{_value(value)}")
    points, commas = found.values()
    if not (points and commas):
        return []
    odd, (has, rest) = (points, ("point", "commas")) if len(points) <= len(commas) else (commas, ("comma", "points"))
    return [f"{where}: has a decimal {has} where the file has decimal {rest}; write all in one way." for where in odd]


def _check_dates(table: pd.DataFrame, file: str, columns: Mapping[str, Column]) -> list[str]:
    """Dates of one file lie within some years; a slip of the pen gives another century."""
    problems = []
    for name in (name for name, column in columns.items() if column.kind == "date"):
        years = table[name].dt.year
        problems += [
            f"{file}, row {row + 1}, column {name}{_value(f'{table[name][row]:%Y-%m-%d}')}: lies more than "
            f"{_YEARS_OF_A_FILE} years from most dates of the file; correct it."
            for row in years.index[(years - years.median()).abs() > _YEARS_OF_A_FILE]
        ]
    return problems


def _convert(
    raw: pd.Series, column: Column, file: str, missing_codes: Mapping[str, Sequence[float]], user_missing: Sequence
) -> tuple[pd.Series, list[str]]:
    if raw.dtype.kind in "if" and column.kind in ("code", "number"):
        text = raw  # as it is: most columns, and making text of each answer takes most of the time
    else:
        text = raw.map(_as_id if column.kind == "id" else _as_text)
    if column.kind in ("id", "text", "free_text"):
        declared = text.isin([low.strip() for low, _ in user_missing if isinstance(low, str)])
        return text.astype("str").mask(text.isna() | declared), []
    if column.kind == "date":
        dates = pd.Series([_date(value) for value in raw], index=raw.index, dtype="datetime64[us]")
        return dates, _problems(text, text.notna() & dates.isna(), column, file)
    values = raw.astype(float) if raw.dtype.kind in "if" else raw.map(_number).astype(float)
    declared = pd.Series(False, index=raw.index)
    for low, high in user_missing:
        declared |= text == low.strip() if isinstance(low, str) else values.between(low, high)
    # what the codebook allows is an answer, even 98 or 99, unless SPSS was told that it is none
    fits = _fits(values, column) & ~declared
    refused = values.isin(list(missing_codes["refused"])) & ~fits
    not_applicable = values.isin(list(missing_codes["not_applicable"])) & ~fits
    wrong = text.notna() & ~(fits | refused | not_applicable | declared)
    return (
        values.where(fits).mask(refused, REFUSED).mask(not_applicable, NOT_APPLICABLE),
        _problems(text, wrong, column, file),
    )


def _fits(values: pd.Series, column: Column) -> pd.Series:
    if column.values is not None:
        return values.isin(list(column.values))
    whole = values % 1 == 0 if column.kind == "code" else values.notna()
    return whole if column.low is None else whole & values.between(column.low, column.high)


def _problems(text: pd.Series, wrong: pd.Series, column: Column, file: str) -> list[str]:
    return [
        f"{file}, row {row + 1}, column {column.name}{_value(_as_text(text[row]))}: must be {column.allowed()}; "
        "correct the export or add a row to the corrections file."
        for row in text.index[wrong]
    ]


def _value(value: Any) -> str:
    """The value in a problem, cut short: enough to find it back."""
    text = str(value)
    return private(f", value {text if len(text) <= 40 else text[:37] + '...'!r}")


def _as_text(value: Any) -> str | None:
    """The value as a person would type it; None for no value, or blanks only."""
    if value is None or value != value:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip() or None


def _as_id(value: Any) -> str | None:
    """An id as text; a .csv may write the number 7 as 7.0 or 7,0."""
    text = _as_text(value)
    return re.sub(r"^(\d+)[.,]0$", r"\1", text) if text else None


def _number(value: Any) -> float:
    """A number with a decimal point or comma; NaN for anything else, thousands marks and exponents too."""
    text = _as_text(value) or ""
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else math.nan


def _date(value: Any) -> Any:
    """The day of a date, or of a text in the order year-month-day or day-month-year; NaT for anything else."""
    if isinstance(value, datetime.date) and value is not pd.NaT:
        return pd.Timestamp(value).normalize()
    text = _as_text(value) or ""
    match = next((match for pattern in _DATES if (match := pattern.fullmatch(text))), None)
    try:
        return pd.Timestamp(**{part: int(number) for part, number in match.groupdict().items()}) if match else pd.NaT
    except ValueError:
        return pd.NaT


def _check_keys(table: pd.DataFrame, file: str, key: list[str]) -> list[str]:
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


def _check_ages(table: pd.DataFrame, file: str, columns: Mapping[str, Column], age_column: str) -> list[str]:
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
            f"{file}, row {row + 1}, column {age_column}{_value(f'{age[row]:g}')}: {questionnaire} is for children "
            f"of {low:g}-{high:g}, but it has answers here."
            for row in table.index[outside]
        ]
    return problems


def _correct(
    frame: pd.DataFrame, file: str, columns: Mapping[str, Column], key: list[str], corrections: pd.DataFrame | None
) -> tuple[pd.DataFrame, list[dict], list[str]]:
    """Apply the data fixes; a fix that hits no row, or whose old value differs, is a problem."""
    if corrections is None or corrections.empty:
        return frame, [], []
    frame = frame.astype(object)
    cells = zip(*(frame[name] for name in key), strict=True)
    ids = pd.Series(["|".join(_as_id(cell) or "" for cell in row) for row in cells], dtype=object)
    applied: list[dict] = []
    problems = []
    for line, fix in corrections.iterrows():
        name = fix["column"]
        where = f"corrections, line {line + 2} ({file}, column {name})"
        rows = frame.index[ids == fix["id"].strip()] if key else []
        if name not in frame.columns:
            problems.append(f"{where}: the export has no such column; the column's name in the codebook is needed.")
        elif len(rows) != 1:
            problems.append(f"{where}: its id hits {len(rows)} rows; it must hit one.")
        elif not _same(frame.at[rows[0], name], fix["old_value"], columns[name].kind):
            problems.append(
                f"{where}: the export does not hold the old value in row {rows[0] + 1}; has it been mended already?"
            )
        else:
            frame.at[rows[0], name] = fix["new_value"].strip() or None
            applied.append({"row": int(rows[0]) + 1, "column": name, **fix[["reason", "who", "date"]]})
    return frame, applied, problems


def _same(value: Any, expected: str, kind: str) -> bool:
    """Whether a cell holds what a correction says, however the format of the export writes it (1, 1.0, 1,0)."""
    read = {"id": _as_id, "date": _date, "code": _number, "number": _number}.get(kind, _as_text)
    return (_as_text(value) or "") == expected.strip() or bool(read(value) == read(expected))
