"""The tables of the data-quality page: what is odd, missing, corrected or recoded in the exports of a cohort."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from effectstudie.definitions.export_columns import columns_of_export, table_of
from effectstudie.definitions.result_tables.quality import WARNINGS
from effectstudie.quality.ingested import WholeTables, read_people
from effectstudie.quality.odd_waves import never_given, odd_waves
from effectstudie.quality.response import answers_given, corrections_made, recodes_made
from effectstudie.quality.whole_cohort import check_cohort


def cohort_tables(
    exports: Mapping[str, str | Path],
    manifests: Mapping[str, Mapping[str, Any]],
    codebooks: Mapping[str, Mapping],
    waves: Sequence[str],
) -> dict[str, pd.DataFrame]:
    """warnings, never_given, answers, corrections and recodes; InputError with every contradiction between exports.

    `exports`: export → its ingested table, large ones read as they are needed; `manifests`: what exports.manifest says
    of each; `codebooks`: by table.
    """
    columns = {export: columns_of_export(codebooks[table_of(export)], export) for export in exports}
    ages = {export: codebooks[table_of(export)].get("age_column") for export in exports}
    labels = {export: facts["labels"] for export, facts in manifests.items()}
    corrections = {export: facts["corrections"] for export, facts in manifests.items()}
    people = {export: read_people(path) for export, path in exports.items()}
    tables = WholeTables(exports)
    warnings = check_cohort(people, waves, labels, tables)
    warnings += [warning for facts in manifests.values() for warning in facts["warnings"]]
    warnings += odd_waves(tables, columns, waves, people)
    return {
        "warnings": pd.DataFrame(warnings, columns=WARNINGS.names),
        "never_given": never_given(tables, columns),
        "answers": answers_given(tables, columns, ages),
        "corrections": corrections_made(corrections, people),
        "recodes": recodes_made({export: facts["recodes"] for export, facts in manifests.items()}),
    }
