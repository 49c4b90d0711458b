"""What an archive names without holding it."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from effectstudie.archive.bag import sha256
from effectstudie.archive.project_files import RELEASES, licensed_files
from effectstudie.archive.run_to_archive import RunToArchive
from effectstudie.privacy.pseudonyms import fingerprint, sealed

# Why a file is not in an archive, and the name of the row with one checksum for all small tables. They are Dutch since
# an analyst reads them in run/not_included.csv, and fixed since `make verify` looks for them in archives of long ago.
PERSONS, LICENCE, SMALL, TOGETHER = "personen", "licentie", "kleine aantallen", "samen"
EARLIER = "eerdere versies"
# How a checksum is called: one that anybody can make of a guess, and one that takes the key of the pseudonyms.
BARE, KEYED = "sha256", "hmac_sha256"
Row = tuple[str, str, str]


class Sums(NamedTuple):
    """How an archive tells of a file without holding it. `kind`: BARE or KEYED; `key`: fingerprint of that key.

    `of`: SHA-256 of a file → its checksum.
    """

    kind: str
    key: str
    of: Callable[[str], str]


def sums_of(run: RunToArchive, internal: bool) -> Sums:
    """The checksums of what an archive of the run does not hold.

    A published one gives none that stands for itself: a file of few persons can be guessed from what is published
    beside it, and a bare checksum would say which guess is right.
    """
    if internal:
        return Sums(BARE, "", str)
    return Sums(KEYED, fingerprint(run.key), partial(sealed, key=run.key))


def rows_left_out(run: RunToArchive, sums: Sums) -> list[Row]:
    """Of a published archive: file, checksum and reason of each file of the run that it does not hold.

    Tables of few numbers get one checksum for all of them: who has the key, and not these tables, could guess a hidden
    count from that of one.
    """
    rows = [(path, sums.of(run.digest(path)), PERSONS) for path in sorted(run.persons)]
    if licensed := licensed_files(run.project):
        codebook = [path for path in sorted(run.public) if "/codebook/" in path]
        rows += [(path, sums.of(run.digest(path)), LICENCE) for path in (*licensed, *codebook)]
    register = sorted({path for job in run.jobs for path in job.inputs if path.startswith(RELEASES)})
    rows += [(path, sums.of(run.digest(path)), EARLIER) for path in register]
    groups = sorted(run.groups)
    rows += [(path, "", SMALL) for path in groups]
    return [*rows, (TOGETHER, sums.of(together((path, run.digest(path)) for path in groups)), SMALL)]


def together(digests: Iterable[tuple[str, str]]) -> str:
    """One SHA-256 for several files, from the path and that of each."""
    return sha256("".join(f"{digest}  {path}\n" for path, digest in digests).encode())


def files_absent(run: RunToArchive, held: Iterable[str], rows: Iterable[Row]) -> list[str]:
    """Files that jobs of the run read or wrote and that are not among those `held`, sorted.

    The raw exports are named elsewhere.
    """
    named = {path for job in run.jobs for path in (*job.inputs, *job.outputs)}
    named -= {Path(path).name for path in run.raw}
    places = {path: path if path.startswith("results/") else f"code/{path}" for path in named}
    inside = {*held, *(str(parent) for path in held for parent in PurePosixPath(path).parents)}
    absent = {path for path, place in places.items() if place not in inside}
    return sorted(absent | {path for path, _, why in rows if why != SMALL})
