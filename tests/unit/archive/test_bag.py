"""A bag has one form, and every byte that differs from it is found."""

import io
import random
import re
import subprocess
import zipfile

import bagit
import pytest
from given.bags import bagged, flipped, unpacked

from effectstudie.archive import bag
from effectstudie.archive.bag import MANIFEST, Finding, content_id, findings, members, sha256, zipped
from effectstudie.archive.checking.reading import unzipped
from effectstudie.shared.errors import EffectstudieError

PAYLOAD = {"b.csv": b"n\n3,1\n", "a/report.html": b"<p>3</p>" * 20, "a/empty.txt": b""}
INFO = {"External-Description": "een\narchief"}


@pytest.fixture
def files():
    return members(PAYLOAD, INFO)


def test_the_public_validator_finds_it_right_in_full(files, tmp_path):
    bagit.Bag(str(unpacked(files, tmp_path))).validate(fast=False)


def test_the_public_validator_finds_an_edit_of_the_same_size(files, tmp_path):
    (unpacked(files, tmp_path) / "data/b.csv").write_bytes(b"n\n3,2\n")
    with pytest.raises(bagit.BagValidationError, match="b.csv"):
        bagit.Bag(str(tmp_path)).validate(fast=False)


def test_the_manifests_are_those_of_sha256sum(files, tmp_path):
    command = ["sha256sum", "--check", "--quiet", "--strict", MANIFEST, "tagmanifest-sha256.txt"]
    subprocess.run(command, cwd=unpacked(files, tmp_path), check=True)


def test_the_order_in_which_files_come_makes_no_difference(files):
    again = members(dict(reversed(PAYLOAD.items())), INFO)
    assert zipped("x", again) == zipped("x", dict(reversed(files.items())))
    assert findings(files) == []


def test_a_zip_file_comes_back_as_it_was(files):
    content = zipped("name", files)
    assert unzipped(content) == ("name", files, [])
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        assert {entry.date_time[0] for entry in file.infolist()} == {1980}


def test_the_identifier_stands_for_every_byte(files):
    assert content_id(members({**PAYLOAD, "b.csv": b"n\n3,2\n"}, INFO)) != content_id(files)
    assert content_id(members(PAYLOAD, {"External-Description": "een ander"})) != content_id(files)


def test_every_one_of_200_changed_bytes_of_the_zip_file_is_found(files):
    content, places = zipped("name", files), random.Random(1)
    assert unzipped(content)[2] == []
    for _ in range(200):
        place, bit = places.randrange(len(content)), places.randrange(8)
        folder, read, found = unzipped(flipped(content, place, bit))
        assert found or findings(read) or folder != "name", (place, bit)


def test_every_one_of_200_changed_bytes_of_the_unpacked_files_is_found(files):
    places = random.Random(2)
    filled = [path for path in files if files[path]]
    for _ in range(200):
        path = places.choice(filled)
        place, bit = places.randrange(len(files[path])), places.randrange(8)
        found = findings({**files, path: flipped(files[path], place, bit)})
        named = {finding.file for finding in found}
        assert named if path == "tagmanifest-sha256.txt" else path in named, (path, place, bit)


@pytest.mark.parametrize("name", ["bagit.txt", "bag-info.txt", MANIFEST, "tagmanifest-sha256.txt"])
def test_every_changed_byte_of_a_tag_file_is_found(files, name):
    for place in range(len(files[name])):
        for bit in (0, 5):  # 5 makes a capital of a letter, which checksums forgive
            assert findings({**files, name: flipped(files[name], place, bit)}), (place, bit)


@pytest.mark.parametrize("missing", ["data/b.csv", "data/a/empty.txt", "bagit.txt", "bag-info.txt", MANIFEST])
def test_a_missing_file_is_named(files, missing):
    assert Finding(missing, "missing") in findings({path: files[path] for path in files if path != missing})


@pytest.mark.parametrize("extra", ["data/a/extra.txt", "note.txt"])
def test_a_file_that_was_added_is_named(files, extra):
    assert findings({**files, extra: b"x"}) == [Finding(extra, "extra")]


def test_a_file_changed_together_with_its_manifest_has_another_identifier(files):
    forged = members({**PAYLOAD, "b.csv": b"n\n9,9\n"}, INFO)
    assert findings(forged) == [] and content_id(forged) != content_id(files)


@pytest.mark.parametrize("content", [b"", b"no zip file", b"PK\x03\x04" + b"\0" * 50])
def test_what_is_no_zip_file_is_unreadable(content):
    assert unzipped(content)[2] == [Finding("", "unreadable")]


def test_the_same_files_in_a_zip_file_of_another_hand_are_told_from_ours(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for path, content in files.items():
            file.writestr(f"name/{path}", content)
    folder, read, found = unzipped(stream.getvalue())
    assert folder == "name" and set(found) == {Finding(path, "entry") for path in files} and not any(read.values())


GOOD = ["b.csv", "a/report.html", "met spatie (1).png", "één.md", ".gitkeep", "a-b_c+d,e.txt", "x" * 200, "aux_.txt"]
BAD = {
    "climbs out": ["../b", "a/../b", "..", "a/..", "./b", "a/./b", "a/."],
    "absolute": ["/b", "//b/c", "C:/b", "c:b", "C:\\b", "\\\\host\\share\\b", "a\\b", "..\\b", "b:stream"],
    "empty": ["", "a//b", "a/", "/"],
    "not printed": ["a\nb", "a\rb", "a\tb", "a\0b", "\x1b[2Jb", "a\x7f", "a\x85b", "a\u2028b", "a\u00a0b", "a\ufeffb"],
    "direction": ["a\u202egnp.exe", "\u2066b", "a\u200fb", "a\u200bb", "a\u00adb"],
    "half a character": ["a\udc80", "\ud800b"],
    "Windows reads otherwise": [
        "a.",
        "a ",
        "a./b",
        " a",
        "a /b",
        "con",
        "NUL.txt",
        "a/Com1.csv",
        "lpt9",
        "a?",
        "a*",
        "<b>",
        'a"b',
    ],
    "a sign of manifests": ["50%", "a%0Ab"],
    "long": ["x" * 256, "é" * 128, "/".join(["y" * 99] * 6), "/".join("z" * 40)],
}
TOGETHER = [
    *(("a.txt", "A.TXT"), ("\u00e9.md", "e\u0301.md"), ("stra\u00dfe", "STRASSE"), ("\ufb01", "fi"), ("d/a", "D/b")),
    *(("a", "a/b"), ("a/b", "A"), ("d/x/1", "d/x"), ("\u212b", "\u00c5")),
]


@pytest.mark.parametrize("paths", [*([path] for paths in BAD.values() for path in paths), *TOGETHER], ids=ascii)
def test_what_an_archive_refuses_to_make_it_refuses_to_be_given(paths):
    """Also where every checksum is right."""
    payload = {path: b"" for path in paths}
    with pytest.raises(EffectstudieError, match="rename them") as error:
        members(payload, INFO)
    assert all(sign.isprintable() for sign in str(error.value))
    found = {finding.file: finding.what for finding in findings(bagged(payload))}
    assert {found[f"data/{path}"] for path in paths if f"data/{path}" in found} == {"path"}


def test_a_name_that_is_like_a_refused_one_is_taken():
    made = members({path: b"" for path in GOOD}, INFO)
    assert findings(made) == [] and made == bagged({path: b"" for path in GOOD}, members({}, INFO)["bag-info.txt"])


def test_of_folders_that_fall_together_the_few_are_named():
    files = bagged({**{f"docs/{n}.md": b"" for n in range(9)}, "Docs/9.md": b""})
    assert [finding.file for finding in findings(files)] == ["data/Docs/9.md"]


def retold(files, name, content):
    """The bag with another tag file, which its manifest knows."""
    forged = {**files, name: content}
    tags = [path for path in forged if not path.startswith(("data/", "tagmanifest"))]
    lines = "".join(f"{sha256(forged[path])}  {path}\n" for path in sorted(tags))
    return {**forged, "tagmanifest-sha256.txt": lines.encode()}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (MANIFEST, rb"\Z", b"LINE"),
        (MANIFEST, rb"  data/b", b"  data/../b"),
        (MANIFEST, rb"\Z", b"0" * 64 + b"  bagit.txt\n"),
        ("bagit.txt", b"1.0", b"0.97"),
        ("bagit.txt", b"UTF-8", b"UTF-16"),
        ("bag-info.txt", rb"Oxum: \d+", b"Oxum: 9999"),
        ("bag-info.txt", rb"\.3\n", b".4\n"),
        ("bag-info.txt", rb"\Z", b"Payload-Oxum: 1.1\n"),
        ("bag-info.txt", b"Payload-Oxum.*", b""),
        ("bag-info.txt", b"een", b"een\xff"),
    ],
)
def test_a_tag_file_that_lies_is_named_though_its_checksum_is_right(files, name, old, new):
    first = files[MANIFEST].splitlines(keepends=True)[0]
    forged = retold(files, name, re.sub(old, new.replace(b"LINE", first), files[name], count=1))
    assert findings(retold(files, name, files[name])) == []
    assert name in {finding.file for finding in findings(forged)} | {"manifest-sha256.txt" if b".." in new else ""}


def test_a_manifest_without_end_is_not_taken_apart(files, monkeypatch):
    monkeypatch.setattr(bag, "MOST_OF_MANIFEST", 1000)
    assert findings({**files, MANIFEST: files[MANIFEST] * 10}) == [Finding(MANIFEST, "large")]


def test_more_than_a_check_reads_is_not_made(files, monkeypatch):
    monkeypatch.setattr(bag, "MOST_FILES", len(files) - 1)
    with pytest.raises(EffectstudieError, match="at most"):
        zipped("name", files)
