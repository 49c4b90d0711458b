"""What people gave and wrote, as inputs and parameters of jobs: an edited one makes the results behind it again."""

import os
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from effectstudie.definitions.export_columns import export_names
from effectstudie.definitions.settings import Settings
from effectstudie.intake.files.raw_files import find_export, sha256
from effectstudie.running.provenance import imported_modules
from effectstudie.shared.errors import EffectstudieError


def code_of(rule: str, project: str | Path) -> list[str]:
    """The package's modules that a rule's script imports, directly or not: an edited one reruns the rule."""
    workflow = Path(project, "workflow")
    modules = imported_modules(workflow / f"scripts/{rule}.py", workflow / "effectstudie")
    return [os.path.relpath(module) for module in modules]


def program_files(program: Mapping[str, Iterable[str]], project: str | Path) -> list[str]:
    """All code of the rules in `program` (file of rules → names of rules), and what is common to all, sorted."""
    found = {"Snakefile", *(os.path.relpath(path) for path in Path(project).glob("workflow/rules/common/*"))}
    for file, rules in program.items():
        found |= {f"workflow/rules/{file}.smk", *(f"workflow/scripts/{rule}.py" for rule in rules)}
        found.update(*(code_of(rule, project) for rule in rules))
    return sorted(found)


def definition_files(settings: Settings, norms: Collection[Mapping[str, Any]]) -> list[str]:
    """What the questionnaires and the classification mean, sorted; `norms`: those that are used."""
    tables = [Path(norm["path"]) for norm in norms]
    found = {*tables, *(path.with_name("manifest.yaml") for path in tables)}
    for folder in ("exports", "classification"):
        found |= set(Path("resources", folder).glob("*.yaml"))
    return sorted({*map(str, found), *settings.definition_files.values()})


def text_files(study: str, folder: str | Path = "resources/texts") -> list[str]:
    """The texts that people write: those of the study, and of _general what the study does not have."""
    found = {path.name: str(path) for name in ("_general", study) for path in Path(folder, name).glob("*.md")}
    return [found[name] for name in sorted(found)]


def rules_of_intake(settings: Settings, folder: str | Path) -> dict[str, dict[str, Any]]:
    """Export → what its check depends on besides files; of the lists of names and corrections only its own rows.

    `folder`: of the exports. The bytes of an export are among it: they rerun the stage whatever the file's date is.
    """
    config = settings.config
    same = ("corrections_file", "missing_codes", "regions", "demonstration_id_prefix")
    return {
        export: {
            "sha256": _sha256_of(folder, export),
            "variables": settings.variables_of(export),
            "corrections_sha256": settings.corrections_digest(export),
            **{key: config[key] for key in same},
        }
        for export in export_names(config["waves"])
    }


def _sha256_of(folder: str | Path, export: str) -> str:
    try:
        path = find_export(folder, export)
    except EffectstudieError:
        return "not there yet"
    file = path.stat()
    return _digest(path, file.st_size, file.st_mtime_ns)


@cache
def _digest(path: Path, size: int, changed: int) -> str:
    """SHA-256 of a file; Snakemake asks for params more than once, and an export may be large."""
    return sha256(path)
