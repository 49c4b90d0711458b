import pandas as pd
import pytest

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.selection.covariates import household_covariates
from effectstudie.selection.measurements import (
    ANALYSIS_COLUMNS,
    ANALYSIS_KEY,
    WAVE_COLUMNS,
    follow_up_wave,
    select_study,
)

APPROACH = {"regio": "Groningen", "aanpak": "Multifocus"}
STUDY = {
    "approach": APPROACH,
    "follow_up": {"waves": ["T1", "T2"]},
    "risk_threshold": 4,
}
OUTCOMES = {
    "age": {"variable": "background.age", "unit": "adult", "measured": "T0"},
    "safety": {"variable": "safety.mark", "unit": "adult"},
    "violence": {"variable": "cts2.partner_violence", "unit": "household"},
}
ROLES = pd.Series({"h": "approach", "p": "pool", "x": "excluded"})


def variables(*rows):
    """(unit, unit_id, household, wave, variable, value)"""
    return pd.DataFrame(rows, columns=["unit", "unit_id", "household", "wave", "variable", "value"])


def participation(*rows):
    """(unit, unit_id, household, wave)"""
    return pd.DataFrame(rows, columns=["unit", "unit_id", "household", "wave"])


def select(table, taken, outcomes=OUTCOMES, study=STUDY):
    return select_study(table, taken, ROLES, study, outcomes_from(outcomes), "T0")[0]


def found(analysis, outcome):
    rows = analysis[analysis["outcome"] == outcome]
    return {(row.unit_id, row.wave, row.measured_at): row.value for row in rows.itertuples()}


# Roles.


# Follow-up.


def test_follow_up_is_t1_and_else_t2_for_each_unit():
    taken = participation(
        ("adult", "a", "h", "T0"),
        ("adult", "a", "h", "T2"),
        ("adult", "a", "h", "T1"),
        ("adult", "b", "h", "T2"),
        ("adult", "c", "h", "T0"),
        ("household", "h", "h", "T1"),
    )
    waves = follow_up_wave(taken, ["T1", "T2"])
    assert waves.set_index(["unit", "unit_id"])["measured_at"].to_dict() == {
        ("adult", "a"): "T1",
        ("adult", "b"): "T2",
        ("household", "h"): "T1",
    }


def test_the_order_of_the_waves_is_the_order_of_preference():
    taken = participation(("adult", "a", "h", "T1"), ("adult", "a", "h", "T2"))
    assert list(follow_up_wave(taken, ["T2", "T1"])["measured_at"]) == ["T2"]


def test_two_adults_of_a_household_may_have_different_follow_ups():
    table = variables(
        ("adult", "a", "h", "T0", "safety.mark", 5),
        ("adult", "a", "h", "T1", "safety.mark", 6),
        ("adult", "a", "h", "T2", "safety.mark", 7),
        ("adult", "b", "h", "T2", "safety.mark", 8),
    )
    taken = participation(
        ("adult", "a", "h", "T0"), ("adult", "a", "h", "T1"), ("adult", "a", "h", "T2"), ("adult", "b", "h", "T2")
    )
    assert found(select(table, taken), "safety") == {
        ("a", "T0", "T0"): 5,
        ("a", "follow_up", "T1"): 6,
        ("b", "follow_up", "T2"): 8,
    }


def test_a_skipped_answer_is_not_taken_from_another_wave():
    table = variables(("adult", "a", "h", "T2", "safety.mark", 7))
    taken = participation(("adult", "a", "h", "T1"), ("adult", "a", "h", "T2"))
    assert found(select(table, taken), "safety") == {}


# The analysis table.


def test_what_is_measured_at_the_start_is_of_the_first_wave_only():
    table = variables(("adult", "a", "h", "T0", "background.age", 30), ("adult", "a", "h", "T1", "background.age", 31))
    taken = participation(("adult", "a", "h", "T0"), ("adult", "a", "h", "T1"))
    assert found(select(table, taken), "age") == {("a", "T0", "T0"): 30}


def test_excluded_households_are_left_out_and_others_have_their_role():
    rows = [("household", one, one, "T0", "cts2.partner_violence", 9) for one in "hpx"]
    analysis = select(variables(*rows), participation(*[row[:4] for row in rows]))
    assert analysis.groupby("unit_id")["role"].unique().map(list).to_dict() == {"h": ["approach"], "p": ["pool"]}


def test_an_outcome_is_taken_of_its_unit_only():
    table = variables(
        ("household", "h", "h", "T0", "cts2.partner_violence", 9), ("adult", "a", "h", "T0", "cts2.partner_violence", 4)
    )
    assert found(select(table, participation(("adult", "a", "h", "T0"))), "violence") == {("h", "T0", "T0"): 9}


def test_participation_counts_units_at_the_first_wave_and_the_follow_up():
    taken = participation(
        ("adult", "a", "h", "T0"), ("adult", "a", "h", "T2"), ("youth", "k", "h", "T1"), ("adult", "z", "x", "T0")
    )
    analysis = select(variables(), taken)
    assert found(analysis, "participation") == {
        ("a", "T0", "T0"): 1,
        ("a", "follow_up", "T2"): 1,
        ("k", "follow_up", "T1"): 1,
    }
    assert list(analysis.columns) == ANALYSIS_COLUMNS
    assert not analysis.duplicated(ANALYSIS_KEY).any()


def test_each_wave_is_kept_as_it_was_of_what_is_measured_more_than_once():
    table = variables(
        *[("adult", "a", "h", wave, "safety.mark", mark) for wave, mark in (("T0", 5), ("T1", 6), ("T2", 7))],
        ("adult", "a", "h", "T0", "background.age", 30),
        ("adult", "z", "x", "T2", "safety.mark", 1),
    )
    taken = participation(("adult", "a", "h", "T2"), ("adult", "z", "x", "T2"))
    _, waves = select_study(table, taken, ROLES, STUDY, outcomes_from(OUTCOMES), "T0")
    assert list(waves.columns) == WAVE_COLUMNS
    assert {(row.unit_id, row.role, row.outcome, row.wave): row.value for row in waves.itertuples()} == {
        ("a", "approach", "participation", "T2"): 1,
        ("a", "approach", "safety", "T0"): 5,
        ("a", "approach", "safety", "T1"): 6,
        ("a", "approach", "safety", "T2"): 7,
    }


@pytest.mark.parametrize(
    ("at_least", "at_most", "value"), [(4, 7, 100), (3, 3, 0), (0, 3, 0), (3, 4, None), (7, 7, 100)]
)
def test_cumulation_of_risk_is_yes_no_or_unknown(at_least, at_most, value):
    table = variables(
        ("household", "h", "h", "T0", "risk_at_least", at_least), ("household", "h", "h", "T0", "risk_at_most", at_most)
    )
    # the id of the outcome is free; its variable says what it is
    outcomes = {"many_risks": {"variable": "risk_cumulation", "unit": "household"}}
    analysis = select(table, participation(("household", "h", "h", "T0")), outcomes)
    assert found(analysis, "many_risks") == ({} if value is None else {("h", "T0", "T0"): value})


def test_cumulation_begins_at_the_studys_threshold():
    table = variables(
        ("household", "h", "h", "T0", "risk_at_least", 4), ("household", "h", "h", "T0", "risk_at_most", 4)
    )
    outcomes = {"risk": {"variable": "risk_cumulation", "unit": "household"}}
    taken = participation(("household", "h", "h", "T0"))
    for threshold, value in ((4, 100), (5, 0)):
        analysis = select(table, taken, outcomes, {**STUDY, "risk_threshold": threshold})
        assert found(analysis, "risk") == {("h", "T0", "T0"): value}


# Covariates.


COVARIATES = {
    "violence": {"variable": "cts2.partner_violence"},
    "life": {"variable": "mansa.mark", "of_adults": "mean"},
    "adversity": {"variable": "ace.count", "of_adults": "max"},
}


def covariates(*rows, roles=ROLES):
    table = pd.DataFrame({"household": ["x", "p", "h"], "household_order": [1, 3, 2]})
    return household_covariates(variables(*rows), table, roles, COVARIATES, "T0")


def test_what_is_measured_at_the_follow_up_has_no_start():
    outcomes = {**OUTCOMES, "mark": {"variable": "help.mark", "unit": "adult", "measured": "follow_up"}}
    table = variables(("adult", "a", "h", "T0", "help.mark", 3), ("adult", "a", "h", "T1", "help.mark", 8))
    taken = participation(("adult", "a", "h", "T0"), ("adult", "a", "h", "T1"))
    assert found(select(table, taken, outcomes=outcomes), "mark") == {("a", "follow_up", "T1"): 8}
