"""The analyses for households against clubSandwich, lme4 and base R (clustered/make_cases.R)."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from effectstudie.methods.clustered.cr2 import cr2
from effectstudie.methods.clustered.household_means import household_means
from effectstudie.methods.clustered.random_intercept import random_intercept

HERE = Path(__file__).parent / "clustered"
CASES = json.loads((HERE / "expected.json").read_text())["cases"]
MODELS = {"plain": ["group"], "covariate": ["group", "age"]}
FIGURES = ("value", "se", "df", "t", "p")


def exact(value):
    return pytest.approx(value, rel=1e-8, abs=0)


def near(value):
    return pytest.approx(value, rel=1e-6, abs=0)


def data_of(case):
    return pd.read_csv(HERE / f"{case}.csv")


def design(data, model):
    return np.column_stack([np.ones(len(data)), data[MODELS[model]]])


def figures(estimate):
    return [getattr(estimate, name) for name in FIGURES] + list(estimate.ci95)


def wanted(coefficients, column):
    return [coefficients[name][column] for name in (*FIGURES, "low", "high")]


def size_of(estimate):
    return {"n": estimate.n, "households": estimate.clusters}


@pytest.mark.parametrize("weights", ["unweighted", "weighted"])
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("case", CASES)
def test_cr2_and_its_degrees_of_freedom_equal_clubsandwich(case, model, weights):
    data, want = data_of(case), CASES[case]["cr2" if weights == "unweighted" else "cr2_weighted"][model]
    for column in range(len(MODELS[model]) + 1):
        weight = None if weights == "unweighted" else data["weight"]
        result = cr2(data["y"], design(data, model), data["household"], column, weight)
        assert figures(result) == exact(wanted(want["coefficients"], column))
        assert size_of(result) == {key: CASES[case][key] for key in ("n", "households")}
        assert result.note == ""
        for wrong in want["must_not_equal"].values():
            assert result.se != near(wrong[column])


@pytest.mark.parametrize("case", [case for case in CASES if "household_means" in CASES[case]])
def test_household_means_are_welchs_test_of_r(case):
    data, want = data_of(case), CASES[case]["household_means"]
    result = household_means(data["y"], data["group"], data["household"])
    assert figures(result) == exact([want[name] for name in FIGURES] + want["ci95"])
    assert size_of(result) == {key: CASES[case][key] for key in ("n", "households")}
    assert result.se != near(want["must_not_equal"]["se_pooled"])


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("case", CASES)
def test_random_intercept_equals_lme4(case, model):
    data, want = data_of(case), CASES[case]["random_intercept"][model]
    for column in range(len(MODELS[model]) + 1):
        result = random_intercept(data["y"], design(data, model), data["household"], column)
        assert figures(result) == near(wanted(want["coefficients"], column))
        assert size_of(result) == {key: CASES[case][key] for key in ("n", "households")}
        assert result.note == ("variance between households is 0" if want["singular"] else "")
        assert result.se != near(want["must_not_equal"]["se_maximum_likelihood"][column])


def test_the_oracle_meets_both_sides_of_the_boundary():
    singular = {CASES[case]["random_intercept"][model]["singular"] for case in CASES for model in MODELS}
    assert singular == {True, False}
