"""What an archive names without holding it."""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from effectstudie.archive.bag import sha256
from effectstudie.archive.project_files import licensed_files
from effectstudie.archive.run_to_archive import RunToArchive

# Why a file is not in an archive, and the name of the row with one checksum for all small tables. They are Dutch since
# an analyst reads them in run/not_included.csv, and fixed since `make verify` looks for them in archives of long ago.
PERSONS, LICENCE, SMALL, TOGETHER = "personen", "licentie", "kleine aantallen", "samen"
Row = tuple[str, str, str]


def rows_left_out(run: RunToArchive) -> list[Row]:
    """Of a published archive: file, SHA-256 and reason of each file of the run that it does not hold.

    Tables of few numbers get one SHA-256 for all of them: from that of a small table alone, a hidden count could be
    guessed by trying each.
    """
    rows = [(path, run.digest(path), PERSONS) for path in sorted(run.persons)]
    if licensed := licensed_files(run.project):
        codebook = [path for path in sorted(run.public) if "/codebook/" in path]
        rows += [(path, run.digest(path), LICENCE) for path in (*licensed, *codebook)]
    groups = sorted(run.groups)
    rows += [(path, "", SMALL) for path in groups]
    return [*rows, (TOGETHER, together((run.digest(path), path) for path in groups), SMALL)]


def together(digests: Iterable[tuple[str, str]]) -> str:
    """One SHA-256 for several files, from that of each and its path."""
    return sha256("".join(f"{digest}  {path}\n" for digest, path in digests).encode())


def files_absent(run: RunToArchive, held: Iterable[str], rows: Iterable[Row]) -> dict[str, str | None]:
    """Files that jobs of the run read or wrote and that are not among those `held`: path → SHA-256 where it is told.

    The raw exports are named elsewhere.
    """
    named = {path for job in run.jobs for path in (*job.inputs, *job.outputs)}
    named -= {Path(path).name for path in run.raw}
    places = {path: path if path.startswith("results/") else f"code/{path}" for path in named}
    inside = {*held, *(str(parent) for path in held for parent in PurePosixPath(path).parents)}
    absent: dict[str, str | None] = {path: None for path, place in places.items() if place not in inside}
    absent |= {path: digest for path, digest, why in rows if why != SMALL}
    return dict(sorted(absent.items()))
