"""What a person or a program asks of a run beside its results: the files of run/ in its archive."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from effectstudie.archive.bag import sha256
from effectstudie.archive.left_out import Row
from effectstudie.archive.repository import Version, changes
from effectstudie.archive.run_to_archive import RunToArchive
from effectstudie.shared.vocabulary import CORRECTIONS, PLACES

# Of other files a change may show what was taken out for a reason, so a published archive only names it.
PROGRAM = ("Makefile", "Snakefile", "envs/", "profiles/", "pyproject.toml", "workflow/")


def facts_of(
    run: RunToArchive, version: Version, rows: Sequence[Row], internal: bool, why_unknown: str | None
) -> dict[str, bytes]:
    """The files of run/. `rows`: what is left out; `why_unknown`: in words, why there is no commit."""
    shown = [path for path in version.changed if path not in version.new and (internal or path.startswith(PROGRAM))]
    commit = {
        "commit": version.commit,
        "why_unknown": why_unknown,
        "changed": version.changed,
        "new": version.new,
        "dirty": bool(version.changed) if version.commit else None,
    }
    steps = [{"job": job.name, "rule": job.rule, "inputs": job.inputs, "outputs": job.outputs} for job in run.jobs]
    settings = {name: value for name, value in run.config.items() if name not in PLACES}
    exports = [(Path(path).name, run.read(path)) for path in run.raw]
    corrections = run.read(run.config["corrections_file"]) if run.config["corrections_file"] else b""
    if len(corrections.splitlines()) > 1:
        exports.append((CORRECTIONS, corrections))
    return {
        "run/variables.csv": run.read(run.config["variables_file"]),
        "run/version.json": json_bytes(commit),
        "run/changes.patch": changes(run.project, shown),
        "run/config.yaml": yaml.safe_dump(settings, allow_unicode=True, sort_keys=False).encode(),
        "run/environment.json": json_bytes({"machine": run.machine, "software": run.software}),
        "run/steps.json": json_bytes(steps),
        "run/raw_files.csv": _csv(("file", "sha256"), [(name, sha256(text)) for name, text in sorted(exports)]),
        "run/not_included.csv": _csv(("file", "sha256", "why"), rows),
    }


def json_bytes(content: Any) -> bytes:
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode()
