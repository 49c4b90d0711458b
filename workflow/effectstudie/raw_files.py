"""The raw exports as files: which one is meant, and whether its bytes are still the same."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from effectstudie.errors import InputError

SUFFIXES = (".sav", ".csv", ".xlsx")


def find_export(folder: str | Path, stem: str) -> Path:
    """The one file of this stem; InputError when there is none, or more than one."""
    folder = Path(folder)
    found = sorted(path for path in folder.glob(f"{stem}.*") if path.suffix.lower() in SUFFIXES)
    if not found:
        raise InputError(
            [f"{folder / stem}.sav: there is no such export, nor {stem}.csv or {stem}.xlsx; put it in raw_dir."]
        )
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise InputError([f"{folder}: {names} have one stem; keep only the export that is meant."])
    return found[0]


def check_folder(folder: str | Path, stems: Iterable[str]) -> None:
    """InputError with every export of `stems` that is missing or there twice."""
    problems = []
    for stem in stems:
        try:
            find_export(folder, stem)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)


def sha256(path: str | Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
