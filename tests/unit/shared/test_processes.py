import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from given.paths import ROOT

from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import private
from effectstudie.shared.processes import Died, Unsendable, in_processes


@pytest.mark.parametrize("at_once", [1, 2, 8])
def test_results_come_in_the_order_of_the_items_from_processes_of_their_own(at_once):
    def work(item):
        time.sleep(0.05 if item == 1 else 0)
        return item * 10, os.getpid()

    results = in_processes(work, [1, 2, 3], at_once)
    assert [result for result, _ in results] == [10, 20, 30]
    assert len({os.getpid(), *(process for _, process in results)}) == 4


def test_no_more_than_so_many_at_once(tmp_path):
    def work(item):
        mark = tmp_path / str(item)
        mark.touch()
        seen = len(list(tmp_path.iterdir()))
        time.sleep(0.02)
        mark.unlink()
        return seen

    assert max(in_processes(work, range(6), 2)) <= 2


def test_a_process_that_dies_takes_no_other_with_it():
    def work(item):
        if item == "bad":
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    assert in_processes(work, ["good", "bad", "better"], 1) == ["good", Died(signal.SIGKILL), "better"]


@pytest.mark.parametrize("code", [0, 1, 7])
def test_a_process_that_ends_by_itself_is_told_from_one_that_was_ended(code):
    assert in_processes(lambda item: os._exit(code), [1], 1) == [Died(signal=0, code=code)]


class OfTwoParts(Exception):
    """Cannot be put together again: what it is made of is not what it keeps."""

    def __init__(self, what, where):
        super().__init__(f"{what} in {where}")


class OfThisProcess(Exception):
    """Cannot be taken apart."""

    def __init__(self, what):
        super().__init__(what, lambda: None)


@pytest.mark.parametrize("make", [lambda: OfTwoParts("a hole", "a file"), lambda: OfThisProcess("a hole in a file")])
def test_an_error_that_cannot_be_sent_comes_as_its_kind_and_where_it_arose(make):
    def faulty_work(item):
        raise make()

    with pytest.raises(Unsendable) as raised:
        in_processes(faulty_work, [1], 1)
    told = str(raised.value)
    assert told.startswith(type(make()).__name__) and "a hole" in told and "in faulty_work" in told


def test_results_that_cannot_be_sent_are_an_error_after_all_is_done(tmp_path):
    def work(item):
        (tmp_path / item).touch()
        return OfTwoParts("a", "b") if item == "a" else (lambda: None)

    with pytest.raises(TypeError, match="__init__"):
        in_processes(work, ["a", "b"], 1)
    assert len(list(tmp_path.iterdir())) == 2
    with pytest.raises((AttributeError, TypeError), match="pickle"):
        in_processes(work, ["b"], 1)


def test_no_process_outlives_the_one_that_started_it(tmp_path):
    """Or it would write into the results of the next run."""

    def work(item):
        (tmp_path / "begun").write_text(str(os.getpid()))
        time.sleep(60)

    if not (parent := os.fork()):
        in_processes(work, [1], 1)
        os._exit(0)
    begun = tmp_path / "begun"
    assert soon(lambda: begun.exists() and begun.read_text())
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    assert soon(lambda: not running(int(begun.read_text())))


def running(process):
    """Whether a process does anything yet; one that ended may wait for whoever takes note of it."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def soon(true):
    end = time.monotonic() + 20
    while not (found := true()) and time.monotonic() < end:
        time.sleep(0.01)
    return found


def test_more_memory_than_allowed_is_an_error_of_that_process():
    with pytest.raises(MemoryError):
        in_processes(lambda item: len(bytearray(8 << 30)), [1], 1, memory=2 << 30)
    assert in_processes(len, ["ab"], 1, memory=2 << 30) == [2]


def test_the_first_error_is_raised_whole_after_all_is_done(tmp_path):
    def work(item):
        (tmp_path / item).touch()
        raise InputError([f"{item}: has {private('a secret')}."])

    with pytest.raises(InputError, match="a: has a secret") as raised:
        in_processes(work, ["a", "b"], 1)
    assert raised.value.for_log == "a: has ."
    assert len(list(tmp_path.iterdir())) == 2


def test_where_an_unforeseen_error_arose_is_in_the_log_without_its_message(tmp_path):
    def faulty_work(item):
        raise ZeroDivisionError(item * 2)

    log = tmp_path / "log"
    raised = pytest.raises(ZeroDivisionError, match="an answer an answer ")
    with open(log, "w", buffering=1) as file, contextlib.redirect_stderr(file), raised:
        in_processes(faulty_work, ["an answer "], 1)
    assert "in faulty_work" in log.read_text() and "an answer" not in log.read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists threads as files")
def test_a_job_has_one_thread_when_it_forks():
    """As it is once what it forks for is imported, in the environment that jobs get."""
    code = (ROOT / "workflow/rules/common/environment.smk").read_text(encoding="utf-8")
    given = dict(re.findall(r'^    (\w+)="(.*)",$', code, re.M))
    assert "OMP_NUM_THREADS" in given
    script = "import os, effectstudie.intake.exports; print(len(os.listdir('/proc/self/task')))"
    environment = {**os.environ, **given, "PYTHONPATH": str(ROOT / "workflow")}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
