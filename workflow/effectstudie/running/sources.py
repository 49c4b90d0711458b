"""What people gave and wrote, as inputs and parameters of jobs: an edited one makes the results behind it again."""

import hashlib
import os
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from effectstudie.definitions.plans.versions import plan_paths
from effectstudie.definitions.settings import Settings
from effectstudie.intake.files.raw_files import find_export
from effectstudie.running.provenance import imported_modules
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.storage import sha256
from effectstudie.shared.vocabulary import LISTS


def code_of(rule: str, project: str | Path) -> list[str]:
    """The package's modules that a rule's script imports, directly or not: an edited one reruns the rule."""
    workflow = Path(project, "workflow")
    modules = imported_modules(workflow / f"scripts/{rule}.py", workflow / "effectstudie")
    return [os.path.relpath(module) for module in modules]


def program_files(program: Mapping[str, Iterable[str]], project: str | Path, snakefile: str | Path) -> list[str]:
    """All code of the rules in `program` (file of rules → names of rules), and what is common to all, sorted.

    `snakefile`: the one that was started.
    """
    found = {
        os.path.relpath(snakefile),
        *(os.path.relpath(path) for path in Path(project).glob("workflow/rules/common/*")),
    }
    for file, rules in program.items():
        found |= {f"workflow/rules/{file}.smk", *(f"workflow/scripts/{rule}.py" for rule in rules)}
        found.update(*(code_of(rule, project) for rule in rules))
    return sorted(found)


def wiring_digest(program: Iterable[str]) -> str:
    """One SHA-256 of what Snakemake itself reads of the program: rules and scripts, which are no input of a job."""
    read = (path for path in program if not path.startswith("workflow/effectstudie/"))
    return hashlib.sha256("".join(f"{sha256(path)}  {path}\n" for path in read).encode()).hexdigest()


def refuse_other_wiring(program: Iterable[str], began_with: str) -> None:
    """EffectstudieError where rules or scripts were edited since the run began; `began_with`: their wiring_digest."""
    if wiring_digest(program) != began_with:
        raise EffectstudieError(
            say(
                "Snakefile, workflow/rules or workflow/scripts: was edited while the run was under way, "
                "so that the record of the run would not be true; run the same command again."
            )
        )


def definition_files(settings: Settings, norms: Collection[Mapping[str, Any]]) -> list[str]:
    """What the questionnaires and the classification mean, sorted; `norms`: those that are used."""
    tables = [Path(norm["path"]) for norm in norms]
    found = {*tables, *(path.with_name("manifest.yaml") for path in tables)}
    for folder in ("exports", "classification"):
        found |= set(Path("resources", folder).glob("*.yaml"))
    return sorted({*map(str, found), *settings.definition_files.values()})


def plan_files(study: str, project: str | Path = ".") -> list[str]:
    """The plan of a study and the frozen one, as far as they are there."""
    return [path for path in plan_paths(study) if Path(project, path).exists()]


def rules_of_intake(settings: Settings, folder: str | Path) -> dict[str, dict[str, Any]]:
    """Export → what its check depends on besides files; of names, corrections and recodes only its own rows.

    `folder`: of the exports. The bytes of an export are among it: they rerun the stage whatever the file's date is.
    """
    config = settings.config
    same = (*LISTS, "missing_codes", "regions", "demonstration_id_prefix")
    return {
        export: {
            "sha256": _sha256_of(folder, export, config["raw_dir"] is not None),
            "variables": settings.variables_of(export),
            "corrections_sha256": settings.corrections_digest(export),
            "recodes_sha256": settings.recodes_digest(export),
            "approaches": settings.approaches(),
            "cleared": [line for line in settings.cleared if line["file"] == export],
            **{key: config[key] for key in same},
        }
        for export in settings.cohort.exports
    }


def _sha256_of(folder: str | Path, export: str, own: bool) -> str:
    try:
        path = find_export(folder, export)
    except EffectstudieError:
        return "not there yet"
    if not own:
        return sha256(path)
    return _first_digest(path)


@cache
def _first_digest(path: Path) -> str:
    """SHA-256 of a file as the run began with it: whatever Snakemake asks later, a run has one answer."""
    return sha256(path)
