"""Archives are kept beside each other: none is written over, and a confidential one only its owner can read."""

import os
from pathlib import Path
from typing import NamedTuple

from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say
from effectstudie.shared.storage import remove_parts, replace_file


class Archive(NamedTuple):
    """`name` of the file without suffix, `content` of the zip file, `identifier` of what is in it."""

    name: str
    content: bytes
    identifier: str


def keep(archive: Archive, folder: str | Path, private: bool) -> Path:
    """Put an archive among the earlier ones, which all stay; the path of its file.

    The same archive is written once. EffectstudieError where its file is there with other bytes. `private`: only its
    owner can read it.
    """
    path = Path(folder, f"{archive.name}.zip")
    path.parent.mkdir(parents=True, exist_ok=True)
    if private:
        path.parent.chmod(0o700)
    remove_parts(path.parent)  # of an archive that has another name now
    if path.exists():
        if path.read_bytes() != archive.content:
            raise EffectstudieError(
                say("{path}: was changed after it was made; move it out of this folder and look why.", path=path)
            )
        return path
    write(path, archive.content, private)
    return path


def write(path: Path, content: bytes, private: bool) -> None:
    """Write a file whole; where it is `private`, only its owner can read it from its first byte on."""

    def fill(temporary: Path) -> None:
        # never through a link that somebody put there
        temporary.unlink(missing_ok=True)
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o644), "wb") as file:
            file.write(content)

    replace_file(path, fill)
