"""Filling and choosing covariates, and their balance, by hand."""

import numpy as np
import pandas as pd
import pytest

from effectstudie.matching import score_model
from effectstudie.matching.balance import balance_table, effective_sample_size
from effectstudie.matching.overlap import overlap_table
from effectstudie.matching.score_model import fill_missing, independent_columns, separating_columns
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


def test_a_factor_has_a_row_per_level():
    candidates = CANDIDATES.assign(region=["n", "s", "n", "n", "s", "w"])
    assert row("region", "all", "n", candidates)["mean_control"] == 0.5
    assert row("region", "all", "w", candidates)["mean_approach"] == 0
    table = balance_table(candidates, MATCHED, ["region"])
    assert table["level"].tolist() == ["n", "n", "s", "s", "w", "w", "", ""]


def test_a_level_that_no_approach_household_has_is_undefined_not_zero():
    candidates = CANDIDATES.assign(region=["n", "s", "n", "n", "s", "w"])
    assert np.isnan(row("region", "all", "w", candidates)["smd"])


def test_a_constant_in_the_approach_has_no_smd():
    candidates = CANDIDATES.assign(constant=[0.1, 0.1, 0.1, 0.2, 0.3, 0.3])
    assert np.isnan(row("constant", "all", candidates=candidates)["smd"])


def test_a_constant_control_group_has_no_variance_ratio():
    candidates = CANDIDATES.assign(constant=[0.1, 0.4, 0.3, 0.3, 0.3, 0.3])
    assert np.isnan(row("constant", "all", candidates=candidates)["variance_ratio"])


def test_the_propensity_score_is_the_last_row():
    table = balance_table(CANDIDATES, MATCHED, ["score"])
    assert table["covariate"].tolist() == ["score", "score", "propensity_score", "propensity_score"]
    assert table["sample"].tolist() == ["all", "matched", "all", "matched"]
    assert table["mean_control"].iloc[-1] == pytest.approx(0.75 * 0.3 + 0.25 * 0.5)


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


def test_missing_values_become_the_mean_and_an_indicator():
    filled = fill_missing(pd.DataFrame({"age": [20.0, None, 40.0], "thv": [1, 0, 0]}))
    assert filled.to_dict("list") == {
        "age": [20.0, 30.0, 40.0],
        "thv": [1.0, 0.0, 0.0],
        "age_missing": [0.0, 1.0, 0.0],
    }


def test_missing_whole_numbers_and_booleans_are_filled_too():
    whole, yes = pd.array([2, None, 4], dtype="Int64"), pd.array([True, None, True], dtype="boolean")
    filled = fill_missing(pd.DataFrame({"n": whole, "yes": yes}))
    assert filled["n"].tolist() == [2.0, 3.0, 4.0]
    assert filled["yes"].tolist() == [1.0, 1.0, 1.0]


def test_constant_and_dependent_columns_are_left_out_with_a_note():
    design = pd.DataFrame(
        {"a": [1.0, 2, 3, 5], "one": [7.0] * 4, "b": [0.0, 1, 0, 1], "sum": [3.0, 7, 7, 13], "b_copy": [0.0, 1, 0, 1]}
    )
    kept, notes = independent_columns(design)
    assert list(kept) == ["a", "b"]
    assert notes == [
        "one is left out of the score model: it is the same for every household.",
        "sum is left out of the score model: it follows from the covariates before it.",
        "b_copy is left out of the score model: it follows from the covariates before it.",
    ]


def test_nearly_dependent_columns_of_very_different_size_stay():
    design = pd.DataFrame({"euro": [1e6, 2e6, 3e6, 5e6], "share": [1e-6, 2e-6, 3e-6, 6e-6]})
    kept, notes = independent_columns(design)
    assert list(kept) == ["euro", "share"]
    assert notes == []


TREATED = np.array([True, True, True, False, False, False])


def test_overlapping_columns_separate_nothing():
    design = pd.DataFrame({"x": [1.0, 4, 5, 2, 3, 0], "thv": [1, 0, 1, 1, 0, 0]})
    assert separating_columns(design, TREATED) == []


def test_a_column_with_one_value_in_a_whole_group_separates():
    design = pd.DataFrame({"x": [1.0, 4, 5, 2, 3, 0], "thv": [1, 1, 1, 1, 0, 0]})
    assert separating_columns(design, TREATED) == ["thv"]


def test_a_threshold_without_overlap_separates():
    assert separating_columns(pd.DataFrame({"x": [10.0, 11, 12, 1, 2, 3]}), TREATED) == ["x"]


def test_two_columns_that_separate_only_together_are_both_named():
    """Each has both values in both groups; a without b occurs in the second group only."""
    design = pd.DataFrame({"a": [1, 0, 0, 1, 1, 0], "b": [1, 0, 1, 1, 0, 0]})
    assert separating_columns(design, TREATED) == ["a", "b"]
    assert separating_columns(design[["a"]], TREATED) == []


@pytest.mark.parametrize("seed", range(40))
def test_separation_is_the_same_where_some_rows_are_looked_at_first(seed, monkeypatch):
    """Columns of few values: some separate, some do so only by a row that is not among the first looked at."""
    rng = np.random.default_rng(seed)
    treated = np.arange(60) < 5
    design = pd.DataFrame({name: rng.integers(0, 3, 60).astype(float) for name in "ab"})
    design["rare"] = (rng.random(60) < 0.05).astype(float)
    design["above"] = np.where(treated, 2.0, 1.0) + rng.integers(0, 4, 60) * (seed % 2)
    design, _ = independent_columns(design)
    whole = separating_columns(design, treated)
    monkeypatch.setattr(score_model, "_SOME", 10)
    assert separating_columns(design, treated) == whole
    assert seed % 2 or "above" in whole


def test_a_rare_separating_value_that_is_not_among_the_rows_looked_at_first_is_found(monkeypatch):
    rng = np.random.default_rng(0)
    treated = np.arange(60) < 20
    design = pd.DataFrame({"a": rng.integers(0, 3, 60).astype(float), "rare": 0.0})
    design.loc[59, "rare"] = 1.0
    monkeypatch.setattr(score_model, "_SOME", 10)
    assert separating_columns(design, treated) == ["rare"]


def test_rows_that_overlap_are_not_all_looked_at(monkeypatch):
    seen = []
    monkeypatch.setattr(score_model, "_SOME", 10)
    monkeypatch.setattr(score_model, "_separation", lambda signed: seen.append(len(signed)))
    rng = np.random.default_rng(0)
    assert separating_columns(pd.DataFrame({"x": rng.random(1000)}), np.arange(1000) < 20) == []
    assert seen == [30]


def test_overlap_is_told_by_percentiles_of_the_logit_before_and_after_matching():
    scores = {"approach": [0.5, 0.6, 0.9], "pool": [0.1, 0.2, 0.5, 0.7]}
    rows = [(f"{role}{n}", role, score) for role, values in scores.items() for n, score in enumerate(values)]
    candidates = pd.DataFrame(rows, columns=["household", "role", "propensity_score"])
    matched = pd.DataFrame({"household": ["approach0", "approach1", "pool2", "pool3"]})
    found = overlap_table(candidates, matched).set_index("sample")
    assert found["n"].to_dict() == {"approach_all": 3, "pool": 4, "approach_matched": 2, "control_matched": 2}
    assert found.loc["approach_all", "p50"] == pytest.approx(np.log(0.6 / 0.4))
    assert found.loc["control_matched", "p50"] == pytest.approx(np.log(0.7 / 0.3) / 2)
    assert (found[["p10", "p25", "p50", "p75", "p90"]].diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
