"""Which files of the project belong to a run: its program, settings, definitions and texts."""

from collections.abc import Callable, Collection
from pathlib import Path, PurePosixPath

# What of the project belongs to a run, and the kinds of file that a person writes there.
FOLDERS = ("config", "docs", "envs", "profiles", "resources", "workflow")
FILES = ("CITATION.cff", "LICENSE", "Makefile", "README.md", "Snakefile", "pyproject.toml")
KINDS = {".css", ".csv", ".in", ".j2", ".lock", ".md", ".py", ".rst", ".sh", ".smk", ".toml", ".txt", ".yaml"}
LICENSED = "/licensed/"


def project_files(project: Path) -> list[str]:
    """Files in the places of a program, whatever run they are of; sorted."""
    paths = [project / name for name in FILES]
    paths += [path for folder in FOLDERS for path in (project / folder).rglob("*") if path.suffix in KINDS]
    return sorted(path.relative_to(project).as_posix() for path in paths if path.is_file())


def belonging_to(study: str, used: Collection[str], variables_file: str, internal: bool) -> Callable[[str], bool]:
    """Whether a file of the project belongs to a run: no settings or texts of another study, and no notes.

    `used`: files that jobs of the run read. Licensed files belong to an `internal` archive only.
    """
    settings = ("config.yaml", "outcomes.yaml", Path(variables_file).name, f"studies/{study}.yaml")
    of_run = {*used, *(f"config/{name}" for name in settings)}

    def belongs(path: str) -> bool:
        parts = PurePosixPath(path).parts
        if path not in FILES and (parts[0] not in FOLDERS or PurePosixPath(path).suffix not in KINDS):
            return False
        if parts[0] == "config" or parts[:2] == ("resources", "texts"):
            return path in of_run
        return internal or LICENSED not in path

    return belongs


def licensed_files(project: Path) -> list[str]:
    """Definition files and norm tables whose licence keeps them inside the institute."""
    return [path for path in project_files(project) if LICENSED in path]
