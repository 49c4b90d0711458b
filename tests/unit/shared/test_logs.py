import errno
import os
import signal
import sys
import threading

import pytest

from effectstudie.shared.errors import InputError
from effectstudie.shared.logs import SHOWN, log_to
from effectstudie.shared.messages.sentences import private


def test_what_is_printed_goes_to_the_log_alone(tmp_path, capsys):
    with log_to(tmp_path / "job.log"):
        print("zeven rijen, één fout")
        print("let op", file=sys.stderr)
    assert (tmp_path / "job.log").read_text(encoding="utf-8") == "zeven rijen, één fout\nlet op\n"
    assert capsys.readouterr() == ("", "")


def test_our_own_errors_end_the_job_with_their_sentences_only(tmp_path):
    with pytest.raises(SystemExit) as ended, log_to(tmp_path / "job.log"):
        print("begonnen")
        raise InputError(["a.csv, row 1: this.", "a.csv, row 2: that."])
    assert ended.value.code == 1
    assert (tmp_path / "job.log").read_text() == f"begonnen\na.csv, row 1: this.\na.csv, row 2: that.\n{SHOWN}\n"


def test_an_answer_is_on_the_screen_and_not_in_the_log(tmp_path, capfd, monkeypatch):
    monkeypatch.setattr(sys, "__stderr__", sys.stderr)
    with pytest.raises(SystemExit), log_to(tmp_path / "job.log"):
        raise InputError([f"a.csv, row 1{private(', value 7')}: this."])
    assert (tmp_path / "job.log").read_text() == f"a.csv, row 1: this.\n{SHOWN}\n"
    assert capfd.readouterr().err == "a.csv, row 1, value 7: this.\n"


def test_on_a_terminal_an_error_takes_the_place_of_the_line_of_progress(tmp_path, capfd, monkeypatch):
    monkeypatch.setattr(sys, "__stderr__", sys.stderr)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with pytest.raises(SystemExit), log_to(tmp_path / "job.log"):
        raise InputError([f"a.csv{private(', value 7')}: this."])
    assert capfd.readouterr().err == "\r\033[Ka.csv, value 7: this.\n"


def test_on_a_cluster_the_screen_is_a_file_and_sees_no_answer(tmp_path, capfd, monkeypatch):
    monkeypatch.setattr(sys, "__stderr__", sys.stderr)
    monkeypatch.setenv("SLURM_JOB_ID", "7")
    with pytest.raises(SystemExit), log_to(tmp_path / "job.log"):
        raise InputError([f"a.csv{private(', value 7')}: this."])
    assert capfd.readouterr() == ("", "")


def test_other_errors_end_the_job_with_a_traceback_and_their_message_on_the_screen_only(tmp_path, capfd, monkeypatch):
    monkeypatch.setattr(sys, "__stderr__", sys.stderr)
    with pytest.raises(SystemExit) as ended, log_to(tmp_path / "job.log"):
        float("naught")
    assert ended.value.code == 1
    log = (tmp_path / "job.log").read_text()
    assert "test_logs.py" in log and "ValueError: een fout die niemand voorzag" in log and "'naught'" not in log
    screen = capfd.readouterr().err
    assert "could not convert string to float: 'naught'\n" in screen
    assert screen.endswith(f"geef {tmp_path}/job.log aan wie het programma onderhoudt.\n")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "de schijf is vol"),
        (errno.EACCES, "geen toegang"),
        (errno.EROFS, "de schijf kan alleen worden gelezen"),
    ],
)
def test_a_full_disk_or_a_closed_folder_is_one_sentence(tmp_path, number, reason):
    with pytest.raises(SystemExit), log_to(tmp_path / "job.log"):
        raise OSError(number, os.strerror(number), "results/a.csv")
    assert (tmp_path / "job.log").read_text() == (
        f"results/a.csv: {reason}. Maak ruimte op de schijf, of laat de map voor u openstellen, en geef dezelfde "
        f"opdracht opnieuw; er is geen half resultaat achtergebleven.\n{SHOWN}\n"
    )


def test_where_the_disk_has_no_room_for_the_log_no_answer_goes_elsewhere(monkeypatch, capfd):
    monkeypatch.setattr(sys, "__stderr__", sys.stderr)
    monkeypatch.setenv("SLURM_JOB_ID", "7")
    with pytest.raises(SystemExit) as ended, log_to("/dev/full"):
        float("GEHEIM")
    assert ended.value.code == 1 and capfd.readouterr() == ("", "")


def test_a_log_that_cannot_be_written_is_named_on_the_screen(tmp_path, capfd, monkeypatch):
    monkeypatch.setattr(sys, "__stderr__", sys.stderr)
    with pytest.raises(SystemExit) as ended, log_to(tmp_path / "no folder/job.log"):
        raise AssertionError("it must not come so far")
    assert ended.value.code == 1
    assert "no folder/job.log: dit bestand of deze map is er niet." in capfd.readouterr().err


def test_output_is_the_screen_s_again_afterwards(tmp_path, capsys):
    with pytest.raises(SystemExit), log_to(tmp_path / "job.log"):
        raise InputError(["no."])
    print("hallo")
    assert capsys.readouterr().out == "hallo\n"


def test_an_input_that_changes_while_a_job_reads_it_ends_the_job(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "results").mkdir()
    for name in ("sis.yaml", "gone.yaml", "results/a.csv"):
        (tmp_path / name).write_text("before")
    reads = ["sis.yaml", "gone.yaml", "results", "results/a.csv", "not there"]
    with log_to("job.log", reads):
        (tmp_path / "results/a.csv").write_text("of the run itself")
    with pytest.raises(SystemExit) as ended, log_to("job.log", reads):
        (tmp_path / "gone.yaml").unlink()
        (tmp_path / "sis.yaml").write_text("after_")
        os.utime(tmp_path / "sis.yaml", (10**9, 10**9))
    assert ended.value.code == 1
    assert (tmp_path / "job.log").read_text() == (
        "sis.yaml, gone.yaml: is veranderd terwijl deze stap het las, dus van de stap is niets bewaard; geef dezelfde "
        f"opdracht opnieuw.\n{SHOWN}\n"
    )


def test_on_a_full_disk_the_reason_is_on_the_screen(monkeypatch, capfd):
    monkeypatch.setattr(sys, "__stderr__", sys.stderr)
    with pytest.raises(SystemExit), log_to("/dev/full"):
        raise InputError(["a.csv: this."])
    assert capfd.readouterr().err == "a.csv: this.\n"


def test_a_step_that_is_interrupted_is_silent(tmp_path, capfd):
    """The signal waits since the step began to load what it needs."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # tests started behind a shell's & ignore it
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    signal.pthread_kill(threading.get_ident(), signal.SIGINT)  # no other thread of the tests gets it
    with pytest.raises(SystemExit) as ended, log_to(tmp_path / "job.log"):
        pass
    assert ended.value.code == 1 and capfd.readouterr() == ("", "") and (tmp_path / "job.log").read_text() == ""
