import pandas as pd
import pytest
from given.variable_rows import APPROACH, ROLES, variables

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.selection.measurements import (
    ANALYSIS_COLUMNS,
    ANALYSIS_KEY,
    WAVE_COLUMNS,
    select_study,
)

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


def participation(*rows):
    """(unit, unit_id, household, wave)"""
    return pd.DataFrame(rows, columns=["unit", "unit_id", "household", "wave"])


def select(table, taken, outcomes=OUTCOMES, study=STUDY):
    return select_study(table, taken, ROLES, study, outcomes_from(outcomes), "T0")[0]


def found(analysis, outcome):
    rows = analysis[analysis["outcome"] == outcome]
    return {(row.unit_id, row.wave, row.measured_at): row.value for row in rows.itertuples()}


# Follow-up.


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


MARK = {"mark": {"variable": "help.mark", "unit": "adult", "measured": "follow_up", "about": "help.chosen"}}


def marks(study):
    """Marks at T1: of the approach household h by who chose help 7, 2, nothing; of pool household p by who chose 2."""
    given = [("a", "h", 8, 7), ("b", "h", 4, 2), ("c", "h", 5, None), ("d", "p", 6, 2)]
    rows = [("adult", who, home, "T1", "help.mark", mark) for who, home, mark, _ in given]
    rows += [("adult", who, home, "T1", "help.chosen", code) for who, home, _, code in given if code]
    # what was chosen at another measurement says nothing of this mark
    rows.append(("adult", "b", "h", "T2", "help.chosen", 7))
    taken = participation(*[("adult", who, home, "T1") for who, home, *_ in given])
    return {who: mark for (who, *_), mark in found(select(variables(*rows), taken, MARK, study), "mark").items()}


def test_of_the_approach_only_those_who_judge_the_approach_give_it_a_mark():
    assert marks({**STUDY, "approach": {**APPROACH, "help_code": 7}}) == {"a": 8, "d": 6}


def test_without_a_code_for_the_approach_every_mark_counts():
    assert marks(STUDY) == {"a": 8, "b": 4, "c": 5, "d": 6}


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


def risks(at_least, at_most, wave="T0", **factors):
    """The counts of a household, and the factors of which it is known whether it has them."""
    counted = {"risk_at_least": at_least, "risk_at_most": at_most}
    counted |= {f"risk_factor_{name}": value for name, value in factors.items()}
    return [("household", "h", "h", wave, name, float(value)) for name, value in counted.items()]


@pytest.mark.parametrize(
    ("at_least", "at_most", "factor", "status", "without"),
    [
        (4, 4, 1, 100, 0),  # three others
        (5, 6, 1, 100, 100),
        (4, 5, None, 100, 100),  # an unanswered one was never counted among the four
        (3, 4, None, None, 0),  # and was the only one that could make four
        (3, 4, 0, None, None),  # another is unanswered
        (3, 5, None, None, None),
        (4, 5, 1, 100, None),
        (2, 3, 0, 0, 0),
    ],
)
def test_the_risk_status_at_the_start_is_of_all_factors_and_of_all_but_one(at_least, at_most, factor, status, without):
    known = {} if factor is None else {"low_income": factor}
    # another household of the same factor keeps the variable known
    other = [("household", "p", "p", *row[3:]) for row in risks(0, 0, low_income=0)]
    taken = participation(("household", "h", "h", "T0"), ("household", "h", "h", "T1"))
    analysis = select(variables(*risks(at_least, at_most, **known), *other), taken)
    for outcome, value in (("risk_status", status), ("risk_status.low_income", without)):
        mine = found(analysis, outcome)
        assert mine.pop(("p", "T0", "T0")) == 0
        assert mine == ({} if value is None else {("h", "T0", "T0"): value})


def test_risk_status_is_of_the_first_wave_and_has_a_row_for_every_factor():
    table = variables(*risks(2, 2, a=1, b=1), *risks(7, 7, wave="T1", a=1, b=1, c=1))
    taken = participation(("household", "h", "h", "T0"), ("household", "h", "h", "T1"))
    analysis = select(table, taken)
    statuses = analysis[analysis["outcome"].astype(str).str.startswith("risk_status")]
    rows = statuses[["outcome", "wave", "value"]].astype({"outcome": str}).values.tolist()
    assert sorted(rows) == [[name, "T0", 0.0] for name in ("risk_status", "risk_status.a", "risk_status.b")]


def test_what_is_measured_at_the_follow_up_has_no_start():
    outcomes = {**OUTCOMES, "mark": {"variable": "help.mark", "unit": "adult", "measured": "follow_up"}}
    table = variables(("adult", "a", "h", "T0", "help.mark", 3), ("adult", "a", "h", "T1", "help.mark", 8))
    taken = participation(("adult", "a", "h", "T0"), ("adult", "a", "h", "T1"))
    assert found(select(table, taken, outcomes=outcomes), "mark") == {("a", "follow_up", "T1"): 8}
