"""Take in one raw export: read it, refuse what names people, check it against its codebook."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from effectstudie.definitions.export_columns import Column, columns_of
from effectstudie.intake.corrections import read_corrections
from effectstudie.intake.export_checks import ID_NAMES
from effectstudie.intake.files.readers import read_export
from effectstudie.intake.ingest import Ingested, ingest_table, shuffled_order
from effectstudie.intake.odd_rows import odd_rows
from effectstudie.privacy.naming_columns import refuse_identifying_columns, replace_ids

# Bytes of memory that taking in a byte of an export takes at the most; a .sav of 50 MB took 740 MiB.
MEMORY_OF_BYTE = 40


def take_in(path: str | Path, export: str, codebook: Mapping, rules: Mapping[str, Any]) -> Ingested:
    """The checked table of an export (raw ids still in it); InputError with every problem of the file.

    `export` is its stem. `rules`: variables (raw -> canonical name), corrections_file, missing_codes, regions.
    """
    path, names = Path(path), rules["variables"]
    columns = columns_of_export(codebook, export)
    raw = read_export(path, expected={*columns, *names})
    kinds = {name: columns[names.get(name, name)].kind for name in raw.frame if names.get(name, name) in columns}
    of_kind = {kind: [name for name in kinds if kinds[name] == kind] for kind in ("id", "free_text", "date")}
    refuse_identifying_columns(
        raw.frame,
        path.name,
        ids=of_kind["id"],
        free_text=of_kind["free_text"],
        dates=of_kind["date"],
        known=list(kinds),
    )
    return ingest_table(
        raw,
        path.name,
        columns,
        codebook["key"],
        rules["missing_codes"],
        names=names,
        corrections=read_corrections(rules["corrections_file"], export),
        regions=rules["regions"],
        age_column=codebook.get("age_column"),
    )


def exports_at_once(paths: Iterable[str | Path], threads: int, memory: int) -> int:
    """How many of these exports to take in at a time: as there are threads, and as fit in `memory` (bytes)."""
    largest = max(Path(path).stat().st_size for path in paths)
    return max(1, min(threads, memory // (MEMORY_OF_BYTE * largest)))


def columns_of_export(codebook: Mapping, export: str) -> dict[str, Column]:
    """The columns that a codebook gives to an export."""
    return columns_of(codebook, wave=export.split("_")[0] if "_" in export else None)


def manifest(ingested: Ingested, export: str, codebook: Mapping, file: str, rules: Mapping[str, Any]) -> dict:
    """What a person should know of a checked export; no ids, but case numbers, so it stays inside.

    `synthetic`: whether any household id begins with rules["demonstration_id_prefix"].
    """
    households = ingested.table["huishouden_id"]
    return {
        "file": file,
        "sha256": rules["sha256"],
        "rows": len(ingested.table),
        "unmapped_columns": ingested.unmapped,
        "corrections": ingested.corrections,
        "synthetic": bool(households.str.startswith(rules["demonstration_id_prefix"]).any()),
        "labels": ingested.labels,
        "warnings": ingested.warnings + odd_rows(ingested.table, columns_of_export(codebook, export), export),
    }


def pseudonymised(ingested: Ingested, key: bytes, seed: int) -> pd.DataFrame:
    """The table with pseudonyms for ids, and `household_order`, which breaks ties whatever the pseudonyms are."""
    order = shuffled_order(ingested.table["huishouden_id"], seed)
    columns = {**ingested.table, "household_order": order}
    return replace_ids(pd.DataFrame(columns, copy=False), ID_NAMES, key)
