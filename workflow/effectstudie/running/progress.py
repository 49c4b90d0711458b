"""How far a run is: a line that stays up to date on a terminal, and a line a step in a log.

What Snakemake says of the ordinary course of a run is told in the words of an analyst; warnings and errors go through
as they are. Snakemake's own log misses nothing.
"""

import heapq
import logging
import os
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from effectstudie.running.explain import of_job

# Messages about the ordinary course of a run, by their event or, without one, by their first words.
_EVENTS = {
    *("workflow_started", "run_info", "resources_info", "group_info"),
    *("job_started", "job_info", "job_finished", "progress"),
}

_CHATTER = re.compile(
    "Building DAG|DAG of jobs|Updating checkpoint|Select jobs|Using shell|host: |Assuming unrestricted|"
    "Conda environments: ignored|Singularity containers: ignored|Removing temporary|Complete log|Elapsed time"
)

_ERASE = "\r\033[K"

_STEADY = 10  # seconds; steps that took less than this say little about how fast the machine is today


class Step(NamedTuple):
    """A job that is to be done, or is being done. `after`: the numbers of the jobs that it waits for."""

    number: int
    rule: str
    wildcards: tuple[str, ...]
    log: str
    after: frozenset[int]


class Run:
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


class Progress(logging.Handler):
    """Tells how far a run is, in the place of `screen`, the handler that showed Snakemake's messages.

    `left`: gives the steps that are not finished; targets, which do nothing, are no steps. `earlier`: gives rule → log
    → seconds in earlier runs. `at_once`: how many jobs may run at a time. `words`: resources/words/running.nl.yaml.
    """

    def __init__(
        self,
        screen: logging.StreamHandler,
        words: Mapping[str, Any],
        left: Callable[[], Iterable[Step]],
        earlier: Callable[[], Mapping[str, Mapping[str, float]]],
        at_once: int,
        clock: Callable[[], float] = time.monotonic,
    ):
        super().__init__()
        self._screen, self._stream = screen, screen.stream
        self._jobs, self._times, self._words = words["jobs"], words["times"], words["progress"]
        self._left, self._earlier, self._at_once, self._clock = left, earlier, at_once, clock
        self._live = self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._run: Run | None = None
        self._drawn = ""
        self._over = threading.Event()

    def emit(self, record: logging.LogRecord) -> None:
        try:
            event = getattr(record, "event", None)
            if event == "run_info":
                self._begin()
            elif self._run:
                self._follow(event, record)
            if record.levelno >= logging.WARNING or not (event in _EVENTS or _CHATTER.match(record.getMessage())):
                self._erase()
                self._screen.handle(record)
            self._draw()
        except Exception:
            self.handleError(record)

    def close(self) -> None:
        self._over.set()
        self._erase()
        self._screen.close()
        super().close()

    def _begin(self) -> None:
        self._run = Run(self._earlier(), self._at_once, self._clock)
        self._run.plan(self._left())
        if self._live:
            threading.Thread(target=self._keep_drawing, daemon=True).start()

    def _follow(self, event: str | None, record: logging.LogRecord) -> None:
        run = self._run
        if event == "job_started":  # the next jobs are chosen
            run.plan(self._left())
        elif event == "job_info" and record.jobid in run.steps:
            run.begin(record.jobid)
            if not self._live:
                self._say(self._told("begun", record.jobid))
        elif event == "job_finished" and record.job_id in run.begun:
            run.finish(record.job_id)
            if self._live:
                self._tell_kind(run.steps[record.job_id].rule)
            else:
                self._say(self._told("done", record.job_id) + self._told_left())
        elif event == "job_error" and record.jobid in run.begun:
            run.failed.add(record.jobid)
            self._say(self._told("failed", record.jobid))
        elif event == "progress" and record.done == record.total:
            self._over.set()
            if run.finished:
                self._say(self._words["all"].format(elapsed=duration(run.seconds())))

    def _told(self, kind: str, number: int) -> str:
        place, job = list(self._run.begun).index(number) + 1, self._named([self._run.steps[number]])
        seconds = duration(self._run.seconds_of(number))
        return self._words[kind].format(k=place, n=len(self._run.steps), job=job, time=seconds)

    def _told_left(self) -> str:
        seconds = self._run.seconds_left()
        return "" if seconds is None else self._words["left"].format(time=about(seconds))

    def _tell_kind(self, rule: str) -> None:
        """A line that stays on the terminal, once all steps of a rule are done."""
        alike = [step for step in self._run.steps.values() if step.rule == rule]
        if all(step.number in self._run.finished for step in alike):
            self._say(self._words["kind"].format(job=self._named(alike)))

    def _named(self, alike: Sequence[Step]) -> str:
        """Steps of one rule in words: what it is for, or how many they are."""
        words = self._jobs.get(alike[0].rule, alike[0].rule)
        if len(alike) > 1:
            return self._times.format(job=words, n=len(alike))
        return words + of_job(alike[0].wildcards)

    def _status(self) -> str:
        run = self._run
        status = self._words["status"].format(
            done=len(run.finished), n=len(run.steps), elapsed=duration(run.seconds()), left=self._told_left()
        )
        kinds: dict[str, list[Step]] = {}
        for step in run.running():
            kinds.setdefault(step.rule, []).append(step)
        now = "; ".join(self._named(alike) for alike in kinds.values())
        return self._words["now"].format(status=status, jobs=now) if now else status

    def _keep_drawing(self) -> None:
        while not self._over.wait(1):
            with self.lock:
                try:
                    self._draw()
                except OSError:  # the terminal is gone
                    return

    def _draw(self) -> None:
        if not self._live or self._run is None or self._over.is_set():
            return
        status = fitted(self._status(), self._width())
        if status != self._drawn:
            self._write(_ERASE + status)
            self._drawn = status

    def _erase(self) -> None:
        if self._drawn:
            self._write(_ERASE)
            self._drawn = ""

    def _say(self, line: str) -> None:
        """A line that stays; in a log with the time."""
        self._erase()
        line = fitted(line, self._width()) if self._live else f"{time.strftime('%Y-%m-%d %H:%M:%S')} {line}"
        self._write(f"{line}\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()

    def _width(self) -> int:
        # one less: a full line makes some terminals go to the next; 0 columns: the terminal does not say
        return (os.get_terminal_size(self._stream.fileno()).columns or 80) - 1


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


def duration(seconds: float) -> str:
    """Minutes and seconds, or hours, minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def about(seconds: float) -> str:
    """An estimate, no more exact than it is: tens of seconds, or from about a minute on whole minutes."""
    if seconds >= 55:
        return f"{round(seconds / 60)} min"
    return f"{max(round(seconds / 10), 1) * 10} s"


def fitted(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(width - 1, 0)] + "…"
