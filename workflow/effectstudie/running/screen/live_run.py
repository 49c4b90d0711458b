"""The steps of a run that is under way: which are finished, and how long the rest will take."""

import heapq
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

_STEADY = 10  # seconds; steps that took less than this say little about how fast the machine is today


class Step(NamedTuple):
    """A job that is to be done, or is being done. `after`: the numbers of the jobs that it waits for."""

    number: int
    rule: str
    wildcards: tuple[str, ...]
    log: str
    after: frozenset[int]


class LiveRun:
    """The steps of a run, by their numbers, and what has become of them.

    `earlier`: rule → log → seconds in earlier runs. `at_once`: how many steps may run at a time.
    """

    def __init__(self, earlier: Mapping[str, Mapping[str, float]], at_once: int, clock: Callable[[], float]):
        self._earlier, self._at_once, self._clock = earlier, at_once, clock
        self._start = clock()
        self.steps: dict[int, Step] = {}
        self.begun: dict[int, float] = {}  # in the order in which they began, each with its last beginning
        self.finished: dict[int, float] = {}  # how many seconds each took
        self.failed: set[int] = set()

    def plan(self, left: Iterable[Step]) -> None:
        """Which steps are not finished yet; a step may turn out to be needed, or not, after another one."""
        kept = {number: step for number, step in self.steps.items() if number in self.begun}
        self.steps = kept | {step.number: step for step in left}

    def begin(self, number: int) -> None:
        self.begun[number] = self._clock()
        self.failed.discard(number)

    def finish(self, number: int) -> None:
        self.finished[number] = self._clock() - self.begun[number]

    def seconds(self) -> float:
        return self._clock() - self._start

    def seconds_of(self, number: int) -> float:
        return self._clock() - self.begun[number]

    def running(self) -> list[Step]:
        return [
            self.steps[number] for number in self.begun if number not in self.finished and number not in self.failed
        ]

    def seconds_left(self) -> float | None:
        """Until the last step ends, if each takes as long as before.

        None where that cannot be known: a step never ran before, or the last one takes longer than it did.
        """
        waiting = {number: step for number, step in self.steps.items() if number not in self.finished}
        expected = {number: self._expected(step) for number, step in self.steps.items()}
        todo = waiting.keys() - self.failed
        if any(expected[number] is None for number in todo):
            return None
        left = remaining(
            {number: waiting[number].after & waiting.keys() for number in todo},
            expected,
            {step.number: self.seconds_of(step.number) for step in self.running()},
            self._at_once,
        )
        known = [number for number in self.finished if expected[number] is not None]
        took, foreseen = (sum(times[number] for number in known) for times in (self.finished, expected))
        return left * (took + _STEADY) / (foreseen + _STEADY) or None

    def _expected(self, step: Step) -> float | None:
        """What the step took before, or what others of its rule took."""
        known = self._earlier.get(step.rule, {})
        return known.get(step.log, sum(known.values()) / len(known) if known else None)


def remaining(
    after: Mapping[int, Iterable[int]], expected: Mapping[int, float], running: Mapping[int, float], at_once: int
) -> float:
    """Seconds until the last of these steps ends when each takes what is expected, `at_once` at a time.

    `after`: number of each step → those it waits for; one that waits for what is not among them never begins.
    `running`: the steps under way → the seconds they had.
    """
    ends = [(max(expected[number] - had, 0.0), number) for number, had in running.items()]
    heapq.heapify(ends)
    waiting = {number: set(before) for number, before in after.items() if number not in running}
    now = 0.0
    while True:
        ready = sorted(number for number, before in waiting.items() if not before)
        for number in ready[: max(at_once - len(ends), 0)]:
            del waiting[number]
            heapq.heappush(ends, (now + expected[number], number))
        if not ends:
            return now
        now, ended = heapq.heappop(ends)
        for before in waiting.values():
            before.discard(ended)
