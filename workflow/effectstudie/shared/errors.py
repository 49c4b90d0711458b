"""Errors that a person can act on: where, what, what is allowed, what to do."""

import errno
from collections.abc import Sequence

from effectstudie.shared.messages.sentences import for_log, for_screen, say

# What the machine says itself, by its number.
_OF_MACHINE = {
    errno.EPERM: say("Operation not permitted"),
    errno.ENOENT: say("No such file or directory"),
    errno.EIO: say("Input/output error"),
    errno.EACCES: say("Permission denied"),
    errno.EEXIST: say("File exists"),
    errno.ENOTDIR: say("Not a directory"),
    errno.EISDIR: say("Is a directory"),
    errno.EFBIG: say("File too large"),
    errno.ENOSPC: say("No space left on device"),
    errno.EROFS: say("Read-only file system"),
    errno.ENAMETOOLONG: say("File name too long"),
    errno.EDQUOT: say("Disk quota exceeded"),
}


class EffectstudieError(Exception):
    """Base of every error this package raises on purpose; shown without a traceback, in Dutch by `messages.dutch`."""

    @property
    def sentences(self) -> list[str]:
        """What is wrong, private parts marked."""
        return [str(part) if not isinstance(part, str) else part for part in self.args]

    def __str__(self) -> str:
        return for_screen("\n".join(self.sentences))

    @property
    def for_log(self) -> str:
        """The text as a log may hold it."""
        return for_log("\n".join(self.sentences))


class InputError(EffectstudieError):
    """Problems of one input, all of them at once: one sentence each."""

    def __init__(self, problems: Sequence[str]):
        super().__init__(*problems)

    def __reduce__(self):
        # errors go from one process to another
        return type(self), (self.args,)

    @property
    def problems(self) -> list[str]:
        return list(self.args)


class ConfigError(InputError):
    """A mistake in a configuration or definition file."""


class MatchingError(EffectstudieError):
    """R could not match, or its matching failed the check in Python."""


class MissingPackage(EffectstudieError):
    """What a study asks for needs a program that is not here."""


NO_MICE = say(
    "key imputation needs R's package mice, which is not installed: `apt install r-cran-mice` on Debian; or take the "
    "key out of the study's file."
)

NO_OPTMATCH = say(
    "design optimal and design full need R's package optmatch, which is not installed and which Debian lacks: `sudo "
    "apt install r-base-dev r-cran-rcpp r-cran-dplyr` and `sudo Rscript -e 'install.packages(\"optmatch\")'`; or "
    "choose another design in the study's file."
)


def reason(error: Exception) -> str:
    """Why a file could not be read or written, or another error that is not ours, as it says so itself."""
    return _OF_MACHINE.get(getattr(error, "errno", None)) or getattr(error, "strerror", None) or str(error)
