"""Checks that need the whole cohort: the same person over files and waves. Errors stop a run, odd ages are listed."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.definitions.export_columns import ID_NAMES, table_of
from effectstudie.intake.labels import Labels, between_waves
from effectstudie.intake.places import rows_told
from effectstudie.intake.spelling.linked_ids import HOUSEHOLDS, mostly_unknown
from effectstudie.intake.warnings import warning
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import private, say

# Ages are whole years, so the growth of a true one is less than a year off the time between two dates. Half a year
# of room, for dates that were filled in later.
ODD_YEARS, IMPOSSIBLE_YEARS = 1.5, 4.5
_SHOWN = 5
# What a copy may have of its own.
_OF_A_DAY = ("row", "afnamedatum", "leeftijd", "kind_leeftijd")
_WRITTEN_OTHERWISE = say(
    "Are they written otherwise there, is it another column of ids, or the export of another cohort?"
)
_MOVED = {
    "respondent": say("the respondent was in another household"),
    "child": say("the child was in another household"),
}
_KEYS = {"volwassenen": ["respondent"], "kinderen": ["respondent", "child"], "jeugd": ["child"]}
SEX = {"respondent": {"volwassenen": "geslacht"}, "child": {"kinderen": "kind_geslacht", "jeugd": "geslacht"}}
AGE = {"volwassenen": "leeftijd", "kinderen": "kind_leeftijd", "jeugd": "leeftijd"}


def check_cohort(
    tables: Mapping[str, pd.DataFrame],
    waves: Sequence[str],
    labels: Mapping[str, Labels] | None = None,
    whole: Mapping[str, pd.DataFrame] | None = None,
) -> list[dict]:
    """Warnings (warnings.warning) on ingested tables; InputError with every contradiction between them.

    `tables` maps the name of an export (huishoudens, T0_volwassenen, ...) to its ingested table, `labels` to what it
    says that its codes mean. `whole`: tables with all columns, where `tables` are those of ingested.read_people.
    Problems name file, row, column and rule, but no ids.
    """
    ids = {name: {old: of[new].unique() for old, new in ID_NAMES.items() if new in of} for name, of in tables.items()}
    labels, copies, problems = labels or {}, [], _unknown_households(tables)
    if stops := [stop for stop in mostly_unknown(ids, waves) if stop.knows != HOUSEHOLDS]:
        raise InputError(problems + [stop.sentence(_WRITTEN_OTHERWISE) for stop in stops])
    asked = {table_of(name) for name in tables}
    keys = {questionnaire: key for questionnaire, key in _KEYS.items() if questionnaire in asked}
    for questionnaire in keys:
        names = [f"{wave}_{questionnaire}" for wave in waves]
        copies += _copies({name: tables[name] for name in names if name in tables}, whole or tables)
        problems += between_waves({name: labels[name] for name in names if name in labels})
    if copies:
        raise InputError(copies)  # whatever else they contradict follows from that
    for unit in [unit for unit in SEX if any(unit in key for key in keys.values())]:
        homes = {questionnaire: "household" for questionnaire, key in keys.items() if unit in key}
        pairs = _history(tables, waves, homes, [unit])
        problems += _contradictions(pairs, pairs["value"] != pairs["value_0"], _MOVED[unit])
        pairs = _history(tables, waves, SEX[unit], [unit])
        problems += _contradictions(pairs, pairs["value"] != pairs["value_0"], say("the sex differs from that"))
    warnings = []
    for questionnaire, key in keys.items():
        pairs = _history(tables, waves, {questionnaire: "afnamedatum"}, key)
        problems += _contradictions(pairs, pairs["value"] <= pairs["value_0"], say("the date is not later than that"))
        pairs = _history(tables, waves, {questionnaire: AGE[questionnaire]}, key)
        younger, off = pairs["value"] < pairs["value_0"], _years_off(pairs)
        problems += _contradictions(pairs, younger, say("the age is lower than that"))
        problems += _contradictions(
            pairs, ~younger & (off >= IMPOSSIBLE_YEARS), say("the year of birth differs from that")
        )
        odd = pairs[~younger & (off >= ODD_YEARS) & (off < IMPOSSIBLE_YEARS)]
        warnings += [
            warning("age", file, column, early, rows["row"])
            for (file, early, column), rows in odd.groupby(["file", "file_0", "column"], sort=False)
        ]
    for name in (name for wave in waves if (name := f"{wave}_volwassenen") in tables):
        size = tables[name]["household"].map(tables[name]["household"].value_counts())
        if (size > 2).any():
            warnings.append(warning("many_adults", name, "huishouden_id", "", tables[name].loc[size > 2, "row"]))
    if problems:
        raise InputError(problems)
    return warnings


def _unknown_households(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    known = tables["huishoudens"]["household"]
    return [
        say(
            "{name}, {rows}, column huishouden_id: the household is not in huishoudens; add it there or mend the id.",
            name=name,
            rows=rows_told(table.loc[unknown, "row"]),
        )
        for name, table in tables.items()
        if (unknown := ~table["household"].isin(known)).any()
    ]


def _copies(of_waves: Mapping[str, pd.DataFrame], whole: Mapping[str, pd.DataFrame]) -> list[str]:
    """A wave file with the same people and answers as an earlier one, even when it was given other dates or sorted."""
    problems = []
    for (early, before), (late, after) in combinations(of_waves.items(), 2):
        key = [name for name in before if name in ("respondent", "child")]
        if len(before) < 2 or len(before) != len(after) or not before[key[0]].isin(after[key[0]]).all():
            continue  # other people: no need to look at their answers
        before, after = whole[early], whole[late]
        same = [name for name in before.columns if name in after.columns and name not in _OF_A_DAY]
        first, second = (table[same].sort_values(key, ignore_index=True) for table in (before, after))
        if first.equals(second):
            problems.append(
                say("{late}: is a copy of {early}; put the right export in its place.", late=late, early=early)
            )
    return problems


def _history(
    tables: Mapping[str, pd.DataFrame], waves: Sequence[str], columns: Mapping[str, str], key: Sequence[str]
) -> pd.DataFrame:
    """What was said of someone (same `key`) beside what was said the time before, in any of these questionnaires.

    `columns` maps a questionnaire to its column. Returns file, row, column, date and value, and the same with _0.
    """
    frames = [
        tables[name][list(key)].assign(
            file=name,
            row=tables[name]["row"],
            column=column,
            date=tables[name]["afnamedatum"],
            value=_answers(tables[name][column]),
        )
        for wave in waves
        for questionnaire, column in columns.items()
        if (name := f"{wave}_{questionnaire}") in tables
    ]
    answers = pd.concat(frames, ignore_index=True)
    answers = answers[answers["value"].notna()]
    before = answers.groupby(list(key), sort=False)[["file", "date", "value"]].shift().add_suffix("_0")
    return answers.join(before)[before["file_0"].notna()]


def _answers(column: pd.Series) -> pd.Series:
    """Refused and not applicable are negative codes. Ids become text: beside a gap numbers this large are rounded."""
    if column.dtype == np.uint64:
        return column.astype("str")
    return column.where(column >= 0) if pd.api.types.is_numeric_dtype(column) else column


def _contradictions(pairs: pd.DataFrame, wrong: pd.Series, rule: str) -> list[str]:
    """One problem for all rows of a column that contradict the same earlier export."""
    raw_names = {new: old for old, new in ID_NAMES.items()}
    return [
        say(
            "{file}, {rows}, column {column}{shown}: {rule} in {early}; correct one of the two.",
            file=file,
            rows=rows_told(rows["row"]),
            column=raw_names.get(column, column),
            shown=_shown(column, rows),
            rule=rule,
            early=early,
        )
        for (file, early, column), rows in pairs[wrong].groupby(["file", "file_0", "column"], sort=False)
    ]


def _shown(column: str, rows: pd.DataFrame) -> str:
    """The two values of the first rows, unless they are ids."""
    if column in ID_NAMES.values():
        return ""
    rows = rows.sort_values("row")
    pairs = dict.fromkeys(
        say("{value} after {before}", value=_as_text(value), before=_as_text(before))
        for value, before in zip(rows["value"], rows["value_0"], strict=True)
    )
    if len(pairs) == 1:
        return private(say(", value {value}", value=list(pairs)))
    return private(say(", values {values}", values=[*list(pairs)[:_SHOWN], *["…"] * (len(pairs) > _SHOWN)]))


def _as_text(value: Any) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else f"{value:g}"


def _years_off(pairs: pd.DataFrame) -> pd.Series:
    """By how many years the ages differ from the time between the dates; NaN without both dates."""
    passed = (pairs["date"] - pairs["date_0"]).dt.days / 365.25
    return (pairs["value"] - pairs["value_0"] - passed).abs()
