"""Parts of a stage that are taken from before, where all that they follow from is the same.

What is kept is the result itself, where it stands: there is no second copy of anybody's answers. Beside it lies a
record that says of each part of the last run what it was made from and what is in it. A part that is not as it was made
is made anew. Nothing of this is published.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from effectstudie.shared.storage import sha256, write_json


class Kept:
    """What a record tells of the parts of the last run, and what is to be told of those of this one.

    `made_with`: files of the program. Another program, or another version of Python, makes all parts anew.
    """

    def __init__(self, record: str | Path, made_with: Iterable[str | Path] = ()):
        self._record = Path(record)
        self._program = "\n".join([sys.version, *map(sha256, made_with)])
        self._before = _read(self._record)
        self._now: dict[str, dict[str, Any]] = {}
        self.anew: list[str] = []  # the parts that were made in this run

    def has(self, part: str, made_from: Any, files: Sequence[str | Path]) -> bool:
        """Whether these files are the part, made from the same with the same program."""
        return self._before.get(part, {}).get("made_from") == self._digest(made_from) and self.stands(part, files)

    def stands(self, part: str, files: Sequence[str | Path]) -> bool:
        """Whether these files are the part as it was made last, whatever from."""
        there = {Path(file).name: sha256(file) for file in files if Path(file).is_file()}
        return there == self._before.get(part, {}).get("contents")

    def said(self, part: str) -> Any:
        """What was noted of a part of the last run."""
        return self._before[part]["said"]

    def note(self, part: str, made_from: Any, files: Sequence[str | Path], said: Any) -> None:
        """Note what a part was made from and what is in it; `said`: what else the next run has to know of it."""
        contents = {Path(file).name: sha256(file) for file in files}
        self._now[part] = {"made_from": self._digest(made_from), "contents": contents, "said": said}

    def part(self, part: str, made_from: Any, files: Sequence[str | Path], make: Callable[[], Any]) -> Any:
        """What `make`, which writes these files, gives; of a part that is there already, what it gave then."""
        if self.has(part, made_from, files):
            self._now[part] = self._before[part]
            return self.said(part)
        self.anew.append(part)
        said = make()
        self.note(part, made_from, files, said)
        return said

    def write(self, path: str | Path | None = None) -> None:
        """Write the record of this run (None: in the place of the last one)."""
        write_json(self._now, path or self._record)

    def _digest(self, made_from: Any) -> str:
        return hashlib.sha256(f"{self._program}\n{made_from!r}".encode()).hexdigest()


def _read(record: Path) -> dict[str, dict[str, Any]]:
    try:
        return json.loads(record.read_bytes())
    except (FileNotFoundError, ValueError):  # none yet; a power cut may leave half of one
        return {}


def digests_of_columns(path: str | Path) -> dict[str, str]:
    """Column → SHA-256 of its type and of how its values stand in a file of write_parquet."""
    metadata, schema = pq.read_metadata(path), pq.read_schema(path)
    digests = {name: hashlib.sha256(str(schema.field(name).type).encode()) for name in schema.names}
    with open(path, "rb") as file:
        for group in range(metadata.num_row_groups):
            for place, digest in enumerate(digests.values()):
                chunk = metadata.row_group(group).column(place)
                file.seek(chunk.dictionary_page_offset if chunk.has_dictionary_page else chunk.data_page_offset)
                digest.update(file.read(chunk.total_compressed_size))
    return {name: digest.hexdigest() for name, digest in digests.items()}
