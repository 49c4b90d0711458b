"""What git says of the project: the commit, and what differs from it."""

import os
import subprocess
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Version(NamedTuple):
    """`commit`: 40 hexadecimal digits, or None, and then `why` says why it is not known: no_git,
    no_repository or no_commit.

    `changed`: files that differ from the commit, deleted and new ones included; `new`: those that git does not know.
    """

    commit: str | None
    why: str | None
    changed: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    def without(self, paths: Collection[str]) -> "Version":
        """The same where nobody looks at these files."""
        changed, new = (tuple(path for path in named if path not in paths) for named in (self.changed, self.new))
        return self._replace(changed=changed, new=new)


def label_of(version: Version, words: Mapping[str, str]) -> str:
    """What stands in the name of an archive."""
    if version.commit is None:
        return words["no_commit"]
    return version.commit[:10] + (words["changed"] if version.changed else "")


def version_of(project: str | Path, belongs: Callable[[str], bool]) -> Version:
    """The version of the project in a folder; only files for which `belongs` is true make it changed."""
    project = Path(project).resolve()
    try:
        top = os.fsdecode(_git(project, "rev-parse", "--show-toplevel")).strip()
        if Path(top).resolve() != project:
            return Version(None, "no_repository")
        commit = _git(project, "rev-parse", "--verify", "HEAD").decode().strip()
        status = os.fsdecode(_git(project, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all"))
    except FileNotFoundError:
        return Version(None, "no_git")
    except subprocess.CalledProcessError:
        return Version(None, "no_commit")
    entries = [(entry[:2], entry[3:]) for entry in status.split("\0") if entry and belongs(entry[3:])]
    new = tuple(sorted(path for state, path in entries if state == "??"))
    return Version(commit, None, tuple(sorted(path for _, path in entries)), new)


def changes(project: str | Path, paths: Sequence[str]) -> bytes:
    """How these files differ from the commit, for `git apply`; whatever anybody's settings of git are."""
    if not paths:
        return b""
    plain = ["--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--full-index", "--binary"]
    form = ["--unified=3", "--diff-algorithm=myers", "--src-prefix=a/", "--dst-prefix=b/"]
    return _git(Path(project), "diff", *plain, *form, "HEAD", "--", *paths)


def _git(project: Path, *arguments: str) -> bytes:
    command = ["git", "--no-optional-locks", "--literal-pathspecs", *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, check=True).stdout
