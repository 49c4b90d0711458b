"""Mistakes in a plan: each gives one sentence with the file, the key and what is allowed."""

import pytest
from given.paths import ROOT
from given.plans import STUDY, WRITTEN, changed, frozen, in_force
from given.project_files import Project

from effectstudie.definitions.checks.content import check_schema
from effectstudie.definitions.checks.plans import contradictions, departure_problems, frozen_problems, plan_problems
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.shared.errors import ConfigError
from effectstudie.shared.yaml_files import read_yaml

PATH, FROZEN = "config/plans/groningen.yaml", "config/plans/groningen.frozen.yaml"
SCHEMA = read_yaml(ROOT / "workflow/schemas/plan.schema.yaml")
ALL = outcomes_from(
    {
        "safety": {"kind": "mean", "better": "higher", "measured": ""},
        "stress": {"kind": "mean", "better": "", "measured": ""},
        "drinking": {"kind": "mean", "better": "lower", "measured": ""},
        "mark": {"kind": "mean", "better": "higher", "measured": "follow_up"},
        "severity": {"kind": "class", "better": "lower", "measured": ""},
    }
)
REASON = {"what": "risk_threshold", "reason": "zie brief", "date": "2027-01-02"}


def schema_problems(plan):
    with pytest.raises(ConfigError) as error:
        check_schema(plan, SCHEMA, PATH)
    return error.value.problems


def test_the_invented_plan_is_right():
    check_schema(WRITTEN | {"departures": [REASON]}, SCHEMA, PATH)
    assert plan_problems(PATH, WRITTEN | {"margins": {"safety": {"value": 1, "source": "x"}}}, ALL) == []


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("primary", [], "key primary is []; allowed: a list of at least one outcome."),
        ("estimand", "families", "key estimand is 'families'; allowed: persons or households."),
        (
            "moderators",
            ["age"],
            "key moderators.0 is 'age'; allowed: risk_cumulation, the only one that the analysis has.",
        ),
        (
            "margins",
            {"safety": {"value": 0, "source": "x"}},
            "key margins.safety.value is 0; allowed: a number above 0, in the unit of the outcome.",
        ),
        ("margins", {"safety": {"value": 1}}, "key margins.safety.source is missing."),
        ("departures", [{"what": "other", "reason": "x", "date": "2027-01-02"}], "key departures.0.told is missing."),
        (
            "departures",
            [{"what": "estimand", "reason": "x", "date": "2 januari"}],
            "key departures.0.date is '2 januari'; allowed: a date as year-month-day, such as 2026-11-21.",
        ),
        ("departures", [{"what": "estimand", "date": "2027-01-02"}], "key departures.0.reason is missing."),
    ],
)  # fmt: skip
def test_a_mistake_in_the_file_is_one_sentence(key, value, problem):
    assert schema_problems(WRITTEN | {key: value}) == [f"{PATH}: {problem}"]


def test_a_key_that_is_missing_or_unknown_is_named():
    plan = {key: value for key, value in WRITTEN.items() if key != "secondary"}
    assert schema_problems(plan) == [f"{PATH}: key secondary is missing."]
    (problem,) = schema_problems(WRITTEN | {"primery": ["safety"]})
    assert problem.startswith(f"{PATH}: key primery is unknown (did you mean 'primary'?)")


@pytest.mark.parametrize(
    ("at", "problem"),
    [
        (
            {"primary": ["safty"]},
            "primary names the outcome 'safty', which does not exist (did you mean 'safety'?); known: safety, stress, "
            "drinking, mark, severity.",
        ),
        ({"secondary": ["safety"]}, "key secondary names 'safety', which primary names too; name it once."),
        (
            {"primary": ["mark"]},
            "key primary names 'mark', whose change nothing tests; allowed: a mean or percentage at both measurements.",
        ),
        (
            {"primary": ["severity"]},
            "key primary names 'severity', whose change nothing tests; allowed: a mean or percentage at both "
            "measurements.",
        ),
        (
            {"margins": {"drinking": {"value": 1, "source": "x"}}},
            "margins names the planned outcome 'drinking', which does not exist; known: safety, stress.",
        ),
        (
            {"margins": {"stress": {"value": 1, "source": "x"}}},
            "key margins names 'stress', which has no key better in config/outcomes.yaml; add it there.",
        ),
        (
            {"departures": [REASON | {"date": "2027-02-30"}]},
            "key departures.0.date is '2027-02-30'; allowed: a day that exists.",
        ),
    ],
)
def test_what_other_files_say_otherwise_is_one_sentence(at, problem):
    assert plan_problems(PATH, changed(WRITTEN, **at), ALL) == [f"{PATH}: {problem}"]


def content(*exports):
    return {"versions": [version.plain() for version in frozen(*exports)]}


def test_reasons_need_a_frozen_plan_and_a_difference():
    plan = WRITTEN | {"departures": [REASON]}
    (problem,) = departure_problems(PATH, plan, None, in_force())
    assert problem == f"{PATH}: key departures is for a plan that was frozen; take it out."
    (problem,) = departure_problems(PATH, plan, content("none"), in_force(study=changed(STUDY, estimand="households")))
    assert problem == (
        f"{PATH}: key departures names 'risk_threshold', which is as the frozen plan has it; what differs: estimand; "
        "take it out, or write other and say under told what differed."
    )
    now = in_force(study=changed(STUDY, risk_threshold=5))
    assert departure_problems(PATH, plan, content("none"), now) == []
    assert departure_problems(PATH, WRITTEN, None, in_force()) == []


def test_a_plan_may_not_say_otherwise_than_the_settings_of_its_study():
    assert contradictions(PATH, WRITTEN, STUDY) == []
    plan = changed(WRITTEN, estimand="households", strategies={"selected": "far", "beside": []}, secondary=["mark"])
    settings = "config/studies/zeeland.yaml"
    assert contradictions(PATH, plan, STUDY) == [
        f"{PATH}: key estimand is households, and {settings} has persons (estimand); make them the same.",
        f"{PATH}: key strategies.selected is far, and {settings} has near (matching.selected); make them the same.",
        f"{PATH}: key strategies.beside is none, and {settings} has far (the other strategies of matching); make them "
        "the same.",
        f"{PATH}: names the outcome 'mark', which is not among outcomes of {settings}; add it there, or take it out.",
    ]


def test_a_frozen_plan_that_was_edited_is_one_sentence():
    assert frozen_problems(FROZEN, content("none", "there")) == []
    edited = content("none", "there")
    edited["versions"][1]["plan"]["primary"] = ["stress"]
    (problem,) = frozen_problems(FROZEN, edited)
    assert problem.startswith(f"{FROZEN}: version 2 is not what was frozen, for its SHA-256 does not fit; put the file")


def test_a_project_stops_on_a_frozen_plan_that_was_edited_or_whose_plan_is_gone(tmp_path):
    project = Project(tmp_path)
    project.edit(FROZEN, "safety: 0.5", "safety: 0.1")
    assert project.problem().startswith(f"{FROZEN}: version 1 is not what was frozen")
    (project.folder / PATH).unlink()
    assert f"{PATH}: is gone, and {FROZEN} is there; put it back." in project.problems()


def test_a_plan_is_held_against_the_settings_and_its_margins_go_before_those_of_the_outcomes(tmp_path):
    project = Project(tmp_path)
    settings = project.load()
    assert settings.primary_of("groningen") == ["total_violence", "child_abuse", "safety"]
    project.edit(PATH, "moderators:", "margins: {safety: {value: 2, source: afgesproken}}\nmoderators:")
    project.edit(PATH, "primary: [total_violence, ", "primary: [")
    settings = project.load()
    assert settings.outcomes_of("groningen", "margin", "margin_source")["safety"] == {
        "margin": 2,
        "margin_source": "afgesproken",
    }
    # the list that was frozen, whatever the file says now
    assert settings.primary_of("groningen") == ["total_violence", "child_abuse", "safety"]
    assert settings.planned_now("groningen")["primary"] == ["child_abuse", "safety"]
    plan = settings.set_for("groningen")["plan"]
    assert (plan["version"], len(plan["sha256"])) == (1, 64)
    (project.folder / FROZEN).unlink()
    assert project.load().primary_of("groningen") == []
    (project.folder / PATH).unlink()
    settings = project.load()
    assert (settings.planned_now("groningen"), settings.set_for("groningen")["plan"]) == (None, None)
