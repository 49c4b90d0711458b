"""The raw exports as files: which one is meant, and whether its bytes are still the same."""

import hashlib
from collections.abc import Collection
from pathlib import Path

from effectstudie.shared.errors import InputError

SUFFIXES = (".sav", ".csv", ".xlsx")


def find_export(folder: str | Path, stem: str) -> Path:
    """The one file of this stem; InputError when there is none, or more than one."""
    folder = Path(folder)
    named = sorted(path for path in folder.glob(f"{stem}.*") if path.suffix.lower() in SUFFIXES)
    found = [path for path in named if path.is_file()]
    if not found:
        near = [path.name for path in sorted(folder.glob("*")) if path.stem.casefold() == stem.casefold()]
        there = f" (there is {', '.join(near)})" if near else ""
        raise InputError(
            [f"{folder / stem}.sav: there is no such export, nor {stem}.csv or {stem}.xlsx{there}; put it in raw_dir."]
        )
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise InputError([f"{folder}: {names} have one stem; keep only the export that is meant."])
    return found[0]


def check_folder(folder: str | Path, stems: Collection[str]) -> None:
    """InputError with every export of `stems` that is missing or there twice, and every one of an unknown wave."""
    tables = {stem.rsplit("_", 1)[-1] for stem in stems}
    problems = [
        f"{path}: is of no wave that config/config.yaml names; add the wave there, or take the file out."
        for path in sorted(Path(folder).glob("*_*"))
        if path.suffix.lower() in SUFFIXES
        and path.stem.rsplit("_", 1)[-1] in tables
        and path.stem.casefold() not in {stem.casefold() for stem in stems}
    ]
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
