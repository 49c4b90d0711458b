"""What goes into the archive of a study.

The published archive holds what may be published and names the rest; the internal one holds everything of the run but
the raw exports and the key of the pseudonyms, which are in no archive.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from effectstudie.archive import bag
from effectstudie.archive.crate import metadata
from effectstudie.archive.crate_run import Contents
from effectstudie.archive.keep import Archive
from effectstudie.archive.left_out import Row, files_absent, rows_left_out
from effectstudie.archive.project_files import belonging_to, licensed_files, project_files
from effectstudie.archive.repository import Version, changes, label_of, version_of
from effectstudie.archive.run_to_archive import RunToArchive
from effectstudie.shared.templates import environment
from effectstudie.shared.vocabulary import CORRECTIONS, PLACES

# Of other files a change may show what was taken out for a reason, so a published archive only names it.
PROGRAM = ("Makefile", "Snakefile", "envs/", "profiles/", "pyproject.toml", "workflow/")


def make(run: RunToArchive, internal: bool, texts: Mapping[str, Any]) -> Archive:
    """The archive of a run: the same run and project give the same bytes. `texts`: those of resources/pages/archive."""
    used = {path for job in run.jobs for path in job.inputs}
    belongs = belonging_to(run.study["study"], used, run.config["variables_file"], internal)
    version = version_of(run.project, belongs)
    label = label_of(version, texts["labels"])
    files = {f"code/{path}": run.read(path) for path in project_files(run.project) if belongs(path)}
    files |= _of_results(run, internal)
    rows = [] if internal else rows_left_out(run)
    absent = files_absent(run, list(files), rows)
    why = texts["why_unknown"][version.why] if version.why else None
    files |= _facts(run, version, rows, internal, why)
    about = _about(run, label, internal, texts)
    readme = environment(run.project / "resources/pages/archive", escape=False).get_template("leesmij.txt.j2")
    files["LEESMIJ.txt"] = readme.render(**about, internal=internal, git=version, why=why, run=run).encode()
    contents = _contents(run, files, absent)
    files["ro-crate-metadata.json"] = _json(metadata(about, contents, texts["crate"]))
    members = bag.members(files, {"External-Description": about["name"], "Contact-Name": about["people"][0]["name"]})
    identifier = bag.content_id(members)
    kind = texts["labels"]["confidential"] if internal else ""
    name = f"{run.study['study']}{kind}_{label}_{identifier[:16]}"
    return Archive(name, bag.zipped(name, members), identifier)


def _about(run: RunToArchive, label: str, internal: bool, texts: Mapping[str, Any]) -> dict[str, Any]:
    kind = texts["kinds"]["internal" if internal else "public"]
    names = {"title": run.study["title"], "region": run.study["region_label"]}
    return {
        "name": kind["name"].format(**names),
        "description": kind["description"].format(**names),
        "date": run.study["report_date"],
        "version": label,
        "people": run.config["people"],
        "licence": {"name": kind["licence"]} if internal else run.config["licence"],
    }


def _of_results(run: RunToArchive, internal: bool) -> dict[str, bytes]:
    paths = list(run.public)
    if internal:
        paths += [*run.persons, *run.groups, *run.internal, *(job.log for job in run.jobs)]
    elif licensed_files(run.project):
        paths = [path for path in paths if not path.startswith("results/codebook/")]
    return {path: run.read(path) for place in paths for path in _files_of(run.project, place)}


def _files_of(project: Path, path: str) -> list[str]:
    if not (project / path).is_dir():
        return [path]
    return sorted(file.relative_to(project).as_posix() for file in (project / path).rglob("*") if file.is_file())


def _facts(
    run: RunToArchive, version: Version, rows: Sequence[Row], internal: bool, why_unknown: str | None
) -> dict[str, bytes]:
    """The files of run/: what a person or a program asks of a run beside its results.

    `rows`: what is left out; `why_unknown`: in words, why there is no commit.
    """
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
        "run/version.json": _json(commit),
        "run/changes.patch": changes(run.project, shown),
        "run/config.yaml": yaml.safe_dump(settings, allow_unicode=True, sort_keys=False).encode(),
        "run/environment.json": _json({"machine": run.machine, "software": run.software}),
        "run/steps.json": _json(steps),
        "run/raw_files.csv": _csv(("file", "sha256"), [(name, bag.sha256(text)) for name, text in sorted(exports)]),
        "run/not_included.csv": _csv(("file", "sha256", "why"), rows),
    }


def _contents(run: RunToArchive, files: Mapping[str, bytes], absent: Mapping[str, str | None]) -> Contents:
    settings = {name: value for name, value in run.config.items() if name not in (*PLACES, "people", "licence")}
    return Contents(
        files={path: (len(content), bag.sha256(content)) for path, content in files.items()},
        absent=absent,
        raw={Path(path).name: run.digest(path) for path in sorted(run.raw)},
        settings=settings | {f"study.{name}": value for name, value in run.study.items()},
        jobs=run.jobs,
        software=run.software,
        reports=[path for path in run.public if path.startswith(f"results/{run.study['study']}/report/")],
    )


def _json(content: Any) -> bytes:
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode()
