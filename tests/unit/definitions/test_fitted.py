"""The settings of cohorts without some tables or measurements: nothing but config/config.yaml is edited."""

import pytest

from effectstudie.definitions.fitted import classification_of

GROUPS = ("outcomes", "background", "problems")


@pytest.fixture(scope="module")
def without_children(tmp_path_factory):
    from given.project_files import Project

    project = Project(tmp_path_factory.mktemp("project"))
    project.config["tables"] = ["volwassenen"]
    return project.load()


def test_a_cohort_without_children_has_nothing_that_is_made_of_them(without_children):
    study = without_children.studies["groningen"]
    assert {
        definition["table"] for one in without_children.instruments.values() for definition in one["forms"].values()
    } == {"volwassenen"}
    assert not any("child" in name for group in GROUPS for name in study[group] if name != "childhood_trauma_parents")
    assert "total_violence" in study["outcomes"] and "violence_class" in study["outcomes"]
    assert list(without_children.classification["violence"]) == ["partner_violence"]
    assert study["appendix"] == ["tsi"]
    assert not any("kinderen" in export or "jeugd" in export for export in without_children.cohort.exports)
    assert without_children.scores_behind("groningen") and "help" in without_children.instruments


def test_what_is_left_out_is_told_with_its_label(without_children):
    left_out = without_children.studies["groningen"]["left_out"]
    assert left_out["outcomes"]["child_abuse"] == "directe kindermishandeling" and len(left_out["outcomes"]) == 6
    assert (left_out["covariates"], left_out["waves"]) == (["n_children"], [])


def test_texts_of_a_study_follow_the_cohort(without_children, settings):
    reasons = [one.studies["groningen"]["matching"]["reason"] for one in (without_children, settings)]
    assert ["aantal kinderen" in reason for reason in reasons] == [False, True]
    assert not any("{{" in reason for reason in reasons)


def test_a_study_of_which_the_cohort_has_all_is_as_it_was_written(settings):
    assert "left_out" not in settings.studies["groningen"]
    assert settings.studies["groningen"]["follow_up"] == {"waves": ["T1", "T2"], "label": "T2"}


@pytest.mark.parametrize(
    ("waves", "follow_up", "absent"), [(["T0", "T1"], ["T1"], ["T2"]), (["T0", "T1", "T2", "T3"], ["T1", "T2"], [])]
)
def test_other_measurements_are_a_setting(project, waves, follow_up, absent):
    project.config["waves"] = waves
    settings = project.load()
    study = settings.studies["groningen"]
    assert study["follow_up"]["waves"] == follow_up and study["follow_up"]["label"] == follow_up[-1]
    assert study.get("left_out", {"waves": []})["waves"] == absent
    assert settings.exports_of("help") == [f"{w}_{table}" for table in ("volwassenen", "jeugd") for w in waves[1:]]
    assert settings.exports_of("ace") == ["T0_volwassenen"]
    assert len(settings.instruments) == 20


VARIABLES = {
    "either": {"unit": "child", "when": {"any": [{"scores": ["a.x", "b.x"], "from": 1}, {"score": "b.y", "from": 2}]}},
    "both": {"unit": "child", "when": {"all": [{"score": "a.x", "from": 1}, {"score": "b.x", "from": 1}]}},
    "of_adults": {"unit": "adult", "score": "a.x", "yes_when": {"from": 1}},
    "classes": {"unit": "child", "classes": [{"code": 1, "when": {"score": "b.x", "from": 1}}, {"code": 0}]},
    "in_home": {"unit": "household", "any_of": "both"},
}


def test_a_variable_keeps_what_can_be_asked_of_it():
    files = {"variables": VARIABLES, "violence": {}, "risk_factors": {}}
    left = classification_of(files, {"a.x": ["child"]})["variables"]
    assert left == {"either": {"unit": "child", "when": {"any": [{"scores": ["a.x"], "from": 1}]}}}
    everything = {"a.x": ["child", "adult"], "b.x": ["child"], "b.y": ["child"]}
    assert classification_of(files, everything)["variables"] == VARIABLES
