"""Archives of somebody else: what is no plain file is named and not read, in a zip file and in a folder."""

import io
import os
import zipfile

import pytest
from given.bags import flipped, unpacked
from given.small_run import packed, small_run

from effectstudie.archive.bag import Finding, zip_entry, zipped
from effectstudie.archive.checking import reading
from effectstudie.archive.checking.reading import unzipped
from effectstudie.archive.checking.verify import check

REPORT = "data/results/zeeland/report/zeeland.html"


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return packed(small_run(tmp_path_factory.mktemp("run") / "project"))


@pytest.fixture
def folder(archive, tmp_path):
    return unpacked(unzipped(archive.content)[1], tmp_path / "bag")


def packed_again(archive, change, name=None):
    """The zip file with its report put in by `change`, which gets the zip file, how it stood there and its content."""
    folder, files, _ = unzipped(archive.content)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for path in sorted(files):
            entry = zip_entry(f"{folder if name is None else name}/{path}")
            if path == REPORT:
                change(file, entry, files[path])
            else:
                file.writestr(entry, files[path])
    return stream.getvalue()


def of_mode(mode):
    def change(file, entry, content):
        entry.external_attr = mode << 16
        file.writestr(entry, content)

    return change


def told_otherwise(**facts):
    def change(file, entry, content):
        for name, value in facts.items():
            setattr(entry, name, value)
        file.writestr(entry, content)

    return change


def twice(file, entry, content):
    file.writestr(entry, content)
    with pytest.warns(UserWarning, match="Duplicate name"):
        file.writestr(zip_entry(entry.filename), b"<p>evil</p>")


def bomb(file, entry, content):
    entry.compress_type = zipfile.ZIP_DEFLATED
    with file.open(entry, "w") as opened:
        for _ in range(20):
            opened.write(bytes(1 << 20))


@pytest.mark.parametrize(
    "change",
    [
        *(pytest.param(of_mode(mode), id=oct(mode)) for mode in (0o120777, 0o010644, 0o020644, 0o060644, 0o140644)),
        *(pytest.param(of_mode(mode), id=oct(mode)) for mode in (0o040755, 0o104755, 0o100777, 0)),
        pytest.param(told_otherwise(date_time=(2026, 2, 3, 0, 0, 0)), id="a date"),
        pytest.param(told_otherwise(create_system=0), id="made by Windows"),
        pytest.param(told_otherwise(comment=b"x"), id="a comment"),
        pytest.param(told_otherwise(extra=b"ux\x02\0ab"), id="more than is asked"),
        pytest.param(twice, id="twice"),
        pytest.param(bomb, id="a bomb"),
    ],
)
def test_what_is_no_plain_file_of_the_zip_file_is_named_and_not_read(archive, change):
    folder, files, found = unzipped(packed_again(archive, change))
    assert found == [Finding(REPORT, "entry")] and folder == archive.name
    assert files[REPORT] in (b"", unzipped(archive.content)[1][REPORT])


def changed(content, signature, field, value):
    """The zip file with other bytes in a header of its report; `field`: their place behind the signature."""
    place = max(content.rfind(REPORT.encode()), 0)
    place = place if signature == b"PK\x01\x02" else content.find(b"/" + REPORT.encode())
    start = content.rfind(signature, 0, place) + field
    return content[:start] + value + content[start + len(value) :]


HEADERS = [
    pytest.param(b"PK\x01\x02", 8, b"\x01", id="encrypted"),
    pytest.param(b"PK\x01\x02", 10, b"\x08", id="said to be compressed"),
    pytest.param(b"PK\x01\x02", 20, b"\xff\xff\xff\x00", id="packed size that lies"),
    pytest.param(b"PK\x01\x02", 24, b"\xff\xff\xff\x7f", id="size that lies"),
    pytest.param(b"PK\x01\x02", 42, b"\0\0\0\0", id="the bytes of another file"),
    pytest.param(b"PK\x01\x02", 38, b"\0\0\xff\xa1", id="a link"),
]


@pytest.mark.parametrize(("signature", "field", "value"), HEADERS)
def test_a_header_that_lies_is_named(archive, signature, field, value):
    found = unzipped(changed(archive.content, signature, field, value))[2]
    assert Finding(REPORT, "entry") in found


@pytest.mark.parametrize(("field", "value"), [(6, b"\x01"), (8, b"\x08"), (18, b"\x01"), (22, b"\x01"), (26, b"\x01")])
def test_a_header_beside_the_file_that_says_otherwise_is_found(archive, field, value):
    """The list at the end of the zip file is right; another program may believe the header beside the file."""
    assert unzipped(changed(archive.content, b"PK\x03\x04", field, value))[2]


@pytest.mark.parametrize("name", ["..", ".", "/etc", "C:", "a\\b", "\x1b[2J", "a\u202eb", "nul", "a."])
def test_the_folder_of_a_zip_file_has_a_name_as_any_other(archive, name):
    found = unzipped(packed_again(archive, lambda file, entry, text: file.writestr(entry, text), name))[2]
    assert found and {finding.what for finding in found} <= {"path", "form"}


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda content: content + b"x", id="data behind the end"),
        pytest.param(lambda content: content + content, id="another behind it"),
        pytest.param(lambda content: b"#!/bin/sh\n" + content, id="data before it"),
        pytest.param(lambda content: content[:-2] + b"\x01\0x", id="a comment"),
        pytest.param(lambda content: content[:-2] + b"\xff\xff", id="a comment that is not there"),
        pytest.param(lambda content: content[:-1], id="cut off"),
        pytest.param(lambda content: content[: len(content) // 2], id="half"),
        pytest.param(lambda content: content[-22:], id="only its end"),
        pytest.param(lambda content: b"PK\x05\x06" + bytes(18), id="nothing in it"),
        pytest.param(lambda content: content.replace(b"zeeland.html", b"zeeland\xfftml"), id="a name that is no UTF-8"),
        pytest.param(lambda content: content.replace(b"zeeland.html", b"zeeland\0tml"), id="a name with its end in it"),
    ],
)
def test_a_zip_file_that_is_more_or_less_than_its_files_is_found(archive, make):
    assert unzipped(make(archive.content))[2]


def test_more_files_than_an_archive_has_are_not_looked_at(monkeypatch):
    monkeypatch.setattr(reading, "MOST_FILES", 40)
    many = zipped("many", {f"{n}": b"" for n in range(90)})
    assert unzipped(many) == ("", {}, [Finding("", "large")])


def test_a_bomb_takes_no_memory(archive, tmp_path):
    path = tmp_path / "bomb.zip"
    path.write_bytes(packed_again(archive, bomb))
    checked = check(path)
    assert sum(map(len, checked.files.values())) < path.stat().st_size < 200_000
    assert Finding(REPORT, "entry") in checked.findings


# The folder that an archive was unpacked in.


def link(path, beside):
    content = path.read_bytes()
    (beside / "outside.html").write_bytes(content)
    path.unlink()
    path.symlink_to(beside / "outside.html")


def hard_link(path, beside):
    os.link(path, beside / "outside.html")


def link_into_the_bag(path, beside):
    path.unlink()
    path.symlink_to("../../../code/Snakefile")


def link_to_nothing(path, beside):
    path.unlink()
    path.symlink_to("nothing")


def pipe(path, beside):
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("change", [link, hard_link, link_into_the_bag, link_to_nothing, pipe])
def test_what_is_no_file_of_its_own_is_named_and_not_read(folder, tmp_path, change):
    """Its content may be right today."""
    change(folder / REPORT, tmp_path)
    checked = check(folder)
    assert checked.findings == [Finding(REPORT, "link")] and checked.files[REPORT] == b""


def test_a_folder_that_is_a_link_is_not_followed(folder, tmp_path):
    (folder / "data/results").rename(tmp_path / "results")
    (folder / "data/results").symlink_to(tmp_path / "results")
    checked = check(folder)
    assert Finding("data/results", "link") in checked.findings and REPORT not in checked.files
    (folder / "data/code/loop").symlink_to("..")
    assert Finding("data/code/loop", "link") in check(folder).findings


@pytest.mark.parametrize(
    "name", [b"\xff.md", b"\x1b[2J.md", b"a\nb.md", b"a\\b.md", "\u202e.md".encode(), b"README.MD"]
)
def test_a_name_that_no_archive_has_is_named(folder, name):
    (folder / "data/code/readme.md").write_text("")
    with open(os.fsencode(folder / "data/code") + b"/" + name, "wb"):
        pass
    found = {finding.file: finding.what for finding in check(folder).findings}
    assert found[f"data/code/{os.fsdecode(name)}"] == "path"


def test_a_file_without_end_is_not_read(folder, tmp_path):
    with (folder / "data/run/more.csv").open("wb") as file:
        file.truncate(1 << 40)
    assert Finding("data/run/more.csv", "large") in check(folder).findings
    with (tmp_path / "more.zip").open("wb") as file:
        file.truncate(1 << 40)
    assert check(tmp_path / "more.zip").findings == [Finding("", "large")]


def test_a_folder_of_more_files_than_an_archive_has_is_left(folder, monkeypatch):
    monkeypatch.setattr(reading, "MOST_FILES", 10)
    files, found = reading.of_folder(folder)
    assert found[-1].what == "large" and len(files) <= 11


def test_a_changed_byte_is_told_from_a_file_that_is_not_plain(archive):
    found = unzipped(flipped(archive.content, archive.content.index(b"112 naar"), 0))[2]
    assert found == [Finding(REPORT, "unreadable")]
