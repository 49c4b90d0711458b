import pytest

from effectstudie.definitions.follow_up import by_rule, follow_up_of

WORDS = {"one": "{waves}", "first": "eerste {waves}", "last": "laatste {waves}", "nearest": "{waves} bij {days}"}


@pytest.mark.parametrize(
    ("written", "waves", "found"),
    [
        ({"waves": ["T1", "T2"], "label": "T2"}, ["T0", "T1", "T2"], (["T1", "T2"], "T2")),
        ({"waves": ["T1", "T2"], "label": "T2"}, ["T0", "T1"], (["T1"], "T1")),
        ({"waves": ["T2", "T1"]}, ["T0", "T1", "T2", "T3"], (["T2", "T1"], "T2")),
        ({}, ["T0", "T1", "T2", "T3"], (["T1", "T2", "T3"], "T1")),
        ({"rule": "last"}, ["T0", "T1", "T2"], (["T1", "T2"], "T2")),
        ({"waves": ["T3"]}, ["T0", "T1"], ([], "")),
    ],
)
def test_waves_and_label_are_those_that_the_cohort_has(written, waves, found):
    follow_up = follow_up_of(written, waves)
    assert (follow_up["waves"], follow_up["label"]) == found
    assert follow_up.get("rule") == written.get("rule")


@pytest.mark.parametrize(
    ("follow_up", "said"),
    [
        ({"waves": ["T1"], "rule": "last"}, "T1"),
        ({"waves": ["T1", "T2"]}, "eerste T1 en T2"),
        ({"waves": ["T1", "T2"], "rule": "last"}, "laatste T1 en T2"),
        ({"waves": ["T1", "T2"], "rule": "nearest", "nearest_days": 365}, "T1 en T2 bij 365"),
    ],
)
def test_the_words_are_those_of_the_rule_where_there_is_something_to_choose(follow_up, said):
    assert by_rule(follow_up, WORDS) == said
