"""The result tables of two runs, row by row."""

import pytest
from given.two_runs import TESTS, analysis

from effectstudie.runs.conclusions import turned_conclusions
from effectstudie.runs.result_tables import changed_results


def with_size(word):
    return analysis(tests=TESTS.replace("small_to_medium", word))


@pytest.mark.parametrize(
    ("before", "now"),
    [("klein", "small"), ("klein tot gemiddeld", "small_to_medium"), ("gemiddeld", "medium"),
     ("gemiddeld tot groot", "medium_to_large"), ("groot", "large")],
)  # fmt: skip
def test_a_size_in_dutch_of_an_older_run_is_the_same_size(before, now):
    assert changed_results(with_size(before), with_size(now)) == {}
    assert turned_conclusions(with_size(before), with_size(now)) == []


def test_another_size_than_that_of_an_older_run_differs():
    (changes,) = changed_results(with_size("klein"), with_size("large")).values()
    assert {(cell.column, cell.old, cell.new) for cell in changes.cells} == {("size_word", "small", "large")}
    assert {turn.kind for turn in turned_conclusions(with_size("klein"), with_size("large"))} == {"size"}
