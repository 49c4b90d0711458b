"""The second opinion: right matchings pass, each kind of wrong one is refused, ties may fall either way."""

import numpy as np
import pandas as pd
import pytest

from effectstudie.matching.check import check_matching, check_score
from effectstudie.matching.own_matcher import greedy_pairs, matching_weights
from effectstudie.shared.errors import MatchingError

# Approach a, b; pool w, x, y, z. Nearest: a (1.0) takes w (.9), b (.5) takes x (.4); then a takes y, b takes z.
CANDIDATES = pd.DataFrame(
    {
        "household": list("abwxyz"),
        "role": ["approach"] * 2 + ["pool"] * 4,
        "order": range(6),
        "linear_predictor": [1.0, 0.5, 0.9, 0.4, 1.2, 0.1],
        "region": ["n", "s", "n", "s", "n", "s"],
    }
)


def matching(*sets, candidates=CANDIDATES):
    """A matching from texts such as "awy": the approach household and its controls in order."""
    rows = [
        (household, "approach" if i == 0 else "control", number)
        for number, members in enumerate(sets, start=1)
        for i, household in enumerate(members)
    ]
    matched = pd.DataFrame(rows, columns=["household", "group", "subclass"])
    score = candidates.set_index("household")["linear_predictor"].reindex(matched["household"]).to_numpy()
    return matched.assign(weight=matching_weights(matched), propensity_score=1 / (1 + np.exp(-score)))


def check(matched, ratio=2, caliper=None, exact=(), candidates=CANDIDATES):
    return check_matching(candidates, matched, ratio=ratio, caliper=caliper, exact=exact)


def test_a_right_matching_passes():
    assert check(matching("aw", "bx"), ratio=1) == 0
    assert check(matching("awy", "bxz")) == 0
    assert check(matching("awy", "bx"), caliper=0.25) == 0
    assert check(matching("awy", "bxz"), exact=["region"]) == 0


def test_the_order_of_the_rows_does_not_matter_to_the_check():
    shuffled = CANDIDATES.sample(frac=1, random_state=1)
    assert check(matching("awy", "bxz"), candidates=shuffled) == 0


def test_pairs_wider_than_the_caliper_are_refused():
    with pytest.raises(MatchingError, match=r"1 of 4 pairs are wider than the caliper of 0.25 \(widest 0.4\)"):
        check(matching("awy", "bxz"), caliper=0.25)


def test_a_control_that_was_not_the_nearest_is_refused():
    with pytest.raises(MatchingError, match="A pair is 0.2 apart where a free control was at 0.1: not the nearest"):
        check(matching("ay", "bx"), ratio=1)


def test_second_controls_before_all_have_their_first_are_refused():
    """b's only choice would be left over by a, which took two before b had one."""
    candidates = CANDIDATES.assign(linear_predictor=[1.0, 0.8, 0.9, 0.7, 9.0, -9.0])
    assert check(matching("awy", "bxz", candidates=candidates), candidates=candidates) == 0
    with pytest.raises(MatchingError, match="not the nearest control"):
        check(matching("awx", "bzy", candidates=candidates), candidates=candidates)


def test_an_approach_household_left_without_a_free_control_is_refused():
    with pytest.raises(MatchingError, match="left without control 1 though one was free"):
        check(matching("aw"), ratio=1)
    with pytest.raises(MatchingError, match="left without control 2 though one was free"):
        check(matching("awy", "bx"))


def test_a_control_used_twice_is_refused():
    with pytest.raises(MatchingError, match="1 households were matched more than once"):
        check(matching("aw", "bw"), ratio=1)


def test_pairs_that_differ_on_an_exact_column_are_refused():
    candidates = CANDIDATES.assign(region=["n", "s", "s", "s", "n", "s"])
    with pytest.raises(MatchingError, match="1 of 2 pairs differ on region, asked to be exact"):
        check(matching("aw", "bx"), ratio=1, exact=["region"], candidates=candidates)


def test_missing_does_not_equal_missing():
    candidates = CANDIDATES.assign(region=[None, "s", None, "s", "n", "s"])
    with pytest.raises(MatchingError, match="1 of 2 pairs differ on region"):
        check(matching("aw", "bx"), ratio=1, exact=["region"], candidates=candidates)


def test_a_subclass_with_two_approach_households_or_none_is_refused():
    two = matching("awx", "by").assign(subclass=[1, 1, 1, 1, 1])
    with pytest.raises(MatchingError, match="not one approach household with its controls"):
        check(two)
    with pytest.raises(MatchingError, match="not one approach household with its controls"):
        check(matching("aw", "bx").assign(subclass=[1, 2, 3, 3]))


def test_more_controls_than_asked_for_are_refused():
    with pytest.raises(MatchingError, match="A subclass has 2 controls where 1 were asked for"):
        check(matching("awy", "bx"), ratio=1)


def test_swapped_groups_are_refused():
    with pytest.raises(MatchingError, match="Approach and control are mixed up"):
        check(matching("wa", "xb"), ratio=1)


def test_households_that_are_no_candidates_are_refused():
    with pytest.raises(MatchingError, match="holds households that are not candidates"):
        check(matching("aw", "bq"), ratio=1)


def test_an_empty_matching_is_refused():
    with pytest.raises(MatchingError, match="The matching is empty"):
        check(matching("aw").iloc[:0])


@pytest.mark.parametrize("weight", [2.0, np.nan])
def test_wrong_weights_are_refused(weight):
    matched = matching("aw", "bx")
    matched.loc[1, "weight"] = weight
    with pytest.raises(MatchingError, match="weights are not those that follow from the subclasses"):
        check(matched, ratio=1)


@pytest.mark.parametrize("score", [0.5, np.nan])
def test_scores_of_other_rows_are_refused(score):
    matched = matching("aw", "bx")
    matched.loc[1, "propensity_score"] = score
    with pytest.raises(MatchingError, match="scores of the matching are not those of the score model"):
        check(matched, ratio=1)


def test_a_tie_may_fall_either_way_and_is_counted():
    """w and x are as near to a; by order a takes w."""
    candidates = CANDIDATES.assign(linear_predictor=[1.0, -5.0, 0.9, 1.1, -5.0, 9.0])
    assert check(matching("aw", "by", candidates=candidates), ratio=1, candidates=candidates) == 0
    assert check(matching("ax", "by", candidates=candidates), ratio=1, candidates=candidates) == 1


def test_equal_approach_scores_may_go_in_any_order():
    candidates = CANDIDATES.assign(linear_predictor=[1.0, 1.0, 0.9, 0.8, 5.0, 5.0])
    assert check(matching("aw", "bx", candidates=candidates), ratio=1, candidates=candidates) == 0
    assert check(matching("ax", "bw", candidates=candidates), ratio=1, candidates=candidates) == 2


def test_scores_must_follow_from_their_coefficients():
    design = pd.DataFrame({"age": [1.0, 2.0, 3.0], "thv": [0.0, 1.0, 0.0]})
    coefficients = {"(Intercept)": -1.0, "age": 0.5, "thv": 2.0}
    check_score(design, coefficients, np.array([-0.5, 2.0, 0.5]))
    for wrong in ([-0.5, 0.5, 2.0], [-0.5, 2.0, np.nan]):
        with pytest.raises(MatchingError, match="do not follow from the coefficients of their own model"):
            check_score(design, coefficients, np.array(wrong))


def test_a_thousand_households_are_checked():
    random = np.random.default_rng(1)
    treated = np.arange(1000) < 60
    candidates = pd.DataFrame(
        {
            "household": np.arange(1000),
            "role": np.where(treated, "approach", "pool"),
            "order": np.arange(1000),
            "linear_predictor": np.round(random.normal(size=1000) + treated, 1),
        }
    )
    pairs = greedy_pairs(candidates["linear_predictor"].to_numpy(), treated, np.zeros(1000, dtype=int), 2, 0.2)
    sets = [[row, *group["control"]] for row, group in pairs.groupby("treated")]
    assert check(matching(*sets, candidates=candidates), caliper=0.2, candidates=candidates) == 0
