"""Errors that a person can act on: where, what, what is allowed, what to do."""

import re
from collections.abc import Sequence

_PRIVATE = re.compile("\x02([^\x03]*)\x03")


def private(text: str) -> str:
    """Mark a part of a problem that the analyst's own screen may show and a log may not, such as an answer."""
    return f"\x02{text}\x03"


class Problem(str):
    """A sentence for the screen. `for_log` is the same sentence without its private parts."""

    for_log: str

    def __new__(cls, text: str):
        if isinstance(text, cls):
            return text
        problem = super().__new__(cls, _PRIVATE.sub(r"\1", text))
        problem.for_log = _PRIVATE.sub("", text)
        return problem


class EffectstudieError(Exception):
    """Base of every error this package raises on purpose; its text is shown without a traceback."""

    @property
    def for_log(self) -> str:
        """The text as a log may hold it."""
        return str(self)


class InputError(EffectstudieError):
    """Problems of one input, all of them at once.

    `problems`: one sentence each. The text of the error is those sentences, a line each.
    """

    def __init__(self, problems: Sequence[str]):
        self.problems = [Problem(problem) for problem in problems]
        super().__init__("\n".join(self.problems))

    def __reduce__(self):
        # errors go from one process to another
        return type(self), (self.problems,)

    @property
    def for_log(self) -> str:
        return "\n".join(problem.for_log for problem in self.problems)


class ConfigError(InputError):
    """A mistake in a configuration or definition file."""


class MatchingError(EffectstudieError):
    """R could not match, or its matching failed the check in Python."""


class MissingPackage(EffectstudieError):
    """What a study asks for needs a program that is not here."""


NO_MICE = (
    "key imputation needs R's package mice, which is not installed: `apt install r-cran-mice` on Debian; or take the "
    "key out of the study's file."
)
