"""Pseudonyms for ids, and the secret that they are made with."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from effectstudie.shared.errors import EffectstudieError


def pseudonym(identifier: str, key: bytes) -> str:
    """Sixteen hexadecimal digits of HMAC-SHA256: the same person is the same in every wave and file."""
    return hmac.digest(key, identifier.encode("utf-8"), "sha256").hex()[:16]


# The demonstration cohort has no secrets: a published key gives everybody the same files.
DEMONSTRATION_KEY = "resources/demo/pseudonym.key"


def load_key(path: str | Path, project: str | Path) -> bytes:
    """The secret of the pseudonyms; made, readable by its owner only, when there is none yet.

    EffectstudieError when it lies inside the project, where an archive or a commit would take it along.
    """
    path = Path(path).expanduser().resolve()
    if path == Path(project, DEMONSTRATION_KEY).resolve():
        return path.read_bytes().strip()
    if path.is_relative_to(Path(project).resolve()):
        raise EffectstudieError(
            f"config/config.yaml: pseudonym_key_file is {path}, inside the project; put it outside."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = _key_at(path)
    except OSError as error:
        raise EffectstudieError(
            f"config/config.yaml: pseudonym_key_file {path} can't be read or made ({error.strerror}); name another."
        ) from None
    if len(key) < 32:
        raise EffectstudieError(f"{path}: the pseudonym key is shorter than 32 characters; it must be a long secret.")
    return key


def _key_at(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
        return path.read_bytes().strip()
    key = secrets.token_hex(32).encode()
    with os.fdopen(descriptor, "wb") as file:
        file.write(key + b"\n")
    return key


def fingerprint(key: bytes) -> str:
    """Eight characters that tell one key from another and say nothing of it."""
    return hmac.new(key, b"fingerprint", hashlib.sha256).hexdigest()[:8]
