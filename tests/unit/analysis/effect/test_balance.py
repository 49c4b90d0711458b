"""How alike those are who were analysed, beside the balance of the matching."""

import numpy as np
import pandas as pd
import pytest
from given.effect_units import invented, pairs_of, units

from effectstudie.analysis.effect.balance import analysed_balance, matched_balance, spread_of_approach
from effectstudie.matching.balance import balance_table


def candidates_of(n=20, pool=50, seed=2):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "role": ["approach"] * n + ["pool"] * pool,
            "x": np.concatenate([rng.normal(1, 2, n), rng.normal(0, 1, pool)]),
            "yes": rng.integers(0, 2, n + pool).astype(float),
            "few": rng.integers(0, 4, n + pool).astype(float),
        },
        index=[f"h{number:02d}" for number in range(n + pool)],
    )
    frame.loc[frame.index[:n], "still"] = 0.1
    frame.loc[frame.index[n:], "still"] = rng.normal(0.1, 1, pool)
    return frame


def weights_of(candidates, n=18, controls=30, seed=3):
    rng = np.random.default_rng(seed)
    chosen = [*candidates.index[:n], *candidates.index[20 : 20 + controls]]
    return pd.Series([1.0] * n + list(rng.uniform(0.2, 2, controls)), index=chosen)


def of_matching(candidates, weights):
    """SMD of the matched, by the table of the matching."""
    frame = candidates.rename_axis("household").reset_index().assign(propensity_score=0.5)
    matched = weights.rename("weight").rename_axis("household").reset_index()
    table = balance_table(frame, matched, list(candidates.columns.drop("role")))
    return table[table["sample"] == "matched"].set_index("covariate")["smd"].drop("propensity_score")


def test_differences_of_the_matched_are_those_of_the_matching_and_the_largest_comes_first():
    candidates = candidates_of()
    weights = weights_of(candidates)
    found, expected = matched_balance(candidates, weights), of_matching(candidates, weights).abs()
    assert np.isnan(expected["still"]) and found["still"] == np.inf
    pd.testing.assert_series_equal(
        found.drop("still"), expected.drop("still").sort_values(ascending=False), check_names=False, atol=1e-9
    )
    assert found.index[0] == "still"


def test_the_measure_is_the_spread_of_all_approach_candidates_as_the_matching_has_it():
    candidates = candidates_of()
    approach = candidates[candidates["role"] == "approach"]
    share = approach["yes"].mean()
    assert spread_of_approach(candidates).to_dict() == pytest.approx(
        {"x": approach["x"].std(), "yes": (share * (1 - share)) ** 0.5, "few": approach["few"].std(), "still": 0}
    )


def test_a_constant_of_the_approach_has_no_spread_whatever_its_last_digit():
    candidates = candidates_of()
    assert candidates.loc[candidates["role"] == "approach", "still"].std() > 0  # rounding of a mean of tenths
    assert spread_of_approach(candidates)["still"] == 0
    of = units(*invented(seed=5))
    spread = pd.Series({"x": 2.0, "y": 0.0})
    assert analysed_balance(of, spread).set_index("covariate").loc["y"].isna().all()


def test_what_is_the_same_for_all_comes_last_and_is_no_difference():
    candidates = candidates_of().assign(still=0.1)
    found = matched_balance(candidates, weights_of(candidates))
    assert (found.index[-1], found["still"]) == ("still", 0)


def test_covariates_that_are_equally_unlike_stay_in_the_order_of_the_strategy():
    candidates = candidates_of()
    mirrored = candidates[["role", "few"]].assign(mirror=7 - 0.1 * candidates["few"])
    for names in (["few", "mirror"], ["mirror", "few"]):
        for seed in range(20):
            weights = weights_of(candidates, seed=seed)
            assert list(matched_balance(mirrored[["role", *names]], weights).index) == names


def test_the_analysed_are_compared_with_and_without_their_weights():
    # approach 1, 1 and 4; controls 0 and 2, with weights .5 and 1.5; persons count, not households
    pairs = pairs_of(
        ("a", "approach", 1.0, 1, (1, 1), (2, 2)),
        ("b", "approach", 1.0, 2, (3, 3)),
        ("c", "control", 0.5, 1, (4, 4)),
        ("d", "control", 1.5, 2, (5, 5)),
    )
    covariates = pd.DataFrame({"x": [1.0, 4, 0, 2]}, index=list("abcd"))
    found = analysed_balance(units(pairs, covariates), pd.Series({"x": 2.0})).set_index("covariate").loc["x"]
    assert found.to_dict() == {"smd_unweighted": (2 - 1) / 2, "smd_weighted": (2 - 1.5) / 2}


def test_everyone_analysed_with_one_person_a_household_is_as_alike_as_the_matched():
    candidates = candidates_of().drop(columns="still")
    weights = weights_of(candidates)
    homes = [
        (name, "approach" if candidates.loc[name, "role"] == "approach" else "control", weight, number, (number, 1))
        for number, (name, weight) in enumerate(weights.items())
    ]
    of = units(pairs_of(*homes), candidates.drop(columns="role"))
    found = analysed_balance(of, spread_of_approach(candidates)).set_index("covariate")["smd_weighted"]
    pd.testing.assert_series_equal(found, of_matching(candidates, weights), check_names=False)


def test_a_group_without_anyone_has_no_differences():
    pairs, covariates = invented(seed=6)
    alone = units(pairs[pairs["group"] == "approach"], covariates)
    assert analysed_balance(alone, pd.Series({"x": 1.0, "y": 1.0})).drop(columns="covariate").isna().all(axis=None)


def test_without_covariates_that_are_numbers_there_is_nothing_to_compare():
    pairs, covariates = invented(seed=6)
    candidates = pd.DataFrame({"role": ["approach", "pool"]}, index=["a", "b"])
    spread = spread_of_approach(candidates)
    assert spread.empty and matched_balance(candidates, pd.Series({"a": 1.0, "b": 1.0})).empty
    assert analysed_balance(units(pairs, covariates[[]]), spread).empty
