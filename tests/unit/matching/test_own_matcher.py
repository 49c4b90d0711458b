"""Our own matcher: who takes whom, and the weights, strata and distances that go with it."""

import numpy as np
import pandas as pd
import pytest

from effectstudie.matching.own_matcher import (
    FreeControls,
    greedy_pairs,
    matching_weights,
    nearest_gaps,
    settle_ties,
    strata,
)


def test_greedy_gives_each_its_first_before_any_its_second():
    score = np.array([5.0, 3.0, 5.1, 2.8, 1.0, 0.0])
    treated = np.array([True, True, False, False, False, False])
    pairs = greedy_pairs(score, treated, np.zeros(6, dtype=int), 2, None)
    assert pairs.to_numpy().tolist() == [[0, 1, 2], [1, 1, 3], [0, 2, 4], [1, 2, 5]]


def test_greedy_tie_goes_to_the_earlier_row():
    score, treated = np.array([1.0, 0.9, 1.1]), np.array([True, False, False])
    assert greedy_pairs(score, treated, np.zeros(3, dtype=int), 1, None)["control"].tolist() == [1]
    assert greedy_pairs(score[[0, 2, 1]], treated, np.zeros(3, dtype=int), 1, None)["control"].tolist() == [1]


def test_greedy_keeps_to_caliper_and_stratum():
    score = np.array([1.0, 0.0, 1.3, 0.1, 0.0])
    treated = np.array([True, True, False, False, False])
    pairs = greedy_pairs(score, treated, np.array([0, 0, 0, 0, -1]), 1, 0.2)
    assert pairs.to_numpy().tolist() == [[1, 1, 3]]


@pytest.mark.parametrize("seed", range(10))
def test_the_nearest_free_control_is_that_of_a_pass_along_all(seed):
    random = np.random.default_rng(seed)
    score, stratum = random.integers(0, 12, 60) / 4, random.integers(-1, 3, 60)
    treated, free = random.random(60) < 0.3, FreeControls(score, np.zeros(60, dtype=bool), stratum)
    left = stratum >= 0
    for row in np.flatnonzero(treated & (stratum >= 0)):
        distance = np.where(left & (stratum == stratum[row]), np.abs(score - score[row]), np.inf)
        assert free.nearest(row) == (distance.min(), distance.argmin() if np.isfinite(distance.min()) else -1)
        free.take(row)  # itself, at distance 0, or another row of its score
        left[row] = False


def test_of_controls_alike_the_first_taken_is_the_earliest_row():
    """Rows 2, 3 and 5 are alike, 4 is of another stratum: row 1, which chooses first, gets 2, whatever MatchIt took."""
    score, stratum = np.array([1.0, 2.0, 1.5, 1.5, 1.5, 1.5]), np.array([0, 0, 0, 0, 1, 0])
    treated = np.arange(6) < 2
    pairs = pd.DataFrame({"treated": [0, 1, 1], "k": [1, 1, 2], "control": [2, 5, 3]})
    assert settle_ties(pairs, score, treated, stratum).tolist() == [3, 2, 5]


def test_controls_without_a_like_stay_who_they_are():
    score, treated = np.array([1.0, 2.0, 1.4, 1.6]), np.array([True, True, False, False])
    pairs = greedy_pairs(score, treated, np.zeros(4, dtype=int), 1, None)
    assert settle_ties(pairs, score, treated, np.zeros(4, dtype=int)).tolist() == pairs["control"].tolist()


def test_weights_of_a_set_of_one_and_a_set_of_two():
    """1, 1/2, 1/2 sum to 2; scaled to 3 controls: 1.5, .75, .75."""
    groups = ["approach", "control", "approach", "control", "control"]
    matched = pd.DataFrame({"group": groups, "subclass": [1, 1, 2, 2, 2]})
    assert matching_weights(matched).tolist() == pytest.approx([1, 1.5, 1, 0.75, 0.75])


def test_strata_combine_columns_and_leave_out_missing():
    rows = pd.DataFrame({"thv": [1, 1, 0, 1, None], "region": ["n", "s", "n", "n", "n"]})
    numbers = strata(rows, ["thv", "region"])
    assert numbers[0] == numbers[3]
    assert len(set(numbers[:3])) == 3
    assert numbers[4] == -1
    assert strata(rows, []).tolist() == [0] * 5


def test_gap_to_the_nearest_control_of_the_stratum():
    gaps = nearest_gaps(np.array([1.0, 2.0, 1.5, 5.0]), np.array([True, True, False, False]), np.array([0, 1, 0, 0]))
    assert gaps.tolist() == [0.5, np.inf, np.inf, np.inf]
