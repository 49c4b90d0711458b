"""Errors that a person can act on: where, what, what is allowed, what to do."""

from collections.abc import Sequence


class EffectstudieError(Exception):
    """Base of every error this package raises on purpose; its text is shown without a traceback."""


class InputError(EffectstudieError):
    """Problems of one input, all of them at once.

    `problems`: one sentence each. The text of the error is those sentences, a line each.
    """

    def __init__(self, problems: Sequence[str]):
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


class ConfigError(InputError):
    """A mistake in a configuration or definition file."""


class MatchingError(EffectstudieError):
    """R could not match, or its matching failed the check in Python."""
