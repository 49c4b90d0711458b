"""Ctrl-C: the run says that it stops, and its steps end without a word (workflow/sitecustomize.py, shared/logs.py)."""

import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Any


def tell_when_interrupted(words: Mapping[str, Any]) -> None:
    """In the process that a person started: where no step runs, a sentence and no traceback.

    `words`: resources/words/running.nl.yaml.
    """
    before = sys.excepthook

    def told(kind: type[BaseException], error: BaseException, frames: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            print(f"\n{words['errors']['interrupted']}", file=sys.stderr)
        else:
            before(kind, error, frames)

    sys.excepthook = told
