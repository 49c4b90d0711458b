"""Every questionnaire of a cohort scored, one after the other: their answers do not fit in memory together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from effectstudie.definitions.instruments import columns_of_form
from effectstudie.definitions.norm_tables import read_norm
from effectstudie.definitions.result_tables.scoring import RELIABILITY
from effectstudie.scoring.instrument import describe, rules_of, score_columns, score_instrument
from effectstudie.scoring.reliability import scale_reliability
from effectstudie.scoring.score_tables import ROW_KEY, with_ids
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.persons.kept import Kept, digests_of_columns
from effectstudie.shared.persons.read import read_narrow
from effectstudie.shared.persons.write import parquet_parts
from effectstudie.shared.storage import sha256


def score_cohort(
    definitions: Sequence[Mapping],
    exports: Mapping[str, str | Path],
    exports_of: Mapping[str, Sequence[str]],
    norms: Mapping[str, Mapping[str, Any]],
    scores: Sequence[str | Path],
    reliability: Sequence[str | Path],
    kept: Kept,
) -> list[str]:
    """Write the scores and the reliability of each instrument, in the order of `definitions`; gives texts for a log.

    `exports`: export → its ingested table; `exports_of`: instrument → exports that hold its answers; `norms`:
    instrument → norm_tables.norm_file, where it has one. An instrument is taken from before, as `kept` tells, where
    each of its answers is as it was.
    """
    read = {exports[export] for of_instrument in exports_of.values() for export in of_instrument}
    contents = {path: digests_of_columns(path) for path in sorted(read)}
    told = []
    for definition, *paths in zip(definitions, scores, reliability, strict=True):
        instrument, reads = definition["instrument"], _reads(definition, exports, exports_of)
        answers = {key: [contents[path][column] for column in columns] for key, (path, columns) in reads.items()}
        norm = norms.get(instrument)
        made_from = definition, answers, norm and (norm, sha256(norm["path"]))
        told.append(kept.part(instrument, made_from, paths, partial(_score, definition, reads, norm, *paths)))
    kept.write()
    anew = say("{count} of the {all} questionnaires were scored anew.", count=len(kept.anew), all=len(told))
    return [anew, *told]


def _reads(
    definition: Mapping, exports: Mapping[str, str | Path], exports_of: Mapping[str, Sequence[str]]
) -> dict[tuple[str, str], tuple[str | Path, list[str]]]:
    """(form, wave) → the ingested table, and the columns that scoring reads of it."""
    return {
        (form, export.split("_")[0]): (exports[export], with_ids(exports[export], columns_of_form(spec)))
        for form, spec in definition["forms"].items()
        for export in exports_of[definition["instrument"]]
        if export.endswith(f"_{spec['table']}")
    }


def _score(
    definition: Mapping,
    reads: Mapping[tuple[str, str], tuple[str | Path, Sequence[str]]],
    norm_file: Mapping[str, Any] | None,
    scores: str | Path,
    reliability: str | Path,
) -> str:
    rules: Counter = Counter()
    tables = {key: read_narrow(path, columns) for key, (path, columns) in reads.items()}
    norm = norm_file and read_norm(
        Path(norm_file["path"]), norm_file["status"], definition["instrument"], norm_file["entry"]
    )
    with parquet_parts(scores, score_columns(definition), ROW_KEY, ["unit_id", "household"]) as add:
        for part in score_instrument(definition, tables, norm):
            add(part)
            rules += rules_of(part)
    alphas = scale_reliability(definition, tables)
    RELIABILITY.write(alphas, reliability)
    return describe(definition, norm, rules, alphas)
