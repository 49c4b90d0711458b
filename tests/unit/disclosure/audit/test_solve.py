"""Values of hidden counts, beside all whole numbers tried one by one."""

import time

from given.audit_systems import systems, tried
from hypothesis import given, settings

from effectstudie.disclosure.audit.solve import solve
from effectstudie.disclosure.audit.system import System


@given(systems())
@settings(max_examples=60, deadline=None)
def test_a_hidden_count_has_the_values_that_trying_everything_finds(system):
    solved = solve(system, 100, time.monotonic() + 60)
    assert solved.values["a"] == tried(system, "a")
    assert solved.exposed() == ([] if len(tried(system, "a")) == system.most["a"] + 1 else ["a"])


def test_a_count_that_can_have_few_values_needs_no_more_than_those():
    system = System()
    system.count("one person", 1, 1)
    system.hidden["one person"] = "whether this person says yes"
    assert solve(system, 3, time.monotonic() + 60).exposed() == []


def test_what_is_not_finished_counts_as_not_protected():
    system = System()
    system.hidden[system.count("a", 2, 9)] = "a"
    late = solve(system, 3, time.monotonic() - 1)
    assert late.unfinished == {"a"} and late.exposed() == ["a"]
    assert solve(system, 3, time.monotonic() + 60).exposed() == []
