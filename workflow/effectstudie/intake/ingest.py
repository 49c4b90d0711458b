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

from effectstudie.definitions.export_columns import ID_NAMES, Column
from effectstudie.intake.cell_checks import (
    check_ages,
    check_dates,
    check_ids,
    check_keys,
    decimal_marks,
    refused_cells,
)
from effectstudie.intake.cells import convert, without_no_answer
from effectstudie.intake.column_checks import another_table, canonical_names, missing_columns, names_twice
from effectstudie.intake.corrections import apply_corrections, with_corrections
from effectstudie.intake.files.readers import Export
from effectstudie.intake.labels import against_codebook, codes_with_labels
from effectstudie.intake.mapping.meanings import code_in
from effectstudie.intake.mapping.proposals import by_labels
from effectstudie.intake.mapping.recodes import apply_recodes
from effectstudie.intake.no_answers import labelled_values
from effectstudie.intake.spelling.ids import is_written_oddly
from effectstudie.intake.spelling.linked_ids import respelled
from effectstudie.intake.spelling.names import approach_problems, as_named, region_problems, without_none
from effectstudie.intake.warnings import warning
from effectstudie.shared.errors import InputError


@dataclass
class Ingested:
    """A checked table with its raw ids still in it, and what a person should know about it.

    `corrections`: of each its row, column, reason, who and date; `recodes`: Recoded.applied; `labels`:
    labels.codes_with_labels; `warnings`: warnings.warning, of what its labels say; `unused_names`:
    column_checks.unused_names.
    """

    table: pd.DataFrame
    unmapped: list[str] = field(default_factory=list)
    corrections: list[dict] = field(default_factory=list)
    recodes: list[dict] = field(default_factory=list)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    warnings: list[dict] = field(default_factory=list)
    unused_names: list[tuple[str, str]] = field(default_factory=list)


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
    approaches: Sequence[str] | None = None,
    spellings: Mapping[str, Mapping[str, str]] | None = None,
) -> Ingested:
    """Check and convert the rows of one export.

    `names` maps raw to canonical names; `corrections` and `recodes` have the fields of vocabulary, rows of this file
    only; `regions` and `approaches` are the values that regio and aanpak may have (None: any); `spellings`: column of
    ids → an id → the same id as other exports write it. Returns the columns of the codebook in its order, ids as text,
    and `row`, the case number. InputError with every problem: file, row (1 = first case), column, value and rule; ids
    are never shown. `raw` is used up: its frame has no columns afterwards, for a large export does not fit twice.
    """
    names = canonical_names(raw.frame, columns, names or {})
    _refuse(names_twice(raw.frame, file, names))
    frame = raw.frame.rename(columns=names)
    raw.frame = raw.frame[[]]
    _refuse(another_table(frame, file, columns))
    user_missing = {names.get(name, name): bounds for name, bounds in raw.user_missing.items()}
    unmapped = [str(name) for name in frame.columns if name not in columns]
    problems = missing_columns(frame, file, columns, unmapped)
    no_answer = {code for codes in missing_codes.values() for code in codes}
    all_labels = {names.get(name, name): of_name for name, of_name in raw.labels.items()}
    frame = frame[[name for name in columns if name in frame.columns]].reset_index(drop=True)
    key = [name for name in key if name in frame]
    export = Path(file).stem
    # both look at the cells as the export has them; a corrected cell is right, and no recode touches it
    corrected, applied, found, otherwise = apply_corrections(frame, file, columns, key, corrections)
    problems += found
    recoded = apply_recodes(frame, all_labels, user_missing, file, columns, recodes)
    problems += recoded.problems
    frame, all_labels, user_missing = recoded.frame, recoded.labels, recoded.user_missing
    frame, recodes_applied = with_corrections(frame, corrected, applied), recoded.applied
    del corrected, recoded
    labels = codes_with_labels(all_labels, columns, no_answer, user_missing)
    found, warnings = against_codebook(labels, columns, file)
    problems += found
    problems += labelled_values(all_labels, frame, file, columns, user_missing, no_answer)
    if otherwise:
        warnings.append(warning("id_correction", export, "", "", otherwise))
    frame, no_answer_words = without_no_answer(frame, columns)
    warnings += [warning("no_answer_word", export, "", word, cells) for word, cells in no_answer_words.items()]
    problems += decimal_marks(frame, file, columns)
    has, given = list(frame), dict(frame.items())
    frame = frame[[]]
    converted: dict[str, Any] = {}
    wrong: dict[str, pd.Series] = {}
    for name, column in columns.items():
        raw_values = given[name] if name in given else pd.Series(float("nan"), index=frame.index)
        values, refused, hidden = convert(raw_values, column, missing_codes, user_missing.get(name, ()))
        converted[name] = values
        if refused.any() and name in labels:
            refused &= ~raw_values.map(code_in).isin([code_in(old) for old, *_ in by_labels(labels[name], column)])
        if refused.any():
            wrong[name] = refused
        if hidden:
            warnings.append(warning("declared", export, name, ", ".join(f"{code:g}" for code in hidden), 1))
        if name in given and name not in wrong and column.kind != "id":
            del given[name]  # it is looked at no more
    frame = pd.DataFrame(given, index=frame.index, copy=False)
    problems += refused_cells(frame, wrong, file, columns)
    for name in (name for name in frame if columns[name].kind == "id"):
        odd = [row + 1 for row, value in frame[name].items() if is_written_oddly(value)]
        if odd:
            warnings.append(warning("id_signs", export, name, "", odd))
        converted[name] = respelled(converted[name], (spellings or {}).get(name, {}))
    known = {"regio": regions, "aanpak": approaches}
    for name in (name for name in known if name in has):
        converted[name] = as_named(converted[name], all_labels.get(name, {}), known[name] or ())
    if "aanpak" in has:
        named = converted["aanpak"]
        converted["aanpak"] = without_none(named, approaches or (), missing_codes["not_applicable"])
        none = named[named.notna() & converted["aanpak"].isna()]
        if len(none):
            words = ", ".join(sorted(none.unique()))
            warnings.append(warning("no_approach", export, "aanpak", words, none.index + 1))
    # free text may name people: it goes no further
    kept = {name: values for name, values in converted.items() if columns[name].kind != "free_text"}
    # not one block: a large export does not fit twice
    table = pd.DataFrame({**kept, "row": np.arange(1, len(frame) + 1)}, index=frame.index, copy=False)
    problems += check_dates(table, file, columns)
    problems += check_ids(table[[name for name in ID_NAMES if name in has]], file) + check_keys(table, file, key)
    if regions is not None and "regio" in has:
        problems += region_problems(table["regio"], file, regions)
    if "aanpak" in has:
        problems += approach_problems(table["aanpak"], file, approaches, missing_codes["refused"])
    if age_column:
        problems += check_ages(table, file, columns, age_column)
    _refuse(problems)
    return Ingested(table, unmapped, applied, recodes_applied, labels, warnings)


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
