"""One raw export to one checked table: canonical names, coded answers, corrections and recodes applied.

Answers are numbers. No answer is kept apart by its reason until scoring: NOT_APPLICABLE, REFUSED, or
empty where the answer was skipped or the question not asked.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.definitions.export_columns import Column
from effectstudie.intake.cell_checks import (
    check_ages,
    check_dates,
    check_keys,
    check_regions,
    check_texts,
    decimal_marks,
    refused_cells,
)
from effectstudie.intake.cells import convert
from effectstudie.intake.column_checks import another_table, missing_columns, names_twice, spelled_otherwise
from effectstudie.intake.corrections import apply_corrections, with_corrections
from effectstudie.intake.files.readers import Export
from effectstudie.intake.labels import against_codebook, codes_with_labels
from effectstudie.intake.mapping.meanings import code_in
from effectstudie.intake.mapping.proposals import by_labels
from effectstudie.intake.mapping.recodes import apply_recodes
from effectstudie.intake.warnings import warning
from effectstudie.shared.errors import InputError


@dataclass
class Ingested:
    """A checked table with its raw ids still in it, and what a person should know about it.

    `corrections`: of each its row, column, reason, who and date; `recodes`: Recoded.applied; `labels`:
    labels.codes_with_labels;
    `warnings`: warnings.warning, of what its labels say.
    """

    table: pd.DataFrame
    unmapped: list[str] = field(default_factory=list)
    corrections: list[dict] = field(default_factory=list)
    recodes: list[dict] = field(default_factory=list)
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
    recodes: pd.DataFrame | None = None,
    regions: Sequence[str] | None = None,
    age_column: str | None = None,
) -> Ingested:
    """Check and convert the rows of one export.

    `names` maps raw to canonical names; `corrections` and `recodes` have the fields of vocabulary, rows of this
    file only; `regions` are the values that column regio may have. Returns the columns of the codebook in its order,
    ids as text, and `row`, the case number. InputError with every problem: file, row (1 = first case), column,
    value and rule; ids are never shown.
    """
    names = {**spelled_otherwise(raw.frame, columns), **(names or {})}
    _refuse(names_twice(raw.frame, file, names))
    frame = raw.frame.rename(columns=names)
    _refuse(another_table(frame, file, columns))
    user_missing = {names.get(name, name): bounds for name, bounds in raw.user_missing.items()}
    unmapped = [str(name) for name in frame.columns if name not in columns]
    problems = missing_columns(frame, file, columns, unmapped)
    no_answer = {code for codes in missing_codes.values() for code in codes}
    labels = {names.get(name, name): of_name for name, of_name in raw.labels.items()}
    frame = frame[[name for name in columns if name in frame.columns]].reset_index(drop=True)
    key = [name for name in key if name in frame]
    # both look at the cells as the export has them; a corrected cell is right, and no recode touches it
    corrected, applied, found = apply_corrections(frame, file, columns, key, corrections)
    problems += found
    recoded = apply_recodes(frame, labels, user_missing, file, columns, recodes)
    problems += recoded.problems
    frame = with_corrections(recoded.frame, corrected, applied)
    labels, user_missing = codes_with_labels(recoded.labels, columns, no_answer), recoded.user_missing
    found, warnings = against_codebook(labels, columns, file)
    problems += found
    problems += decimal_marks(frame, file, columns)
    converted: dict[str, Any] = {}
    wrong: dict[str, pd.Series] = {}
    for name, column in columns.items():
        given = frame[name] if name in frame else pd.Series(float("nan"), index=frame.index)
        values, refused, hidden = convert(given, column, missing_codes, user_missing.get(name, ()))
        converted[name] = values
        if refused.any() and name in labels:
            refused &= ~given.map(code_in).isin([code_in(old) for old, *_ in by_labels(labels[name], column)])
        if refused.any():
            wrong[name] = refused
        if hidden:
            warnings.append(warning("declared", Path(file).stem, name, ", ".join(f"{code:g}" for code in hidden), 1))
    problems += refused_cells(frame, wrong, file, columns)
    named = pd.DataFrame({name: converted[name] for name in frame if columns[name].kind in ("id", "text", "free_text")})
    # free text may name people: it goes no further
    kept = {name: values for name, values in converted.items() if columns[name].kind != "free_text"}
    # not one block: a large export does not fit twice
    table = pd.DataFrame({**kept, "row": np.arange(1, len(frame) + 1)}, index=frame.index, copy=False)
    problems += check_texts(named, file, columns) + check_dates(table, file, columns)
    problems += check_keys(named, file, key)
    if regions is not None and "regio" in frame:
        problems += check_regions(table["regio"], file, regions)
    if age_column:
        problems += check_ages(table, file, columns, age_column)
    _refuse(problems)
    return Ingested(table, unmapped, applied, recoded.applied, labels, warnings)


def shuffled_order(ids: pd.Series, seed: int) -> pd.Series:
    """Rank of each id in a shuffle that depends on the seed and the raw ids only, not on rows or pseudonyms."""
    places, known = pd.factorize(ids)
    digests = [hashlib.sha256(f"{seed}:{identifier}".encode()).digest() for identifier in known]
    rank = np.empty(len(known), dtype=int)
    rank[sorted(range(len(known)), key=digests.__getitem__)] = np.arange(1, len(known) + 1)
    return pd.Series(rank[places], index=ids.index)


def _refuse(problems: list[str]) -> None:
    if problems:
        raise InputError(problems)
