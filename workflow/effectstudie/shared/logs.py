"""The log of a job: everything it says, and on failure the reason in a form that a person can use.

Logs are kept and handed on, so no answer of a person may stand in one. An error that shows an answer goes in full
to the screen, and without the answer to the log.
"""

import contextlib
import errno
import os
import signal
import sys
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from effectstudie.shared.errors import EffectstudieError, reason
from effectstudie.shared.messages.dutch import in_dutch, told, told_in_log
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.processes import end_with_parent
from effectstudie.shared.storage import sha256

# The last line of a log whose reason stands on the screen of the run already, with what no log may hold.
SHOWN = "(Dit stond ook op het scherm.)"

# What the machine refuses, and not the program.
_DENIED = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO}


@contextlib.contextmanager
def log_to(path: str | Path, reads: Iterable[str] = ()) -> Iterator[None]:
    """Send what is printed to the log. Our own errors end the job with their text alone, others with a traceback.

    `reads`: inputs of the job. One that people write and that is not the same at the end as at the beginning ends the
    job, for nobody could tell which of the two it read. A job does not outlive the run that started it,
    and is silent when that is interrupted.
    """
    try:
        log = open(path, "w", encoding="utf-8", buffering=1)  # noqa: SIM115
    except OSError as error:
        _show(in_dutch(cannot_write(path, error)))
        sys.exit(1)
    with _kept(log), contextlib.redirect_stdout(log), contextlib.redirect_stderr(log):
        try:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # see workflow/sitecustomize.py
            before = _written_by_people(reads)
            yield
            after = _written_by_people(before)
            if changed := [read for read in before if before[read] != after.get(read)]:
                raise EffectstudieError(
                    say(
                        "{files}: was changed while this step read it, so nothing of the step is kept; run the same "
                        "command again.",
                        files=changed,
                    )
                )
        except KeyboardInterrupt:  # the run says so
            sys.exit(1)
        except EffectstudieError as error:
            _end(log, told_in_log(error), told(error))
        except Exception as error:
            if isinstance(error, OSError) and error.errno in _DENIED:
                sentence = in_dutch(cannot_write(error.filename or say("a result"), error))
                _end(log, sentence, sentence)
            # the message of another's error may quote an answer
            what_to_do = in_dutch(say("This is a mistake in the program; give {log} to who maintains it.", log=path))
            _end(log, _traceback(error, message=False), f"{_traceback(error)}\n{what_to_do}")


@contextlib.contextmanager
def _kept(log: TextIO) -> Iterator[None]:
    end_with_parent()
    try:
        yield
    finally:
        # on a full disk this fails, as what should be said did; Python would show the job's error with its message
        with contextlib.suppress(OSError):
            log.close()
        end_with_parent(False)


def _written_by_people(reads: Iterable[str]) -> dict[str, str]:
    """SHA-256 of each file that is no result of the run itself."""
    return {read: sha256(read) for read in reads if not read.startswith("results/") and Path(read).is_file()}


def cannot_write(path: str | Path, error: OSError) -> str:
    """What a person can do about a file that the machine does not let us read or write."""
    return say(
        "{path}: {reason}. Make room on the disk, or have the folder opened to you, and run the same command again; no "
        "half-written result was left.",
        path=path,
        reason=reason(error),
    )


def _end(log, for_log: str, for_screen: str) -> None:
    shown = _show(for_screen)
    # on a full disk the screen is all there is
    with contextlib.suppress(OSError):
        log.write(f"{for_log}\n" + (f"{SHOWN}\n" if shown else ""))
    sys.exit(1)


def _show(text: str) -> bool:
    """To the analyst's own screen, and whether; on a cluster that is a file, where it may not go."""
    if "SLURM_JOB_ID" in os.environ or sys.__stderr__ is None:
        return False
    # a terminal may show how far the run is on the line where we begin
    erase = "\r\033[K" if sys.__stderr__.isatty() else ""
    print(f"{erase}{text}", file=sys.__stderr__, flush=True)
    return True


def _traceback(error: BaseException, message: bool = True) -> str:
    if message:
        return "".join(traceback.format_exception(error)).rstrip()
    sentence = say(
        "{kind}: an error that nobody foresaw; its message is on the screen only, for it may quote an answer.",
        kind=type(error).__name__,
    )
    return "".join(traceback.format_tb(error.__traceback__)) + in_dutch(sentence)
