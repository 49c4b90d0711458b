"""What this machine lets a run do."""

import os
import shutil
from pathlib import Path

from effectstudie.shared.errors import EffectstudieError

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
            f"{', '.join(map(str, closed))}: may not be written to by you, and results have to go there; have it "
            "opened to you, or copy the project to a folder of your own."
        )
    free = shutil.disk_usage(project).free
    if free < room:
        raise EffectstudieError(
            f"{project}: its disk has {free / 1e6:.0f} MB left and a run needs {room / 1e6:.0f}; make room. "
            "Nothing has run, and no result was touched."
        )


def memory_of_machine() -> int:
    """All of its memory, in bytes."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
