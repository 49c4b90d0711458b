"""A word that is missing is said with its file and its key, before a page is half made."""

import json

import pytest

from effectstudie.shared.errors import ConfigError
from effectstudie.shared.words import read_words, with_parts


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


PART = "Voor {{ if children }}ouders en kinderen{{ else }}volwassenen{{ end }}.{{ if youth }} Ook jeugd.{{ end }}"


@pytest.mark.parametrize(
    ("true", "text"),
    [
        (["children", "youth"], "Voor ouders en kinderen. Ook jeugd."),
        (["children"], "Voor ouders en kinderen."),
        ([], "Voor volwassenen."),
    ],
)
def test_a_part_stands_where_its_condition_holds(files, true, text):
    assert with_parts({"a": [PART, 1]}, true) == {"a": [text, 1]}
    (files / "d.yaml").write_text(f"said: '{PART}'\n", encoding="utf-8")
    assert read_words(files / "d.yaml", true=true)["said"] == text
    assert read_words(files / "d.yaml")["said"] == "Voor ouders en kinderen. Ook jeugd."


def test_a_part_that_falls_away_leaves_its_lines_and_what_is_no_part_stays():
    assert with_parts("a{{ if youth }}b\n\nc{{ end }}\nd", []) == "a\n\n\nd"
    for text in ("{{ if kids }}a{{ end }}", "{{ if youth }}a", "{{ title }}", "{{if youth}}a{{end}}"):
        assert with_parts(text, []) == text
