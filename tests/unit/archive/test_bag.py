"""A bag has one form, and every byte that differs from it is found."""

import io
import random
import subprocess
import zipfile

import bagit
import pytest
from given.bags import flipped, unpacked

from effectstudie.archive.bag import MANIFEST, Finding, content_id, findings, members, sha256, unzipped, zipped

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
    assert unzipped(stream.getvalue()) == ("name", files, [Finding("", "form")])


@pytest.mark.parametrize("path", ["a\nb", "../b", "/b", "a/../b", "50%", "a\\b"])
def test_a_path_that_a_manifest_cannot_hold_is_refused(path):
    with pytest.raises(ValueError, match="not for a bag"):
        members({path: b""}, INFO)


def test_a_manifest_with_a_line_twice_is_no_form_of_ours(files):
    manifest = files[MANIFEST] + files[MANIFEST].splitlines(keepends=True)[0]
    forged = {**files, MANIFEST: manifest}
    tags = {path: content for path, content in forged.items() if not path.startswith(("data/", "tagmanifest"))}
    lines = "".join(f"{sha256(tags[path])}  {path}\n" for path in sorted(tags))
    assert findings({**forged, "tagmanifest-sha256.txt": lines.encode()}) == [Finding(MANIFEST, "changed")]
