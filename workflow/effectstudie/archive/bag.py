"""A BagIt bag, and the zip file of one, whose bytes depend on nothing but what is in it.

Both have one form only: what `members` and `zipped` write. A check is therefore a comparison with that form, which
finds every changed byte, also where checksums do not look.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from effectstudie.runs.file_names import LONGEST, refused, visible
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say

PAYLOAD = "data/"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAG_MANIFEST, INFO = "manifest-sha256.txt", "tagmanifest-sha256.txt", "bag-info.txt"
TAG_FILES = ("bagit.txt", INFO, MANIFEST, TAG_MANIFEST)
# More than any archive has, and what a check can hold in memory.
MOST_FILES, MOST_BYTES = 10_000, 1 << 30
MOST_OF_MANIFEST = MOST_FILES * (64 + LONGEST)
# zip keeps no earlier date
_DATE = (1980, 1, 1, 0, 0, 0)
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


class Finding(NamedTuple):
    """What is wrong with one file of an archive; none (empty) is its zip file.

    `what`: changed, missing, extra, unreadable, form, name; path: it has a name that is refused; entry: it stands in
    the zip file otherwise than a file does; link: it is no plain file of a folder; large; content: not of its kind.
    """

    file: str
    what: str


def sha256(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def members(payload: Mapping[str, bytes], info: Mapping[str, str]) -> dict[str, bytes]:
    """All files of a bag. `payload`: path below data/ → content; `info`: what bag-info.txt says of it.

    EffectstudieError for a path that an archive cannot hold, see file_names.refused.
    """
    files = {f"{PAYLOAD}{path}": payload[path] for path in sorted(payload)}
    if wrong := refused(files):
        names = [visible(path.removeprefix(PAYLOAD)) for path in wrong]
        raise EffectstudieError(say("An archive cannot hold files of these names; rename them: {names}", names=names))
    return {**_tags(_info(info, files), _manifest(files)), **files}


def content_id(bag: Mapping[str, bytes]) -> str:
    """One number that stands for every byte of a bag: SHA-256 of the manifest of its tag files."""
    return sha256(bag[TAG_MANIFEST])


def findings(bag: Mapping[str, bytes]) -> list[Finding]:
    """What is wrong with each file of a bag; `bag`: path → content. Nothing when every byte is as it was made.

    A path that `members` refuses to make is refused here too.
    """
    if vast := [name for name in TAG_FILES if len(bag.get(name, b"")) > MOST_OF_MANIFEST]:
        return [Finding(name, "large") for name in vast]
    wrong = [Finding(path, "path") for path in refused(bag)]
    wrong += [Finding(name, "missing") for name in TAG_FILES if name not in bag]
    payload = {path: content for path, content in bag.items() if path.startswith(PAYLOAD)}
    wrong += [Finding(path, "extra") for path in sorted(bag) if path not in TAG_FILES and path not in payload]
    listed, tags = _listed(bag, MANIFEST), _listed(bag, TAG_MANIFEST)
    if outside := [path for path in listed if not path.startswith(PAYLOAD)]:
        wrong.append(Finding(MANIFEST, "changed"))
        listed = {path: digest for path, digest in listed.items() if path not in outside}
    for path in sorted(listed.keys() | payload.keys()):
        if path not in payload:
            wrong.append(Finding(path, "missing"))
        elif path not in listed:
            wrong.append(Finding(path, "extra"))
        elif sha256(payload[path]) != listed[path]:
            wrong.append(Finding(path, "changed"))
    described = [name for name in TAG_FILES if name in bag and name != TAG_MANIFEST]
    wrong += [Finding(name, "changed") for name in described if tags.get(name) != sha256(bag[name])]
    if not wrong:
        # checksums do not see a capital, a line that is there twice, or a size that lies
        told = dict(line.split(": ", 1) for line in bag[INFO].decode("utf-8", "replace").splitlines() if ": " in line)
        forms = {**_tags(_info(told, payload), bag[MANIFEST]), MANIFEST: _manifest(payload)}
        wrong = [Finding(name, "changed") for name, form in forms.items() if bag[name] != form]
    return first_of_each(wrong)


def first_of_each(wrong: Iterable[Finding]) -> list[Finding]:
    """One finding a file, the first: what comes after it follows from it."""
    found: dict[str, Finding] = {}
    for finding in wrong:
        found.setdefault(finding.file, finding)
    return list(found.values())


def _listed(bag: Mapping[str, bytes], manifest: str) -> dict[str, str]:
    lines = bag.get(manifest, b"").decode("utf-8", "replace").split("\n")
    return {match[2]: match[1] for line in lines if (match := _LINE.fullmatch(line))}


def _info(told: Mapping[str, str], files: Mapping[str, bytes]) -> bytes:
    size = {"Payload-Oxum": f"{sum(map(len, files.values()))}.{len(files)}"}
    return "".join(f"{name}: {' '.join(value.split())}\n" for name, value in {**told, **size}.items()).encode()


def _tags(info: bytes, manifest: bytes) -> dict[str, bytes]:
    files = {"bagit.txt": DECLARATION, INFO: info, MANIFEST: manifest}
    return {**files, TAG_MANIFEST: _manifest(files)}


def _manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{sha256(files[path])}  {path}\n" for path in sorted(files)).encode()


def zipped(folder: str, bag: Mapping[str, bytes]) -> bytes:
    """The zip file of a bag, all of it inside `folder`. EffectstudieError where it is more than a check will read.

    Without compression: its bytes depend on the version of zlib, and most of what is large is compressed already.
    """
    if len(bag) > MOST_FILES or sum(map(len, bag.values())) > MOST_BYTES:
        raise EffectstudieError(
            say(
                "An archive holds at most {files} files and {megabytes} MB.",
                files=MOST_FILES,
                megabytes=MOST_BYTES >> 20,
            )
        )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as file:
        for path in sorted(bag):
            file.writestr(zip_entry(f"{folder}/{path}"), bag[path])
    return stream.getvalue()


def zip_entry(path: str) -> zipfile.ZipInfo:
    """How a file stands in the zip file: not compressed, of no date, to be read by all."""
    entry = zipfile.ZipInfo(path, _DATE)
    entry.create_system, entry.external_attr = 3, 0o100644 << 16
    return entry
