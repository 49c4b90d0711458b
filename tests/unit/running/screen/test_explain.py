import os
import re
from types import SimpleNamespace

import pytest
import yaml
from given.paths import ROOT

from effectstudie.running.screen.explain import Cause, cause_of, explained

WORDS = yaml.safe_load((ROOT / "resources/words/running.nl.yaml").read_text(encoding="utf-8"))


def told(**reason):
    return explained([Cause("analyse_outcomes", ("groningen",), **reason)], WORDS)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ({"missing": True}, "is er nog niet"),
        ({"files": ("config/a.yaml",)}, "veranderd: config/a.yaml"),
        ({"files": tuple("abcdef")}, "veranderd: a, b, c, d en 2 andere"),
        ({"code": True}, "het programma is veranderd"),
        ({"forced": True}, "u vroeg erom"),
        ({"files": ("x.yaml",), "code": True}, "veranderd: x.yaml; het programma is veranderd"),
        ({"inputs": True}, "er zijn bestanden bij gekomen of weggelaten"),
        ({"settings": {"r": "R 4.3"}, "before": frozenset(["'R 4.2'"])}, "de pakketten zijn veranderd"),
        ({"settings": {"contain": ["x"]}}, "een instelling waar dit op rust, is veranderd (contain)"),
    ],
)
def test_a_reason_is_told_in_dutch(reason, words):
    assert told(**reason) == f"Opnieuw gemaakt wordt:\n- beschrijving en toetsen (groningen): {words}"


def test_what_only_follows_is_told_apart_and_counted_in_the_order_of_the_work():
    causes = [
        Cause("report_groningen"),
        Cause("write_report", ("groningen", "")),
        Cause("match_households", ("groningen", "a")),
        Cause("match_households", ("groningen", "b")),
        Cause("make_demo_cohort", files=("resources/demo/cohort.yaml",)),
    ]
    assert explained(causes, WORDS).splitlines() == [
        "Opnieuw gemaakt wordt:",
        "- de demonstratiegegevens: veranderd: resources/demo/cohort.yaml",
        "Daardoor ook:",
        "- matching (2 keer)",
        "- het rapport",
    ]


def test_steps_with_one_reason_stand_on_one_line_and_the_record_of_the_run_repeats_nothing():
    files = ("config/house_style.yaml", "x.css")
    causes = [
        Cause("record_run", ("groningen",), files=files[:1]),
        Cause("write_style", files=files[:1]),
        Cause("write_quality", ("groningen", ""), files=files[:1]),
    ]
    assert explained(causes, WORDS).splitlines() == [
        "Opnieuw gemaakt wordt:",
        "- de opmaak met de lettertypen, de pagina over de gegevens (groningen): veranderd: config/house_style.yaml",
        "Daardoor ook:",
        "- vastlegging van de run",
    ]


def test_an_export_that_is_another_one_is_told_once():
    rules = {"sha256": "b", "corrections_sha256": "c", "cleared": [], "variables": {}}
    reason = {
        "settings": {"rules": {"T1_jeugd": rules}},
        "before": frozenset([repr({"T1_jeugd": {**rules, "sha256": "a"}})]),
    }
    text = explained([Cause("check_exports", files=("/data/T1_jeugd.sav",), **reason)], WORDS)
    assert text.endswith("- controle van de exports: een andere export (T1_jeugd)")


def test_an_archive_is_always_made():
    assert explained([Cause("archive_groningen", always=True)], WORDS).endswith("- het archief: wordt altijd gemaakt")


def test_nothing_to_do_is_said():
    assert explained([], WORDS) == explained([Cause("report_groningen")], WORDS) == WORDS["nothing"]


def of_snakemake(temporary=(), **reason):
    """A job and its reason, as Snakemake has them."""
    empty = dict.fromkeys(("missing_output", "incomplete_output", "updated_input", "updated_input_run"), frozenset())
    falsy = dict.fromkeys(
        ("params_changed", "input_changed", "code_changed", "software_stack_changed", "forced", "nooutput"), False
    )
    job = SimpleNamespace(
        rule=SimpleNamespace(name="check_exports"),
        wildcards=["groningen"],
        output=[],
        temp_output=set(temporary),
        params={"seed": 7, "waves": ["T0"]},
        is_norun=False,
    )
    return job, SimpleNamespace(**{**empty, **falsy, **reason})


def test_a_folder_that_is_there_during_a_run_alone_is_no_reason():
    job, reason = of_snakemake(["results/cohort/checked_exports"], missing_output={"results/cohort/checked_exports"})
    assert cause_of(job, reason) == Cause("check_exports", ("groningen",))
    job, reason = of_snakemake(missing_output={"results/a.csv"})
    assert cause_of(job, reason).missing


def test_a_result_that_a_failed_step_put_back_is_told_as_broken_off(tmp_path):
    job, reason = of_snakemake()
    (tmp_path / "a.sav").touch()
    job.output = [str(tmp_path / "a.sav")]
    assert not cause_of(job, reason).incomplete
    os.utime(tmp_path / "a.sav", (0, 0))
    assert cause_of(job, reason).incomplete


def test_of_the_parameters_those_that_changed_are_kept_with_their_names():
    changed = SimpleNamespace(only_new={"7"}, only_old={"8"})
    job, reason = of_snakemake(params_changed=changed, updated_input={"b", "a", "c"}, updated_input_run={"c"})
    cause = cause_of(job, reason)
    assert (cause.settings, cause.before, cause.files) == ({"seed": 7}, {"8"}, ("a", "b"))


def test_every_rule_has_its_words():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "workflow/rules").glob("*.smk"))
    rules = set(re.findall(r"^(?:rule|checkpoint) (\w+):", code, re.MULTILINE)) - {"codebook", "changes"}
    assert rules == set(WORDS["jobs"])
