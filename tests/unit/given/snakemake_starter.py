"""Snakemake, loaded once and started many times: two thirds of a start of its own is loading it.

Run as a script it reads requests, a line of JSON each. For each it forks a process, which calls Snakemake as the
command does; it answers with the number of that process, and with its exit code when it has ended.
"""

import json
import os
import resource
import sys

from snakemake import cli


def start(arguments: list[str], folder: str, home: str, output: str, largest_file: int | None, apart: bool) -> None:
    """What the command does in `folder`; all that it says goes to the file `output`.

    `largest_file`: bytes, above which the disk is full; `apart`: in a group of processes of its own.
    """
    if apart:
        os.setsid()
    if largest_file:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    said = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.chdir(folder)
    os.environ |= {"HOME": home, "PATH": f"{home}/bin:{os.environ['PATH']}"}
    sys.path.insert(0, folder)
    sys.argv = ["snakemake", *arguments]
    cli.main(arguments)


if __name__ == "__main__":
    cli.get_argument_parser()  # finds the plugins
    for line in sys.stdin:
        process = os.fork()
        if not process:
            start(**json.loads(line))
            sys.exit()
        print(process, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
