import math

import pandas as pd
import pytest
from given.words import TEXTS

from effectstudie.definitions.outcomes import Outcome
from effectstudie.report.prose.effect import (
    VERDICTS,
    bracket_sentence,
    effect_sentences,
    margins_note,
    verdict_text,
)

WORDS = TEXTS["effect"]
OBJECTS = {"a": "de uitkomst a", "b": "de uitkomst b", "c": "de uitkomst c"}
PHRASES = {"approach": "de X-groep"}


def estimates(**verdicts):
    return pd.DataFrame({"outcome": list(verdicts), "verdict": list(verdicts.values())})


def test_every_verdict_has_its_sentence_and_names_its_outcomes_alone():
    for verdict in VERDICTS:
        sentences = effect_sentences(estimates(a=verdict, b="undecided"), OBJECTS, PHRASES, WORDS)
        (own,) = [sentence for sentence in sentences if OBJECTS["a"] in sentence]
        assert (OBJECTS["b"] in own) == (verdict == "undecided")
        assert "{" not in " ".join(sentences)


def test_that_nothing_is_certain_is_said_where_no_outcome_is_better_or_worse():
    certain = WORDS["nothing_certain"].format(**PHRASES)
    assert certain in effect_sentences(estimates(a="undecided", b="not_relevantly_better"), OBJECTS, PHRASES, WORDS)
    assert certain not in effect_sentences(estimates(a="worse", b="undecided"), OBJECTS, PHRASES, WORDS)


def test_an_excluded_advantage_is_not_told_as_an_excluded_difference():
    (sentence,) = effect_sentences(estimates(a="not_relevantly_better"), OBJECTS, PHRASES, WORDS)[2:]
    assert "voordeel van belang is uitgesloten" in sentence and "een nadeel niet" in sentence
    (sentence,) = effect_sentences(estimates(a="not_relevantly_worse"), OBJECTS, PHRASES, WORDS)[2:]
    assert "nadeel van belang is uitgesloten" in sentence and "een voordeel niet" in sentence


def test_the_number_of_estimates_is_told_and_that_there_are_none():
    assert (
        "Van 3 uitkomsten" in effect_sentences(estimates(a="worse", b="worse", c="worse"), OBJECTS, PHRASES, WORDS)[0]
    )
    assert "Van één uitkomst" in effect_sentences(estimates(a="worse"), OBJECTS, PHRASES, WORDS)[0]
    assert effect_sentences(estimates(), OBJECTS, PHRASES, WORDS) == [WORDS["none"]]


@pytest.mark.parametrize(("relevant", "end"), [("yes", "en van belang"), ("no", "minder dan van belang"),
                                               ("unclear", "onbeslist"), (None, "beter")])  # fmt: skip
def test_a_difference_is_told_with_whether_it_matters(relevant, end):
    assert verdict_text({"verdict": "better", "relevant": relevant}, WORDS).endswith(end)
    assert verdict_text({"verdict": "undecided", "relevant": relevant}, WORDS) == "onbeslist"
    assert verdict_text({"verdict": math.nan, "relevant": math.nan}, WORDS) == "–"


def test_the_bracket_names_the_outcomes_whose_direction_depends_on_t0():
    table = pd.DataFrame({"outcome": ["a", "b", "c"], "bracket": ["same", "opposite", None]})
    sentence = bracket_sentence(table, OBJECTS, WORDS)
    assert "1 van de 2" in sentence and OBJECTS["b"] in sentence and OBJECTS["a"] not in sentence
    assert "dezelfde kant op" in bracket_sentence(table[:1], OBJECTS, WORDS)
    assert bracket_sentence(table[2:], OBJECTS, WORDS) == ""


def test_the_note_tells_who_set_the_margins():
    outcomes = {
        name: Outcome.of(name, {"margin": margin, "margin_source": source})
        for name, margin, source in (("a", 2, "het team"), ("b", 3, "het team"), ("c", None, ""))
    }
    names = {"a": "Uitkomst A", "b": "Uitkomst B", "c": "Uitkomst C"}
    assert "het team (uitkomst a en uitkomst b)" in margins_note(outcomes, names, ["a", "b", "c"], WORDS)
    assert margins_note(outcomes, names, ["c"], WORDS) == ""


def test_the_note_tells_once_what_sources_have_in_common():
    sources = {"a": "voorbeeld: een per jaar", "b": "voorbeeld: een punt", "c": "het team"}
    outcomes = {name: Outcome.of(name, {"margin": 2, "margin_source": source}) for name, source in sources.items()}
    assert margins_note(outcomes, {name: name for name in sources}, list(sources), WORDS) == (
        "Herkomst van de marges (voorbeeld): een per jaar (a); een punt (b). Herkomst van de marges: het team (c)."
    )
