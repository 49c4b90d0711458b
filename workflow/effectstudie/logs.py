"""The log of a job: everything it says, and on failure the reason in a form that a person can use."""

import contextlib
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from effectstudie.errors import EffectstudieError


@contextlib.contextmanager
def log_to(path: str | Path) -> Iterator[None]:
    """Send what is printed to the log. Our own errors end the job with their text alone, others with a traceback."""
    with (
        open(path, "w", encoding="utf-8", buffering=1) as log,
        contextlib.redirect_stdout(log),
        contextlib.redirect_stderr(log),
    ):
        try:
            yield
        except EffectstudieError as error:
            log.write(f"{error}\n")
            sys.exit(1)
        except Exception:
            log.write(traceback.format_exc())
            sys.exit(1)
