"""A frozen plan: its versions, each with its hash, in config/plans/<study>.frozen.yaml."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal


def plan_paths(study: str) -> tuple[str, str]:
    """Where the plan of a study is written, and where it is frozen."""
    return f"config/plans/{study}.yaml", f"config/plans/{study}.frozen.yaml"


@dataclass(frozen=True, kw_only=True)
class Version:
    """A plan as it was frozen.

    `plan`: see resolve.resolved; `reason`: why there is a version after the first; `exports`: whether exports of a
    follow-up lay in the folder of exports at that moment (`files`: their names), or `synthetic` where the settings
    named no such folder; `before`: the SHA-256 of the version before. `sha256` is of all this but itself, in canonical
    JSON, so that the date, the list of files and the order of versions are held by it too.
    """

    version: int
    frozen_at: str
    reason: str
    exports: Literal["none", "there", "synthetic"]
    files: tuple[str, ...]
    plan: Mapping[str, Any]
    before: str
    sha256: str = ""

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Version":
        return cls(**{**plain, "files": tuple(plain["files"])})

    def plain(self) -> dict[str, Any]:
        return {**asdict(self), "files": list(self.files)}

    @property
    def mark(self) -> str:
        """What a report prints of the hash."""
        return self.sha256[:8]

    @property
    def digest(self) -> str:
        """The SHA-256 that it should have."""
        content = {key: value for key, value in self.plain().items() if key != "sha256"}
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()


def versions_of(content: Mapping[str, Any]) -> tuple[Version, ...]:
    """The versions of the content of a frozen plan, the oldest first."""
    return tuple(Version.of(plain) for plain in content["versions"])


def with_version(versions: Sequence[Version], **content: Any) -> tuple[Version, ...]:
    """The versions with a new one behind them; `content`: plan, frozen_at, reason, exports and files."""
    before = versions[-1].sha256 if versions else ""
    new = Version(version=len(versions) + 1, before=before, **content)
    return (*versions, replace(new, sha256=new.digest))


def first_broken(versions: Sequence[Version]) -> Version | None:
    """The first version that is not what was frozen, or does not stand behind the one it was made after."""
    before = ""
    for number, version in enumerate(versions, 1):
        if version.sha256 != version.digest or (version.version, version.before) != (number, before):
            return version
        before = version.sha256
    return None


def followed(versions: Sequence[Version]) -> Version:
    """The version that a report is held against: the last from before there were exports of a follow-up.

    Where all are from after that, the first: who changes a plan when data are there departs from it. Versions for
    synthetic data count where there are no others, and then the last.
    """
    real = [version for version in versions if version.exports != "synthetic"]
    early = [version for version in real if version.exports == "none"]
    return (early or real[:1] or versions)[-1]
