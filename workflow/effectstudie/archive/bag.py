"""A BagIt bag, and the zip file of one, whose bytes depend on nothing but what is in it.

Both have one form only: what `members` and `zipped` write. A check is therefore a comparison with that form, which
finds every changed byte, also where checksums do not look.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from typing import NamedTuple

PAYLOAD = "data/"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAG_MANIFEST, INFO = "manifest-sha256.txt", "tagmanifest-sha256.txt", "bag-info.txt"
TAG_FILES = ("bagit.txt", INFO, MANIFEST, TAG_MANIFEST)
# zip keeps no earlier date
_DATE = (1980, 1, 1, 0, 0, 0)
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


class Finding(NamedTuple):
    """What is wrong with one file of an archive; `what` is changed, missing, extra, unreadable, form or name."""

    file: str
    what: str


def sha256(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def members(payload: Mapping[str, bytes], info: Mapping[str, str]) -> dict[str, bytes]:
    """All files of a bag. `payload`: path below data/ → content; `info`: what bag-info.txt says of it.

    ValueError for a path that a manifest cannot hold as it is.
    """
    refused = [path for path in payload if re.search(r"[\r\n%\\]|^/|(^|/)\.\.?(/|$)", path)]
    if refused:
        raise ValueError(f"not for a bag: {refused}")
    files = {f"{PAYLOAD}{path}": payload[path] for path in sorted(payload)}
    size = {"Payload-Oxum": f"{sum(map(len, files.values()))}.{len(files)}"}
    lines = [f"{name}: {' '.join(value.split())}\n" for name, value in {**info, **size}.items()]
    return {**_tags("".join(lines).encode(), _manifest(files)), **files}


def content_id(bag: Mapping[str, bytes]) -> str:
    """One number that stands for every byte of a bag: SHA-256 of the manifest of its tag files."""
    return sha256(bag[TAG_MANIFEST])


def findings(bag: Mapping[str, bytes]) -> list[Finding]:
    """What is wrong with each file of a bag; `bag`: path → content. Nothing when every byte is as it was made."""
    wrong = [Finding(name, "missing") for name in TAG_FILES if name not in bag]
    payload = {path: content for path, content in bag.items() if path.startswith(PAYLOAD)}
    wrong += [Finding(path, "extra") for path in sorted(bag) if path not in TAG_FILES and path not in payload]
    listed, tags = _listed(bag, MANIFEST), _listed(bag, TAG_MANIFEST)
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
        # checksums do not see a capital or a line that is there twice
        forms = {**_tags(bag[INFO], bag[MANIFEST]), MANIFEST: _manifest(payload)}
        wrong = [Finding(name, "changed") for name, form in forms.items() if bag[name] != form]
    return wrong


def _listed(bag: Mapping[str, bytes], manifest: str) -> dict[str, str]:
    lines = bag.get(manifest, b"").decode("utf-8", "replace").splitlines()
    return {match[2]: match[1] for line in lines if (match := _LINE.fullmatch(line))}


def _tags(info: bytes, manifest: bytes) -> dict[str, bytes]:
    files = {"bagit.txt": DECLARATION, INFO: info, MANIFEST: manifest}
    return {**files, TAG_MANIFEST: _manifest(files)}


def _manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{sha256(files[path])}  {path}\n" for path in sorted(files)).encode()


def zipped(folder: str, bag: Mapping[str, bytes]) -> bytes:
    """The zip file of a bag, all of it inside `folder`.

    Without compression: its bytes depend on the version of zlib, and most of what is large is compressed already.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as file:
        for path in sorted(bag):
            entry = zipfile.ZipInfo(f"{folder}/{path}", _DATE)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            file.writestr(entry, bag[path])
    return stream.getvalue()


def unzipped(content: bytes) -> tuple[str, dict[str, bytes], list[Finding]]:
    """The folder and the files of a zip file, and what is wrong with the zip file itself.

    The folder is empty where the files are not all in one.
    """
    files, wrong = {}, []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            for entry in file.infolist():
                files[entry.filename] = _read(file, entry, wrong)
    except Exception:  # a damaged zip file makes zipfile raise whatever it runs into
        wrong.append(Finding("", "unreadable"))
    folders = {path.split("/", 1)[0] for path in files}
    folder = folders.pop() if len(folders) == 1 else ""
    bag = {path.removeprefix(f"{folder}/") if folder else path: text for path, text in files.items()}
    if not wrong and (not folder or zipped(folder, bag) != content):
        wrong.append(Finding("", "form"))
    return folder, bag, wrong


def _read(file: zipfile.ZipFile, entry: zipfile.ZipInfo, wrong: list[Finding]) -> bytes:
    try:
        return file.read(entry)
    except Exception:
        wrong.append(Finding(entry.filename.split("/", 1)[-1], "unreadable"))
        return b""
