"""Work done in processes of their own: several at a time, and one that dies takes no other with it."""

import ctypes
import multiprocessing
import os
import pickle
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Iterable
from multiprocessing.connection import wait
from typing import Any, NamedTuple

from effectstudie.shared.errors import EffectstudieError

_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


class Died(NamedTuple):
    """What came of work that took its process with it.

    `signal`: the number of what ended it, 0 where it ended by itself; `code`: with which code it did.
    """

    signal: int
    code: int = 0


class Unsendable(Exception):
    """An error that cannot go from one process to another: its kind, and where it arose, in words."""


def end_with_parent(end: bool = True) -> None:
    """Let the system kill this process when the one that started it ends, or no longer (Linux only).

    Left alone it would go on writing, into the results of the next run.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL if end else 0)


def in_processes(work: Callable[[Any], Any], items: Iterable, at_once: int, memory: int | None = None) -> list:
    """`work(item)` of each item in their order, or Died; the first error that an item raises is raised here.

    Each item has a process of its own, which begins with all that was imported here. `memory`: bytes that each may use
    at the most (None: no limit).
    """
    fork = multiprocessing.get_context("fork")
    waiting, running, results = list(enumerate(items)), {}, {}
    while waiting or running:
        while waiting and len(running) < at_once:
            place, item = waiting.pop(0)
            receiver, sender = fork.Pipe(duplex=False)
            process = fork.Process(target=_send, args=(sender, work, item, memory, os.getpid()))
            process.start()
            sender.close()
            running[receiver] = place, process
        for receiver in wait(list(running)):
            place, process = running.pop(receiver)
            try:
                results[place] = receiver.recv()
            except (EOFError, OSError):  # it ended before it could say anything, or all of it
                process.join()
                results[place] = Died(max(-process.exitcode, 0), max(process.exitcode, 0)), None
            except Exception as error:  # what it made can be taken apart, and not be put together again
                results[place] = None, error
            process.join()
    for place in sorted(results):
        if isinstance(error := results[place][1], BaseException):
            raise error
    return [results[place][0] for place in sorted(results)]


def _send(sender: Any, work: Callable, item: Any, memory: int | None, parent: int) -> None:
    end_with_parent()
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a dying library says is no use, and may quote an answer
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        sender.send((work(item), None))
    except BaseException as error:
        if not isinstance(error, EffectstudieError):
            # where it went wrong stays behind in this process; its message goes along with the error
            traceback.print_tb(error.__traceback__)
        sender.send((None, _that_can_be_sent(error)))


def _that_can_be_sent(error: BaseException) -> BaseException:
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return Unsendable(f"{type(error).__name__}\n{''.join(traceback.format_exception(error))}")
    return error
