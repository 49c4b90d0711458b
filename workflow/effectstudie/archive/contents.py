"""What goes into the archive of a study, and how an archive is kept.

The published archive holds what may be published and names the rest; the internal one holds everything of the run but
the raw exports and the key of the pseudonyms, which are in no archive.
"""

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import yaml

from effectstudie.archive import bag, crate, repository
from effectstudie.running.job_records import Job
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.storage import replace_file
from effectstudie.shared.templates import environment
from effectstudie.shared.vocabulary import CORRECTIONS, PLACES

# What of the project belongs to a run, and the kinds of file that a person writes there.
FOLDERS = ("config", "docs", "envs", "profiles", "resources", "workflow")

FILES = ("Makefile", "README.md", "Snakefile", "pyproject.toml")

KINDS = {".css", ".csv", ".in", ".j2", ".lock", ".md", ".py", ".rst", ".sh", ".smk", ".toml", ".txt", ".yaml"}


# Of other files a change may show what was taken out for a reason, so a published archive only names it.
PROGRAM = ("Makefile", "Snakefile", "envs/", "profiles/", "pyproject.toml", "workflow/")

LICENSED = "/licensed/"

PERSONS, LICENCE, SMALL, TOGETHER = "personen", "licentie", "kleine aantallen", "samen"


class Run(NamedTuple):
    """A finished run of a study, as paths below `project`.

    `public`: files and folders that may be published; `persons`: tables of persons; `groups`: tables that may hold
    small cells; `internal`: what is made with them. `raw`: the exports, anywhere. `config`: all settings of the cohort,
    `study` those of the study. `software`: name → version; `machine`: what else of the environment counts.
    """

    project: Path
    study: Mapping[str, Any]
    config: Mapping[str, Any]
    public: Sequence[str]
    persons: Sequence[str]
    groups: Sequence[str]
    internal: Sequence[str]
    raw: Sequence[str]
    jobs: Sequence[Job]
    software: Mapping[str, str]
    machine: Mapping[str, str]


class Archive(NamedTuple):
    """`name` of the file without suffix, `content` of the zip file, `identifier` of what is in it."""

    name: str
    content: bytes
    identifier: str


def make(run: Run, internal: bool, texts: Mapping[str, Any]) -> Archive:
    """The archive of a run: the same run and project give the same bytes. `texts`: those of resources/pages/archive."""
    counts = _counts(run, internal)
    version = repository.version(run.project, counts)
    files = {f"code/{path}": (run.project / path).read_bytes() for path in _project_files(run.project) if counts(path)}
    files |= _of_results(run, internal)
    absent, rows = _absent(run, files, internal)
    files |= _facts(run, version, rows, internal)
    about = _about(run, version, internal, texts)
    readme = environment(run.project / "resources/pages/archive", escape=False).get_template("leesmij.txt.j2")
    files["LEESMIJ.txt"] = readme.render(**about, internal=internal, git=version, run=run).encode()
    contents = _contents(run, files, absent)
    files["ro-crate-metadata.json"] = _json(crate.metadata(about, contents))
    members = bag.members(files, {"External-Description": about["name"], "Contact-Name": about["people"][0]["name"]})
    identifier = bag.content_id(members)
    label = "_intern_vertrouwelijk" if internal else ""
    name = f"{run.study['study']}{label}_{version.label}_{identifier[:16]}"
    return Archive(name, bag.zipped(name, members), identifier)


def _about(run: Run, version: repository.Version, internal: bool, texts: Mapping[str, Any]) -> dict[str, Any]:
    kind = texts["kinds"]["internal" if internal else "public"]
    names = {"title": run.study["title"], "region": run.study["region_label"]}
    return {
        "name": kind["name"].format(**names),
        "description": kind["description"].format(**names),
        "date": run.study["report_date"],
        "version": version.label,
        "people": run.config["people"],
        "licence": {"name": kind["licence"]} if internal else run.config["licence"],
    }


def _project_files(project: Path) -> list[str]:
    found = [project / name for name in FILES if (project / name).is_file()]
    found += [path for folder in FOLDERS for path in (project / folder).rglob("*") if path.suffix in KINDS]
    return sorted(path.relative_to(project).as_posix() for path in found if path.is_file())


def _counts(run: Run, internal: bool) -> Callable[[str], bool]:
    """Whether a file of the project belongs to this run: no settings or texts of another study, and no notes."""
    used = {path for job in run.jobs for path in job.inputs}
    settings = {"config.yaml", "outcomes.yaml", Path(run.config["variables_file"]).name}
    used |= {"config/" + name for name in (*settings, f"studies/{run.study['study']}.yaml")}

    def counts(path: str) -> bool:
        parts = PurePosixPath(path).parts
        if path not in FILES and (parts[0] not in FOLDERS or PurePosixPath(path).suffix not in KINDS):
            return False
        if parts[0] == "config" or parts[:2] == ("resources", "texts"):
            return path in used
        return internal or LICENSED not in path

    return counts


def _of_results(run: Run, internal: bool) -> dict[str, bytes]:
    paths = list(run.public)
    if internal:
        paths += [*run.persons, *run.groups, *run.internal, *(job.log for job in run.jobs)]
    elif _licensed(run):
        paths = [path for path in paths if not path.startswith("results/codebook/")]
    return {path: (run.project / path).read_bytes() for one in paths for path in _files_of(run.project, one)}


def _files_of(project: Path, path: str) -> list[str]:
    if not (project / path).is_dir():
        return [path]
    return sorted(found.relative_to(project).as_posix() for found in (project / path).rglob("*") if found.is_file())


def _licensed(run: Run) -> list[str]:
    """Definition files and norm tables of which the licence stays inside the institute."""
    return [path for path in _project_files(run.project) if LICENSED in path]


def _absent(
    run: Run, files: Mapping[str, bytes], internal: bool
) -> tuple[dict[str, str | None], list[tuple[str, str, str]]]:
    """What the archive names without holding it: file → its SHA-256 where it may be told; rows of not_included.csv.

    Tables of few numbers get one SHA-256 for all of them: from that of a small table alone, a hidden count could be
    guessed by trying each.
    """
    named = {path for job in run.jobs for path in (*job.inputs, *job.outputs)}
    named -= {Path(path).name for path in run.raw}
    places = {path: path if path.startswith("results/") else f"code/{path}" for path in named}
    held = {*files, *(str(parent) for path in files for parent in PurePosixPath(path).parents)}
    absent: dict[str, str | None] = {path: None for path, place in places.items() if place not in held}
    if internal:
        return absent, []
    rows = [(path, _digest(run, path), PERSONS) for path in sorted(run.persons)]
    rows += [(path, _digest(run, path), LICENCE) for path in _licensed(run)]
    if _licensed(run):
        rows += [(path, _digest(run, path), LICENCE) for path in sorted(run.public) if "/codebook/" in path]
    absent |= {path: digest for path, digest, _ in rows}
    together = "".join(f"{_digest(run, path)}  {path}\n" for path in sorted(run.groups))
    rows += [(path, "", SMALL) for path in sorted(run.groups)]
    return absent, [*rows, (TOGETHER, bag.sha256(together.encode()), SMALL)]


def _digest(run: Run, path: str) -> str:
    return bag.sha256((run.project / path).read_bytes())


def _facts(
    run: Run, version: repository.Version, rows: Sequence[tuple[str, str, str]], internal: bool
) -> dict[str, bytes]:
    """The files of run/: what a person or a program asks of the run beside its results."""
    known = [path for path in version.changed if path not in version.new]
    shown = [path for path in known if internal or path.startswith(PROGRAM)]
    commit = {"commit": version.commit, "why_unknown": version.why, "changed": version.changed, "new": version.new}
    steps = [{"job": job.name, "rule": job.rule, "inputs": job.inputs, "outputs": job.outputs} for job in run.jobs]
    settings = {name: value for name, value in run.config.items() if name not in PLACES}
    exports = [(Path(path).name, (run.project / path).read_bytes()) for path in run.raw]
    corrections = (run.project / run.config["corrections_file"]).read_bytes() if run.config["corrections_file"] else b""
    if len(corrections.splitlines()) > 1:
        exports.append((CORRECTIONS, corrections))
    return {
        "run/variables.csv": (run.project / run.config["variables_file"]).read_bytes(),
        "run/version.json": _json({**commit, "dirty": bool(version.changed) if version.commit else None}),
        "run/changes.patch": repository.changes(run.project, shown),
        "run/config.yaml": yaml.safe_dump(settings, allow_unicode=True, sort_keys=False).encode(),
        "run/environment.json": _json({"machine": run.machine, "software": run.software}),
        "run/steps.json": _json(steps),
        "run/raw_files.csv": _csv(("file", "sha256"), [(name, bag.sha256(text)) for name, text in sorted(exports)]),
        "run/not_included.csv": _csv(("file", "sha256", "why"), rows),
    }


def _contents(run: Run, files: Mapping[str, bytes], absent: Mapping[str, str | None]) -> crate.Contents:
    raw = {Path(path).name: bag.sha256((run.project / path).read_bytes()) for path in sorted(run.raw)}
    settings = {name: value for name, value in run.config.items() if name not in (*PLACES, "people", "licence")}
    return crate.Contents(
        files={path: (len(content), bag.sha256(content)) for path, content in files.items()},
        absent=dict(sorted(absent.items())),
        raw=raw,
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


def keep(archive: Archive, folder: str | Path, private: bool) -> Path:
    """Put an archive among the earlier ones, which all stay; the path of its file.

    The same archive is written once. EffectstudieError where its file is there with other bytes. `private`: only its
    owner can read it.
    """
    path = Path(folder, f"{archive.name}.zip")
    path.parent.mkdir(parents=True, exist_ok=True)
    if private:
        path.parent.chmod(0o700)
    if path.exists():
        if path.read_bytes() != archive.content:
            raise EffectstudieError(f"{path}: was changed after it was made; move it out of this folder and look why.")
        return path
    write(path, archive.content, private)
    return path


def write(path: Path, content: bytes, private: bool) -> None:
    """Write a file whole; from its first byte on only its owner can read it where it is `private`."""

    def fill(temporary: Path) -> None:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if private else 0o644), "wb") as file:
            file.write(content)

    replace_file(path, fill)
