"""What is said about how certain the conclusions are."""

import pandas as pd
import pytest
from given.analyses import FOUND, NAMES, WORDS, verdicts

from effectstudie.disclosure.certainty import visible
from effectstudie.report.prose.certainty import against, conclusion_sentences, lost_at_start

OBJECTS = {"a": "de uitkomst a", "b": "de uitkomst b"}


def test_an_analysis_that_is_not_shown_counts_for_no_verdict():
    shown = visible(FOUND, ["a", "b"], 10)
    said = verdicts(a="cr2 all_waves", b=None)
    assert against(shown, said, "a") == ["cr2"]
    assert against(shown, said, "b") == []


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ({"a": None, "b": None}, "Bij alle 2 uitkomsten"),
        ({"a": "cr2", "b": None}, "Bij één van de 2 getoetste uitkomsten"),
        ({"a": "cr2", "b": "holm"}, "Bij 2 van de 2 getoetste uitkomsten"),
    ],
)
def test_the_sentence_counts_the_conclusions_that_do_not_hold(said, start):
    (sentence,) = conclusion_sentences(visible(FOUND, ["a", "b"], 10), verdicts(**said), OBJECTS, WORDS)
    assert sentence.startswith(start)
    assert [name in sentence for name in OBJECTS.values()] == [said["a"] is not None, said["b"] is not None]


def test_without_any_main_analysis_the_sentence_says_so():
    none = conclusion_sentences(FOUND[:0], verdicts(a=None), OBJECTS, WORDS)
    assert none == [WORDS["none_judged"]]


def test_those_who_were_lost_are_compared_where_both_are_many():
    rows = [("a", "approach", 40, 11, 0.01), ("a", "control", 40, 9, 0.001), ("b", "control", 40, 12, 0.3)]
    frame = pd.DataFrame(rows, columns=["outcome", "group", "n_stayed", "n_lost", "p"]).assign(analysis="baseline")
    assert lost_at_start(frame, NAMES, 10) == (2, ["a"])
    assert lost_at_start(frame.assign(p=0.2), NAMES, 10) == (2, [])
