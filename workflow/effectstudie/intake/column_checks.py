"""What can be wrong with the columns of one export: their names. Sentences, one per problem."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from effectstudie.definitions.export_columns import Column, table_of
from effectstudie.shared.messages.sentences import say


def names_twice(frame: pd.DataFrame, file: str, names: Mapping[str, str]) -> list[str]:
    """Columns of the export that get one and the same name."""
    meant: dict[str, list[str]] = {}
    for name in frame.columns:
        meant.setdefault(names.get(name, name), []).append(name)
    return [
        say(
            "{file}: columns {raw} are all named {name}; leave out all but one, or mend config/variables.csv.",
            file=file,
            raw=list(raw),
            name=name,
        )
        for name, raw in meant.items()
        if len(raw) > 1
    ]


def canonical_names(frame: pd.DataFrame, columns: Mapping[str, Column], names: Mapping[str, str]) -> dict[str, str]:
    """`names` (raw → canonical), and names that differ from those or the codebook's in capitals only.

    SPSS does not tell capitals apart.
    """
    known = {name.casefold(): name for name in columns} | {raw.casefold(): name for raw, name in names.items()}
    spelled = {name: known[name.casefold()] for name in frame if name not in columns and name.casefold() in known}
    return {**spelled, **names}


def another_table(frame: pd.DataFrame, file: str, columns: Mapping[str, Column]) -> list[str]:
    """A file with hardly any of its columns is another export, or all its names have to be mapped: one problem."""
    required = [name for name, column in columns.items() if column.required]
    found = [name for name in required if name in frame]
    if len(found) * 2 >= len(required):
        return []
    unknown = [str(name) for name in frame if name not in columns]
    return [
        say(
            "{file}: holds {there} of the {all} columns of its codebook. Is it the export of "
            "another questionnaire, or are its columns named otherwise? Those names belong in "
            "config/variables.csv, and `make map RAW=…` drafts them. Missing: {missing}. In no codebook: {unknown}.",
            file=file,
            there=len(found),
            all=len(required),
            missing=_first(name for name in required if name not in frame),
            unknown=_first(unknown) or [say("none")],
        )
    ]


def _first(names: Iterable[str]) -> list[str]:
    names = list(names)
    if len(names) <= 8:
        return names
    return [*names[:7], say("{name} and {count} more", name=names[7], count=len(names) - 8)]


def missing_columns(
    frame: pd.DataFrame, file: str, columns: Mapping[str, Column], unmapped: Sequence[str]
) -> list[str]:
    """Columns that the export lacks, by questionnaire."""
    problems: dict[str, list[str]] = {}
    for name, column in columns.items():
        if column.required and name not in frame.columns:
            problems.setdefault(column.questionnaire, []).append(name)
    unused = (
        say(
            " Columns of the export in no codebook: {names}; `make map RAW=…` drafts their lines.",
            names=_first(unmapped),
        )
        if unmapped
        else ""
    )
    return [
        say(
            "{file}: the questionnaire {questionnaire} lacks {columns} to the export, or the name there to "
            "config/variables.csv.{unused}",
            file=file,
            questionnaire=questionnaire,
            columns=say("column {name}; add it", name=names[0])
            if len(names) == 1
            else say("columns {names}; add them", names=names),
            unused=unused,
        )
        for questionnaire, names in problems.items()
    ]


def unused_names(has: Iterable[str], names: Mapping[str, str], unmapped: Sequence[str]) -> list[tuple[str, str]]:
    """Raw names of config/variables.csv that the export does not have, each with the column that may be meant or "".

    `has`: the names of its columns.
    """
    there = {str(name).casefold() for name in has}
    gone = [name for name in names if name.casefold() not in there]
    return [(name, next(iter(difflib.get_close_matches(name, map(str, unmapped), n=1)), "")) for name in gone]


def names_of_nothing(rules: Mapping[str, Mapping[str, Any]], unused: Mapping[str, list[tuple[str, str]]]) -> list[str]:
    """Lines of config/variables.csv that fit no export that they are for: one sentence each.

    `rules`: by export, with the names that hold for it; `unused`: by export, see unused_names. A line may be for one
    export or for a questionnaire of all measurements, which need not all have the column.
    """
    fits = {
        (table_of(export), raw, name)
        for export, of_export in rules.items()
        for raw, name in of_export.get("variables", {}).items()
        if raw not in dict(unused[export])
    }
    found = {}
    for export, of_export in unused.items():
        for raw, meant in of_export:
            name = rules[export]["variables"][raw]
            if (table_of(export), raw, name) not in fits:
                found.setdefault((table_of(export), raw, name), (export, meant))
    return [
        say(
            "config/variables.csv: raw_name {raw}, for {name}, is no column of {export} or of "
            "another measurement of it{guess}; mend the line or take it out.",
            raw=raw,
            name=name,
            export=export,
            guess=say(" (did you mean {meant}?)", meant=meant) if meant else "",
        )
        for (_, raw, name), (export, meant) in found.items()
    ]
