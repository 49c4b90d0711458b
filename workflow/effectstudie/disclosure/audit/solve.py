"""How many values a hidden count can still have: whole-number solutions of all that is published (HiGHS)."""

import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from effectstudie.disclosure.audit.system import TOLERANCE, System
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.messages.sentences import say

_SOLVED, _INFEASIBLE = 0, 2
# Steps (nodes of the search) after which a question counts as not answered. No clock: what is published must not hang
# on how fast a machine is.
_STEPS = 2000


@dataclass
class Solved:
    """`values`: of each hidden count the values found, the true one among them; `wanted`: how many it has to have, all
    that it could have without anything published where these are fewer; `unfinished`: counts of which the
    solver could not say in its number of steps whether there are more.
    """

    values: dict[str, set[int]] = field(default_factory=dict)
    wanted: dict[str, int] = field(default_factory=dict)
    unfinished: set[str] = field(default_factory=set)

    def exposed(self) -> list[str]:
        """Counts with too few values, and those that were not finished: they count as not protected."""
        return [name for name, found in self.values.items() if len(found) < self.wanted[name]]


def solve(system: System, solutions: int, until: float, only: Collection[str] | None = None) -> Solved:
    """Values of the hidden counts, of each until `solutions` are found. `only`: of these hidden counts.

    `until`: time.monotonic() after which it gives up, with an EffectstudieError and no answer.
    """
    solved = Solved()
    for part in system.components():
        wanted = [name for name in part.hidden if only is None or name in only]
        if wanted:
            _solve_component(part, wanted, solutions, until, solved)
    return solved


def _solve_component(system: System, wanted: Collection[str], solutions: int, until: float, solved: Solved) -> None:
    place = {name: number for number, name in enumerate(system.truth)}
    low, high = np.zeros(len(place)), np.array([system.most[name] for name in place], dtype=float)
    constraint = _constraint(system, place)
    found = {name: {system.truth[name]} for name in wanted}
    needed = {name: min(solutions, system.most[name] + 1) for name in wanted}
    for name in wanted:
        for value in _away_from(system.truth[name], system.most[name]):
            if len(found[name]) >= needed[name]:
                break
            if value in found[name]:
                continue
            if time.monotonic() > until:
                raise EffectstudieError(
                    say(
                        "What follows from the published numbers was not worked out in the time of audit_seconds in "
                        "config/config.yaml, so the report is not made; run again when the machine is less busy, or "
                        "give it more time there."
                    )
                )
            counts = _counts_with(place[name], value, low, high, constraint)
            if counts is None:
                solved.unfinished.add(name)
            elif len(counts):
                for other in wanted:  # one solution tells of all
                    found[other].add(int(counts[place[other]]))
            elif _beyond(place[name], value, system.truth[name], low, high, constraint):
                break
    solved.values |= found
    solved.wanted |= needed


def _away_from(truth: int, most: int) -> Iterator[int]:
    """The values that a count can have, those near the truth first."""
    for step in range(1, most + 1):
        if truth - step >= 0:
            yield truth - step
        if truth + step <= most:
            yield truth + step


def _constraint(system: System, place: Mapping[str, int]) -> LinearConstraint | None:
    if not system.facts:
        return None
    entries = [
        (row, place[name], weight) for row, fact in enumerate(system.facts) for name, weight in fact.terms.items()
    ]
    rows, columns, weights = zip(*entries, strict=True)
    matrix = csr_array((weights, (rows, columns)), shape=(len(system.facts), len(place)))
    return LinearConstraint(
        matrix, [fact.low - TOLERANCE for fact in system.facts], [fact.high + TOLERANCE for fact in system.facts]
    )


def _counts_with(
    place: int, value: int, low: np.ndarray, high: np.ndarray, constraint: LinearConstraint | None
) -> np.ndarray | None:
    """All counts of a solution in which one of them has this value; empty where there is none, None: not finished."""
    lowest, highest = low.copy(), high.copy()
    lowest[place] = highest[place] = value
    result = milp(
        np.zeros(len(low)),
        integrality=np.ones(len(low)),
        bounds=Bounds(lowest, highest),
        constraints=[constraint] if constraint is not None else [],
        options={"node_limit": _STEPS},
    )
    if result.status == _SOLVED:
        return np.rint(result.x)
    return np.array([]) if result.status == _INFEASIBLE else None


def _beyond(
    place: int, value: int, truth: int, low: np.ndarray, high: np.ndarray, constraint: LinearConstraint | None
) -> bool:
    """Whether no value as far from the truth as this one is possible on either side, without whole numbers: the values
    of a count that need not be whole are an interval, so all further ones are impossible then too.
    """
    step = abs(value - truth)
    for side in (-1, 1):
        lowest, highest = low.copy(), high.copy()
        if side < 0:
            highest[place] = truth - step
        else:
            lowest[place] = truth + step
        if lowest[place] > highest[place]:
            continue
        constraints = [constraint] if constraint is not None else []
        if milp(np.zeros(len(low)), bounds=Bounds(lowest, highest), constraints=constraints).status != _INFEASIBLE:
            return False
    return True
