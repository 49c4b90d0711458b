from math import isnan, sqrt

import numpy as np
import pandas as pd
import pytest
from given.planned import COLUMNS, OUTCOMES, cohort, rows

from effectstudie.planning.start import at_start, families_at_start

MARKS = [("a", "h1", "approach", 4.0), ("b", "h1", "approach", 6.0), ("c", "h2", "approach", 8.0),
         ("d", "h3", "pool", 1.0), ("e", "h3", "pool", 3.0), ("f", "h4", "pool", 3.0)]  # fmt: skip
LATER = [("a", "h1", "approach", 5.0), ("b", "h1", "approach", 6.0), ("c", "h2", "approach", 7.0),
         ("d", "h3", "pool", 2.0), ("x", "h5", "pool", 9.0)]  # fmt: skip
HOMES = [(home, home, role, 1.0) for home, role in zip("1234567", ["approach"] * 3 + ["pool"] * 4, strict=True)]


def table(*parts):
    return pd.DataFrame([row for part in parts for row in part], columns=COLUMNS)


SMALL = table(
    rows("household", "participation", "T0", HOMES),
    rows("household", "participation", "follow_up", HOMES),
    rows("adult", "participation", "T0", MARKS),
    rows("adult", "safety", "T0", MARKS),
    rows("adult", "safety", "follow_up", LATER),
    rows("child", "safety", "T0", [("k", "h1", "approach", 99.0)]),
)


def safety(analysis):
    return at_start(analysis, {"safety": OUTCOMES["safety"]}).iloc[0]


def test_families_are_those_that_took_part_at_the_start():
    assert families_at_start(SMALL) == {"approach": 3, "all": 7}
    assert families_at_start(SMALL[SMALL["role"] == "pool"]) == {"approach": 0, "all": 4}


def test_values_families_and_what_is_lost_are_counted_in_all_and_in_the_approach():
    found = safety(SMALL)
    assert found[["n", "households", "n_other", "pairs"]].tolist() == [6, 4, 4, 4]
    assert found[["n_approach", "households_approach", "families_approach"]].tolist() == [3, 2, 3]
    assert found[["n_all", "households_all", "families_all"]].tolist() == [6, 4, 7]
    assert found["cluster_size_approach"] == 5 / 3 and found["cluster_size_all"] == 10 / 6


def test_the_spread_and_the_correlation_are_within_the_groups():
    found = safety(SMALL)
    # approach: 4, 6, 8 around 6; pool: 1, 3, 3 around 7/3
    assert found["sd"] == pytest.approx(sqrt((8 + 8 / 3) / 4))
    pairs = (np.array([-2, 0, 2, 0]), np.array([-1, 0, 1, 0]))
    assert found["correlation"] == pytest.approx(np.corrcoef(*pairs)[0, 1])
    assert found["sd_follow_up"] == pytest.approx(pairs[1].std() * np.sqrt(len(pairs[1]) / (len(pairs[1]) - 2)))
    moved = SMALL.assign(value=SMALL["value"] + 50 * (SMALL["role"] == "pool"))
    assert safety(moved)[["sd", "correlation", "icc"]].tolist() == pytest.approx(
        found[["sd", "correlation", "icc"]].tolist()
    )


def test_an_outcome_that_nobody_has_is_there_with_nothing():
    found = at_start(SMALL, OUTCOMES).set_index("outcome")
    assert list(found.index) == list(OUTCOMES)
    nothing = found.loc["trauma"]
    assert nothing["n"] == nothing["pairs"] == nothing["n_other"] == 0
    assert isnan(nothing["sd"]) and isnan(nothing["icc"]) and isnan(nothing["correlation"])


def test_a_cohort_with_its_start_alone_has_no_correlation():
    found = safety(SMALL[SMALL["wave"] == "T0"])
    assert found["pairs"] == 0 and isnan(found["correlation"]) and found["sd"] > 0


def test_rows_in_another_order_give_the_same_to_the_last_digit():
    made = cohort(10, 30)
    shuffled = made.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(at_start(made, OUTCOMES), at_start(shuffled, OUTCOMES), rtol=1e-15)


def test_people_of_one_household_are_alike():
    # a mark is that of the family and an own part of the same spread
    assert at_start(cohort(seed=8), OUTCOMES).set_index("outcome").loc["safety", "icc"] == pytest.approx(0.5, abs=0.2)
