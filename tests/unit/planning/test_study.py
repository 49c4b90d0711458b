import pandas as pd
from given.planned import OUTCOMES, STUDY, WORDS, cohort

from effectstudie.definitions.plans.planning import Planning
from effectstudie.definitions.result_tables.planning import TABLES
from effectstudie.disclosure.limits import Limits
from effectstudie.planning.study import plan_study


def planned(analysis, limits):
    return plan_study(
        analysis, study=STUDY, outcomes=OUTCOMES, primary=[], planning=Planning(households=(20, 80)),
        limits=limits, synthetic=True, words=WORDS,
    )[1]  # fmt: skip


def test_the_tables_are_as_they_are_documented_and_have_the_families_that_there_are():
    made = planned(cohort(), Limits(5, 10))
    assert {name: TABLES[name].problems(frame) for name, frame in made.items()} == {"power_start": [], "power": []}
    assert sorted(made["power"]["households"].unique()) == [20, 40, 80]


def test_a_number_that_may_not_be_told_is_in_no_table():
    made = planned(cohort(approach=9), Limits(5, 10))
    assert sorted(made["power"]["households"].unique()) == [20, 80]
    assert set(made["power_start"]["basis"]) == {"all"}


def test_numbers_follow_from_what_is_printed_and_from_nothing_else():
    analysis = cohort()
    nearly = analysis.assign(value=analysis["value"] + 1e-7 * analysis["value"])
    for name, frame in planned(analysis, Limits(5, 10)).items():
        pd.testing.assert_frame_equal(frame, planned(nearly, Limits(5, 10))[name], check_exact=True)
