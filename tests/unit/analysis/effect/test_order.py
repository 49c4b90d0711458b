"""Rows in an order that no pseudonym decides."""

import numpy as np
import pandas as pd
import pytest

from effectstudie.analysis.effect.order import in_order


def test_rows_are_sorted_by_value_and_missing_values_come_last():
    rows = pd.DataFrame({"household": list("abc"), "T0": [2.0, 2.0, 1.0], "follow_up": [np.nan, 5.0, 9.0]})
    found = in_order(rows, ["T0", "follow_up"])
    assert found["follow_up"].tolist()[:2] == [9.0, 5.0] and np.isnan(found["follow_up"][2])
    assert found.index.tolist() == [0, 1, 2]


def test_a_household_is_placed_by_all_its_members_and_not_by_its_first_row():
    # all have someone with 1; a has 1 and 3, b has 1 and 2, c has 1 alone
    rows = pd.DataFrame({"household": list("aabbc"), "value": [1.0, 3, 1, 2, 1]})
    assert dict(zip("aabbc", [2, 2, 1, 1, 0], strict=True)) == {"a": 2, "b": 1, "c": 0}
    found = in_order(rows, ["value"])
    assert found.to_numpy().tolist() == [[0, 1], [1, 1], [2, 1], [1, 2], [2, 3]]


@pytest.mark.parametrize("seed", range(5))
def test_values_that_are_often_equal_give_the_same_rows_whatever_the_names(seed):
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame({"household": np.repeat(np.arange(40), rng.integers(1, 5, 40))})
    rows = rows.assign(value=rng.integers(0, 3, len(rows)).astype(float), matched=rows["household"] // 4)
    first = in_order(rows, ["value"], ["household", "matched"])
    names, sets = rng.permutation(40), rng.permutation(10)
    other = rows.assign(household=names[rows["household"]], matched=sets[rows["matched"]])
    second = in_order(other.sample(frac=1, random_state=seed), ["value"], ["household", "matched"])
    for label in ("household", "matched"):
        members = [of.groupby(label)["value"].apply(tuple).tolist() for of in (first, second)]
        assert members[0] == members[1] == sorted(members[0], key=lambda m: (*m, *[-1] * (20 - len(m))))
    alone = [in_order(frame, ["value"])[["value", "household"]] for frame in (rows, other.sample(frac=1))]
    assert alone[0].equals(alone[1])


def test_no_rows_are_no_rows():
    rows = pd.DataFrame({"household": pd.Series(dtype=str), "value": pd.Series(dtype=float)})
    assert in_order(rows, ["value"]).empty
