"""What is known of a finished run when it goes into an archive."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from effectstudie.archive.bag import sha256
from effectstudie.running.job_records import Job


class RunToArchive(NamedTuple):
    """A finished run of a study, as paths below `project`.

    `public`: files and folders that may be published; `persons`: tables of persons; `groups`: tables that may hold
    small cells; `internal`: what is made with them. `raw`: the exports, anywhere, with the SHA-256 of what was read of
    each. `config`: all settings of the cohort, `study` those of the study. `software`: name → version; `machine`: what
    else of the environment counts. `key`: that of the pseudonyms, which goes in no archive.
    """

    project: Path
    study: Mapping[str, Any]
    config: Mapping[str, Any]
    public: Sequence[str]
    persons: Sequence[str]
    groups: Sequence[str]
    internal: Sequence[str]
    raw: Mapping[str, str]
    jobs: Sequence[Job]
    software: Mapping[str, str]
    machine: Mapping[str, str]
    key: bytes

    def read(self, path: str) -> bytes:
        """The content of a file of the project."""
        return (self.project / path).read_bytes()

    def digest(self, path: str) -> str:
        """Its SHA-256."""
        return sha256(self.read(path))
