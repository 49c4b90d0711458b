"""The files that people write and bring for a report: of the study, and of _general what the study does not have."""

from pathlib import Path

from effectstudie.texts.places import FIGURE_TITLES, LITERATURE, PICTURES

TEXTS = "resources/texts"
GENERAL = "_general"


def text_files(study: str, folder: str | Path = TEXTS) -> list[str]:
    """The Markdown of a study, by the order of the names; a text of the study takes the place of the general one."""
    found = {path.name: str(path) for name in (GENERAL, study) for path in Path(folder, name).glob("*.md")}
    return [found[name] for name in sorted(found)]


def library_files(study: str, folder: str | Path = TEXTS) -> list[str]:
    """The literature, that of the study last: it goes before the general one."""
    paths = [Path(folder, name, file) for name in (GENERAL, study) for file in LITERATURE]
    return [str(path) for path in paths if path.is_file()]


def beside_texts(study: str, folder: str | Path = TEXTS) -> list[str]:
    """Pictures, literature and titles of figures: what is no text and can change a report."""
    pictures = [
        str(path)
        for name in (GENERAL, study)
        for path in sorted(Path(folder, name).glob("*"))
        if path.suffix.lower() in PICTURES
    ]
    titles = Path(folder, study, FIGURE_TITLES)
    return [*pictures, *library_files(study, folder), *([str(titles)] if titles.is_file() else [])]
