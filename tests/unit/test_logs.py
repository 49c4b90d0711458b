import sys

import pytest

from effectstudie.errors import InputError
from effectstudie.logs import log_to


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
    assert (tmp_path / "job.log").read_text() == "begonnen\na.csv, row 1: this.\na.csv, row 2: that.\n"


def test_other_errors_end_the_job_with_a_traceback(tmp_path):
    with pytest.raises(SystemExit) as ended, log_to(tmp_path / "job.log"):
        raise ZeroDivisionError("nought")
    assert ended.value.code == 1
    log = (tmp_path / "job.log").read_text()
    assert log.startswith("Traceback (most recent call last):")
    assert log.endswith("ZeroDivisionError: nought\n")
    assert "test_logs.py" in log


def test_output_is_the_screen_s_again_afterwards(tmp_path, capsys):
    with pytest.raises(SystemExit), log_to(tmp_path / "job.log"):
        raise InputError(["no."])
    print("hallo")
    assert capsys.readouterr().out == "hallo\n"
