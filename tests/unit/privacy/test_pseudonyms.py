"""Pseudonyms, and the key that they are made with."""

import hmac
import os

import pytest

from effectstudie.privacy.pseudonyms import fingerprint, load_key, pseudonym
from effectstudie.shared.errors import EffectstudieError

KEY = b"k" * 32


# --- pseudonyms


def test_a_pseudonym_is_a_keyed_hash():
    assert pseudonym("child:K1", KEY) == hmac.new(KEY, b"child:K1", "sha256").hexdigest()[:16]
    assert pseudonym("child:K1", KEY) != pseudonym("child:K1", b"l" * 32)


# --- the key


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


def test_the_published_key_of_the_demonstration_cohort_may_lie_in_the_project(tmp_path):
    (tmp_path / "resources/demo").mkdir(parents=True)
    (tmp_path / "resources/demo/pseudonym.key").write_bytes(KEY + b"\n")
    assert load_key(tmp_path / "resources/demo/pseudonym.key", tmp_path) == KEY


def test_a_short_key_is_refused_and_not_shown(tmp_path):
    (tmp_path / "key").write_bytes(b"geheim\n")
    with pytest.raises(EffectstudieError, match="the pseudonym key is shorter than 32 characters") as raised:
        load_key(tmp_path / "key", tmp_path / "project")
    assert "geheim" not in str(raised.value)


def test_a_key_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(EffectstudieError, match="pseudonym_key_file .* can't be read or made .*; name another"):
        load_key(tmp_path, tmp_path / "project")


def test_a_fingerprint_tells_keys_apart_and_holds_nothing_of_them():
    assert fingerprint(KEY) != fingerprint(b"l" * 32)
    assert len(fingerprint(KEY)) == 8
    assert not KEY.hex().startswith(fingerprint(KEY))
