from dataclasses import replace

import pytest
from given.study_results import LIMITS, outcomes, results, steps, study, whole

from effectstudie.disclosure.audit.study import audit_study
from effectstudie.disclosure.audit.told import Told


def audited(given=None, **changed):
    asked = {"solutions": 3, "seconds": 60, "beside": {}} | changed
    return audit_study(whole(given or results()), study(), outcomes(), LIMITS, steps(), **asked)


ONCE = audited()


def test_what_was_hidden_has_enough_values_and_nothing_was_left_unfinished():
    assert set(ONCE.last.solutions) == set(ONCE.hidden) and min(ONCE.last.solutions.values()) >= 2
    assert ONCE.last.unfinished == () and ONCE.withheld


def test_what_is_withheld_is_not_told():
    assert not set(ONCE.withheld) & set(ONCE.told.numbers)
    matched = ONCE.shown.matched["strategy_1"]
    assert "size/matched/strategy_1" in ONCE.withheld and matched.approach.kind == "hidden"


def test_the_same_report_again_changes_nothing():
    public = Told.of_json(ONCE.told.as_json(with_truth=False))
    again = audited(earlier=[public])
    assert (again.withheld, again.changed) == (ONCE.withheld, ())


def test_a_correction_of_one_person_is_not_told_by_the_difference_with_the_version_before():
    given = results()
    one = (given.levels["outcome"] == "safety") & (given.levels["group"] == "approach")
    corrected = results(
        levels=given.levels.assign(mean_t0=given.levels["mean_t0"].mask(one, given.levels["mean_t0"] + 0.2))
    )
    found = audited(corrected, earlier=[Told.of_json(ONCE.told.as_json(with_truth=False))])
    assert found.changed == ("level/safety/approach",)
    shown = found.shown.levels.set_index(["outcome", "group"]).loc[("safety", "approach")]
    assert shown["mean_t0"] != shown["mean_t0"]
    assert found.shown.tests.loc[found.shown.tests["outcome"] == "safety", "coarse"].all()


def test_what_another_study_of_the_cohort_tells_is_counted_in():
    """The rest of the cohort and the controls are one pool: beside a study that tells of both, no less is hidden."""
    inside = Told.of_json(ONCE.told.as_json(with_truth=True))
    beside = audited(beside={"haaglanden": inside})
    assert set(ONCE.withheld) <= set(beside.withheld)


@pytest.mark.parametrize(("minimum_cell", "solutions"), [(3, 3), (5, 9)])
def test_a_count_that_is_said_to_be_small_need_not_have_more_values_than_it_can(minimum_cell, solutions):
    """A number from 1 to 2 has no three; no report could be made."""
    limits = replace(LIMITS, minimum_cell=minimum_cell)
    given = whole(results())
    found = audit_study(given, study(), outcomes(), limits, steps(), solutions=solutions, seconds=60, beside={})
    assert found.last.solutions and found.last.unfinished == ()
