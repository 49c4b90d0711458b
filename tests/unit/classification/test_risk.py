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
