"""Complementary suppression over the joint system: which published numbers go, so that nothing hidden can be solved."""

import time
from collections.abc import Collection
from dataclasses import dataclass

from effectstudie.disclosure.audit.solve import solve
from effectstudie.disclosure.audit.system import System
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say


@dataclass(frozen=True)
class Protection:
    """`withheld`: keys of published numbers that have to go; `solutions`: of each hidden count how many values it can
    still have, at least; `unfinished`: of which the solver could not say so in its steps, before anything was withheld.
    """

    withheld: tuple[str, ...]
    solutions: dict[str, int]
    unfinished: tuple[str, ...]


def protect(system: System, solutions: int, seconds: float, withheld: Collection[str] = ()) -> Protection:
    """What to withhold, besides `withheld`, until every hidden count has this many values.

    For each count that has fewer, the number that is missed least (`System.keys`) and whose absence protects it; where
    none does alone, the least missed of all those that are tied to it, and so on. The last step gives back what turned
    out not to be needed. A count that the solver does not finish is not protected, so more is withheld.
    EffectstudieError where nothing is left to withhold, or it takes longer than `seconds`: the report may not be made.
    """
    until = time.monotonic() + seconds
    gone = list(withheld)
    first = solve(system.without(gone), solutions, until)
    exposed, unfinished = first.exposed(), tuple(sorted(first.unfinished))
    while exposed:
        name = exposed[0]
        gone += _enough(system.without(gone), name, solutions, until)
        exposed = solve(system.without(gone), solutions, until, exposed[1:]).exposed()
    last = solve(system.without(gone), solutions, until)
    if left := last.exposed():
        raise _no_way(system, left[0])
    return Protection(tuple(gone), {name: len(found) for name, found in last.values.items()}, unfinished)


def _enough(system: System, name: str, solutions: int, until: float) -> list[str]:
    """Keys whose absence protects this count, the least missed first and no more than it takes."""
    part = next(part for part in system.components() if name in part.truth)
    keys = sorted({fact.key for fact in part.facts if fact.key}, key=lambda key: (part.keys[key], key))

    def safe(gone: Collection[str]) -> bool:
        return not solve(part.without(gone), solutions, until, [name]).exposed()

    for key in keys:
        if safe([key]):
            return [key]
    gone: list[str] = []
    for key in keys:
        gone.append(key)
        if safe(gone):
            break
    else:
        raise _no_way(system, name)
    for key in reversed(gone[:-1]):  # those that are missed most come back first
        fewer = [other for other in gone if other != key]
        if safe(fewer):
            gone = fewer
    return gone


def _no_way(system: System, name: str) -> EffectstudieError:
    return EffectstudieError(
        say(
            "{hidden} can be worked out, whatever else is hidden; the report is not made. Please report it.",
            hidden=system.hidden[name],
        )
    )
