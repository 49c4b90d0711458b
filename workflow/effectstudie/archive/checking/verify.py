"""Is an archive still what it was when it was made? Answered from the archive alone."""

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from effectstudie.archive import bag
from effectstudie.archive.bag import Finding
from effectstudie.shared.errors import EffectstudieError

_IDENTIFIER = re.compile(r"_([0-9a-f]{16})(?:\.zip)?$")


class Checked(NamedTuple):
    """`files`: path in the archive → content; `identifier`: of what is in it now; `findings`: what is wrong."""

    name: str
    files: Mapping[str, bytes]
    identifier: str
    findings: list[Finding]


def check(path: str | Path) -> Checked:
    """Look at every byte of an archive, a zip file or the folder it was unpacked in.

    EffectstudieError where there is no such archive.
    """
    path = Path(path)
    if path.is_dir():
        files = {
            file.relative_to(path).as_posix(): file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file()
        }
        names, findings = [path.resolve().name], []
    elif path.is_file():
        folder, files, findings = bag.unzipped(path.read_bytes())
        names = [path.name, folder]
    else:
        raise EffectstudieError(
            f"{path}: there is no such archive; give the zip file, or the folder it was unpacked in."
        )
    known = {finding.file for finding in findings}
    findings += [finding for finding in bag.findings(files) if finding.file not in known]
    identifier = bag.content_id(files) if bag.TAG_MANIFEST in files else ""
    for name in names:
        match = _IDENTIFIER.search(name)
        if match and not identifier.startswith(match[1]):
            findings.append(Finding(name, "name"))
    return Checked(path.name, files, identifier, findings)


def table(files: Mapping[str, bytes], path: str) -> list[dict[str, str]]:
    """The rows of a CSV file of an archive."""
    return list(csv.DictReader(io.StringIO(files[f"{bag.PAYLOAD}{path}"].decode())))


def study_of(files: Mapping[str, bytes]) -> str:
    """The study of an archive."""
    reports = [PurePosixPath(path) for path in files if re.fullmatch(r"data/results/\w+/report/\w+\.html", path)]
    return reports[0].parts[2]
