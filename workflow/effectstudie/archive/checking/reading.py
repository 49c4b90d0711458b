"""Read an archive that somebody else may have made: only plain files, within bounds, and nothing is unpacked."""

import io
import itertools
import os
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

from effectstudie.archive.bag import MOST_BYTES, MOST_FILES, Finding, zip_entry, zipped
from effectstudie.runs.file_names import refused

_CENTRAL = b"PK\x01\x02"  # begins what a zip file says of one of its files
_LOCAL_HEADER = 30  # bytes before the name and content of a file
_UTF8 = 0x800  # the one flag that a file in it may have


def unzipped(content: bytes) -> tuple[str, dict[str, bytes], list[Finding]]:
    """The folder and the files of a zip file, and what is wrong with the zip file itself.

    The folder is empty where the files are not all in one. A file that stands there otherwise than `zipped` puts it is
    not read: so nothing is decompressed, no content is read twice, and all of it is no larger than the zip file.
    """
    if content.count(_CENTRAL) > 2 * MOST_FILES:  # those of documents in it are counted too
        return "", {}, [Finding("", "large")]
    files: dict[str, bytes] = {}
    wrong: list[Finding] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            for entry, plain in _entries(file):
                if plain and entry.filename not in files:
                    files[entry.filename] = _read(file, entry, wrong)
                else:
                    wrong.append(Finding(entry.filename, "entry"))
                    files.setdefault(entry.filename, b"")
    except Exception:  # a damaged zip file makes zipfile raise whatever it runs into
        wrong.append(Finding("", "unreadable"))
    folders = {path.split("/", 1)[0] for path in files}
    folder = folders.pop() if len(folders) == 1 else ""
    wrong = [finding._replace(file=_inside(finding.file, folder)) for finding in wrong]
    wrong += [Finding(path, "path") for path in refused([folder] if folder else [])]
    bag = {_inside(path, folder): text for path, text in files.items()}
    if not wrong and (not folder or zipped(folder, bag) != content):
        wrong.append(Finding("", "form"))
    return folder, bag, wrong


def _inside(path: str, folder: str) -> str:
    return path.removeprefix(f"{folder}/") if folder else path


def _entries(file: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, bool]]:
    """Each entry, and whether it is a plain file that begins behind the one before it."""
    same = ("filename", "compress_type", "create_system", "external_attr", "date_time", "extra", "comment")
    end = 0
    for entry in file.infolist():
        ours = zip_entry(entry.orig_filename)
        plain = entry.header_offset >= end and entry.file_size == entry.compress_size
        plain = plain and entry.filename == entry.orig_filename and not entry.flag_bits & ~_UTF8
        yield entry, plain and all(getattr(entry, name) == getattr(ours, name) for name in same)
        end = max(end, entry.header_offset + _LOCAL_HEADER + len(entry.filename.encode()) + entry.compress_size)


def _read(file: zipfile.ZipFile, entry: zipfile.ZipInfo, wrong: list[Finding]) -> bytes:
    try:
        return file.read(entry)
    except Exception:
        wrong.append(Finding(entry.filename, "unreadable"))
        return b""


def of_folder(folder: Path) -> tuple[dict[str, bytes], list[Finding]]:
    """The files of an unpacked archive, and those that are not read: no plain files, or more than an archive has."""
    files: dict[str, bytes] = {}
    wrong: list[Finding] = []
    waiting, room = [""], MOST_BYTES
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(folder / place) as found:
                entries = sorted(itertools.islice(found, MOST_FILES + 1), key=lambda entry: entry.name)
        except OSError:
            wrong.append(Finding(place, "unreadable"))
            continue
        for entry in entries:
            path = f"{place}{entry.name}"
            if len(files) + len(wrong) + len(waiting) > MOST_FILES:
                return files, [*wrong, Finding(path, "large")]
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{path}/")
                continue
            files[path], what = _plain_file(folder / path, room)
            room -= len(files[path])
            wrong += [Finding(path, what)] if what else []
    return files, wrong


def _plain_file(path: Path, room: int) -> tuple[bytes, str]:
    """The content of a file and an empty text; or nothing and what is wrong with it.

    Of a file with a second name a change of the other is a change of this one, so it is no file of its own.
    """
    try:
        # of a link or a pipe that takes its place now nothing is read either
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return b"", "unreadable" if path.is_file() and not path.is_symlink() else "link"
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
            return b"", "link"
        if status.st_size > room:
            return b"", "large"
        return file.read(room), ""
