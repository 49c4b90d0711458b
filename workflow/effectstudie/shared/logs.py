"""The log of a job: everything it says, and on failure the reason in a form that a person can use.

Logs are kept and handed on, so no answer of a person may stand in one. An error that shows an answer goes in full
to the screen, and without the answer to the log.
"""

import contextlib
import errno
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from effectstudie.shared.errors import EffectstudieError

# What the machine refuses, and not the program.
_DENIED = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO}


@contextlib.contextmanager
def log_to(path: str | Path) -> Iterator[None]:
    """Send what is printed to the log. Our own errors end the job with their text alone, others with a traceback."""
    try:
        log = open(path, "w", encoding="utf-8", buffering=1)  # noqa: SIM115
    except OSError as error:
        _show(cannot_write(path, error))
        sys.exit(1)
    with log, contextlib.redirect_stdout(log), contextlib.redirect_stderr(log):
        try:
            yield
        except EffectstudieError as error:
            _end(log, error.for_log, str(error))
        except Exception as error:
            if isinstance(error, OSError) and error.errno in _DENIED:
                reason = cannot_write(error.filename or "a result", error)
                _end(log, reason, reason)
            # the message of another's error may quote an answer
            _end(log, _traceback(error, message=False), _traceback(error))


def cannot_write(path: str | Path, error: OSError) -> str:
    """What a person can do about a file that the machine does not let us read or write."""
    return (
        f"{path}: {error.strerror or error}. Make room on the disk, or have the folder opened to you, and run the "
        "same command again; no half-written result was left."
    )


def _end(log, for_log: str, for_screen: str) -> None:
    # nothing more can be said when the disk is full
    with contextlib.suppress(OSError):
        log.write(f"{for_log}\n")
    if for_screen != for_log:
        _show(for_screen)
    sys.exit(1)


def _show(text: str) -> None:
    """To the analyst's own screen; on a cluster that is a file, where it may not go."""
    if "SLURM_JOB_ID" not in os.environ and sys.__stderr__ is not None:
        # a terminal may show how far the run is on the line where we begin
        erase = "\r\033[K" if sys.__stderr__.isatty() else ""
        print(f"{erase}{text}", file=sys.__stderr__, flush=True)


def _traceback(error: BaseException, message: bool = True) -> str:
    if message:
        return "".join(traceback.format_exception(error)).rstrip()
    return (
        "".join(traceback.format_tb(error.__traceback__))
        + f"{type(error).__name__}: an error that nobody foresaw; its message is on the screen only, for it may quote "
        "an answer."
    )
