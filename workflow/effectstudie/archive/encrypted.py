"""The raw exports in one encrypted file, which needs the secret key of age to be read."""

import io
import tarfile
from collections.abc import Sequence
from pathlib import Path

from effectstudie.shared.errors import ConfigError
from effectstudie.shared.messages.sentences import say


def encrypted(paths: Sequence[Path], recipient: str) -> bytes:
    """A tar file of these files, encrypted with age for a public key; other bytes at every call.

    ConfigError for a recipient that is no public key of age.
    """
    import pyrage

    try:
        key = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        raise ConfigError(
            [
                say(
                    "config/config.yaml: key archive.recipient is {recipient}, which is no public key of "
                    "age; copy it again.",
                    recipient=recipient,
                )
            ]
        ) from None
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as file:
        for path in paths:
            entry = tarfile.TarInfo(path.name)
            entry.size, entry.mode = path.stat().st_size, 0o600
            with path.open("rb") as content:
                file.addfile(entry, content)
    return pyrage.encrypt(stream.getvalue(), [key])
