"""A disk that fails, or a kill, at the n-th call that writes: for every n, one can look at what is left.

What Python writes is written half before it fails. What C++ writes fails between its calls (parquet), or leaves half a
file (SPSS).
"""

import builtins
import errno
import io
import mmap
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import pyreadstat
from pytest import MonkeyPatch

FAILS, DIES = "fails", "dies"
# Calls that change what is on the disk.
CALLS = ("replace", "rename", "link", "unlink", "remove", "mkdir", "rmdir", "truncate", "chmod")


class Ended(NamedTuple):
    """`call` that failed, and `how`; `well`: whether the work ended as if nothing had."""

    call: str
    how: str
    well: bool


class _Faults:
    """Counts calls, of this process and of those that it starts; the one with the number `at` fails."""

    def __init__(self, at: int, how: str):
        self.at, self.how = at, how
        self.shared = mmap.mmap(-1, 16)  # how many there were, and which one failed

    @property
    def failed(self) -> str:
        return self.shared[2:].rstrip(b"\0").decode()

    def reach(self, call: str, half: Callable[[], object] = lambda: None) -> None:
        """Count the call; where it is the one that fails, do `half` of it."""
        number = int.from_bytes(self.shared[:2], "big") + 1
        self.shared[:2] = number.to_bytes(2, "big")
        if number == self.at:
            self.shared[2:] = call.encode().ljust(14, b"\0")
            half()
            if self.how == DIES:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), call)

    def counted(self, name: str, call: Callable) -> Callable:
        def counted(*arguments: Any, **named: Any) -> Any:
            self.reach(name)
            return call(*arguments, **named)

        return counted


def each_fault(work: Callable[[], object], before: Callable[[], object]) -> Iterator[Ended]:
    """Do the work, after `before`, with each of its calls failing and each of them dying; how it ended every time."""
    at, more = 0, True
    while more:
        at += 1
        for how in (FAILS, DIES):
            before()
            faults = _Faults(at, how)
            well = _failing(work, faults) if how == FAILS else _dying(work, faults)
            if more := bool(faults.failed):
                yield Ended(faults.failed, how, well)
            else:
                assert well and at > 1


def _failing(work: Callable[[], object], faults: _Faults) -> bool:
    with MonkeyPatch.context() as patch, suppress(Exception):
        _install(patch, faults)
        work()
        return True
    return False


def _dying(work: Callable[[], object], faults: _Faults) -> bool:
    """The same in a process of its own."""
    if not (process := os.fork()):
        with suppress(BaseException):  # the rest of this process is pytest
            os._exit(0 if _failing(work, faults) else 1)
    return os.waitpid(process, 0)[1] == 0


def _install(patch: MonkeyPatch, faults: _Faults) -> None:
    for name in CALLS:
        patch.setattr(os, name, faults.counted(name, getattr(os, name)))
    # no test lasts until the next power cut
    patch.setattr(os, "fsync", faults.counted("fsync", lambda descriptor: None))
    patch.setattr(os, "open", _opened_to_write(faults, os.open))
    patch.setattr(os, "sendfile", _half_sent(faults, os.sendfile))
    opened = _half_written(faults, io.open)
    for module in (io, builtins):
        patch.setattr(module, "open", opened)
    for name in ("write_table", "close"):
        patch.setattr(pq.ParquetWriter, name, faults.counted("write", getattr(pq.ParquetWriter, name)))
    patch.setattr(pq.ParquetWriter, "__del__", lambda writer: None)  # it would close, and count, at any moment
    patch.setattr(pyreadstat, "write_sav", _half_saved(faults, pyreadstat.write_sav))


def _opened_to_write(faults: _Faults, call: Callable) -> Callable:
    def opened(path: Any, flags: int, *arguments: Any, **named: Any) -> int:
        if flags & os.O_CREAT:
            faults.reach("open")
        return call(path, flags, *arguments, **named)

    return opened


def _half_sent(faults: _Faults, call: Callable) -> Callable:
    def sendfile(target: int, source: int, offset: int, count: int) -> int:
        size = os.fstat(source).st_size - offset
        faults.reach("write", lambda: call(target, source, offset, size // 2))
        return call(target, source, offset, count)

    return sendfile


def _half_saved(faults: _Faults, call: Callable) -> Callable:
    def write_sav(frame: Any, path: str, **named: Any) -> None:
        call(frame, path, **named)
        faults.reach("write", lambda: Path(path).write_bytes(Path(path).read_bytes()[:99]))

    return write_sav


def _half_written(faults: _Faults, call: Callable) -> Callable:
    class Raw(io.FileIO):
        def write(self, content: Any) -> int:
            view = memoryview(content).cast("B")
            faults.reach("write", lambda: super(Raw, self).write(view[: len(view) // 2]))
            return super().write(view)

    def opened(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
        if not set(mode) & set("wax+"):
            return call(file, mode, buffering, encoding, errors, newline, closefd, opener)
        faults.reach("open")
        buffered = io.BufferedWriter(Raw(file, mode.replace("b", "").replace("t", ""), closefd, opener))
        if "b" in mode:
            return buffered
        return io.TextIOWrapper(buffered, encoding, errors, newline, line_buffering=buffering == 1)

    return opened
