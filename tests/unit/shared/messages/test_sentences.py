import pickle

import pytest

from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import (
    Sentence,
    for_log,
    for_screen,
    has_words,
    joined,
    private,
    say,
    seen_from,
)


def test_a_sentence_is_its_own_english_and_knows_its_parts():
    sentence = say("{file}: must be {allowed}.", file="a.csv", allowed=["1", "2"])
    assert sentence == "a.csv: must be 1, 2."
    assert sentence.template == "{file}: must be {allowed}." and sentence.values["allowed"] == ["1", "2"]


@pytest.mark.parametrize("value", ["{x}", "a}b", "", "%s"])
def test_a_value_may_hold_any_sign(value):
    assert say("{value}: is {value}.", value=value) == f"{value}: is {value}."


def test_sentences_stay_sentences_when_they_are_put_together():
    whole = "config: " + joined("; ", [say("one row"), say("{n} columns", n=2)]) + "."
    assert whole == "config: one row; 2 columns."
    assert isinstance(whole, Sentence)


def test_a_sentence_goes_from_one_process_to_another():
    error = pickle.loads(pickle.dumps(InputError([say("{file}: is empty", file="a.csv"), "b"])))
    assert error.problems == ["a.csv: is empty", "b"]
    assert error.problems[0].values == {"file": "a.csv"}


def test_a_private_part_is_for_the_screen_only():
    sentence = say("row {row}{value}: is no code.", row=3, value=private(say(", value {value!r}", value="geheim")))
    assert for_screen(sentence) == "row 3, value 'geheim': is no code."
    assert for_log(sentence) == "row 3: is no code."


def test_files_are_called_as_from_within_a_folder():
    sentence = say("{path}: is like {other}, in {many}", path="/p/a.yaml", other=say("{x}", x="/p/b"), many=["/p/c"])
    assert seen_from(sentence, "/p") == "a.yaml: is like b, in /p/c"
    assert seen_from("/p/a.yaml: is no list", "/p") == "a.yaml: is no list"


@pytest.mark.parametrize(("template", "some"), [("{file}: {what}.", False), ("{file}, row {row}", True), ("; ", False)])
def test_marks_and_fields_are_no_words(template, some):
    assert has_words(template) is some
