"""The audit of a report: treat, solve, withhold, and again, until nothing hidden can be worked out."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.disclosure.audit.cells import cell_system
from effectstudie.disclosure.audit.protect import Protection, protect
from effectstudie.disclosure.audit.sizes import size_system
from effectstudie.disclosure.audit.system import System
from effectstudie.disclosure.audit.told import Told, changed_by_few, numbers_of
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.shown import Shown
from effectstudie.disclosure.study import StudyResults, treat_study
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say

# What is withheld can make another number hidden, which has to be protected in its turn.
_ROUNDS = 10


@dataclass(frozen=True)
class Audited:
    """`shown`: what may be published, `told`: as another audit reads it; `withheld`: keys of numbers that go besides
    what is small, `changed` those of them that a few people made different from an earlier version; `first`: what the
    solver found before anything was withheld, `last`: after it; `hidden`: count → the key of what hides it.
    """

    shown: Shown
    told: Told
    withheld: tuple[str, ...]
    changed: tuple[str, ...]
    first: Protection
    last: Protection
    hidden: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """What the page for the person who releases is made from."""
        columns = ["outcome", "cell", "unit", "group", "wave", "status"]
        return {
            "withheld": list(self.withheld),
            "changed": list(self.changed),
            "hidden": dict(self.hidden),
            "solutions": dict(self.last.solutions),
            "unfinished": list(self.first.unfinished),
            "small": self.shown.suppressed[columns].to_dict("records"),
            "numbers": dict(Counter(key.partition("/")[0] for key in self.told.numbers)),
            "limits": dict(self.shown.limits),
        }


def audit_study(
    results: StudyResults,
    study: Mapping[str, Any],
    outcomes: Mapping[str, Outcome],
    limits: Limits,
    steps: pd.DataFrame,
    *,
    solutions: int,
    seconds: float,
    beside: Mapping[str, Told],
    earlier: Sequence[Told] = (),
) -> Audited:
    """What of a study may be published, so that each hidden count keeps `solutions` values, or all that one which is
    said to be small can have.

    `steps`: quality.flow.flow_steps; `seconds`: for the solver, or there is no report.
    `beside`: study → what is told of others of the same cohort that go out with it, treated before it and fixed;
    `earlier`: versions of this report that went out. EffectstudieError where nothing helps: it may not be made.
    """
    until = time.monotonic() + seconds
    solutions = min(solutions, limits.minimum_cell - 1)
    withheld: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    first: Protection | None = None
    for _ in range(_ROUNDS):
        shown = treat_study(results, study, outcomes, limits, withheld)
        own = _own(results, study, outcomes, limits, steps, shown)
        numbers = numbers_of(shown, own, withheld, results.descriptives, results.levels)
        joint = _joint(own, beside, earlier)
        found = protect(joint, solutions, until - time.monotonic(), withheld)
        first = first or found
        shares = {name for name, outcome in outcomes.items() if outcome.kind != "mean"}
        of_few = [key for one in earlier for key in changed_by_few(one.numbers, numbers, shares, limits)]
        changed = tuple(dict.fromkeys((*changed, *of_few)))
        more = tuple(dict.fromkeys((*found.withheld, *changed)))
        if set(more) == set(withheld):
            told = Told(own.without(withheld), numbers)
            return Audited(shown, told, withheld, changed, first, found, own.hidden)
        withheld = more
    raise EffectstudieError(say("The audit of what is published does not come to an end. Please report it."))


def _own(
    results: StudyResults,
    study: Mapping[str, Any],
    outcomes: Mapping[str, Outcome],
    limits: Limits,
    steps: pd.DataFrame,
    shown: Shown,
) -> System:
    names = ("descriptives", "levels", "attrition", "follow_up_waves", "variants")
    tables = {name: getattr(results, name) for name in names}
    selected = study["matching"]["selected"]
    system = size_system(tables, results.matching, selected, results.cohort, steps, outcomes, limits)
    system.add(cell_system(results.descriptives, results.levels, results.attrition, shown, outcomes, limits))
    return system


def _joint(own: System, beside: Mapping[str, Told], earlier: Sequence[Told]) -> System:
    """All that a reader has: this report, the others of its cohort, and what earlier versions said that is still so."""
    joint = System()
    joint.add(own)
    for study, told in beside.items():
        joint.add(told.system, prefix := f"{study}: ")
        _same_pool(joint, own, told.system, prefix)
    for told in earlier:
        for fact in told.system.facts:
            if all(name in own.truth for name in fact.terms) and fact.holds(own.truth):
                joint.facts.append(fact)
    return joint


def _same_pool(joint: System, own: System, other: System, prefix: str) -> None:
    """Controls and the rest of the cohort are one pool, in every study of the cohort: so are their counts."""
    for name in other.truth:
        parts = [name.replace("/rest/", f"/{group}/") for group in ("rest", "control")]
        if "/rest/" not in name or any(part not in own.truth or part not in other.truth for part in parts):
            continue
        terms = {part: 1.0 for part in parts} | {prefix + part: -1.0 for part in parts}
        if sum(own.truth[part] - other.truth[part] for part in parts) == 0:
            joint.same(terms)
    for name in ("pool/all", "cohort/all"):
        if name in other.truth and own.truth.get(name) == other.truth[name]:
            joint.same({name: 1, prefix + name: -1})
