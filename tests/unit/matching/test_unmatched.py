"""Households of the approach without a control."""

import numpy as np
import pandas as pd
import pytest

from effectstudie.matching.unmatched import unmatched_table


def test_households_without_a_control_are_compared_with_those_that_have_one():
    candidates = pd.DataFrame(
        {"household": list("abcd"), "role": ["approach"] * 3 + ["pool"], "x": [1.0, 3.0, 8.0, 2.0],
         "region": ["n", "n", "z", "n"], "propensity_score": [0.2, 0.4, 0.9, 0.3]}
    )  # fmt: skip
    table = unmatched_table(candidates, pd.DataFrame({"household": ["a", "b", "d"]}), ["x", "region"])
    assert list(table["covariate"]) == ["x", "propensity_score"]
    row = table.iloc[0]
    assert (row["n_matched"], row["mean_matched"], row["n_unmatched"], row["mean_unmatched"]) == (2, 2, 1, 8)
    assert row["smd"] == pytest.approx((2 - 8) / np.std([1, 3, 8], ddof=1))


def test_nobody_without_a_control_gives_no_difference():
    candidates = pd.DataFrame({"household": ["a"], "role": ["approach"], "x": [1.0], "propensity_score": [0.5]})
    table = unmatched_table(candidates, pd.DataFrame({"household": ["a"]}), ["x"])
    assert table["smd"].isna().all()
    assert list(table["n_unmatched"]) == [0, 0]


def test_a_household_without_a_score_is_not_counted_in_the_row_of_the_score():
    candidates = pd.DataFrame({"household": list("abc"), "role": "approach", "x": [1.0, 2.0, 3.0]})
    table = unmatched_table(candidates.assign(propensity_score=[0.5, 0.25, np.nan]), candidates.head(2), ["x"])
    assert table[["n_matched", "n_unmatched"]].to_numpy().tolist() == [[2, 1], [2, 0]]
    assert table["smd"].isna().tolist() == [False, True]
