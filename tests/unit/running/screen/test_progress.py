"""How far a run is, told from messages such as Snakemake sends."""

import fcntl
import io
import logging
import os
import re
import struct
import termios

import pytest
import yaml
from given.paths import ROOT

from effectstudie.running.screen.live_run import Step
from effectstudie.running.screen.progress import Progress, about, duration, fitted

WORDS = yaml.safe_load((ROOT / "resources/words/running.nl.yaml").read_text(encoding="utf-8"))
STEPS = [
    Step(1, "check_exports", (), "check.log", frozenset()),
    Step(2, "match_households", ("groningen", "strategy_1"), "match_1.log", frozenset({1})),
    Step(3, "match_households", ("groningen", "strategy_2"), "match_2.log", frozenset({1})),
    Step(4, "write_report", ("groningen", ""), "report.log", frozenset({2, 3})),
]
EARLIER = {
    "check_exports": {"check.log": 100.0},
    "match_households": {"match_1.log": 50.0, "match_2.log": 200.0},
    "write_report": {"report.log": 300.0},
}
LAST = ["Rapport van groningen: results/groningen/report/groningen.html, .pdf en .docx", "Let op: 1 waarschuwing"]


class Run:
    """A run whose clock the test moves. `shown`: what stands on the terminal or in the log."""

    def __init__(self, columns=None, earlier=EARLIER, steps=STEPS, at_once=2):
        self.now, self.steps, self.finished = 0.0, list(steps), 0
        if columns:
            reader, terminal = os.openpty()
            fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
            self.reader, self.stream = reader, os.fdopen(terminal, "w", encoding="utf-8")
        else:
            self.stream = io.StringIO()
        self.progress = Progress(
            logging.StreamHandler(self.stream),
            WORDS,
            lambda: self.steps,
            lambda: earlier,
            at_once,
            lambda: self.now,
            lambda: LAST,
        )

    def send(self, event=None, message=None, level=logging.INFO, **fields):
        record = logging.LogRecord("snakemake", level, "", 0, message, None, None)
        record.__dict__.update(fields, **({"event": event} if event else {}))
        self.progress.handle(record)

    def begin(self, *numbers, at=None):
        self.now = self.now if at is None else at
        self.send("job_started", f"Execute {len(numbers)} jobs...", jobs=list(numbers))
        for number in numbers:
            self.send("job_info", "Rule", jobid=number, reason="Missing output files: results/a.csv")

    def finish(self, number, at):
        self.now, self.finished = at, self.finished + 1
        self.send("job_finished", f"Finished jobid: {number}", job_id=number)
        self.send("progress", done=self.finished, total=len(STEPS) + 1)
        self.steps = [step for step in self.steps if step.number != number]

    def shown(self):
        if isinstance(self.stream, io.StringIO):
            return self.stream.getvalue()
        os.set_blocking(self.reader, False)
        found = b""
        while True:
            try:
                found += os.read(self.reader, 65536)
            except BlockingIOError:
                return found.decode()

    def screen(self):
        """The lines of a terminal, in which an erased line is written over."""
        return [line.split("\r\033[K")[-1] for line in self.shown().split("\r\n")]


def whole_run(columns=None, **settings):
    run = Run(columns, **settings)
    run.send("workflow_started", "Workflow has started!")
    run.send(message="Building DAG of jobs...")
    run.send("run_info", "Job stats:\njob count\n")
    run.begin(1)
    run.finish(1, at=100)
    run.begin(2, 3)
    run.finish(2, at=150)
    run.finish(3, at=300)
    run.begin(4)
    run.finish(4, at=600)
    run.finish(5, at=600)  # the target
    run.send(message="Complete log(s): somewhere")
    return run


def without_times(log):
    return re.sub(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ", "", log, flags=re.MULTILINE).splitlines()


def test_a_log_has_a_line_for_each_step_that_begins_and_ends():
    log = whole_run().shown()
    assert len(re.findall(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S", log, re.MULTILINE)) == 9
    assert without_times(log) == [
        "stap 1 van 4 begint: controle van de exports",
        "stap 1 van 4 klaar na 1:40: controle van de exports, nog ca. 8 min",
        "stap 2 van 4 begint: matching (groningen, strategy_1)",
        "stap 3 van 4 begint: matching (groningen, strategy_2)",
        "stap 2 van 4 klaar na 0:50: matching (groningen, strategy_1), nog ca. 8 min",
        "stap 3 van 4 klaar na 3:20: matching (groningen, strategy_2), nog ca. 5 min",
        "stap 4 van 4 begint: het rapport (groningen)",
        "stap 4 van 4 klaar na 5:00: het rapport (groningen)",
        "Alles klaar na 10:00.",
        *LAST,
    ]


def test_a_log_has_no_control_characters():
    log = whole_run().shown()
    assert log and [character for character in log if not character.isprintable() and character != "\n"] == []


def test_a_line_of_a_log_is_there_at_once(tmp_path):
    run = Run()
    with (tmp_path / "nohup.out").open("w", encoding="utf-8") as stream:
        run.progress = Progress(logging.StreamHandler(stream), WORDS, lambda: STEPS, dict, 1)
        run.send("run_info")
        run.begin(1)
        assert "stap 1 van 4 begint" in (tmp_path / "nohup.out").read_text()


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_the_lines_of_a_terminal_fit_its_width(columns):
    written = whole_run(columns).shown().replace("\r\n".join(["", *LAST]), "")  # these stand in full
    pieces = [piece for line in written.split("\r\n") for piece in line.split("\r\033[K")]
    assert max(map(len, pieces)) < columns
    assert "\033" not in "".join(pieces)


def test_a_terminal_that_does_not_say_how_wide_it_is_has_80_columns():
    run = Run(80, steps=[Step(1, "x" * 90, (), "", frozenset())])
    fcntl.ioctl(run.stream, termios.TIOCSWINSZ, struct.pack("HHHH", 0, 0, 0, 0))
    run.send("run_info")
    run.begin(1)
    assert len(run.screen()[-1]) == 79


def test_a_terminal_keeps_what_is_done_and_ends_without_a_line_of_progress():
    assert whole_run(80).screen() == [
        "Klaar: controle van de exports",
        "Klaar: matching (2 keer)",
        "Klaar: het rapport (groningen)",
        "Alles klaar na 10:00.",
        *LAST,
        "",
    ]


def test_a_terminal_shows_what_runs_now_and_how_long_still():
    run = Run(100)
    run.send("run_info")
    run.begin(1)
    run.finish(1, at=100)
    run.begin(2, 3, at=110)
    assert run.screen()[-1] == "1 van 4 klaar na 1:50, nog ca. 8 min. Nu: matching (2 keer)"


def test_steps_of_several_kinds_are_all_named():
    run = Run(120, steps=[STEPS[1], STEPS[3]])
    run.send("run_info")
    run.begin(2, 4)
    assert run.screen()[-1].endswith("Nu: matching (groningen, strategy_1); het rapport (groningen)")


def test_without_earlier_runs_nothing_is_said_of_the_time_left():
    assert "nog" not in whole_run(earlier={}).shown()
    assert "nog" not in whole_run(earlier=EARLIER | {"write_report": {}}).shown().splitlines()[1]


def test_a_step_that_never_ran_is_expected_to_take_what_its_kind_takes():
    run = whole_run(earlier=EARLIER | {"write_report": {"another.log": 250.0, "a_third.log": 350.0}})
    assert run.shown() == whole_run().shown()


def test_on_a_slow_day_the_time_left_grows():
    slow = Run()
    slow.send("run_info")
    slow.begin(1)
    slow.finish(1, at=210)
    assert slow.shown().endswith("nog ca. 17 min\n")


def test_an_error_is_shown_in_full_on_lines_of_its_own():
    run = Run(40)
    run.send("run_info")
    run.begin(1)
    message = (
        "Error in rule check_exports:\n" + "T0_jeugd.sav, row 3, column geslacht: must be one of 1, 2; mend it.\n" * 2
    )
    run.send("job_error", message, logging.ERROR, jobid=1)
    run.send(message="Exiting because a job execution failed.", level=logging.ERROR)
    run.progress.close()
    assert run.screen() == [
        "stap 1 van 4 mislukt na 0:00: controle…",
        *message.splitlines(),
        "",
        "Exiting because a job execution failed.",
        "",
    ]


def test_what_waits_for_a_failed_step_counts_no_longer():
    run = Run()
    run.send("run_info")
    run.begin(1)
    run.finish(1, at=100)
    run.begin(2, 3)
    run.send("job_error", "Error in rule match_households", logging.ERROR, jobid=3)
    run.finish(2, at=150)
    assert without_times(run.shown())[-1] == "stap 2 van 4 klaar na 0:50: matching (groningen, strategy_1)"


def test_of_a_last_step_that_takes_longer_than_before_nobody_knows_the_time_left():
    run = Run(80, steps=STEPS[3:])
    run.send("run_info")
    run.begin(4)
    run.now = 290
    run.send(message="news")
    assert run.screen()[-1] == "0 van 1 klaar na 4:50, nog ca. 10 s. Nu: het rapport (groningen)"
    run.now = 310
    run.send(message="news")
    assert run.screen()[-1] == "0 van 1 klaar na 5:10. Nu: het rapport (groningen)"


def test_a_failed_step_may_be_tried_again():
    run = Run()
    run.send("run_info")
    run.begin(1)
    run.send("job_error", "Error in rule check_exports", logging.ERROR, jobid=1)
    run.begin(1, at=20)
    run.finish(1, at=50)
    assert without_times(run.shown())[-1].startswith("stap 1 van 4 klaar na 0:30")


def test_steps_that_come_after_a_checkpoint_are_counted():
    run = Run(steps=STEPS[:2])
    run.send("run_info")
    run.begin(1)
    run.finish(1, at=100)
    run.steps = STEPS[2:]
    run.begin(3)
    assert without_times(run.shown())[-1] == "stap 2 van 3 begint: matching (groningen, strategy_2)"


def test_other_messages_go_through_and_the_ordinary_ones_do_not():
    run = Run()
    run.send(message="Building DAG of jobs...")
    run.send(message="SLURM job submitted.")
    run.send(message="Select jobs to execute...")
    run.send(message="A warning of Snakemake.", level=logging.WARNING)
    assert run.shown() == ("SLURM job submitted.\nA warning of Snakemake.\n")


def test_a_run_with_nothing_to_do_says_where_the_report_is_and_what_waits():
    run = Run()
    run.send(message="Nothing to be done (all requested files are present and up to date).")
    assert without_times(run.shown()) == [WORDS["nothing"], *LAST]


def test_what_is_stopped_is_not_told_as_failed():
    run = Run()
    run.send("run_info")
    run.begin(1)
    run.send(message="Terminating processes on user request, this might take some time.")
    run.send("job_error", "", logging.ERROR, jobid=1)
    assert "mislukt" not in run.shown() and "stap 1 van 4 begint" in run.shown()


def test_what_the_handler_of_the_screen_leaves_out_is_left_out():
    run = Run()
    run.progress._screen.addFilter(lambda record: "secret" not in record.getMessage())
    run.send(message="a secret")
    run.send(message="news")
    assert run.shown() == "news\n"


def test_a_rule_without_words_has_its_name_and_targets_are_no_steps():
    run = Run(steps=[Step(7, "archive_groningen", (), "", frozenset())])
    run.send("run_info")
    run.begin(7, 8)
    assert without_times(run.shown()) == ["stap 1 van 1 begint: archive_groningen"]


def test_nothing_of_the_messages_of_ordinary_steps_is_repeated():
    """Settings and reasons may quote what an analyst typed over an answer."""
    run = Run()
    run.send("run_info", "secret")
    for event in ("job_info", "job_finished"):
        run.send(event, "secret", jobid=1, job_id=1, reason="secret", input=["secret"], wildcards={"id": "secret"})
    assert "stap 1 van 4 klaar" in run.shown() and "secret" not in run.shown()


@pytest.mark.parametrize(
    ("seconds", "exact", "estimate"),
    [
        (0, "0:00", "10 s"),
        (41.4, "0:41", "40 s"),
        (54.9, "0:55", "50 s"),
        (55, "0:55", "1 min"),
        (89.6, "1:30", "1 min"),
        (91, "1:31", "2 min"),
        (3725, "1:02:05", "62 min"),
    ],
)
def test_seconds_are_told_as_people_do(seconds, exact, estimate):
    assert (duration(seconds), about(seconds)) == (exact, estimate)


def test_a_line_that_is_too_long_ends_in_an_ellipsis():
    assert (fitted("matching", 8), fitted("matching", 7)) == ("matching", "matchi…")
