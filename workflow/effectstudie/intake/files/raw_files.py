"""The raw exports as files: which one is meant, and what is told of one that is there no longer."""

import re
from collections.abc import Collection
from pathlib import Path

from effectstudie.definitions.export_columns import REPORTING
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say

SUFFIXES = (".sav", ".zsav", ".csv", ".xlsx")
# How names begin of what programs and systems put beside a file: locks, halves of it, thumbnails.
_COMPANIONS = ("~", ".", "#")


def _is_export(path: Path) -> bool:
    """Whether a name may be that of an export; ~$T0_jeugd.xlsx says that T0_jeugd.xlsx is open in Excel."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(_COMPANIONS)


def find_export(folder: str | Path, stem: str) -> Path:
    """The one file of this stem; InputError when there is none, or more than one."""
    folder = Path(folder)
    named = sorted(path for path in folder.glob(f"{stem}.*") if _is_export(path))
    found = [path for path in named if path.is_file()]
    if not found:
        near = [path.name for path in sorted(folder.glob("*")) if path.stem.casefold() == stem.casefold()]
        there = say(" (there is {near})", near=list(near)) if near else ""
        raise InputError(
            [
                say(
                    "{path}.sav: there is no such export, nor {stem}.csv or {stem}.xlsx{there}; put it in raw_dir.",
                    path=folder / stem,
                    stem=stem,
                    there=there,
                )
            ]
        )
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise InputError(
            [say("{folder}: {names} have one stem; keep only the export that is meant.", folder=folder, names=names)]
        )
    return found[0]


def exports_after(folder: str | Path, wave: str, tables: Collection[str]) -> list[str]:
    """Names of the files in a folder that seem exports of another wave, known or not, in whatever case; sorted.

    A copy counts too; of its name what stands behind the table is left out, for it may say anything.
    """
    named = re.compile(rf"(t\d+)_(?:{'|'.join(tables)})", re.IGNORECASE)
    found = set()
    for path in Path(folder).glob("*"):
        match = named.match(path.stem)
        if match and _is_export(path) and path.is_file() and match[1].upper() != wave.upper():
            found.add(f"{match[0]}{'…' if match[0] != path.stem else ''}{path.suffix}")
    return sorted(found)


def check_folder(folder: str | Path, stems: Collection[str]) -> None:
    """InputError with every export of `stems` that is missing or there twice, and each of another wave or table."""
    if not Path(folder).is_dir():
        raise InputError(
            [say("{folder}: there is no such folder; raw_dir must say where the exports are.", folder=folder)]
        )
    tables = {stem.rsplit("_", 1)[-1] for stem in stems}
    others = set(REPORTING) - tables
    problems = [
        say(
            "{path}: is of a table that config/config.yaml does not name; add it to tables there, or "
            "take the file out.",
            path=path,
        )
        for path in sorted(Path(folder).glob("*_*"))
        if _is_export(path) and path.stem.rsplit("_", 1)[-1] in others
    ]
    problems += [
        say("{path}: is of no wave that config/config.yaml names; add the wave there, or take the file out.", path=path)
        for path in sorted(Path(folder).glob("*_*"))
        if _is_export(path)
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


def replaced(file: str) -> str:
    """What to say of an export, or of corrections, that are not those that the run began with."""
    return say(
        "{file}: was changed while the run was under way, so the run stops; run the same command again.", file=file
    )


def taken_away(file: str) -> str:
    """What to say of one that was there when the run began."""
    return say(
        "{file}: was taken away while the run was under way; put it back, and run the same command again.", file=file
    )
