import pytest

from effectstudie.disclosure.audit.system import System
from effectstudie.shared.errors import EffectstudieError


def test_a_published_number_that_is_not_so_stops_the_audit():
    system = System()
    system.count("a", 7, 20)
    system.tell({"a": 1}, 6.5, 7.5, "value/a")
    with pytest.raises(EffectstudieError, match="value/b: 1 x a is not from 8 to 8"):
        system.same({"a": 1}, 8, "value/b")


def test_counts_that_no_fact_ties_are_solved_apart_and_only_where_something_is_hidden():
    system = System()
    for name in "abcde":
        system.count(name, 1, 9)
    system.same({"a": 1, "b": 1}, 2)
    system.same({"b": 1, "c": 1}, 2)
    system.hidden["a"] = "a"
    assert [sorted(part.truth) for part in system.components()] == [["a", "b", "c"]]
    system.hidden["e"] = "e"
    first, second = system.components()
    assert (sorted(first.truth), sorted(second.truth)) == (["a", "b", "c"], ["e"])
    assert (first.facts, second.facts) == (system.facts, []) and (first.hidden, second.hidden) == (
        {"a": "a"},
        {"e": "e"},
    )


def test_what_another_report_tells_cannot_be_taken_back():
    own, other = System(), System()
    own.same({own.count("a", 3, 9): 1}, 3, "value/a")
    other.same({other.count("a", 4, 9): 1}, 4, "value/a")
    own.add(other, "haaglanden: ")
    left = own.without(["value/a"])
    assert [(dict(fact.terms), fact.low) for fact in left.facts] == [({"haaglanden: a": 1}, 4)]
