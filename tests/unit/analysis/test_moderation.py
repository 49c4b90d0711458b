"""Moderation by risk status, against R's car on unbalanced cells and by hand."""

from math import isnan

import numpy as np
import pandas as pd
import pytest

from effectstudie.analysis.moderation import CELL_COLUMNS, COLUMNS, moderation, moderation_of
from effectstudie.methods.two_way import two_way

# 47 changes; car::Anova(lm(change ~ group * risk), type = 3) with effect coding (R 4.2.2, car 3.1-1):
# set.seed(5); group and risk drawn with .35 and .30; change rounded to two digits.
GROUP = "caaccacaaccccccccacaaacccccacaccccccccccacacaca"
RISK = "nynnnyyynnnnnnnyyyyynyyyynynynynnyynnnnyynnynnn"
CHANGE = [
    -1.38,
    -0.17,
    -0.21,
    4.39,
    0.56,
    5.07,
    -1.78,
    1.66,
    -2.77,
    2.26,
    -0.34,
    -0.19,
    0.7,
    -3.41,
    2.56,
    -1.74,
    1.49,
    -0.28,
    -1.02,
    -4.31,
    -0.91,
    -1.82,
    -0.84,
    -0.61,
    -0.68,
    1.04,
    0.1,
    1.24,
    -0.47,
    2.92,
    0.36,
    0.57,
    -1.69,
    1.5,
    -5.23,
    2.93,
    -0.07,
    2.03,
    -2.13,
    7.16,
    0.58,
    -0.23,
    -1.57,
    2.78,
    -3.19,
    1.67,
    2.7,
]
CAR = {
    "group": (0.214733275679134, 0.645419585140009),
    "risk": (0.00558845014188759, 0.940755604485076),
    "group_x_risk": (0.254594243983083, 0.616434592409559),
}


def arrays(order=slice(None)):
    group, risk = np.array(list(GROUP)) == "a", np.array(list(RISK)) == "y"
    return np.array(CHANGE)[order], group[order], risk[order]


def test_unbalanced_cells_give_the_type_iii_tests_of_car():
    for name, f, df1, df2, p, *_ in two_way(*arrays()):
        assert (f, p) == pytest.approx(CAR[name], rel=1e-8)
        assert (df1, df2) == (1, 43)


def test_the_order_of_rows_does_not_matter():
    for row, other in zip(two_way(*arrays()), two_way(*arrays(np.argsort(CHANGE))), strict=True):
        assert row[1:7] == pytest.approx(other[1:7], rel=1e-10)


def test_the_interaction_of_two_by_two_by_hand():
    # cell means 1, 3, 5, 7 with two units each, one below and one above
    y = np.array([0.0, 2, 2, 4, 4, 6, 6, 8])
    first, second = np.repeat([True, False], 4), np.tile(np.repeat([True, False], 2), 2)
    rows = {row[0]: row for row in two_way(y, first, second)}
    # error 8 x 1 / 4 = 2; group 8 x 2^2 = 32, so F = 16; risk 8 x 1^2 = 8, so F = 4
    assert rows["group"][1] == pytest.approx(16)
    assert rows["risk"][1] == pytest.approx(4)
    assert rows["group_x_risk"][1] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("y", "first", "second", "note"),
    [
        ([1.0, 2, 3], [1, 1, 0], [1, 0, 1], "a combination of group and risk status has nobody"),
        ([1.0, 2, 3, 4], [1, 1, 0, 0], [1, 0, 1, 0], "no degrees of freedom are left for error"),
        ([0.1] * 8, [1] * 4 + [0] * 4, [1, 1, 0, 0] * 2, "the change does not vary within the cells"),
    ],
)
def test_what_is_undefined_is_said_and_is_no_number(y, first, second, note):
    for row in two_way(np.array(y), np.array(first, dtype=bool), np.array(second, dtype=bool)):
        assert isnan(row[1]) and isnan(row[4])
        assert row[-1] == note


def test_households_of_unknown_risk_are_left_out_and_cells_are_counted():
    changes = pd.DataFrame(
        {"outcome": "o", "household": list("abcdefghij"), "group": ["approach"] * 5 + ["control"] * 5,
         "change": np.arange(10.0)}
    )  # fmt: skip
    risk = pd.Series(dict(zip("abcdefghi", [True, False] * 5, strict=False)))
    tests, cells = moderation(changes, risk, {"o": "household"})
    assert list(tests.columns) == COLUMNS and list(cells.columns) == CELL_COLUMNS
    assert set(tests["n"]) == {9}
    assert cells.set_index(["group", "risk"])["n"].to_dict() == {
        ("approach", True): 3, ("approach", False): 2, ("control", True): 2, ("control", False): 2,
    }  # fmt: skip


def test_the_long_table_gives_changes_of_complete_pairs_with_the_risk_of_the_household():
    rows = []
    for number, (group, status) in enumerate(
        [("approach", 100), ("approach", 0), ("control", 100), ("control", 0)] * 2
    ):
        home = f"h{number}"
        rows.append(("household", home, home, group, "risk_status", "T0", status))
        for wave, value in (("T0", 10), ("follow_up", 10 + number)):
            rows.append(("adult", f"a{number}", home, group, "o", wave, value))
    rows.append(("adult", "x", "h0", "approach", "o", "T0", 5))
    table = pd.DataFrame(rows, columns=["unit", "unit_id", "household", "group", "outcome", "wave", "value"])
    outcomes = {"o": {"unit": "adult", "kind": "mean", "section": "risk"}}
    matched = table[["household", "group"]].drop_duplicates().assign(weight=1.0, subclass=1)
    tests, cells = moderation_of(table, matched, outcomes)
    assert set(tests["n"]) == {8}
    assert cells.set_index(["group", "risk"])["change"].to_dict() == {
        ("approach", True): 2, ("approach", False): 3, ("control", True): 4, ("control", False): 5,
    }  # fmt: skip
