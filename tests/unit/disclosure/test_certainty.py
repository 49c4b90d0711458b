"""Which sensitivity analyses may be shown."""

from given.analyses import FOUND

from effectstudie.disclosure.certainty import visible


def test_analyses_of_small_groups_and_of_outcomes_without_a_test_are_not_shown():
    shown = visible(FOUND, ["a"], 10)
    assert set(zip(shown["outcome"], shown["analysis"], strict=True)) == {("a", "main"), ("a", "cr2")}
