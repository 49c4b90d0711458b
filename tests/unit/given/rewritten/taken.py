"""What the intake makes of a folder of exports, as the rules check_exports and ingest_exports do it."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pandas as pd
from given.good_exports import CONFIG
from given.paths import ROOT
from given.rewritten.cohorts import APPROACHES, EXPORTS, FEW, WAVES

from effectstudie.definitions.checks.files import CheckedFiles
from effectstudie.definitions.export_columns import TABLES, table_of
from effectstudie.definitions.result_tables.quality import HOW_READ
from effectstudie.definitions.result_tables.quality import TABLES as OF_QUALITY
from effectstudie.definitions.result_tables.table import write_tables
from effectstudie.definitions.settings import Settings
from effectstudie.intake import exports
from effectstudie.intake.files.raw_files import check_folder, find_export
from effectstudie.intake.unchanged import refuse_replaced
from effectstudie.quality.cohort_tables import cohort_tables
from effectstudie.running.sources import rules_of_intake
from effectstudie.shared import storage
from effectstudie.shared.persons.kept import Kept
from effectstudie.shared.persons.write import write_parquet
from effectstudie.shared.storage import copy_files, read_json

_OF_THE_FILE = ("file", "sha256", "corrections_sha256", "labels", "unmapped_columns")


@dataclass(frozen=True)
class Results:
    """`tables`: of each export its bytes; `facts`: what its manifest says but for file and spelling; `quality`: CSV.

    `said`: kinds and places of the warnings that tell of more than spelling; `unmapped`: columns that were left out.
    """

    tables: dict[str, bytes]
    facts: dict[str, Any]
    quality: dict[str, str]
    said: list[str]
    unmapped: dict[str, list[str]]


def results_of(folder: Path, out: Path, orders: Mapping[str, Sequence[int]] | None = None) -> Results:
    """Take in the exports of a folder, with the lists beside them; InputError or ConfigError where they are refused.

    `orders`: of exports whose rows stand in another order, of each row its place in the usual one. Their case numbers
    are told as those of the usual order, for case numbers are all that hangs on it.
    """
    check_folder(folder, EXPORTS)
    settings = _settings(folder)
    raw = {export: find_export(folder, export) for export in EXPORTS}
    rules = rules_of_intake(settings, folder)
    with (  # in this process, and without waiting for the disk
        mock.patch.object(exports, "in_processes", lambda work, items, *_: [work(item) for item in items]),
        mock.patch.object(exports, "take_in", _remembered),
        mock.patch.object(storage, "_to_disk", lambda path: None),
    ):
        for export in EXPORTS:  # what is refused by itself stops here, which saves the time of the others
            exports.take_in(raw[export], export, FEW[table_of(export)], rules[export])
        exports.check_exports(
            *(raw, FEW, rules, b"k" * 32, 1, out / "checked", 1, 1 << 40, lambda line: None, lambda *_: {}),
            *(dict.fromkeys(raw, ()), Kept(out / "none.json")),
        )
    manifests = {export: read_json(out / f"checked/{export}.json") for export in EXPORTS}
    refuse_replaced(folder, settings.lists, manifests)
    paths = {export: out / f"ingest/{export}.parquet" for export in EXPORTS}
    copy_files(out / "checked", paths.values())
    quality = cohort_tables(paths, manifests, FEW, WAVES)
    write_tables(quality, {name: out / f"{name}.csv" for name in OF_QUALITY}, OF_QUALITY)
    numbers = {export: [place + 1 for place in (orders or {}).get(export, ())] for export in EXPORTS}
    return Results(
        {export: _table(path, numbers[export]) for export, path in paths.items()},
        {export: _facts(of, numbers[export]) for export, of in manifests.items()},
        {name: _csv(out / f"{name}.csv", numbers) for name in OF_QUALITY},
        [f"{one['kind']} {one['file']} {one['column']} {one['about']}" for one in _told(quality["warnings"])],
        {export: of["unmapped_columns"] for export, of in manifests.items()},
    )


def _settings(folder: Path) -> Settings:
    """What config/ would say, with the lists that lie in the folder."""
    lists = {"corrections_file": None, "recodes_file": None}
    config = {**CONFIG, **lists, "waves": list(WAVES), "approaches": APPROACHES, "raw_dir": str(folder)}
    if (folder / "corrections.csv").exists():
        config["corrections_file"] = str(folder / "corrections.csv")
    files = CheckedFiles(ROOT, checks=False)
    corrections, variables = files.read_corrections(config), []
    if (folder / "variables.csv").exists():
        variables = files.read_names(str(folder / "variables.csv"), [*EXPORTS, *TABLES[1:]])
    files.refuse()
    nothing = dict.fromkeys(("studies", "outcomes", "instruments", "definition_files", "norms", "classification"), {})
    return Settings(config=config, variables=variables, corrections=corrections, **nothing)


_TAKEN_IN: dict[str, exports.Ingested] = {}
_KEPT = 200
_take_in = exports.take_in


def _remembered(path, export, codebook, rules, spellings=None):
    """take_in, of the same bytes under the same rules once."""
    known = {name: value for name, value in rules.items() if name != "corrections_file"}
    name = json.dumps([path.name, known, spellings])
    if name not in _TAKEN_IN:
        if len(_TAKEN_IN) > _KEPT:
            _TAKEN_IN.clear()
        _TAKEN_IN[name] = _take_in(path, export, codebook, rules, spellings)
    return dataclasses.replace(_TAKEN_IN[name], warnings=list(_TAKEN_IN[name].warnings))


def _table(path: Path, numbers: Sequence[int]) -> bytes:
    if numbers:
        table = pd.read_parquet(path)
        table["row"] = [numbers[row - 1] for row in table["row"]]
        key = [name for name in ("respondent", "child") if name in table] or ["household"]
        write_parquet(table, path, list(table.columns), key)
    return path.read_bytes()


def _facts(facts: Mapping[str, Any], numbers: Sequence[int]) -> dict[str, Any]:
    kept = {name: value for name, value in facts.items() if name not in _OF_THE_FILE}
    kept["warnings"] = sorted(map(str, (_renumbered(one, numbers) for one in _only_odd(facts["warnings"]))))
    kept["corrections"] = sorted(str({**fix, "row": _number(fix["row"], numbers)}) for fix in facts["corrections"])
    return kept


def _csv(path: Path, numbers: Mapping[str, Sequence[int]]) -> str:
    """A table of the quality page, in the order of its lines."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows = [row for row in _only_odd(frame.to_dict("records"))]
    for row in rows:
        if "rows" in row:
            row["rows"] = _renumbered(row, numbers[row["file"]])["rows"]
        if "row" in row:
            row["row"] = str(_number(int(row["row"]), numbers[row["file"]]))
    return "\n".join(sorted(map(str, rows)))


def _told(warnings: pd.DataFrame) -> list[dict]:
    return _only_odd(warnings.to_dict("records"))


def _only_odd(rows: Sequence[Mapping[str, Any]]) -> list[dict]:
    """Without warnings that tell how cells were read."""
    return [dict(row) for row in rows if row.get("kind") not in HOW_READ]


def _renumbered(warning: Mapping[str, Any], numbers: Sequence[int]) -> dict[str, Any]:
    rows = sorted(_number(int(row), numbers) for row in warning["rows"].split(", ")) if warning["rows"] else []
    return {**warning, "rows": ", ".join(map(str, rows))}


def _number(row: int, numbers: Sequence[int]) -> int:
    return numbers[row - 1] if numbers else row
