"""Is an archive still what it was when it was made? Answered from the archive alone."""

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from effectstudie.archive import bag
from effectstudie.archive.bag import Finding
from effectstudie.archive.checking import forms, reading
from effectstudie.runs.file_names import visible
from effectstudie.shared.errors import EffectstudieError, reason
from effectstudie.shared.messages.sentences import say

_IDENTIFIER = re.compile(r"_([0-9a-f]{16})(?:\.zip)?$")


class Checked(NamedTuple):
    """`files`: path in the archive → content; `identifier`: of what is in it now; `findings`: what is wrong."""

    name: str
    files: Mapping[str, bytes]
    identifier: str
    findings: list[Finding]


def check(path: str | Path) -> Checked:
    """Look at every byte of an archive, a zip file or the folder it was unpacked in.

    Nothing is unpacked, and no name in it is followed. EffectstudieError where there is no such archive, or where it
    cannot be read.
    """
    path = Path(path)
    try:
        names, files, wrong = _read(path)
    except OSError as error:
        raise EffectstudieError(
            say("{path}: cannot be read ({reason}).", path=visible(str(path)), reason=reason(error))
        ) from None
    if Finding("", "large") in wrong:
        return Checked(path.name, {}, "", wrong)
    # what is asked later follows from what was asked before
    wrong = bag.first_of_each([*wrong, *bag.findings(files)])
    wrong = wrong or bag.first_of_each(forms.findings(files)) or forms.undescribed(files)
    identifier = bag.content_id(files) if bag.TAG_MANIFEST in files else ""
    for name in names:
        match = _IDENTIFIER.search(name)
        if match and not identifier.startswith(match[1]):
            wrong.append(Finding(name, "name"))
    return Checked(path.name or path.resolve().name, files, identifier, wrong)


def _read(path: Path) -> tuple[list[str], Mapping[str, bytes], list[Finding]]:
    """The names that an archive goes by, its files, and those that could not be read."""
    if path.is_dir():
        if not any((path / name).exists() for name in (*bag.TAG_FILES, bag.PAYLOAD)):
            raise EffectstudieError(
                say(
                    "{path}: is a folder without an archive in it; give the zip file, or the folder it was "
                    "unpacked in.",
                    path=visible(str(path)),
                )
            )
        return [path.resolve().name], *reading.of_folder(path)
    if not path.is_file():
        raise EffectstudieError(
            say(
                "{path}: there is no such archive; give the zip file, or the folder it was unpacked in.",
                path=visible(str(path)),
            )
        )
    if path.stat().st_size > bag.MOST_BYTES:
        return [path.name], {}, [Finding("", "large")]
    folder, files, wrong = reading.unzipped(path.read_bytes())
    return [path.name, folder], files, wrong


def table(files: Mapping[str, bytes], path: str) -> list[dict[str, str]]:
    """The rows of a CSV file of an archive."""
    return list(csv.DictReader(io.StringIO(files[f"{bag.PAYLOAD}{path}"].decode())))
