"""Values of hidden counts, beside all whole numbers tried one by one."""

import time
from types import SimpleNamespace

import pytest
from given.audit_systems import systems, tried
from hypothesis import given, settings

from effectstudie.disclosure.audit import solve as audit
from effectstudie.disclosure.audit.solve import solve
from effectstudie.disclosure.audit.system import System
from effectstudie.shared.errors import EffectstudieError


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


def one_count():
    system = System()
    system.hidden[system.count("a", 2, 9)] = "a"
    return system


def test_what_is_not_finished_in_so_many_steps_counts_as_not_protected(monkeypatch):
    assert solve(one_count(), 3, time.monotonic() + 60).exposed() == []
    monkeypatch.setattr(audit, "milp", lambda *_, **__: SimpleNamespace(status=1))
    late = solve(one_count(), 3, time.monotonic() + 60)
    assert late.unfinished == {"a"} and late.exposed() == ["a"]


def test_no_clock_decides_what_is_hidden_but_a_machine_that_is_too_slow_makes_no_report(monkeypatch):
    asked = []
    whole = audit.milp
    monkeypatch.setattr(audit, "milp", lambda *of, options=None, **named: asked.append(options) or whole(*of, **named))
    solve(one_count(), 3, time.monotonic() + 60)
    assert {name for options in asked if options for name in options} == {"node_limit"}
    with pytest.raises(EffectstudieError, match="audit_seconds"):
        solve(one_count(), 3, time.monotonic() - 1)
