"""Covariates of the score model: filled, chosen, and whether they separate the groups."""

import numpy as np
import pandas as pd
import pytest

from effectstudie.matching import score_model
from effectstudie.matching.score_model import fill_missing, independent_columns, separating_columns


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
