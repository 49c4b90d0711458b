"""A study is planned from the first measurement alone."""

import pytest

pytestmark = pytest.mark.e2e


def test_a_cohort_of_t0_is_planned_with_without_a_choice_of_households_or_a_matching(bare_project):
    jobs = bare_project.jobs("power_groningen", "--config", "waves=[T0]")
    assert jobs["write_power"] == 1 and jobs["classify_cohort"] == 1
    assert not {"select_study", "match_households", "analyse_outcomes"} & jobs.keys()
