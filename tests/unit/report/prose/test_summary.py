from given.outcome_facts import VALUES, facts
from given.prose_reading import TEXTS

from effectstudie.report.prose.summary import contrast, finding, summary_sentences

DOWN = {"approach": VALUES["down"], "control": VALUES["down"]}
UP = {"approach": VALUES["up"], "control": VALUES["up"]}
CROSSED = {"approach": VALUES["up"], "control": VALUES["down"]}


def test_better_or_worse_follows_from_what_is_better():
    assert finding(facts(DOWN, time="significant")) == "improved"
    assert finding(facts(UP, time="significant")) == "worsened"
    assert finding(facts(CROSSED, time="significant")) == "changed"
    assert finding(facts(DOWN, time="not_significant")) == "unchanged"
    assert finding(facts(DOWN, time="negligible")) == "negligible"
    assert finding(facts({}, time="significant")) == "too_small"
    assert finding(facts({}, uniform=True)) == "uniform"


def test_groups_differ_only_by_a_significant_interaction():
    assert contrast(facts(DOWN, interaction="significant")) == "different"
    assert contrast(facts(DOWN, interaction="not_significant")) == "same"
    assert contrast(facts({"approach": VALUES["down"]}, interaction="significant")) == "too_small"


def test_every_outcome_is_named_under_its_finding():
    found = [facts(DOWN, "significant", "not_significant", "not_significant"), facts({}, "untested")]
    assert summary_sentences(found, TEXTS) == [
        "Over beide groepen samen is er een significante daling van het geweld.",
        "De aantallen zijn te klein om de groepen te vergelijken bij het geweld.",
        "Bij geen van de getoetste uitkomsten verschilt de ontwikkeling significant tussen de groepen.",
    ]


def test_a_significant_difference_that_is_less_than_small_is_not_denied():
    found = [facts(DOWN, "significant", "not_significant", "negligible")]
    assert summary_sentences(found, TEXTS)[-1] == (
        "Bij geen van de getoetste uitkomsten is het verschil in ontwikkeling tussen de groepen zowel significant "
        "als minstens klein."
    )


def test_what_was_not_tested_or_is_less_than_small_is_named_too():
    assert summary_sentences([facts(DOWN, "negligible"), facts(DOWN, "untested")], TEXTS) == [
        "Het verschil tussen de metingen is kleiner dan wat als een klein effect geldt bij het geweld.",
        "Een toets van het verschil tussen de metingen is niet mogelijk bij het geweld.",
    ]


def test_a_group_that_is_not_shown_is_not_compared_in_the_summary():
    found = [facts({"approach": VALUES["down"]}, interaction="significant", group="significant")]
    assert summary_sentences(found, TEXTS) == [
        "De aantallen zijn te klein om de groepen te vergelijken bij het geweld."
    ]


def test_no_claim_of_no_difference_without_a_test():
    assert not any("Bij geen" in text for text in summary_sentences([facts(DOWN, "significant")], TEXTS))
