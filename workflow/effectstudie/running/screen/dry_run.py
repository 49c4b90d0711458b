"""What a dry run found, instead of what Snakemake says of it."""

import logging
from collections.abc import Callable, Collection, Mapping
from typing import Any

from effectstudie.running.screen.explain import Cause, explained


class DryRun(logging.Handler):
    """Tells on `screen` what would be made again and why, once; warnings and errors as they come.

    `causes`: gives why each job would run, once that is known. `words`: resources/words/running.nl.yaml.
    """

    def __init__(
        self, screen: logging.StreamHandler, words: Mapping[str, Any], causes: Callable[[], Collection[Cause]]
    ):
        super().__init__()
        self._screen, self._words, self._causes = screen, words, causes
        self._told = False

    def emit(self, record: logging.LogRecord) -> None:
        try:
            found = getattr(record, "event", None) == "run_info"
            if (found or record.getMessage().startswith("Nothing to be done")) and not self._told:
                self._told = True
                self._screen.stream.write(explained(self._causes() if found else (), self._words) + "\n")
                self._screen.flush()
            elif record.levelno >= logging.WARNING:
                self._screen.handle(record)
        except Exception:
            self.handleError(record)
