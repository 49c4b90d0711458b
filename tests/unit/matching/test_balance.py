"""Balance of the covariates, by hand."""

import numpy as np
import pandas as pd
import pytest

from effectstudie.matching.balance import balance_table
from effectstudie.methods.balance import effective_sample_size
from effectstudie.shared.errors import InputError

# Two of the approach, four of the pool; the first two of the pool are matched, with weights 1.5 and .5.
CANDIDATES = pd.DataFrame(
    {
        "household": list("abwxyz"),
        "role": ["approach"] * 2 + ["pool"] * 4,
        "score": [2.0, 4.0, 1.0, 3.0, 5.0, 7.0],
        "low_income": [1, 0, 0, 0, 1, 0],
        "propensity_score": [0.6, 0.4, 0.3, 0.5, 0.1, 0.2],
    }
)
MATCHED = pd.DataFrame({"household": list("wabx"), "weight": [1.5, 1.0, 1.0, 0.5]})


def row(covariate, sample, level="", candidates=CANDIDATES, matched=MATCHED):
    names = [name for name in candidates if name not in ("household", "role", "propensity_score")]
    table = balance_table(candidates, matched, names)
    return table.set_index(["covariate", "level", "sample"]).loc[(covariate, level, sample)]


def test_balance_of_a_number_before_matching():
    """Means 3 and 4; variances 2 and 20/3; at 4 the distributions are 1 and .5."""
    all_ = row("score", "all")
    assert all_["mean_approach"] == 3
    assert all_["mean_control"] == 4
    assert all_["smd"] == pytest.approx(-1 / np.sqrt(2))
    assert all_["variance_ratio"] == pytest.approx(2 / (20 / 3))
    assert all_["ecdf_max"] == pytest.approx(0.5)


def test_balance_after_matching_uses_the_weights_and_the_same_denominator():
    """Control mean .75 x 1 + .25 x 3 = 1.5, variance (.75 x .25 + .25 x 2.25) / (1 - .625) = 2."""
    matched = row("score", "matched")
    assert matched["mean_control"] == pytest.approx(1.5)
    assert matched["smd"] == pytest.approx(1.5 / np.sqrt(2))
    assert matched["variance_ratio"] == pytest.approx(1.0)
    assert matched["ecdf_max"] == pytest.approx(0.75)


def test_balance_of_the_matched_without_their_weights_has_the_same_denominator():
    """Control mean (1 + 3) / 2 = 2, variance 2; of the six values the distributions differ by .5 at 1 and at 3."""
    matched = row("score", "matched_unweighted")
    assert (matched["mean_approach"], matched["mean_control"]) == (3, 2)
    assert matched["smd"] == pytest.approx(1 / np.sqrt(2))
    assert matched["variance_ratio"] == pytest.approx(1.0)
    assert (matched["ecdf_mean"], matched["ecdf_max"]) == pytest.approx((1 / 6, 0.5))


def test_levels_that_only_rounding_keeps_apart_count_once():
    """Means of two adults: (.1 + .2) and .3 are one level, so there are four, and the distances .5, 0, .25 and 0."""
    candidates = CANDIDATES.assign(mark=[0.3, 0.9, 0.1 + 0.2, 0.5, 0.9, 1.1])
    assert candidates["mark"].nunique() == 5
    distances = [0.5 - 0.25, 0.5 - 0.5, 1 - 0.75, 0]
    assert row("mark", "all", candidates=candidates)["ecdf_mean"] == pytest.approx(np.mean(distances))


def test_a_household_without_a_score_is_left_out_of_the_row_of_the_score_only():
    """p .6 and .4 against .5, .1 and .2: the pool's w, of a stratum that the model does not know, has none."""
    candidates = CANDIDATES.assign(propensity_score=[0.6, 0.4, np.nan, 0.5, 0.1, 0.2])
    matched = MATCHED[MATCHED["household"] != "w"]
    score = row("propensity_score", "all", candidates=candidates, matched=matched)
    assert score["mean_control"] == pytest.approx(0.8 / 3)
    assert row("score", "all", candidates=candidates, matched=matched)["mean_control"] == 4


def test_denominator_is_all_of_the_approach_also_when_one_is_not_matched():
    matched = pd.DataFrame({"household": ["a", "w"], "weight": [1.0, 1.0]})
    after = row("score", "matched", matched=matched)
    assert after["smd"] == pytest.approx((2 - 1) / np.sqrt(2))
    assert np.isnan(after["variance_ratio"])  # one household has no variance


def test_yes_no_covariate_has_the_sd_of_a_proportion_and_no_variance_ratio():
    """p .5 and .25, SD sqrt(.5 x .5)."""
    all_ = row("low_income", "all")
    assert all_["smd"] == pytest.approx((0.5 - 0.25) / 0.5)
    assert np.isnan(all_["variance_ratio"])
    assert all_["ecdf_max"] == pytest.approx(0.25)


@pytest.mark.parametrize("values", [(0, 1), (0, 100), (1, 2)])
def test_a_covariate_of_two_values_has_no_variance_ratio(values):
    """With the difference and the sizes it gives both counts back."""
    low, high = values
    two = CANDIDATES.assign(two=[low, high, low, low, low, high])
    assert np.isnan(row("two", "all", candidates=two)["variance_ratio"])
    three = two.assign(two=[low, high, low, low, (low + high) / 2, high])
    assert row("two", "all", candidates=three)["variance_ratio"] > 0


def test_a_factor_has_a_row_per_level():
    candidates = CANDIDATES.assign(region=["n", "s", "n", "n", "s", "w"])
    assert row("region", "all", "n", candidates)["mean_control"] == 0.5
    assert row("region", "all", "w", candidates)["mean_approach"] == 0
    table = balance_table(candidates, MATCHED, ["region"])
    assert table["level"].tolist() == [*"nnnssswww", "", "", ""]


def test_a_level_that_no_approach_household_has_is_undefined_not_zero():
    candidates = CANDIDATES.assign(region=["n", "s", "n", "n", "s", "w"])
    assert np.isnan(row("region", "all", "w", candidates)["smd"])


def test_a_constant_in_the_approach_has_no_smd():
    candidates = CANDIDATES.assign(constant=[0.1, 0.1, 0.1, 0.2, 0.3, 0.3])
    assert np.isnan(row("constant", "all", candidates=candidates)["smd"])


def test_a_constant_control_group_has_no_variance_ratio():
    candidates = CANDIDATES.assign(constant=[0.1, 0.4, 0.3, 0.3, 0.3, 0.3])
    assert np.isnan(row("constant", "all", candidates=candidates)["variance_ratio"])


@pytest.mark.parametrize(
    ("values", "shares", "counts"),
    [([0, 1, 1, 0, 1, 0], True, False), ([0, 50, 100, 0, 50, 100], True, False), ([0, 1, 2, 3, 2, 1], False, True),
     ([0, 0, 0, 0, 0, 3], False, True), ([0, 1, 2, 1.4, 3, 1], False, True), ([0, 1.5, 2, 1.4, 3, 1], False, False)],
)  # fmt: skip
def test_numbers_of_people_are_known_by_their_values(values, shares, counts):
    found = row("score", "all", candidates=CANDIDATES.assign(score=values))
    assert (found["of_shares"], found["of_counts"]) == (shares, counts)


@pytest.mark.parametrize(("different", "counts"), [(10, True), (11, False)])
def test_a_whole_number_of_many_values_is_a_measure(different, counts):
    candidates = pd.concat([CANDIDATES] * 4, ignore_index=True).assign(score=[n % different for n in range(24)])
    assert balance_table(candidates, MATCHED, ["score"])["of_counts"].iloc[0] == counts


def test_the_propensity_score_is_the_last_row():
    table = balance_table(CANDIDATES, MATCHED, ["score"])
    assert table["covariate"].tolist() == ["score"] * 3 + ["propensity_score"] * 3
    assert table["sample"].tolist() == ["all", "matched", "matched_unweighted"] * 2
    assert table["mean_control"].iloc[-2] == pytest.approx(0.75 * 0.3 + 0.25 * 0.5)


def test_missing_and_unknown_covariates_are_refused_together():
    candidates = CANDIDATES.assign(gap=[1, 2, 3, 4, 5, np.nan])
    with pytest.raises(InputError) as caught:
        balance_table(candidates, MATCHED, ["gap", "height"])
    assert caught.value.problems == [
        "Covariate 'gap' has missing values.",
        "Covariate 'height' is not in the candidates.",
    ]


def test_effective_sample_size_of_equal_weights_is_their_number():
    assert effective_sample_size(np.array([2.0, 2.0, 2.0])) == pytest.approx(3)
    assert effective_sample_size(np.array([1.5, 0.75, 0.75])) == pytest.approx(9 / 3.375)
