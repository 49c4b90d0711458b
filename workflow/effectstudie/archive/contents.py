"""What goes into the archive of a study.

The published archive holds what may be published and names the rest; the internal one holds everything of the run but
the raw exports and the key of the pseudonyms, which are in no archive.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from effectstudie.archive import bag
from effectstudie.archive.crate import metadata
from effectstudie.archive.crate_run import Contents
from effectstudie.archive.keep import Archive
from effectstudie.archive.left_out import KEYED, Row, Sums, files_absent, rows_left_out, sums_of
from effectstudie.archive.project_files import (
    belonging_to,
    files_of_study,
    licensed_files,
    may_be_of_project,
    notes_among,
    project_files,
    studies_beside,
)
from effectstudie.archive.repository import Version, changes, label_of, version_of
from effectstudie.archive.run_to_archive import RunToArchive
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.storage import FOLDER_NAMES
from effectstudie.shared.templates import environment
from effectstudie.shared.vocabulary import LISTS, PLACES
from effectstudie.shared.yaml_files import yaml_text
from effectstudie.texts.pictures import only_picture
from effectstudie.texts.places import PICTURES

# Of other files a change may show what was taken out for a reason, so a published archive only names it.
PROGRAM = ("Makefile", "Snakefile", "envs/", "profiles/", "pyproject.toml", "workflow/")

README, METADATA = "LEESMIJ.txt", "ro-crate-metadata.json"
# What a person or a program asks of a run beside its results.
FACTS = (
    *("run/variables.csv", "run/version.json", "run/changes.patch", "run/config.yaml", "run/environment.json"),
    *("run/steps.json", "run/raw_files.csv", "run/not_included.csv"),
)
# Kinds of results, and the empty file by which Snakemake knows when it made a folder.
RESULTS = {".csv", ".docx", ".html", ".json", ".log", ".parquet", ".pdf", ".png", ".svg", ".xlsx"}
TIMESTAMP = ".snakemake_timestamp"


def always(study: str) -> tuple[str, ...]:
    """Files that every archive of a study has."""
    report = f"results/{study}/report/{study}.html"
    return (README, METADATA, *FACTS, "code/Snakefile", "code/config/config.yaml", report)


def has_place(path: str, study: str) -> bool:
    """Whether an archive of a study may have a file there, of that kind."""
    first, _, inside = path.partition("/")
    if first == "code":
        return may_be_of_project(inside)
    if first == "results":
        place = PurePosixPath(inside)
        folders = (study, "codebook", "cohort", "logs")
        if inside.startswith(f"{study}/data/"):  # persons for who works on with them
            return False
        return inside.split("/")[0] in folders and (place.suffix in RESULTS or place.name == TIMESTAMP)
    return path in (README, METADATA, *FACTS)


def make(run: RunToArchive, internal: bool, texts: Mapping[str, Any]) -> Archive:
    """The archive of a run: the same run and project give the same bytes. `texts`: those of resources/pages/archive."""
    used = {path for job in run.jobs for path in job.inputs}
    used.update(*(files_of_study(study, run.project) for study in studies_beside(run.study, run.project)))
    own_exports = run.config["raw_dir"] is not None
    belongs = belonging_to(run.study["study"], used, run.config["variables_file"], internal, own_exports)
    version = version_of(run.project, belongs)
    notes = set() if internal else notes_among(version.new, used)
    version = version.without(notes)
    label = label_of(version, texts["labels"])
    code = [path for path in project_files(run.project) if belongs(path) and path not in notes]
    files = {f"code/{path}": _of_program(run, path, internal) for path in code}
    files |= _of_results(run, internal)
    sums = sums_of(run, internal)
    rows = [] if internal else rows_left_out(run, sums)
    absent = files_absent(run, list(files), rows)
    why = texts["why_unknown"][version.why] if version.why else None
    files |= _facts(run, version, sums, rows, internal, why)
    about = _about(run, label, internal, texts)
    readme = environment(run.project / "resources/pages/archive", escape=False).get_template("leesmij.txt.j2")
    files[README] = readme.render(**about, internal=internal, git=version, why=why, run=run).encode()
    _check([*files, METADATA], run.study["study"])
    contents = _contents(run, files, absent, sums)
    files[METADATA] = _json(metadata(about, contents, texts["crate"]))
    members = bag.members(files, {"External-Description": about["name"], "Contact-Name": about["people"][0]["name"]})
    identifier = bag.content_id(members)
    kind = texts["labels"]["confidential"] if internal else ""
    name = f"{run.study['study']}{kind}_{label}_{identifier[:16]}"
    return Archive(name, bag.zipped(name, members), identifier)


def _check(files: Sequence[str], study: str) -> None:
    """EffectstudieError where the check of archives would say of this one that it is not right."""
    if lacking := [path for path in always(study) if path not in files]:
        raise EffectstudieError(say("An archive has to hold {lacking}; look why it is not there.", lacking=lacking))
    if strange := [path for path in files if not has_place(path, study)]:
        raise EffectstudieError(
            say("An archive has no place for {strange}; take it out of the project.", strange=strange)
        )


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


def _of_program(run: RunToArchive, path: str, internal: bool) -> bytes:
    """A file of the project; what a camera wrote in a picture of the texts is not published, as in the report."""
    picture = not internal and PurePosixPath(path).suffix.lower() in PICTURES
    return only_picture(run.project / path) if picture else run.read(path)


def _of_results(run: RunToArchive, internal: bool) -> dict[str, bytes]:
    paths = list(run.public)
    if internal:
        paths += [*run.persons, *run.groups, *run.internal, *(job.log for job in run.jobs)]
    elif licensed_files(run.project):
        paths = [path for path in paths if not path.startswith("results/codebook/")]
    return {path: run.read(path) for place in paths for path in _files_of(run.project, place)}


def _files_of(project: Path, path: str) -> list[str]:
    """A file, or those in a folder but for the list of them, which is of no use outside the project."""
    if not (project / path).is_dir():
        return [path]
    files = (file for file in (project / path).rglob("*") if file.is_file() and file.name != FOLDER_NAMES)
    return sorted(file.relative_to(project).as_posix() for file in files)


def _facts(
    run: RunToArchive, version: Version, sums: Sums, rows: Sequence[Row], internal: bool, why_unknown: str | None
) -> dict[str, bytes]:
    """The files of FACTS.

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
    exports = [(Path(path).name, digest) for path, digest in run.raw.items()]
    beside = {name: run.read(run.config[key]) for key, name in LISTS.items() if run.config[key]}
    exports += [(name, bag.sha256(content)) for name, content in beside.items() if len(content.splitlines()) > 1]
    mark = ("key",) if sums.kind == KEYED else ()
    raw = [(name, sums.of(digest), *(sums.key for _ in mark)) for name, digest in sorted(exports)]
    return {
        "run/variables.csv": run.read(run.config["variables_file"]),
        "run/version.json": _json(commit),
        "run/changes.patch": changes(run.project, shown),
        "run/config.yaml": yaml_text(settings).encode(),
        "run/environment.json": _json({"machine": run.machine, "software": run.software}),
        "run/steps.json": _json(steps),
        "run/raw_files.csv": _csv(("file", sums.kind, *mark), raw),
        "run/not_included.csv": _csv(("file", sums.kind, "why"), rows),
    }


def _contents(run: RunToArchive, files: Mapping[str, bytes], absent: Sequence[str], sums: Sums) -> Contents:
    settings = {name: value for name, value in run.config.items() if name not in (*PLACES, "people", "licence")}
    return Contents(
        files={path: (len(content), bag.sha256(content)) for path, content in files.items()},
        absent=absent,
        raw={Path(path).name: sums.of(run.raw[path]) for path in sorted(run.raw)},
        bare=sums.kind != KEYED,
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
