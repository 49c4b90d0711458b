"""Times of the benchmarks: of a call in this process, and of a whole process with all that it starts."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

TURNS = 3


def median_time(work: Callable[[], object], turns: int = TURNS) -> float:
    """Seconds of the median turn."""
    times = []
    for _ in range(turns):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


class Taken(NamedTuple):
    """What a process took, with all that it started: CPU and wall seconds, and MiB of the largest of them."""

    cpu: float
    wall: float
    mib: float


def whole_process(
    command: Sequence[str | Path], cores: int, folder: Path, environment: Mapping[str, str] | None = None
) -> Taken:
    """Run a command in a folder on so many cores of the machine; stops the benchmark where the command fails.

    CPU: user and system time of the process and of those it waited for.
    """
    with tempfile.TemporaryDirectory() as notes:
        found, said = Path(notes, "found"), Path(notes, "said")
        # by a small process: the peak of a new process begins with that of the one that starts it
        starter = [sys.executable, "-I", "-S", __file__, str(cores), str(found), *map(str, command)]
        with said.open("wb") as file:
            done = subprocess.run(starter, cwd=folder, env={**os.environ, **(environment or {})}, stdout=file,
                                  stderr=subprocess.STDOUT, check=False)  # fmt: skip
        if done.returncode:
            sys.exit(f"{' '.join(map(str, command))}\n{said.read_text(errors='replace')[-6000:]}")
        return Taken(*json.loads(found.read_text()))


def middle(turns: Iterable[float], digits: int = 1) -> str:
    """The median of the turns, and the lowest and highest of them."""
    turns = list(turns)
    shown = f"{statistics.median(turns):,.{digits}f}"
    return f"{shown} ({min(turns):,.{digits}f}-{max(turns):,.{digits}f})" if len(turns) > 1 else shown


def ratio(turns: Iterable[float], others: Iterable[float]) -> str:
    """The median of the ratios of turns that were taken one after the other, and the lowest and highest."""
    median, *rest = middle((one / other for one, other in zip(turns, others, strict=True)), 2).split(" ")
    return " ".join([f"**{median}**", *rest])


def _start() -> None:
    cores, found, *command = sys.argv[1:]
    allowed = sorted(os.sched_getaffinity(0))
    if len(allowed) < int(cores):
        sys.exit(f"This needs {cores} cores; the machine gives {len(allowed)}.")
    os.sched_setaffinity(0, allowed[: int(cores)])
    start = time.perf_counter()
    process = os.spawnvp(os.P_NOWAIT, command[0], command)
    _, status, used = os.wait4(process, 0)
    taken = Taken(used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024)
    Path(found).write_text(json.dumps(taken))
    sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    _start()
