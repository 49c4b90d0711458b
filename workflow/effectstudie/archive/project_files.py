"""Which files of the project belong to a run: its program, settings, definitions and texts."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from effectstudie.definitions.plans.versions import plan_paths
from effectstudie.shared.yaml_files import read_yaml
from effectstudie.texts.files import TEXTS, beside_texts, text_files

# What of the project belongs to a run, and the kinds of file that a person writes there.
FOLDERS = ("config", "docs", "envs", "profiles", "resources", "workflow")
FILES = ("CITATION.cff", "LICENSE", "Makefile", "README.md", "Snakefile", "pyproject.toml")
KINDS = {".css", ".csv", ".in", ".j2", ".lock", ".md", ".py", ".rst", ".sh", ".smk", ".toml", ".txt", ".yaml"}
# Beside texts and the house style: pictures and literature.
BROUGHT = {".bib", ".jpeg", ".jpg", ".png", ".svg"}
# The kinds in which people write down what is no program.
NOTES = {".csv", ".md", ".rst", ".txt"}
LICENSED = "/licensed/"
# The invented cohort, of which a run of other exports has no use.
DEMONSTRATION = "resources/demo/"
# The register of what went out earlier: counts in it may be hidden ones, so it stays inside.
RELEASES = "config/releases/"
# Settings that every study has in common; others that lie beside them may be anybody's notes.
SETTINGS = ("config.yaml", "cleared.yaml", "house_style.yaml", "outcomes.yaml", "rating.yaml")


def project_files(project: Path) -> list[str]:
    """Files in the places of a program, whatever run they are of; sorted."""
    paths = [project / name for name in FILES]
    # a study in a folder of its own has links to the folders of the program
    walks = (os.walk(project / folder, followlinks=True) for folder in FOLDERS)
    paths += [Path(place, name) for walk in walks for place, _, names in walk for name in names]
    found = [(path.relative_to(project).as_posix(), path) for path in paths]
    return sorted(name for name, path in found if may_be_of_project(name) and path.is_file())


def may_be_of_project(path: str) -> bool:
    """Whether a path of the project is in a place and of a kind of its program."""
    place = PurePosixPath(path)
    if path in FILES or path.split("/")[0] not in FOLDERS:
        return path in FILES
    if path.startswith(RELEASES):
        return place.suffix == ".json"
    return place.suffix in KINDS or place.suffix.lower() in BROUGHT and _of_texts(place.parts)


def _of_texts(parts: Sequence[str]) -> bool:
    """Whether a file is a setting or a text of a study, or lies beside one."""
    return parts[0] == "config" or tuple(parts[:2]) == ("resources", "texts")


def studies_beside(study: Mapping[str, Any], project: Path) -> list[str]:
    """Studies whose reports go out before that of a study, or with it, and those before these."""
    found, waiting = [], list(study.get("published_beside", []))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.append(name)
            waiting += read_yaml(project / f"config/studies/{name}.yaml").get("published_beside", [])
    return sorted(found)


def files_of_study(study: str, project: Path) -> set[str]:
    """What a run reads of another study before it computes anything: its settings, its plan and all of its texts."""
    folder = project / TEXTS
    texts = (*text_files(study, folder), *beside_texts(study, folder))
    names = (Path(path).relative_to(project).as_posix() for path in texts)
    return {f"config/studies/{study}.yaml", *plan_paths(study), *names}


def belonging_to(
    study: str, used: Collection[str], variables_file: str, internal: bool, own_exports: bool = False
) -> Callable[[str], bool]:
    """Whether a file of the project belongs to a run: no settings or texts of another study, and no notes.

    `used`: files that the run read. Licensed files and the register belong to an `internal` archive only, the
    demonstration cohort to none of a run with `own_exports`: beside real people its small counts would be taken for
    theirs.
    """
    settings = (*SETTINGS, Path(variables_file).name, f"studies/{study}.yaml")
    of_run = {*used, *(f"config/{name}" for name in settings)}

    def belongs(path: str) -> bool:
        parts = PurePosixPath(path).parts
        if own_exports and path.startswith(DEMONSTRATION):
            return False
        if path.startswith(RELEASES):
            return internal and path in of_run
        if _of_texts(parts):
            return path in of_run
        if path not in FILES and (parts[0] not in FOLDERS or PurePosixPath(path).suffix not in KINDS):
            return False
        return internal or LICENSED not in path

    return belongs


def notes_among(new: Iterable[str], used: Collection[str]) -> set[str]:
    """Of files that git does not know those that may be anybody's notes or data, for no job read them."""
    return {
        path
        for path in new
        if PurePosixPath(path).suffix in NOTES and path not in used and not _of_texts(PurePosixPath(path).parts)
    }


def licensed_files(project: Path) -> list[str]:
    """Definition files and norm tables whose licence keeps them inside the institute."""
    return [path for path in project_files(project) if LICENSED in path]
