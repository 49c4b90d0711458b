import pytest
from given.plans import STUDY, WRITTEN, changed, frozen, in_force

from effectstudie.definitions.plans.registered import registered


def content(*exports, plans=()):
    return {"study": "zeeland", "versions": [version.plain() for version in frozen(*exports, plans=plans)]}


@pytest.mark.parametrize(("files", "now"), [([], None), ([WRITTEN], in_force())], ids=["no plan", "not frozen"])
def test_without_a_frozen_plan_nothing_is_registered(files, now):
    assert registered(files, now) is None


def test_what_the_plan_does_not_name_is_exploratory():
    plan = registered([WRITTEN, content("none")], in_force())
    assert plan.exploratory(["drinking", "safety", "stress"]) == ["drinking"]
    assert plan.departures == ()


def test_a_plan_that_was_widened_when_data_were_there_leaves_an_outcome_exploratory():
    wide = changed(WRITTEN, primary=["safety", "drinking"])
    plan = registered([wide, content("none", "there", plans=[in_force(), in_force(wide)])], in_force(wide))
    assert plan.version.version == 1
    assert plan.exploratory(STUDY["outcomes"]) == ["drinking"]
    assert [(one.key, one.reason) for one in plan.departures] == [("primary", "")]


def test_departures_have_the_reasons_of_the_plans_file():
    written = {**WRITTEN, "departures": [{"what": "risk_threshold", "reason": "zie brief", "date": "2027-01-02"}]}
    plan = registered([written, content("none")], in_force(study=changed(STUDY, risk_threshold=5)))
    assert [(one.key, one.reason, one.date) for one in plan.departures] == [
        ("risk_threshold", "zie brief", "2027-01-02")
    ]
