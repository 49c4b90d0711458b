"""Classes of violence and total violence of a household."""

from math import isnan, nan

import pandas as pd
import pytest
from given.score_rows import NO_CHILDREN, NOT_APPLICABLE, VIOLENCE, child, partner, scores, took_part

from effectstudie.classification.violence import child_abuse, class_of, total_violence, violence_class


def value_of(frame, household="h", wave="T0"):
    rows = frame[(frame["household"] == household) & (frame["wave"] == wave)]
    assert len(rows) == 1
    return float(rows["value"].iloc[0])


def class_at(rows, children=NO_CHILDREN, **at):
    return value_of(violence_class(scores(*rows), VIOLENCE, children), **at)


# The classes on their bounds.


@pytest.mark.parametrize(
    ("minor", "severe", "found"), [(0, 0, 0), (3, 0, 0), (4, 0, 1), (21, 0, 1), (22, 0, 2), (0, 1, 2), (3, 1, 2)]
)
def test_partner_violence_has_classes_from_4_and_22_incidents_and_one_severe(minor, severe, found):
    assert class_at(partner(minor, severe)) == found


@pytest.mark.parametrize(("minor", "severe", "found"), [(0, 0, 0), (1, 0, 1), (2, 0, 1), (3, 0, 2), (0, 1, 2)])
def test_child_abuse_has_classes_from_1_and_3_incidents_and_one_severe(minor, severe, found):
    assert class_at([*partner(0), *child(minor, severe)], took_part("k")) == found


@pytest.mark.parametrize(("minor", "severe", "found"), [(3, 1, 2), (22, 0, 2), (21, 0, None), (0, 0, None)])
def test_what_was_reported_can_make_the_highest_class_certain_and_no_other(minor, severe, found):
    rows = partner(None)
    rows[0] = (*rows[0][:5], minor)
    rows[1] = (*rows[1][:5], severe)
    classes = violence_class(scores(*rows), VIOLENCE, NO_CHILDREN)
    assert [found] == [None if isnan(value) else value for value in classes["value"]]


def test_class_of_an_unknown_count_is_unknown():
    found = class_of(pd.Series([nan, 4.0]), pd.Series([0.0, 0.0]), VIOLENCE["partner_violence"])
    assert isnan(found[0])
    assert found[1] == 1


# A household: the worse of both.


@pytest.mark.parametrize(("of_partners", "of_child", "found"), [(0, 1, 1), (4, 0, 1), (4, 3, 2), (22, 1, 2)])
def test_household_has_the_worse_of_partner_violence_and_child_abuse(of_partners, of_child, found):
    assert class_at([*partner(of_partners), *child(of_child)], took_part("k")) == found


def test_of_several_children_the_worst_counts():
    rows = [*partner(0), *child(0, child="k"), *child(3, child="l")]
    assert class_at(rows, took_part("k", "l")) == 2


@pytest.mark.parametrize(("of_partners", "of_child"), [(None, 0), (None, 2), (0, None), (4, None)])
def test_household_is_unknown_where_one_of_both_is(of_partners, of_child):
    assert isnan(class_at([*partner(of_partners), *child(of_child)], took_part("k")))


@pytest.mark.parametrize(("of_partners", "of_child"), [(None, 3), (22, None)])
def test_the_highest_class_is_certain_whatever_is_unknown(of_partners, of_child):
    assert class_at([*partner(of_partners), *child(of_child)], took_part("k")) == 2


def test_one_unknown_child_leaves_the_household_unknown_below_the_highest_class():
    rows = [*partner(0), *child(1, child="k"), *child(None, child="l")]
    assert isnan(class_at(rows, took_part("k", "l")))
    rows = [*partner(0), *child(3, child="k"), *child(None, child="l")]
    assert class_at(rows, took_part("k", "l")) == 2


def test_a_household_without_children_or_without_a_partner_has_none_of_that_violence():
    assert class_at(partner(4)) == 1
    assert class_at([*partner(NOT_APPLICABLE), *child(1)], took_part("k")) == 1
    assert class_at(partner(NOT_APPLICABLE)) == 0


def test_children_of_whom_nothing_was_heard_in_a_wave_leave_it_unknown():
    rows = [*partner(4), *child(0), *partner(4, wave="T1")]
    assert class_at(rows, took_part("k")) == 1
    assert isnan(class_at(rows, took_part("k"), wave="T1"))


def test_a_child_that_reports_alone_decides_only_on_the_highest_class():
    # no adult took part, so partner violence is unknown
    assert class_at(child(0, 1), took_part("k")) == 2
    assert isnan(class_at(child(1), took_part("k")))


# Total violence.


def test_total_violence_adds_partner_violence_and_all_children():
    rows = [*partner(10, 2), *child(3, child="k"), *child(1, 1, child="l")]
    assert value_of(total_violence(scores(*rows), VIOLENCE, took_part("k", "l"))) == 12 + 3 + 2


def test_total_violence_without_children_is_partner_violence():
    assert value_of(total_violence(scores(*partner(10)), VIOLENCE, NO_CHILDREN)) == 10


def test_total_violence_without_a_partner_is_child_abuse():
    rows = [*partner(NOT_APPLICABLE), *child(3)]
    assert value_of(total_violence(scores(*rows), VIOLENCE, took_part("k"))) == 3


def test_child_abuse_that_does_not_apply_adds_nothing():
    rows = [*partner(10), *child(NOT_APPLICABLE)]
    assert value_of(total_violence(scores(*rows), VIOLENCE, took_part("k"))) == 10


@pytest.mark.parametrize(
    "rows",
    [
        [*partner(None), *child(3)],
        [*partner(10), *child(3, child="k"), *child(None, child="l")],
        partner(10),  # nothing was heard of the children
    ],
)
def test_total_violence_is_unknown_where_a_part_is(rows):
    assert isnan(value_of(total_violence(scores(*rows), VIOLENCE, took_part("k", "l"))))


# A cohort without questionnaires about children.


OF_ADULTS = {"partner_violence": VIOLENCE["partner_violence"]}


def test_without_questionnaires_about_children_the_violence_is_that_between_partners():
    given = scores(*partner(5, 1))
    assert value_of(violence_class(given, OF_ADULTS, NO_CHILDREN)) == 2
    assert value_of(total_violence(given, OF_ADULTS, NO_CHILDREN)) == 6
    assert child_abuse(given, OF_ADULTS).empty
