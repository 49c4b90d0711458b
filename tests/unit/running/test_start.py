"""A slip behind --config is a sentence with what to type."""

import pytest
import yaml
from given.paths import ROOT

from effectstudie.running.start import config_mistakes, main

WORDS = yaml.safe_load((ROOT / "resources/words/running.nl.yaml").read_text(encoding="utf-8"))["config"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--cores", "8", "report_groningen"],
        ["report_groningen", "--config", "raw_dir=/data", "pseudonym_key_file=/k", "--cores", "8"],
        ["--config", "raw_dir=/data/a=b"],
        ["--config=seed=7"],
        ["--config", "raw_dir="],
        ["--configfile", "x.yaml", "report_groningen"],
    ],
)
def test_what_snakemake_can_read_is_left_to_it(arguments):
    assert config_mistakes(arguments, WORDS) == []


@pytest.mark.parametrize("entries", [["raw_dir", "=", "/x"], ["raw_dir=", "/x"], ["raw_dir", "=/x"]], ids=" ".join)
def test_spaces_around_the_sign_are_taken_out(entries):
    (told,) = config_mistakes(["report_groningen", "--config", *entries, "--cores", "1"], WORDS)
    assert told.endswith("Geef: --config raw_dir=/x")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("privacy.minimum_cell=3", "zet minimum_cell in config/config.yaml, onder privacy"),
        ("report_groningen", "snakemake --cores 4 report_groningen --config naam=waarde"),
        ("raw dir=/x", "raw dir is geen naam van een instelling"),
    ],
)
@pytest.mark.parametrize("option", ["--config", "-C"])
def test_other_slips_say_what_to_type(entry, said, option):
    (told,) = config_mistakes([option, "seed=7", entry], WORDS)
    assert said in told


def test_all_slips_are_told_at_once_and_nothing_is_started(capsys):
    started = []
    assert main(["--config", "privacy.minimum_cell=3", "report_groningen"], started.append) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2
    assert started == []


def test_what_has_no_slip_is_started_as_it_was_typed():
    started = []
    assert main(("--cores", "1", "--config", "seed=7"), started.append) == 0
    assert started == [["--cores", "1", "--config", "seed=7"]]


def test_an_interrupted_start_says_so(capsys):
    def interrupted(_):
        raise KeyboardInterrupt

    assert main([], interrupted) == 130
    assert "gestopt" in capsys.readouterr().err
