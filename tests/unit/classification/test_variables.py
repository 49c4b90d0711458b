"""Yes/no variables, bands and classes by condition."""

import numpy as np
import pandas as pd
import pytest
from given.score_rows import (
    NOT_APPLICABLE,
    VARIABLES,
    scores,
)

from effectstudie.classification.variables import make_variable, yes_no_or_bands
from effectstudie.definitions.lineage import scores_behind, variable_scores


def adults(score, *values, wave="T0"):
    return scores(*[("adult", f"r{i}", "h", wave, score, value) for i, value in enumerate(values)])


def test_yes_is_100_and_no_is_0_and_unknown_is_left_out():
    rows = adults("background.paid_hours", 11.5, 12, None, NOT_APPLICABLE)
    found = yes_no_or_bands(rows, "unemployment", VARIABLES["unemployment"])
    assert found.set_index("unit_id")["value"].to_dict() == {"r0": 100, "r1": 0}


def test_a_band_begins_at_its_lower_bound():
    found = yes_no_or_bands(adults("background.age", 24, 25, 34, 35, 54, 55, 90), "age", VARIABLES["age_group"])
    assert list(found["value"]) == [1, 2, 2, 3, 4, 5, 5]


def test_dutch_is_no_migration_background():
    found = yes_no_or_bands(adults("background.migration_background", 1, 2, 5), "m", VARIABLES["migration"])
    assert list(found["value"]) == [0, 100, 100]


def classes(**values):
    rows = [("adult", "a", "h", "T0", name, np.nan if value is None else value, "missing" if value is None else "ok")
            for name, value in values.items()]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["unit", "unit_id", "household", "wave", "score", "value", "status"])
    spec = {
        "unit": "adult",
        "classes": [
            {"code": 2, "when": {"score": "severe", "equals": 1}},
            {"code": 1, "when": {"score": "minor", "equals": 1}},
            {"code": 0},
        ],
    }
    assert variable_scores(spec) == ["severe", "minor"]
    return make_variable(frame, "severity", spec)["value"].tolist()


@pytest.mark.parametrize(
    ("severe", "minor", "expected"),
    [(1, 0, [2]), (1, None, [2]), (0, 1, [1]), (0, 0, [0]), (None, 1, []), (None, 0, []), (0, None, [])],
)
def test_the_first_class_that_holds_counts_unless_one_before_it_is_unknown(severe, minor, expected):
    assert classes(severe=severe, minor=minor) == expected


@pytest.mark.parametrize(("asked", "expected"), [({"minor": 1}, [1]), ({"severe": 1}, [2]), ({"minor": 0}, [0])])
def test_what_was_not_asked_is_no_condition_that_holds_and_not_an_unknown_one(asked, expected):
    """As in `any` and `all`: a class asks what was asked."""
    assert classes(**asked) == expected


TRAUMA = {"unit": "adult", "when": {"score": "trauma", "from": 65}}
OF_HOUSEHOLD = {"unit": "household", "any_of": "trauma"}


def in_household(*values, spec=TRAUMA, wave="T0"):
    rows = scores(*[(spec["unit"], f"r{i}", "h", wave, "trauma", value) for i, value in enumerate(values)])
    # of others than the persons of the unit, and of another household, nothing counts
    others = scores(("household", "h", "h", wave, "trauma", 90), ("adult", "x", "i", wave, "trauma", 40))
    rows = pd.concat([rows, others])
    found = make_variable(rows, "traumatised", OF_HOUSEHOLD, {"trauma": spec})
    assert set(found["unit"]) == {"household"} and set(found["variable"]) == {"traumatised"}
    return found.loc[found["unit_id"] == "h", "value"].tolist()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((70, 40), [100]),
        ((70, None), [100]),
        ((70, 70), [100]),
        ((40, 50), [0]),
        ((40, NOT_APPLICABLE), [0]),
        ((40, None), []),
        ((None,), []),
        ((NOT_APPLICABLE,), []),
        ((), []),
    ],
)
def test_a_family_has_a_problem_when_any_of_its_persons_has(values, expected):
    assert in_household(*values) == expected
    assert in_household(*values, spec={"unit": "adult", "score": "trauma", "yes_when": {"from": 65}}) == expected


def test_a_family_is_looked_at_in_each_wave_apart():
    rows = scores(*[("adult", "r", "h", wave, "trauma", value) for wave, value in (("T0", 70), ("T1", 40))])
    found = make_variable(rows, "traumatised", OF_HOUSEHOLD, {"trauma": TRAUMA})
    assert found.set_index("wave")["value"].to_dict() == {"T0": 100, "T1": 0}


def test_families_rest_on_the_scores_of_their_persons():
    cohort = {"variables": {"trauma": TRAUMA, "families": OF_HOUSEHOLD}}
    assert scores_behind("families", cohort) == ["trauma"] and variable_scores(OF_HOUSEHOLD) == []
