"""Risk factors of a household, counted at least and at most."""

import pytest
from given.score_rows import NOT_APPLICABLE, RISK_FACTORS, adult, scores

from effectstudie.classification.risk import risk_counts


def counts(*people, household="h", wave="T0"):
    found = risk_counts(scores(*[row for person in people for row in person]), RISK_FACTORS)
    rows = found[(found["household"] == household) & (found["wave"] == wave)].set_index("variable")["value"]
    return rows["risk_at_least"], rows["risk_at_most"]


def test_there_are_seven_risk_factors():
    assert len(RISK_FACTORS) == 7
    everything = adult(ace=4, income=1, paid_hours=11, own=8.25, partner=9, education=1, single_parent=1)
    assert counts(everything) == (7, 7)
    assert counts(adult()) == (0, 0)


@pytest.mark.parametrize("below", [{"ace": 3}, {"income": 2}, {"paid_hours": 12}, {"own": 8}, {"partner": 8}])
def test_risk_factors_are_absent_on_the_safe_side_of_their_bounds(below):
    assert counts(adult(**below)) == (0, 0)


def test_any_adult_gives_a_factor_to_the_household_once():
    assert counts(adult("a", income=1), adult("b", income=1, single_parent=1)) == (2, 2)


def test_an_unanswered_factor_may_be_there_or_not():
    assert counts(adult(income=None)) == (0, 1)
    assert counts(adult("a", income=None), adult("b", income=2)) == (0, 1)
    assert counts(adult("a", income=None), adult("b", income=1)) == (1, 1)


def test_a_factor_that_does_not_apply_is_absent():
    assert counts(adult(partner=NOT_APPLICABLE)) == (0, 0)


@pytest.mark.parametrize(("bounds", "found"), [((4, 6), (1, 1)), ((1, 3), (0, 0)), ((3, 4), (0, 1))])
def test_unanswered_ace_leave_the_factor_open_only_where_they_could_change_it(bounds, found):
    assert counts(adult(ace=bounds)) == found


def test_ace_stays_with_the_person_in_later_waves():
    later = [row for row in adult("a", wave="T1") if not row[4].startswith("ace")]
    assert counts(adult("a", ace=4), later, wave="T1") == (1, 1)
    newcomer = [row for row in adult("b", wave="T1") if not row[4].startswith("ace")]
    assert counts(adult("a", ace=4), newcomer, wave="T1") == (0, 1)


def test_other_factors_do_not_stay():
    assert counts(adult("a", income=1), adult("a", wave="T1"), wave="T1") == (0, 0)


# Each factor by itself.


def each(*people, wave="T0"):
    """Factor → 1, 0, or not there, of a household."""
    found = risk_counts(scores(*[row for person in people for row in person]), RISK_FACTORS)
    mine = found[
        (found["household"] == "h") & (found["wave"] == wave) & found["variable"].str.startswith("risk_factor_")
    ]
    assert set(mine["unit"]) == {"household"} and not mine["variable"].duplicated().any()
    return dict(zip(mine["variable"].str.removeprefix("risk_factor_"), mine["value"], strict=True))


NONE = dict.fromkeys(RISK_FACTORS, 0.0)


def test_each_factor_is_a_variable_of_the_household():
    assert each(adult()) == NONE
    assert each(adult(income=1, own=9)) == NONE | {"low_income": 1, "own_drinking": 1}
    assert each(adult("a", income=1), adult("b", single_parent=1)) == NONE | {"low_income": 1, "single_parent": 1}


def test_a_factor_that_an_unanswered_question_leaves_open_is_not_there():
    known = {name: value for name, value in NONE.items() if name != "low_income"}
    assert each(adult(income=None)) == known
    assert each(adult("a", income=None), adult("b", income=2)) == known
    assert each(adult("a", income=None), adult("b", income=1)) == NONE | {"low_income": 1}
    assert each(adult(partner=NOT_APPLICABLE)) == NONE
    assert "childhood_adversity" not in each(adult(ace=(3, 4)))


@pytest.mark.parametrize("answers", [{"income": 1}, {"income": None, "own": 9}, {"ace": (3, 4), "education": None}])
def test_the_factors_add_up_to_the_counts(answers):
    people = adult("a", **answers), adult("b", paid_hours=0)
    factors = each(*people)
    assert counts(*people) == (sum(factors.values()), sum(factors.values()) + len(NONE) - len(factors))


def test_a_factor_is_of_its_wave():
    later = adult("a", wave="T1", income=2)
    assert each(adult("a", income=1), later)["low_income"] == 1
    assert each(adult("a", income=1), later, wave="T1")["low_income"] == 0
