"""What was found: of an outcome, of a group, of a theme."""

from itertools import product

import pytest
from given.outcome_facts import VERDICTS, both, facts
from given.prose_reading import PHRASES
from given.words import TEXTS

from effectstudie.report.prose.summary import finding, theme_effect, theme_finding, within_group

WORDS = TEXTS["themes"]


@pytest.mark.parametrize(
    ("shown", "time", "better", "found"),
    [
        (both("down"), "significant", "lower", "improved"),
        (both("up"), "significant", "lower", "worsened"),
        (both("up"), "significant", "higher", "improved"),
        (both("up", "down"), "significant", "lower", "changed"),
        (both("down"), "significant", "", "changed"),
        (both("down"), "not_significant", "lower", "unchanged"),
        (both("down"), "negligible", "lower", "negligible"),
        (both("down"), "untested", "lower", "untested"),
        (both("bound", "down"), "significant", "lower", "changed"),
        ({"control": "down"}, "significant", "lower", "too_small"),
        ({}, "significant", "lower", "too_small"),
    ],
)
def test_what_is_found_of_an_outcome_follows_from_the_test_and_from_what_is_better(shown, time, better, found):
    assert finding(facts(shown, time, better=better)) == found
    assert found in TEXTS["summary"]["verdicts"]


def test_a_group_improves_only_by_its_own_significant_change():
    for value, state, better in product(("down", "up", "stays", "equal", "bound"), VERDICTS, ("lower", "higher", "")):
        one = facts({"approach": value}, better=better, within={"approach": VERDICTS[state]})
        said = within_group(one, "approach")
        if state == "untested" or not better:
            assert said == ""
        elif state in ("significant", "unsized") and value in ("down", "up"):
            assert said == ("improved" if (value == "down") == (better == "lower") else "worsened")
        else:
            assert said == "unchanged"
        assert within_group(one, "control") == ""


GOOD, BAD = facts(both("down"), "significant"), facts(both("up"), "significant")
NONE, LITTLE, UNTESTED = (facts(both("down"), state) for state in ("not_significant", "negligible", "untested"))


@pytest.mark.parametrize(
    ("theme", "said"),
    [
        ([GOOD, GOOD], "alle 2 uitkomsten verbeteren"),
        ([GOOD], "verbetering"),
        ([GOOD, NONE, LITTLE, UNTESTED], "verbetering bij 1 van de 3 uitkomsten"),
        ([GOOD, BAD, BAD], "verbetering bij 1 en verslechtering bij 2 van de 3 uitkomsten"),
        ([BAD, NONE], "verslechtering bij 1 van de 2 uitkomsten"),
        ([NONE, LITTLE], "geen verandering aangetoond"),
        ([UNTESTED, facts({})], ""),
        ([], ""),
    ],
)
def test_a_theme_counts_what_improves_of_what_was_tested(theme, said):
    assert theme_finding(theme, WORDS["finding"]) == said


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (["better", "undecided"], ["Beter dan zonder", "bij eerste."]),
        (["worse", "better", "better"], ["Beter dan zonder", "tweede en derde.", "Slechter dan zonder", "bij eerste."]),
        (["undecided", "none"], ["bij geen van deze uitkomsten aangetoond"]),
        (["none"], []),
    ],
)
def test_a_theme_names_where_the_approach_does_better_or_worse(verdicts, said):
    names = ("eerste", "tweede", "derde")
    theme = [facts(both("down"), estimated=one, outcome=name) for one, name in zip(verdicts, names, strict=False)]
    text = theme_effect(theme, dict(zip(names, names, strict=True)), PHRASES, WORDS["effect"])
    assert bool(text) == bool(said)
    places = [text.index(part) for part in said]
    assert places == sorted(places) and ("Slechter" in text) == ("worse" in verdicts)
