"""Conditions on scores: true, false, unknown and does not apply, by hand."""

import numpy as np
import pandas as pd
import pytest
from given.paths import ROOT

from effectstudie.classification.conditions import holds, truth
from effectstudie.definitions.lineage import scores_in
from effectstudie.shared.yaml_files import read_yaml

YES, NO, UNKNOWN, NONE = 1.0, 0.0, np.nan, -np.inf
GONE = "not asked"


def found(condition, **values):
    """The truth for one unit; a value is a number, None (missing), "n/a", or GONE: no row."""
    rows = [
        ("adult", "a", "h", "T0", name, np.nan if value in (None, "n/a") else value,
         {None: "missing", "n/a": "not_applicable"}.get(value, "ok"))
        for name, value in values.items()
        if value != GONE
    ]  # fmt: skip
    columns = ["unit", "unit_id", "household", "wave", "score", "value", "status"]
    return truth(condition, pd.DataFrame(rows, columns=columns))


HIGH = {"scores": ["x", "y"], "from": 65}
BOTH = {"all": [{"score": "x", "from": 65}, {"score": "y", "from": 65}]}


@pytest.mark.parametrize(
    ("x", "y", "any_", "all_"),
    [
        (70, 70, YES, YES), (70, 50, YES, NO), (50, 50, NO, NO), (65, 64.9, YES, NO),
        (70, None, YES, UNKNOWN), (50, None, UNKNOWN, NO), (None, None, UNKNOWN, UNKNOWN),
        (70, "n/a", YES, NO), (50, "n/a", NO, NO), (None, "n/a", UNKNOWN, NO), ("n/a", "n/a", NONE, NONE),
        (70, GONE, YES, NO), (50, GONE, NO, NO), (None, GONE, UNKNOWN, NO),
    ],
)  # fmt: skip
def test_any_and_all_are_three_valued(x, y, any_, all_):
    np.testing.assert_equal(found(HIGH, x=x, y=y).iloc[0], any_)
    np.testing.assert_equal(found(BOTH, x=x, y=y).iloc[0], all_)


def test_conditions_stand_in_conditions():
    by_sex = {"any": [{"all": [{"score": "sex", "equals": 1}, {"score": "x", "from": 4}]},
                      {"all": [{"score": "sex", "equals": 2}, {"score": "x", "from": 3}]}]}  # fmt: skip
    assert list(scores_in(by_sex)) == ["sex", "x", "sex", "x"]
    assert found(by_sex, sex=1, x=3).iloc[0] == NO
    assert found(by_sex, sex=2, x=3).iloc[0] == YES
    assert np.isnan(found(by_sex, sex=None, x=3).iloc[0])
    assert found(by_sex, sex=None, x=2).iloc[0] == NO


@pytest.mark.parametrize(
    ("count", "at_least", "at_most", "expected"),
    [
        (4, 4, 4, YES),
        (3, 3, 3, NO),
        (None, 4, 6, YES),
        (None, 1, 3, NO),
        (None, 3, 4, UNKNOWN),
        (None, None, None, UNKNOWN),
    ],
)
def test_childhood_trauma_is_open_only_where_skipped_questions_could_change_it(count, at_least, at_most, expected):
    spec = read_yaml(ROOT / "resources/classification/variables.yaml")["childhood_trauma"]
    scores = {"ace.count": count, "ace.count.at_least": at_least, "ace.count.at_most": at_most}
    np.testing.assert_equal(found(spec["when"], **scores).iloc[0], expected)


@pytest.mark.parametrize(
    ("condition", "met"), [({"equals": 2}, [2]), ({"below": 2}, [1]), ({"from": 2}, [2, 3]), ({"above": 2}, [3])]
)
def test_conditions_on_their_bounds(condition, met):
    values = pd.Series([1, 2, 3])
    assert list(values[holds(values, condition)]) == met
