"""How far a run is: one line that stays up to date on a terminal, and in a log one line per step.

What Snakemake says of the ordinary course of a run is told in the words of an analyst; warnings and errors go to the
screen that was, which tells them in its way (errors.py). Snakemake's own log misses nothing.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from effectstudie.running.screen.errors import INTERRUPTED, NOISE
from effectstudie.running.screen.explain import of_job
from effectstudie.running.screen.live_run import LiveRun, Step

# Messages about the ordinary course of a run, by their event.
_EVENTS = {
    *("workflow_started", "run_info", "resources_info", "group_info"),
    *("job_started", "job_info", "job_finished", "progress"),
}

_NOTHING = "Nothing to be done"

_ERASE = "\r\033[K"


class Progress(logging.Handler):
    """Tells how far a run is, instead of `screen`, the handler that showed Snakemake's messages.

    `left`: gives the steps that are not finished; targets, which do nothing, are no steps. `earlier`: gives rule → log
    → seconds in earlier runs. `at_once`: how many jobs may run at a time. `words`: resources/words/running.nl.yaml.
    `closing`: gives the lines that a run ends with when all is there.
    """

    def __init__(
        self,
        screen: logging.StreamHandler,
        words: Mapping[str, Any],
        left: Callable[[], Iterable[Step]],
        earlier: Callable[[], Mapping[str, Mapping[str, float]]],
        at_once: int,
        clock: Callable[[], float] = time.monotonic,
        closing: Callable[[], Iterable[str]] = tuple,
    ):
        super().__init__()
        self._screen, self._stream = screen, screen.stream
        self._jobs, self._times, self._words = words["jobs"], words["times"], words["progress"]
        self._nothing = words["nothing"]
        self._left, self._earlier, self._at_once, self._clock = left, earlier, at_once, clock
        self._closing = closing
        self._live = self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._run: LiveRun | None = None
        self._drawn = ""
        self._over = threading.Event()

    def emit(self, record: logging.LogRecord) -> None:
        try:
            event, message = getattr(record, "event", None), record.getMessage()
            if event == "run_info":
                self._begin()
            elif message.startswith(_NOTHING):
                self._close(self._nothing)
                return
            elif self._run:
                self._follow(event, record)
            if message.startswith(INTERRUPTED):
                self._over.set()  # what fails from here on was stopped
            if record.levelno >= logging.WARNING or not (event in _EVENTS or NOISE.match(message)):
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
        self._run = LiveRun(self._earlier(), self._at_once, self._clock)
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
        elif event == "job_error" and record.jobid in run.begun and not self._over.is_set():
            run.failed.add(record.jobid)
            self._say(self._told("failed", record.jobid))
        elif event == "progress" and record.done == record.total:
            self._over.set()
            done = self._words["all"].format(elapsed=duration(run.seconds()))
            self._close(done if run.finished else self._nothing)

    def _close(self, said: str) -> None:
        """What stays when all is there: where it is, and what still has to be looked at."""
        self._say(said)
        for line in self._closing():
            self._write(f"{line}\n")

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
