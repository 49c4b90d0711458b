"""What can be wrong with the columns of one export: their names. Sentences, one per problem."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from effectstudie.definitions.export_columns import Column


def names_twice(frame: pd.DataFrame, file: str, names: Mapping[str, str]) -> list[str]:
    """Columns of the export that get one and the same name."""
    meant: dict[str, list[str]] = {}
    for name in frame.columns:
        meant.setdefault(names.get(name, name), []).append(name)
    return [
        f"{file}: columns {', '.join(raw)} are all named {name}; leave out all but one, or mend config/variables.csv."
        for name, raw in meant.items()
        if len(raw) > 1
    ]


def spelled_otherwise(frame: pd.DataFrame, columns: Mapping[str, Column]) -> dict[str, str]:
    """Names that differ from the codebook's in capitals only, which SPSS does not tell apart."""
    known = {name.casefold(): name for name in columns}
    return {name: known[name.casefold()] for name in frame if name not in columns and name.casefold() in known}


def another_table(frame: pd.DataFrame, file: str, columns: Mapping[str, Column]) -> list[str]:
    """A file with hardly any of its columns is another export, or all its names have to be mapped: one problem."""
    required = [name for name, column in columns.items() if column.required]
    found = [name for name in required if name in frame]
    if len(found) * 2 >= len(required):
        return []
    unknown = [str(name) for name in frame if name not in columns]
    return [
        f"{file}: holds {len(found)} of the {len(required)} columns of its codebook. Is it the export of another "
        "questionnaire, or are its columns named otherwise? Those names belong in config/variables.csv, and "
        "`make map RAW=…` drafts them. Missing: "
        f"{_first(name for name in required if name not in frame)}. In no codebook: {_first(unknown) or 'none'}."
    ]


def _first(names: Iterable[str]) -> str:
    names = list(names)
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")


def missing_columns(
    frame: pd.DataFrame, file: str, columns: Mapping[str, Column], unmapped: Sequence[str]
) -> list[str]:
    """Columns that the export lacks, by questionnaire."""
    problems: dict[str, list[str]] = {}
    for name, column in columns.items():
        if column.required and name not in frame.columns:
            problems.setdefault(column.questionnaire, []).append(name)
    unused = (
        f" Columns of the export in no codebook: {_first(unmapped)}; `make map RAW=…` drafts their lines."
        if unmapped
        else ""
    )
    return [
        f"{file}: the questionnaire {questionnaire} lacks column{'s' if len(names) > 1 else ''} "
        f"{', '.join(names)}; add {'them' if len(names) > 1 else 'it'} to the export, or the name there to "
        f"config/variables.csv.{unused}"
        for questionnaire, names in problems.items()
    ]
