"""The register: each version of a report that went out, by whom and when, with what it tells."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from effectstudie.release.published import published
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.storage import read_json, sha256, write_json

FOLDER = "config/releases"


def registered(study: str, folder: str | Path = FOLDER) -> list[str]:
    """The files of the versions of a study, the first one first."""
    found = Path(folder).glob(f"{study}_*.json")
    numbered = [path for path in found if path.stem.removeprefix(f"{study}_").isdigit()]
    return sorted(map(str, numbered), key=lambda path: int(Path(path).stem.rpartition("_")[2]))


def release(
    study: str, by: str, config: Mapping[str, Any], date: str, tables: Iterable[str], results: str | Path = "results"
) -> Path:
    """Register the report of a study that is among the results.

    `config`: config.yaml, whose `people` may release it, else an InputError; `tables`: see `published`.
    """
    people = [person["name"] for person in config["people"]]
    if by not in people:
        raise InputError(
            [say("--by is {by}; allowed are the people in config/config.yaml: {people}.", by=by, people=people)]
        )
    folder = Path(results, study)
    told, record, quality = (
        folder / name for name in ("release/told.json", "render/render.json", f"report/{study}_kwaliteit.html")
    )
    if missing := [path for path in (told, record, quality) if not path.exists()]:
        raise InputError(
            [say("{path} is not there; make the report first: snakemake report_{study}.", path=missing[0], study=study)]
        )
    printed = published(record.parent, quality, tables, config)
    return register(study, [folder / "report", folder / "render"], read_json(told), printed, by, date)


def register(
    study: str,
    files: Iterable[str | Path],
    told: Mapping[str, Any],
    printed: Mapping[str, Any],
    by: str,
    date: str,
    folder: str | Path = FOLDER,
) -> Path:
    """Add a version: who released it, the day, the SHA-256 of each published file, and what it tells.

    `told`: Told.as_json, of which the counts that are hidden stay behind; `printed`: see `published`. InputError where
    the same files are registered already, or one of them is not there.
    """
    paths = sorted(map(Path, files))
    if missing := [path for path in paths if not path.exists()]:
        raise InputError([say("{path} is not there; make the report first.", path=path) for path in missing])
    hashes = digests(paths)
    earlier = registered(study, folder)
    for path in earlier:
        version: Mapping[str, Any] = read_json(path)
        if version["files"] == hashes:
            raise InputError(
                [
                    say(
                        "{path}: these files were released on {date} by {by}.",
                        path=path,
                        date=version["date"],
                        by=version["by"],
                    )
                ]
            )
    number = int(Path(earlier[-1]).stem.rpartition("_")[2]) + 1 if earlier else 1
    target = Path(folder, f"{study}_{number}.json")
    content = {
        **{"study": study, "version": number, "date": date, "by": by, "files": hashes},
        "told": {key: told[key] for key in ("most", "facts", "numbers")},
        "published": printed,
    }
    write_json(content, target)
    return target


def digests(paths: Iterable[str | Path]) -> dict[str, str]:
    """Path → SHA-256 of these files, and of those in the folders among them."""
    return {path.as_posix(): sha256(path) for path in _single(sorted(map(Path, paths)))}


def _single(paths: Iterable[Path]) -> Iterable[Path]:
    """The files, and those in the folders among them."""
    for path in paths:
        yield from sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
