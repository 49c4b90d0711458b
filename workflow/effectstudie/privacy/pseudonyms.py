"""Pseudonyms for ids, and the secret that they are made with."""

import contextlib
import hashlib
import hmac
import os
import secrets
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from effectstudie.privacy.key_readings import holds, is_text
from effectstudie.privacy.key_strength import weakness
from effectstudie.shared.errors import EffectstudieError, reason
from effectstudie.shared.messages.sentences import say


def pseudonym(identifier: str, key: bytes) -> str:
    """Sixteen hexadecimal digits of HMAC-SHA256: the same person is the same in every wave and file."""
    return hmac.digest(key, identifier.encode("utf-8"), "sha256").hex()[:16]


# The demonstration cohort has no secrets: a published key gives everybody the same files.
DEMONSTRATION_KEY = "resources/demo/pseudonym.key"


def load_key(path: str | Path, project: str | Path, own_exports: bool = True) -> bytes:
    """The secret of the pseudonyms; made, readable by its owner only, when there is none yet.

    `own_exports`: False for the demonstration cohort, which has the published key of the project, whatever `path` is.
    EffectstudieError for that key with other exports, however it was written, for one that can be guessed
    (key_strength.weakness), for one inside the project, where an archive or a commit would take it along, and where
    others can put another in its place.
    """
    published = Path(project, DEMONSTRATION_KEY)
    known = _as_written(published.read_bytes()) if published.is_file() else b""
    if not own_exports:
        return known
    try:
        path = Path(path).expanduser()
        if path.is_symlink() and not path.exists():
            raise EffectstudieError(
                say(
                    "config/config.yaml: pseudonym_key_file {path} is a link to {target}, which is not there; put the "
                    "key back (is its disk in place?), or name another file.",
                    path=path,
                    target=path.readlink(),
                )
            )
        path = path.resolve()
        if path != published.resolve() and path.is_relative_to(Path(project).resolve()):
            raise EffectstudieError(
                say("config/config.yaml: pseudonym_key_file is {path}, inside the project; put it outside.", path=path)
            )
        key = known if path == published.resolve() else _key_at(path)
    except (OSError, RuntimeError) as error:  # the latter where nobody knows a home folder
        raise EffectstudieError(
            say(
                "config/config.yaml: pseudonym_key_file {path} can't be read or made ({reason}); name another.",
                path=path,
                reason=reason(error),
            )
        ) from None
    if known and holds(key, known):
        raise EffectstudieError(
            say(
                "config/config.yaml: pseudonym_key_file {path} has the key of the demonstration cohort, which is "
                "published, so that anybody could turn pseudonyms back into ids; name another file, and the run makes "
                "one.",
                path=path,
            )
        )
    if problem := weakness(key):
        raise EffectstudieError(say("{path}: {problem}", path=path, problem=problem))
    return key


def _key_at(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.parent.stat().st_mode & (stat.S_IWOTH | stat.S_ISVTX) == stat.S_IWOTH:
        raise EffectstudieError(
            say(
                "{folder}: anybody may write in this folder, and so put another key in the place of {name}; close it "
                "to others (chmod o-w), or keep the key in a folder of your own.",
                folder=path.parent,
                name=path.name,
            )
        )
    if not path.exists():
        _make_key(path)
    if path.is_file() and path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return _as_written(path.read_bytes())


def _as_written(key: bytes) -> bytes:
    """Without the blanks and ends of lines around a text; of bytes of chance all belong to the key."""
    return key.strip() if is_text(key) else key


def _make_key(path: Path) -> None:
    """Put a new key in its place, whole or not at all; where another process was first, its key stays."""
    descriptor, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # only its owner can read it
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(32).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(beside, path)
    finally:
        os.unlink(beside)


def fingerprint(key: bytes) -> str:
    """Eight characters that tell one key from another and say nothing of it."""
    return hmac.new(key, b"fingerprint", hashlib.sha256).hexdigest()[:8]


def sealed(digest: str, key: bytes) -> str:
    """HMAC-SHA256 of the SHA-256 of a file of persons, for what is published: no guess of the file can be tried on it.

    Under a key of its own that follows from that of the pseudonyms, so that no checksum is a pseudonym.
    """
    return hmac.digest(hmac.digest(key, b"checksum", "sha256"), digest.encode("ascii"), "sha256").hex()


def key_of(mark: str, paths: Iterable[str | Path]) -> bytes | None:
    """The first key among these files whose fingerprint is `mark`; files that cannot be read are none."""
    for path in paths:
        try:
            key = Path(path).expanduser().read_bytes()
        except OSError:
            continue
        key = _as_written(key)
        if fingerprint(key) == mark:
            return key
    return None
