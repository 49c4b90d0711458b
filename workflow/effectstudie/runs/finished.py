"""A finished run of a study, read from the project's folder, a folder of results or an archive."""

import contextlib
import csv
import json
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from effectstudie.definitions.outcomes import named_outcomes
from effectstudie.runs.file_names import refused, visible
from effectstudie.runs.record import export_facts
from effectstudie.runs.sentences import sentences_of_page
from effectstudie.runs.tables import Table, read_table
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.storage import sha256
from effectstudie.shared.vocabulary import PLACES
from effectstudie.shared.yaml_files import read_yaml

# A folder of a study's results has at least one of these.
RESULT_FOLDERS = ("analysis", "render", "report")
# What is unpacked to be read; a published or internal archive has some tens of MB.
MOST_BYTES = 1 << 30


@dataclass(frozen=True)
class FinishedRun:
    """What is left of a run; empty where the folder does not have it.

    `exports`: export → file, sha256, rows, corrections, recodes, and their sha256 where `run.json` has it; `settings`:
    config, study, outcomes, variables; `files`: path → SHA-256; `analysis`: name → result table, small cells included;
    `printed`: name → table or figure data of the report; `record`: `render.json`; `html`: the report.
    `recorded`: whether there is a `run.json`; `foreign`: the results that it was not written for.
    """

    exports: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    analysis: Mapping[str, Table] = field(default_factory=dict)
    printed: Mapping[str, Table] = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict)
    html: str = ""
    recorded: bool = False
    foreign: tuple[str, ...] = ()

    @property
    def published_only(self) -> bool:
        """Whether all of it may be published: no table with small cells, nothing of the exports."""
        return not self.analysis and not self.exports


def read_run(path: str | Path, study: str) -> FinishedRun:
    """The run of a study; InputError where there is none. `path`: a folder or a zip, see `unpacked`.

    A folder may be the project's, `results/`, the study's own, or one that holds any of these as `data/`.
    """
    with unpacked(path) as folder:
        results = _study_folder(folder, study)
        if results is None:
            raise InputError(
                [
                    say(
                        "{path}: holds no results of study '{study}'; {instead}.",
                        path=visible(str(path)),
                        study=visible(study),
                        instead=_instead(folder),
                    )
                ]
            )
        try:
            return _read(results, study, path)
        except (ValueError, csv.Error, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise InputError(
                [
                    say(
                        "{path}: cannot be read as results of study '{study}' ({error!r}).",
                        path=visible(str(path)),
                        study=visible(study),
                        error=error,
                    )
                ]
            ) from None


@contextlib.contextmanager
def unpacked(path: str | Path) -> Iterator[Path]:
    """The folder itself, or that of the files in a zip, which is gone afterwards; InputError where it is neither."""
    path = Path(path)
    if path.is_dir():
        yield path
    elif not path.exists():
        raise InputError([say("{path}: there is no such folder or archive.", path=visible(str(path)))])
    elif not path.is_file() or not zipfile.is_zipfile(path):  # nothing may ever come out of a pipe
        raise InputError([say("{path}: is neither a folder nor a zip.", path=visible(str(path)))])
    else:
        with tempfile.TemporaryDirectory() as folder:
            try:
                with zipfile.ZipFile(path) as archive:
                    if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                        raise InputError(
                            [
                                say(
                                    "{path}: holds more than {megabytes} MB, which no run does.",
                                    path=visible(str(path)),
                                    megabytes=MOST_BYTES >> 20,
                                )
                            ]
                        )
                    if names := _odd_names(archive.infolist()):
                        raise InputError(
                            [
                                say(
                                    "{path}: holds names that no archive has ({names}); unpack it by hand, and give "
                                    "the folder.",
                                    path=visible(str(path)),
                                    names=[visible(name, 80) for name in names[:5]],
                                )
                            ]
                        )
                    archive.extractall(folder)
            except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, EOFError) as error:
                # compressed in a way that is not known here is a RuntimeError, as a password is
                raise InputError(
                    [say("{path}: cannot be unpacked ({kind}).", path=visible(str(path)), kind=type(error).__name__)]
                ) from None
            yield Path(folder)


def _odd_names(entries: Iterable[zipfile.ZipInfo]) -> list[str]:
    """Those of a zip that lead out of its folder or are read otherwise elsewhere, and those of links."""
    # as it stands in the zip: Python has / for the sign of another system, and ends a name at a zero byte
    written = [entry.orig_filename for entry in entries if not entry.is_dir()]
    folders = [entry.orig_filename.rstrip("/") for entry in entries if entry.is_dir()]
    kinds = {entry.orig_filename: stat.S_IFMT(entry.external_attr >> 16) for entry in entries}
    links = [name for name, kind in kinds.items() if kind not in (0, stat.S_IFREG, stat.S_IFDIR)]
    return sorted({*refused(written), *(name for name in folders if refused([name])), *links})


def _roots(folder: Path) -> list[Path]:
    """Where a project may begin: here, or in the one folder of an archive, or in the data of a bag."""
    inside = [path for path in folder.iterdir() if path.is_dir()]
    roots = [folder, *(inside if len(inside) == 1 else [])]
    return [*roots, *(root / "data" for root in roots)]


def _study_folder(folder: Path, study: str) -> Path | None:
    for root in _roots(folder):
        for place in (root / "results" / study, root / study):
            if any((place / name).is_dir() for name in RESULT_FOLDERS):
                return place
    for root in _roots(folder):
        named = _json(root / "render/render.json").get("study", {}).get("study")
        if named == study or (root / f"report/{study}.html").is_file():
            return root
    return None


def _instead(folder: Path) -> str:
    studies = {
        path.name
        for root in _roots(folder)
        for parent in (root / "results", root)
        if parent.is_dir()
        for path in parent.iterdir()
        if any((path / name).is_dir() for name in RESULT_FOLDERS)
    }
    return (
        say("it holds {studies}", studies=[visible(name) for name in sorted(studies)])
        if studies
        else say("give the project's folder, results/ or an archive")
    )


def _read(results: Path, study: str, given: str | Path) -> FinishedRun:
    made_with, record = _json(results / "run.json"), _json(results / "render/render.json")
    checks = {path.stem: export_facts(_json(path)) for path in sorted((results.parent / "cohort/check").glob("*.json"))}
    html = results / f"report/{study}.html"
    return FinishedRun(
        exports=made_with.get("exports", checks),
        settings=made_with.get("settings") or _settings_beside(results.parent.parent, study),
        files=made_with.get("files", {}),
        versions=made_with.get("versions", record.get("versions", {})) | _container(made_with),
        analysis=_tables(results / "analysis"),
        printed=_named(_tables(results / "render"), record),
        record=record,
        html=_page(html, given) if html.is_file() else "",
        recorded=bool(made_with),
        foreign=tuple(
            name
            for name, digest in made_with.get("results", {}).items()
            if (results / name).is_file() and sha256(results / name) != digest
        ),
    )


def _container(made_with: Mapping[str, Any]) -> dict[str, str]:
    """The one that a run was in, as one more version."""
    return {"container": made_with["container"]} if made_with.get("container") else {}


def _settings_beside(project: Path, study: str) -> dict[str, Any]:
    """The settings as they stand beside the results now, of a run that left no `run.json`."""
    paths = {
        "config": project / "config/config.yaml",
        "study": project / f"config/studies/{study}.yaml",
        "outcomes": project / "config/outcomes.yaml",
    }
    if not all(path.is_file() for path in paths.values()):
        return {}
    settings = {name: read_yaml(path) for name, path in paths.items()}
    settings["config"] = {key: value for key, value in settings["config"].items() if key not in PLACES}
    settings["outcomes"] = {name: settings["outcomes"].get(name) for name in named_outcomes(settings["study"])}
    # through JSON, which turns the codes of classes into text, as in run.json
    return json.loads(json.dumps(settings))


def _json(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _page(path: Path, given: str | Path) -> str:
    """A report; InputError where there is nothing in it to compare."""
    text = path.read_text(encoding="utf-8")
    try:
        sentences_of_page(text)
    except (etree.LxmlError, ValueError, RecursionError):
        raise InputError(
            [
                say(
                    "{path}: report {name} is empty or no page, so it cannot be compared; make it again.",
                    path=visible(str(given)),
                    name=visible(path.name),
                )
            ]
        ) from None
    return text


def _tables(folder: Path) -> dict[str, Table]:
    return {
        path.stem: read_table(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.csv"))
        if path.is_file()
    }


def _named(tables: Mapping[str, Table], record: Mapping[str, Any]) -> dict[str, Table]:
    """In the order of the report, by what a table is about: its number, and with it its file, may shift."""
    names = {Path(table["csv"]).stem: name for name, table in record.get("tables", {}).items()}
    ordered = sorted(tables, key=[*names, *sorted(tables)].index)
    return {names.get(stem, stem): tables[stem] for stem in ordered}
