"""Read exports in a process of their own, with bounded memory: a parser in C or Rust may take the process with it.

Run as a script it reads paths, a line each, and answers each with a line: "frame", "InputError", or what escaped.
"""

import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

MEMORY = 2 << 30  # bytes
NAMES = ["respondent_id", "cijfer"]


def outcomes(paths: Sequence[Path], seconds: int = 300) -> list[str]:
    """What reading each file comes to; "signal n" where the process died, "hangs" at which all took so many seconds."""
    found: list[str] = []
    while len(found) < len(paths):
        names = "".join(f"{path}\n" for path in paths[len(found) :])
        command = [sys.executable, "-m", "given.reader_process"]
        environment = {"PYTHONPATH": ":".join(sys.path), "RUST_BACKTRACE": "0"}
        try:
            ended = subprocess.run(
                command, input=names, capture_output=True, text=True, check=False, timeout=seconds, env=environment
            )
            lines, code = ended.stdout.splitlines(), ended.returncode
        except subprocess.TimeoutExpired as late:
            lines, code = (late.stdout or b"").decode().splitlines(), None
        found += lines
        if len(found) < len(paths):
            found.append("hangs" if code is None else f"signal {-code}")
    return found


def _outcome(path: str) -> str:
    try:
        (found,) = in_processes(lambda path: len(read_export(path, NAMES).frame), [path], at_once=1, memory=MEMORY)
    except InputError as error:
        return "InputError" if error.problems and all(error.problems) else "InputError without a word"
    except BaseException as error:  # a panic of Rust is no Exception
        return f"{type(error).__name__}: {' '.join(str(error).split())[:100]}"
    return "InputError" if isinstance(found, Died) else "frame"


if __name__ == "__main__":
    from effectstudie.intake.files.readers import read_export
    from effectstudie.shared.errors import InputError
    from effectstudie.shared.processes import Died, in_processes

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        print(_outcome(line.rstrip("\n")), flush=True)
