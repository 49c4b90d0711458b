"""Errors of Snakemake, told once and without what is of no use to an analyst."""

import logging

import pytest
import yaml
from given.paths import ROOT

from effectstudie.running.screen.errors import PlainFormatter, plain
from effectstudie.shared.logs import SHOWN

WORDS = yaml.safe_load((ROOT / "resources/words/running.nl.yaml").read_text(encoding="utf-8"))
ERRORS = WORDS["errors"]


def record(message, event=None, level=logging.ERROR, **fields):
    made = logging.LogRecord("snakemake", level, "", 0, message, None, None)
    made.__dict__.update(fields, **({"event": event} if event else {}))
    return made


@pytest.fixture
def formatter():
    return PlainFormatter(logging.Formatter("[%(message)s]"), WORDS)


def test_a_mistake_is_told_without_the_place_in_the_program(formatter):
    message = (
        'WorkflowError in file "/p/settings.smk", line 54:\na.yaml: key x is unknown.\nb.yaml: key y too.\n'
        '  File "/p/settings.smk", line 54, in <module>'
    )
    told = formatter.format(record(message, "error", exception="WorkflowError"))
    assert told == "a.yaml: key x is unknown.\nb.yaml: key y too."


def test_a_mistake_that_a_function_of_a_rule_found_is_told_the_same_way():
    message = (
        'InputFunctionException in rule select_study in file "/p/select.smk", line 4:\nError:\n  WorkflowError:\n'
        "    config/studies/a.yaml: key x.\n    config/studies/a.yaml: key y.\nWildcards:\n  study=a\nTraceback:\n"
        '  File "/p/inputs.smk", line 3, in f\n  File "/p/select.smk", line 4, in <module>'
    )
    assert plain(message) == "config/studies/a.yaml: key x.\nconfig/studies/a.yaml: key y."


def test_an_error_that_nobody_foresaw_keeps_its_traceback(formatter):
    message = "Traceback (most recent call last):\n  File …\nKeyError: 'x'"
    assert formatter.format(record(message, "error", exception="KeyError")) == message


def test_a_name_that_nothing_makes_gets_the_sentence_of_whoever_knows_the_names(formatter):
    formatter.unknown = "nothing called {}".format
    message = "MissingRuleException:\nNo rule to produce groningen (if you use input functions make sure that …)."
    assert formatter.format(record(message, "error", exception="MissingRuleException")) == "nothing called groningen"


def test_a_failed_step_shows_its_reason_and_its_log_and_no_lists(formatter, tmp_path):
    log = tmp_path / "job.log"
    log.write_text("a.csv, row 1: this.\n", encoding="utf-8")
    failed = record("", "job_error", log=[str(log)], input=["x" * 999], rule_msg=None)
    assert formatter.format(failed) == f"a.csv, row 1: this.\nLogboek: {log}"


def test_a_reason_that_the_step_told_on_the_screen_is_not_told_again(formatter, tmp_path):
    log = tmp_path / "job.log"
    log.write_text(f"a.csv, row 1: this.\n{SHOWN}\n", encoding="utf-8")
    assert formatter.format(record("", "job_error", log=[str(log)])) == f"Logboek: {log}"


@pytest.mark.parametrize("content", [None, ""])
def test_a_step_that_died_without_a_word_is_told_as_such(formatter, tmp_path, content):
    log = tmp_path / "job.log"
    if content is not None:
        log.write_text(content)
    assert formatter.format(record("", "job_error", log=[str(log)])).startswith(ERRORS["no_reason"].strip())


def test_a_group_of_a_cluster_shows_the_logs_of_its_steps(formatter, tmp_path):
    log = tmp_path / "job.log"
    log.write_text("a.csv: this.\n")
    failed = record("", "group_error", job_error_info=[{"log": [str(log)]}])
    assert formatter.format(failed).startswith("a.csv: this.\n")


def test_how_the_step_was_started_is_left_out(formatter):
    message = 'RuleException:\nCalledProcessError in file "/p/ingest.smk", line 27:\nCommand \'set -euo …'
    assert formatter.format(record(message, "error", exception="RuleException")) == ""


def closing_of(formatter):
    message = "WorkflowError:\nAt least one job did not complete successfully."
    return formatter.format(record(message, "error", exception="WorkflowError"))


def test_the_end_says_whether_the_run_failed_or_was_stopped(formatter):
    assert closing_of(formatter) == ERRORS["failed"]
    message = "Terminating processes on user request, this might take some time."
    assert formatter.format(record(message, level=logging.INFO)) == ERRORS["stopping"]
    assert formatter.format(record("", "job_error", log=["a.log"])) == ""
    assert closing_of(formatter) == ERRORS["interrupted"]


def test_what_says_nothing_is_left_out_and_the_rest_is_as_it_was(formatter):
    assert formatter.format(record("Exiting because a job execution failed. Look above")) == ""
    assert formatter.format(record("SLURM job submitted.", level=logging.INFO)) == "[SLURM job submitted.]"
