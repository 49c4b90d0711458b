"""What goes into the archive of a study.

The published archive holds what may be published and names the rest; the internal one holds everything of the run but
the raw exports and the key of the pseudonyms, which are in no archive.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from effectstudie.archive import bag
from effectstudie.archive.crate import metadata
from effectstudie.archive.crate_run import Contents
from effectstudie.archive.facts import facts_of, json_bytes
from effectstudie.archive.keep import Archive
from effectstudie.archive.left_out import files_absent, rows_left_out
from effectstudie.archive.project_files import belonging_to, licensed_files, project_files
from effectstudie.archive.repository import label_of, version_of
from effectstudie.archive.run_to_archive import RunToArchive
from effectstudie.shared.templates import environment
from effectstudie.shared.vocabulary import PLACES


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
    files |= facts_of(run, version, rows, internal, why)
    about = _about(run, label, internal, texts)
    readme = environment(run.project / "resources/pages/archive", escape=False).get_template("leesmij.txt.j2")
    files["LEESMIJ.txt"] = readme.render(**about, internal=internal, git=version, why=why, run=run).encode()
    contents = _contents(run, files, absent)
    files["ro-crate-metadata.json"] = json_bytes(metadata(about, contents, texts["crate"]))
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
