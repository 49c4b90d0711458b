import re

import pytest
import yaml
from given.paths import ROOT

from effectstudie.running.explain import explained

WORDS = yaml.safe_load((ROOT / "resources/words/running.nl.yaml").read_text(encoding="utf-8"))


def job(rule, reason, wildcards="", kind="rule"):
    lines = [f"    input: a, b\n    output: c\n    reason: {reason}\n"]
    lines += [f"    wildcards: {wildcards}\n"] if wildcards else []
    return f"[Sun Nov 22 07:20:42 2026]\n{kind} {rule}:\n{''.join(lines)}    resources: tmpdir=/tmp\n\n"


def said(*jobs):
    return explained("Building DAG of jobs...\n" + "".join(jobs) + "Job stats:\njob  count\n", WORDS)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("Missing output files: results/a.csv", "is er nog niet"),
        ("Updated input files: config/a.yaml", "veranderd: config/a.yaml"),
        ("Updated input files: a, b, c, d, e, f", "veranderd: a, b, c, d en 2 andere"),
        ("Code has changed since last execution", "het script is veranderd"),
        (
            "Params have changed since last execution: Union of exclusive params before and now across all output:"
            " before: {'caliper': 1.0} now: {'caliper': 0.9}",
            "instelling veranderd: caliper",
        ),
        ("Forced execution", "u vroeg erom"),
        (
            "Updated input files: x.yaml; Input files updated by another job: results/b.csv; "
            "Code has changed since last execution",
            "veranderd: x.yaml; het script is veranderd",
        ),
    ],
)
def test_a_reason_is_told_in_dutch(reason, words):
    told = said(job("analyse_outcomes", reason, "study=groningen"))
    assert told == f"Opnieuw gemaakt wordt:\n- beschrijving en toetsen (groningen): {words}"


def test_what_only_follows_is_told_apart_and_counted():
    follows = "Input files updated by another job: results/cohort/check/T0_jeugd.json"
    told = said(
        job("make_demo_cohort", "Updated input files: resources/demo/cohort.yaml", kind="checkpoint"),
        job("match_households", follows, "study=groningen, strategy=a"),
        job("match_households", follows, "study=groningen, strategy=b"),
        job("write_report", follows, "study=groningen, version="),
        job("report_groningen", follows, kind="localrule"),
    )
    assert told.splitlines() == [
        "Opnieuw gemaakt wordt:",
        "- de demonstratiegegevens: veranderd: resources/demo/cohort.yaml",
        "Daardoor ook:",
        "- matching (2 keer)",
        "- het rapport",
    ]


def test_nothing_to_do_is_said():
    assert explained("Building DAG of jobs...\nNothing to be done.\n", WORDS) == WORDS["nothing"]


def test_every_rule_has_its_words():

    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "workflow/rules").glob("*.smk"))
    rules = set(re.findall(r"^(?:rule|checkpoint) (\w+):", code, re.MULTILINE)) - {"codebook"}
    assert rules == set(WORDS["jobs"])
