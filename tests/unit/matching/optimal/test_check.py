"""The check of optmatch's sets: who is in them, how wide they are, and the least sum found by trying everything."""

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest

from effectstudie.matching.optimal.check import check_sets, least_of_pairs, least_of_sets
from effectstudie.matching.optimal.couple import in_sets
from effectstudie.matching.own_matcher import matching_weights
from effectstudie.shared.errors import MatchingError


def candidates(approach, pool, **columns):
    names = [f"a{i}" for i in range(len(approach))] + [f"p{i}" for i in range(len(pool))]
    role = ["approach"] * len(approach) + ["pool"] * len(pool)
    frame = pd.DataFrame({"household": names, "order": range(len(names)), "role": role})
    score = np.array([*approach, *pool], dtype=float)
    return frame.assign(linear_predictor=score, propensity_score=1 / (1 + np.exp(-score)), **columns)


def matched(rows, sets):
    """A matching by the number of the set of each row, 0 for none."""
    made = in_sets(rows, rows["role"].eq("approach").to_numpy(), np.array(sets), np.ones(len(rows)))
    return made.assign(weight=matching_weights(made))


def refused(rows, sets, match, **options):
    with pytest.raises(MatchingError, match=match):
        check_sets(rows, matched(rows, sets), **{"ratio": None, "caliper": None} | options)


def test_full_matching_takes_everyone_as_near_as_can_be():
    """a0 with p0 and p1, p2 with a1 and a2: 0.1 + 0.2 + 0.1 + 0.3."""
    rows = candidates([1, 5, 5.4], [1.1, 0.8, 5.1])
    check_sets(rows, matched(rows, [1, 2, 2, 1, 1, 2]), ratio=None, caliper=None)
    refused(rows, [1, 2, 2, 1, 2, 2], "not one household of a group")
    refused(rows, [1, 2, 2, 1, 0, 2], "Households were left out, or taken in")
    refused(rows, [1, 2, 2, 1, 1, 2], "2 of 4 pairs are wider than the caliper", caliper=0.15)
    rows = candidates([1, 5], [1.1, 0.8, 5.1])
    refused(rows, [1, 2, 1, 2, 2], r"add up to 4.4, and 0.4 can be had: not the best")


def test_who_has_nobody_within_the_caliper_is_left_out_of_full_matching():
    rows = candidates([1, 9], [1.1, 0.8, 5.1])
    check_sets(rows, matched(rows, [1, 0, 1, 1, 0]), ratio=None, caliper=0.3)
    refused(rows, [1, 0, 1, 0, 0], "Households were left out, or taken in", caliper=0.3)


def test_optimal_pairs_are_not_the_nearest_one_after_the_other():
    """The nearest of a0 (2) is p0 (1.9), after which a1 (1.8) has p1 (0): 0.1 + 1.8; the other way 2 + 0.1 is more."""
    rows = candidates([2, 1.8], [1.9, 0])
    check_sets(rows, matched(rows, [1, 2, 1, 2]), ratio=1, caliper=None)
    refused(candidates([2, 1.8, 1], [1.9, 0.9, 0]), [1, 2, 3, 3, 2, 1], "not the best matching", ratio=1)
    refused(rows, [1, 0, 1, 0], "Households were left out", ratio=1)
    refused(rows, [1, 1, 1, 0], "not one household of a group with those", ratio=1)
    refused(candidates([2, 1.8], [1.9, 0, 1, 1]), [1, 2, 1, 1, 1, 2], "not one household", ratio=2)


def test_each_stratum_is_matched_apart_and_a_row_without_one_is_not():
    town = ["n", "s", "n", "s", None, "s"]
    rows = candidates([2, 1], [1, 2, 2, 0.9], town=town)
    check_sets(rows, matched(rows, [1, 2, 1, 0, 0, 2]), ratio=1, caliper=None, exact=["town"])
    refused(rows, [1, 2, 0, 1, 0, 2], "differ on town, asked to be exact", ratio=1, exact=["town"])


def test_weights_and_scores_of_the_sets_are_checked():
    rows = candidates([1, 5], [1.1, 0.8, 5.1])
    good = matched(rows, [1, 2, 1, 1, 2])
    for change, match in (
        ({"weight": good["weight"] + 0.1}, "weights are not those that follow from the subclasses"),
        ({"propensity_score": 0.5}, "propensity scores of the matching are not those"),
        ({"household": "a0"}, "matched more than once"),
    ):
        with pytest.raises(MatchingError, match=match):
            check_sets(rows, good.assign(**change), ratio=None, caliper=None)


def tried(apart, ratio):
    """The least sum of pairs, of all that can be."""
    n, pool = apart.shape
    sums = []
    for owner in product(range(-1, n), repeat=pool):
        sizes = [owner.count(row) for row in range(n)]
        fair = max(sizes) <= max(1, ratio) and sum(sizes) == min(pool, n * ratio)
        if pool >= n:
            fair &= min(sizes) >= min(ratio, pool // n)
        if fair:
            sums.append(sum(apart[row, control] for control, row in enumerate(owner) if row >= 0))
    return min(sums)


@pytest.mark.parametrize("shape", [(2, 5), (3, 4), (3, 3), (4, 2)])
@pytest.mark.parametrize("seed", range(3))
def test_the_least_sum_of_pairs_is_the_least_of_all_that_can_be(shape, seed):
    apart = np.random.default_rng(seed).random(shape)
    for ratio in (1, 2):
        # one control has one household, also where it is asked for two and there are fewer controls than households
        expected = tried(apart, ratio if shape[1] >= shape[0] else 1)
        assert least_of_pairs(apart, ratio) == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(6))
def test_the_least_sum_of_sets_is_the_least_of_all_that_can_be(seed):
    random = np.random.default_rng(seed)
    apart = random.random((3, 4))
    apart = np.where(random.random((3, 4)) < 0.3, np.inf, apart)
    edges = [(row, column) for row, column in np.argwhere(np.isfinite(apart))]
    everyone = {("row", row) for row, _ in edges} | {("column", column) for _, column in edges}
    sums = [
        sum(apart[edge] for edge in chosen)
        for size in range(1, 7)
        for chosen in combinations(edges, size)
        if {("row", row) for row, _ in chosen} | {("column", column) for _, column in chosen} == everyone
    ]
    assert least_of_sets(apart) == pytest.approx(min(sums))
