"""Every questionnaire of a cohort scored, one after the other: their answers do not fit in memory together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from effectstudie.definitions.instruments import columns_of_form
from effectstudie.definitions.norm_tables import Norm, read_norm
from effectstudie.definitions.result_tables.scoring import RELIABILITY
from effectstudie.scoring.instrument import describe, rules_of, score_columns, score_instrument
from effectstudie.scoring.reliability import scale_reliability
from effectstudie.scoring.score_tables import ROW_KEY, read_ingested
from effectstudie.shared.persons.write import parquet_parts


def score_cohort(
    definitions: Sequence[Mapping],
    exports: Mapping[str, str | Path],
    exports_of: Mapping[str, Sequence[str]],
    norms: Mapping[str, Mapping[str, Any]],
    scores: Sequence[str | Path],
    reliability: Sequence[str | Path],
) -> list[str]:
    """Write the scores and the reliability of each instrument, in the order of `definitions`; gives texts for a log.

    `exports`: export → its ingested table; `exports_of`: instrument → exports that hold its answers; `norms`:
    instrument → norm_tables.norm_file, where it has one.
    """
    return [
        _score(definition, _tables(definition, exports, exports_of), _norm(definition, norms), *paths)
        for definition, *paths in zip(definitions, scores, reliability, strict=True)
    ]


def _tables(
    definition: Mapping, exports: Mapping[str, str | Path], exports_of: Mapping[str, Sequence[str]]
) -> dict[tuple[str, str], pd.DataFrame]:
    """(form, wave) → the columns that scoring reads of it."""
    return {
        (form, export.split("_")[0]): read_ingested(exports[export], columns_of_form(spec))
        for form, spec in definition["forms"].items()
        for export in exports_of[definition["instrument"]]
        if export.endswith(f"_{spec['table']}")
    }


def _norm(definition: Mapping, norms: Mapping[str, Mapping[str, Any]]) -> Norm | None:
    instrument = definition["instrument"]
    if instrument not in norms:
        return None
    norm = norms[instrument]
    return read_norm(Path(norm["path"]), norm["status"], instrument, norm["entry"])


def _score(
    definition: Mapping,
    tables: Mapping[tuple[str, str], pd.DataFrame],
    norm: Norm | None,
    scores: str | Path,
    reliability: str | Path,
) -> str:
    rules: Counter = Counter()
    with parquet_parts(scores, score_columns(definition), ROW_KEY, ["unit_id", "household"]) as add:
        for part in score_instrument(definition, tables, norm):
            add(part)
            rules += rules_of(part)
    alphas = scale_reliability(definition, tables)
    RELIABILITY.write(alphas, reliability)
    return describe(definition, norm, rules, alphas)
