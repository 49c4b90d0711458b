"""Pseudonyms, and the key that they are made with."""

import base64
import hashlib
import hmac
import os
import random
import signal

import pytest

from effectstudie.privacy import pseudonyms
from effectstudie.privacy.pseudonyms import fingerprint, key_of, load_key, pseudonym, sealed
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.processes import Died, in_processes

KEY = b"0f7c1be29a6d4853e1b09c7f2a84d63590be7c14"


# --- pseudonyms


def test_a_pseudonym_is_a_keyed_hash():
    assert pseudonym("child:K1", KEY) == hmac.new(KEY, b"child:K1", "sha256").hexdigest()[:16]
    assert pseudonym("child:K1", KEY) != pseudonym("child:K1", b"l" * 32)


def test_a_sealed_checksum_takes_the_key_and_is_no_pseudonym():
    """As docs/reproducibility.md says how it is made, so that others can make it."""
    own = hmac.new(KEY, b"checksum", "sha256").digest()
    assert sealed("0a", KEY) == hmac.new(own, b"0a", "sha256").hexdigest()
    assert not sealed("0a", KEY).startswith(pseudonym("0a", KEY)) and sealed("0a", KEY) != sealed("0a", b"l" * 32)


# --- the key


def test_a_key_is_known_by_its_fingerprint_and_none_is_made(tmp_path):
    for name, key in (("a", b"a" * 32), ("b", KEY + b"\n")):
        (tmp_path / name).write_bytes(key)
    paths = [tmp_path / "none", tmp_path, tmp_path / "a", str(tmp_path / "b")]
    assert key_of(fingerprint(KEY), paths) == KEY and key_of(fingerprint(KEY), paths[:3]) is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_key_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    path = tmp_path / "safe/deep/key"
    key = load_key(path, tmp_path / "project")
    assert len(key) == 64
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_key(path, tmp_path / "project") == key
    assert load_key(tmp_path / "other", tmp_path / "project") != key


def test_a_key_that_others_can_read_is_closed_to_them(tmp_path):
    path = tmp_path / "key"
    path.write_bytes(KEY)
    path.chmod(0o644)
    assert load_key(path, tmp_path / "project") == KEY
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_key_inside_the_project_is_refused_by_any_path_and_not_made(tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "link").symlink_to(project)
    for path in (project / "key", tmp_path / "link/key", tmp_path / "else/../project/key"):
        with pytest.raises(
            EffectstudieError, match="pseudonym_key_file is .*project/key, inside the project; put it outside"
        ):
            load_key(path, project)
    assert os.listdir(project) == []


@pytest.fixture
def project(tmp_path):
    """A project with its published key, which everybody can read."""
    published = tmp_path / "project/resources/demo/pseudonym.key"
    published.parent.mkdir(parents=True)
    published.write_bytes(b"of invented families, no secret\n")
    return tmp_path / "project"


def test_the_published_key_is_for_the_demonstration_cohort_alone_wherever_it_lies(project, tmp_path):
    published = project / "resources/demo/pseudonym.key"
    (tmp_path / "copy").write_bytes(published.read_bytes() + b"\n")
    (tmp_path / "link").symlink_to(published)
    for path in (published, tmp_path / "copy", tmp_path / "link"):
        assert load_key(path, project, own_exports=False) == b"of invented families, no secret"
        with pytest.raises(EffectstudieError, match="has the key of the demonstration cohort, which is published"):
            load_key(path, project)
    assert published.stat().st_mode & 0o777 == 0o644


def test_the_published_key_is_refused_in_any_writing(project, tmp_path):
    """Of what ways there are, see test_key_readings."""
    published = b"of invented families, no secret"
    written = [
        base64.b64encode(published),
        b"export KEY='" + published.hex().encode() + b"'\n",
        published.decode().encode("utf-16"),
        b":".join(published[place : place + 2] for place in range(0, len(published), 2)),
        hashlib.sha256(published + b"\n").hexdigest().encode(),
    ]
    for key in written:
        (tmp_path / "key").write_bytes(key)
        with pytest.raises(EffectstudieError, match="has the key of the demonstration cohort, which is published"):
            load_key(tmp_path / "key", project)


def test_bytes_of_chance_are_a_key_whole_whatever_they_begin_and_end_with(project, tmp_path):
    """Some are blanks or ends of lines of a text."""
    chance = random.Random(7)
    keys = [chance.randbytes(32) for _ in range(300)]
    keys += [edge + key[1:] for key, edge in zip(keys, (b" ", b"\n", b"\t", b"\x0b"), strict=False)]
    keys += [key[:-1] + edge for key, edge in zip(keys, (b" ", b"\n", b"\r", b"\x0c"), strict=False)]
    for key in keys:
        (tmp_path / "key").write_bytes(key)
        assert load_key(tmp_path / "key", project) == key == key_of(fingerprint(key), [tmp_path / "key"])
    (tmp_path / "key").write_bytes(b"\n " + KEY + b" \r\n")
    assert load_key(tmp_path / "key", project) == KEY == key_of(fingerprint(KEY), [tmp_path / "key"])


def test_a_short_key_is_refused_and_not_shown(tmp_path):
    (tmp_path / "key").write_bytes(b"geheim\n")
    with pytest.raises(EffectstudieError, match="the pseudonym key is shorter than 32 characters") as raised:
        load_key(tmp_path / "key", tmp_path / "project")
    assert "geheim" not in str(raised.value)


def test_a_key_that_can_be_guessed_is_refused_and_not_shown(tmp_path):
    (tmp_path / "key").write_bytes(b"geheim" * 6)
    with pytest.raises(EffectstudieError, match="the pseudonym key can be guessed") as raised:
        load_key(tmp_path / "key", tmp_path / "project")
    assert "geheim" not in str(raised.value)


def test_an_empty_key_says_where_it_comes_from(tmp_path):
    (tmp_path / "key").write_bytes(b"\n")
    with pytest.raises(EffectstudieError, match="key: is empty, as a key is whose making was interrupted; take the"):
        load_key(tmp_path / "key", tmp_path / "project")


def test_a_key_file_that_cannot_be_read_is_named_and_a_folder_stays_as_it_is(tmp_path):
    tmp_path.chmod(0o755)
    with pytest.raises(EffectstudieError, match="pseudonym_key_file .* can't be read or made .*; name another"):
        load_key(tmp_path, tmp_path / "project")
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_key_may_be_a_link_and_none_is_made_where_a_link_leads_to_nothing(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "key").symlink_to(tmp_path / "disk/key")
    with pytest.raises(EffectstudieError, match=r"is a link to .*disk/key, which is not there; put the key back"):
        load_key(tmp_path / "key", tmp_path / "project")
    assert os.listdir(tmp_path / "disk") == []
    (tmp_path / "disk/key").write_bytes(KEY)
    assert load_key(tmp_path / "key", tmp_path / "project") == KEY


def test_a_key_lies_where_nobody_else_can_put_another_in_its_place(tmp_path):
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    with pytest.raises(EffectstudieError, match=r"open: anybody may write in this folder, .* \(chmod o-w\)"):
        load_key(tmp_path / "open/key", tmp_path / "project")
    (tmp_path / "open").chmod(0o1777)
    assert len(load_key(tmp_path / "open/key", tmp_path / "project")) == 64


def test_a_home_folder_that_nobody_knows_is_one_sentence(tmp_path):
    with pytest.raises(EffectstudieError, match="pseudonym_key_file ~nobody-here/key can't be read or made"):
        load_key("~nobody-here/key", tmp_path / "project")


def test_many_processes_make_one_key_and_each_has_it_whole(tmp_path):
    for number in range(4):
        path = tmp_path / f"{number}/key"
        keys = in_processes(lambda _, path=path: load_key(path, tmp_path / "project"), range(8), at_once=8)
        assert set(keys) == {path.read_bytes().strip()} and len(keys[0]) == 64
        assert os.listdir(path.parent) == ["key"]


def test_a_key_whose_making_is_cut_off_is_not_there(tmp_path, monkeypatch):
    monkeypatch.setattr(pseudonyms.os, "fsync", lambda _: os.kill(os.getpid(), signal.SIGKILL))
    (ended,) = in_processes(lambda _: load_key(tmp_path / "key", tmp_path / "project"), [0], at_once=1)
    assert ended == Died(signal.SIGKILL)
    monkeypatch.undo()
    assert not (tmp_path / "key").exists()
    assert len(load_key(tmp_path / "key", tmp_path / "project")) == 64


def test_a_fingerprint_tells_keys_apart_and_holds_nothing_of_them():
    assert fingerprint(KEY) != fingerprint(b"l" * 32)
    assert len(fingerprint(KEY)) == 8
    assert not KEY.hex().startswith(fingerprint(KEY))
