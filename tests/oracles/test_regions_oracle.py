"""Means of regions against R's metafor, what shared households do against clubSandwich (regions/make_cases.R)."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from effectstudie.methods.clustered.cr2 import cr2_parts
from effectstudie.methods.regions.random_effects import random_effects

HERE = Path(__file__).parent / "regions"
CASES = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))
SHARED = CASES.pop("shared_households")


@pytest.mark.parametrize("name", CASES)
def test_mean_tau_and_next_region_equal_metafor(name):
    want = CASES[name]
    k = len(want["values"])
    found = random_effects(want["values"], np.reshape(want["covariance"], (k, k)), bool(want["guarded"]))
    figures = [found.mean.value, found.mean.se, *found.mean.ci95, found.mean.p, *found.next_region, found.q, found.q_p]
    names = ("mean", "se", "low", "high", "p", "next_low", "next_high", "q", "q_p")
    # R's search for a mean with covariances ends at 1e-8 of tau itself
    within = 1e-6 if "shared" in name else 1e-8
    assert figures == pytest.approx([want[key] for key in names], rel=within, abs=1e-12)
    assert found.tau == pytest.approx(want["tau"], rel=within, abs=1e-7)


def test_two_studies_err_together_as_far_as_clubsandwich_has_it():
    both = pd.read_csv(HERE / "shared_households.csv")
    parts = {}
    for study, rows in both.groupby("study"):
        design = np.column_stack([np.ones(len(rows)), rows["group"], rows["age"]])
        estimate, by_row = cr2_parts(rows["y"], design, rows["household"], 1, rows["weight"])
        parts[study] = pd.Series(by_row, index=rows.index).groupby(rows["household"]).sum()
        assert estimate.se**2 == pytest.approx(float(parts[study] @ parts[study]), rel=1e-12)
    together = pd.DataFrame(parts).fillna(0)
    assert (together.T @ together).to_numpy().ravel() == pytest.approx(SHARED["covariance"], rel=1e-8)
