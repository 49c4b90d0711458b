"""A dry run says what would be made and why, and nothing of Snakemake's own."""

import io
import logging

import yaml
from given.paths import ROOT

from effectstudie.running.screen.dry_run import DryRun
from effectstudie.running.screen.explain import Cause

WORDS = yaml.safe_load((ROOT / "resources/words/running.nl.yaml").read_text(encoding="utf-8"))


def shown(*messages):
    stream = io.StringIO()
    handler = DryRun(logging.StreamHandler(stream), WORDS, lambda: [Cause("write_style", code=True)])
    for event, message, level in messages:
        record = logging.LogRecord("snakemake", level, "", 0, message, None, None)
        record.event = event
        handler.handle(record)
    return stream.getvalue()


def test_what_would_run_is_told_once_and_warnings_go_through():
    assert (
        shown(
            (None, "Building DAG of jobs...", logging.INFO),
            ("run_info", "Job stats:\n…", logging.INFO),
            ("job_info", "rule write_style: …", logging.INFO),
            (None, "A warning.", logging.WARNING),
            ("run_info", "Job stats:\n…", logging.INFO),
            (None, "This was a dry-run (flag -n).", logging.INFO),
        )
        == "Opnieuw gemaakt wordt:\n- de opmaak met de lettertypen: het programma is veranderd\nA warning.\n"
    )


def test_nothing_to_do_is_said():
    message = "Nothing to be done (all requested files are present and up to date)."
    assert shown((None, message, logging.INFO)) == f"{WORDS['nothing']}\n"
