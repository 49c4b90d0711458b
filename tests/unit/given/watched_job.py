"""Put in a project as workflow/sitecustomize.py, Python loads this at the start of every job of a run.

It writes down which results a job opens for writing. Where the file KILL has the script of the job and a number n, the
job and all of its run are killed when it has written half of its n-th file.
"""

import json
import os
import signal
import sys

KILL, OPENED = ".kill", ".opened"


def watch(event: str, arguments: tuple) -> None:
    if event == "open" and isinstance(arguments[0], str) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
        path = os.path.relpath(arguments[0], start)
        if path.startswith("results/"):
            os.write(opened, f"{path}\n".encode())


def kill_at(number: int) -> None:
    wait = os.fsync
    count = 0

    def fsync(descriptor: int) -> None:
        nonlocal count
        path = os.readlink(f"/proc/self/fd/{descriptor}")
        count += os.path.isfile(path)
        if count == number:
            os.truncate(path, os.path.getsize(path) // 2)
            os.unlink(os.path.join(start, KILL))
            os.killpg(0, signal.SIGKILL)
        wait(descriptor)

    os.fsync = fsync


if __name__ == "sitecustomize":
    start = os.getcwd()
    opened = os.open(OPENED, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    sys.addaudithook(watch)
    if os.path.exists(KILL):
        with open(KILL, encoding="utf-8") as file:
            script, number = json.load(file)
        if sys.orig_argv[-1].endswith(f"{script}.py"):
            kill_at(number)
