"""What this machine lets a run do."""

import contextlib
import os
import shutil
import stat
from pathlib import Path

from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say

# Bytes that the results of a cohort of a few thousand households and its studies take, with room to write beside them.
ROOM = 300_000_000


def check_place(project: str | Path, room: int = ROOM) -> None:
    """EffectstudieError when the project's folder is closed to us, or its disk has less than `room` bytes left."""
    project = Path(project).resolve()
    closed = [
        folder
        for folder in (project, project / "results", project / ".snakemake")
        if folder.exists() and not os.access(folder, os.W_OK | os.X_OK)
    ]
    if closed:
        raise EffectstudieError(
            say(
                "{closed}: may not be written to by you, and results have to go there; have it opened to "
                "you, or copy the project to a folder of your own.",
                closed=closed,
            )
        )
    free = shutil.disk_usage(project).free
    if free < room:
        raise EffectstudieError(
            say(
                "{project}: its disk has {free:.0f} MB left and a run needs {room:.0f}; make room. "
                "Nothing has run, and no result was touched.",
                project=project,
                free=free / 1e6,
                room=room / 1e6,
            )
        )


def close_to_others(folder: str | Path) -> None:
    """Take from a folder and all that is in it what others than its owner and group may do; the group keeps its own.

    What belongs to somebody else stays as it is, and so does what lies behind a link.
    """
    for place, folders, files in os.walk(folder):
        for path in (place, *(os.path.join(place, name) for name in (*folders, *files))):
            with contextlib.suppress(OSError):
                mode = os.lstat(path).st_mode
                if not stat.S_ISLNK(mode) and mode & 0o007:
                    os.chmod(path, stat.S_IMODE(mode) & ~0o007)
        if Path(place) == Path(folder):
            # environments of conda and containers: many files, that the folder above closes
            folders[:] = [name for name in folders if not name.startswith(("conda", "singularity"))]


def memory_of_machine() -> int:
    """All of its memory, in bytes."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
