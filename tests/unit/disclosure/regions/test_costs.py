import pandas as pd
import pytest

from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.regions.costs import are_near, shown_costs
from effectstudie.disclosure.shown import Count

LIMITS = Limits(5, 10)
PUBLIC = {"a": {"n_approach": "51", "n_controls": "61", "unmatched": "geen"}}
HIDDEN, FEWER, NONE = Count(0, "hidden"), Count(5, "fewer"), Count(0, "none")


def rows(*given):
    """`given`: controls, study, approach, unmatched, control, shared."""
    names = ["controls", "study", "households_approach", "unmatched_approach", "households_control", "shared"]
    return pd.DataFrame([(*row, 0.3, "n_children") for row in given], columns=[*names, "max_smd", "worst"])


def once(*given, public=PUBLIC, limits=LIMITS):
    """The cost of matching once, beside an own matching of 51 with 61 controls."""
    return shown_costs(rows(("shared", "a", 51, 0, 61, 0), ("once", "a", *given)), public, limits)[1]


def test_numbers_that_are_far_apart_are_shown():
    cost = once(43, 8, 70, 0)
    assert (cost.approach, cost.unmatched, cost.control) == (Count(43), Count(8), Count(70))
    assert (cost.step, cost.worst) == ("over", "n_children")


def test_what_few_lost_is_not_told_by_those_who_are_left():
    cost = once(48, 3, 61, 0)
    assert (cost.approach, cost.unmatched, cost.control) == (HIDDEN, HIDDEN, Count(61))


@pytest.mark.parametrize("unmatched", range(7))
def test_a_dash_says_of_no_number_that_it_is_not_there(unmatched):
    """Beside "fewer than 5" a dash would be none or many."""
    public = {"a": {"n_approach": "51", "n_controls": "61", "unmatched": "minder dan 5"}}
    table = rows(("shared", "a", 51, 1, 61, 0), ("once", "a", 52 - unmatched, unmatched, 70, 0))
    assert shown_costs(table, public, LIMITS)[1].unmatched == HIDDEN


@pytest.mark.parametrize("control", [57, 65])
def test_controls_that_are_near_to_those_of_the_report_are_hidden(control):
    assert once(51, 0, control, 0).control == HIDDEN


def test_with_a_few_lost_in_the_report_another_matching_does_not_tell_how_many():
    """51 + 3 in the report, 43 + 11 here: 43 and 11 together tell the 3."""
    public = {"a": {"n_approach": "51", "n_controls": "61", "unmatched": "minder dan 5"}}
    table = rows(("shared", "a", 51, 3, 61, 0), ("once", "a", 43, 11, 70, 0))
    cost = shown_costs(table, public, LIMITS)[1]
    assert (cost.approach, cost.unmatched) == (Count(43), HIDDEN)


def test_what_a_report_keeps_to_itself_is_hidden_here_too():
    public = {"a": {"n_approach": "meer dan 46", "n_controls": "–", "unmatched": "–"}}
    cost = once(43, 8, 70, 0, public=public)
    assert (cost.approach, cost.unmatched, cost.control) == (HIDDEN, HIDDEN, HIDDEN)


def test_inside_the_house_nothing_is_hidden():
    cost = once(48, 3, 60, 0, limits=Limits())
    assert (cost.approach, cost.unmatched, cost.control) == (Count(48), Count(3), Count(60))


@pytest.mark.parametrize(
    ("shared", "told"),
    [
        ((20, 20), (Count(20), Count(20))),
        ((3, 3), (FEWER, FEWER)),
        ((0, 0), (NONE, NONE)),
        ((58, 20), (HIDDEN, HIDDEN)),  # 3 of 61 are its own
        ((3, 20), (FEWER, HIDDEN)),
    ],
)
def test_shared_controls_tell_no_few_that_are_shared_or_not(shared, told):
    table = rows(*(("shared", study, 51, 0, 61, number) for study, number in zip("ab", shared, strict=True)))
    assert tuple(cost.shared for cost in shown_costs(table, PUBLIC | {"b": PUBLIC["a"]}, LIMITS)) == told


@pytest.mark.parametrize(("approach", "control", "near"), [(51, 61, False), (50, 60, True), (43, 70, False)])
def test_choices_are_near_where_a_few_households_differ(approach, control, near):
    table = rows(("shared", "a", 51, 0, 61, 0), ("once", "a", approach, 0, control, 0))
    assert are_near(table, LIMITS) is near


def test_one_choice_is_near_to_nothing():
    assert not are_near(rows(("shared", "a", 51, 0, 61, 0)), LIMITS)
