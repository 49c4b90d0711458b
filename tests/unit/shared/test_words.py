"""A word that is missing is said with its file and its key, before a page is half made."""

import json

import pytest

from effectstudie.shared.errors import ConfigError
from effectstudie.shared.words import read_words


@pytest.fixture
def files(tmp_path):
    (tmp_path / "a.yaml").write_text("labels: {groups: {approach: aanpakgroep}}\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("titles: {violence: geweld}\n", encoding="utf-8")
    return tmp_path


def test_a_missing_word_names_its_file_and_its_key(files):
    words = read_words(files / "a.yaml", files / "b.yaml")
    assert words["labels"]["groups"]["approach"] == "aanpakgroep"
    with pytest.raises(ConfigError, match=r"a\.yaml: key labels\.groups\.control is missing"):
        words["labels"]["groups"]["control"]
    with pytest.raises(ConfigError, match=r"a\.yaml, .*b\.yaml: key captions is missing"):
        words["captions"]


def test_a_word_that_may_be_absent_is_asked_for_with_get(files):
    assert read_words(files / "b.yaml")["titles"].get("other", "anders") == "anders"


def test_two_files_may_not_say_the_same(files):
    (files / "c.yaml").write_text("titles: {violence: ruzie}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"c\.yaml: key titles stands in .*b\.yaml too"):
        read_words(files / "b.yaml", files / "c.yaml")


def test_words_go_into_a_record_as_they_are(files):
    words = read_words(files / "a.yaml")
    assert json.loads(json.dumps(words)) == {"labels": {"groups": {"approach": "aanpakgroep"}}}
