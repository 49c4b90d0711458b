"""A run in a folder of its own: configuration, texts and results are there, and the program is linked into it."""

import os
from pathlib import Path

from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say
from effectstudie.texts.files import TEXTS

# What a run reads of the program, and an archive holds of it. Not the configuration: that is the folder's own.
OF_PROGRAM = ("CITATION.cff", "LICENSE", "Makefile", "README.md", "docs", "envs", "profiles", "pyproject.toml")
OF_PROGRAM += ("resources", "workflow")
# Texts are of a study, and so the folder's own; these are for all studies.
GENERAL_TEXTS = f"{TEXTS}/_general"


def link_program(program: str | Path, folder: str | Path, snakefile: bool) -> None:
    """Link into `folder` what it lacks of the program, so that paths and records are those of a run in the program.

    What the folder has goes first: of a folder that is there only what it lacks is linked, such as
    `resources/norms/illustrative` beside one's own `resources/norms/licensed`. `snakefile`: whether the program's own
    Snakefile was started; one's own workflow around it keeps its place. Links to another copy of the program, or to
    where it no longer is, are renewed. EffectstudieError where the folder has no configuration, or may not be written
    to.
    """
    program, folder = Path(program).resolve(), Path(folder).resolve()
    if program == folder:
        return
    if not (folder / "config/config.yaml").exists():
        raise EffectstudieError(
            say(
                "{folder}: has no config/config.yaml; copy the folder config of {program} into it, and set in it what "
                "your study needs.",
                folder=folder,
                program=program,
            )
        )
    try:
        for name in (*OF_PROGRAM, *(["Snakefile"] if snakefile else [])):
            _link(program / name, folder / name, folder)
    except OSError as error:
        raise EffectstudieError(
            say("{path}: cannot be linked to the program ({reason}).", path=error.filename2, reason=error.strerror)
        ) from error


def _link(source: Path, place: Path, folder: Path) -> None:
    within = place.relative_to(folder).as_posix()
    if not source.exists():
        return
    if place.is_symlink() and place.resolve() != source and (not place.exists() or _is_of_a_program(place, within)):
        place.unlink()
    if not place.exists():
        if not source.is_dir() or not f"{TEXTS}/".startswith(f"{within}/"):
            place.symlink_to(os.path.relpath(source, place.parent))
            return
        place.mkdir()
    if place.is_dir() and not place.is_symlink():
        for inner in sorted(source.iterdir()):
            if within != TEXTS or f"{within}/{inner.name}" == GENERAL_TEXTS:
                _link(inner, place / inner.name, folder)


def _is_of_a_program(place: Path, within: str) -> bool:
    target = place.resolve()
    program = target.parents[within.count("/")]
    return target == program / within and (program / "workflow/effectstudie").is_dir()
