import pytest
from given.across import SPREAD, across, mean
from given.regions import NAN, inputs

from effectstudie.national.across import all_across, in_sds
from effectstudie.national.inputs import studies_of


def test_regions_without_an_approach_lie_around_their_own_mean():
    one = across(-30, 5, spread={**SPREAD, "mean": 2.0})
    assert one.band == pytest.approx((-17.6, 21.6))
    assert one.outside == one.clear == ["A"] and across(-30).outside == across(-30).clear == []
    # of which the interval, of 5 to both sides, reaches into it
    near = across(-20, 5, spread={**SPREAD, "mean": 2.0})
    assert near.outside == ["A"] and near.clear == []


@pytest.mark.parametrize(("values", "alike"), [((-3, -1), True), ((-3, 1), False), ((-3, 0), False), ((-3,), False)])
def test_regions_point_one_way_where_two_or_more_do(values, alike):
    assert across(*values).one_way is alike


@pytest.mark.parametrize(
    ("values", "tau", "apart"),
    [((0, 12), 0, False), ((0, 13), 0, True), ((0, 90, 3), 12, False), ((0, 1, 3), 13, True)],
)
def test_two_are_apart_by_their_distance_and_more_by_tau(values, tau, apart):
    assert across(*values, of=mean(1, tau=tau)).apart is apart


def test_a_hidden_region_is_there_without_being_known():
    one = across(-3, NAN)
    assert list(one.regions) == ["A", "B"] and list(one.known) == ["A"]


def test_in_sds_the_good_side_is_the_positive_one():
    found = in_sds(across(-3, -1, of=mean(-2)), primary=True)
    assert (found["value"], found["ci_low"], found["ci_high"]) == pytest.approx((0.2, -0.3, 0.7))
    assert found["natural"] == "−2\u00a0per jaar (−7 tot 3)" and found["word"] == "onbeslist"
    better_high = in_sds(across(0.3, outcome="safety", of=mean(0.3, 0.1)), primary=False)
    assert better_high["value"] == pytest.approx(0.03) and better_high["natural"] == "0,3\u00a0punten (0,2 tot 0,4)"


def test_without_a_mean_there_is_nothing_in_sds():
    assert in_sds(across(3), False) is None and in_sds(across(3, of=mean(1, sd_value=NAN)), False) is None


def test_all_outcomes_that_have_a_better_side_are_found_with_their_mean():
    given = inputs(2)
    found = all_across(given, studies_of(given))
    assert [one.outcome.id for one in found] == [name for name, one in given.outcomes.items() if one.better]
    assert all(list(one.regions) == ["Groningen", "Haaglanden"] and one.mean["controls"] == "shared" for one in found)
