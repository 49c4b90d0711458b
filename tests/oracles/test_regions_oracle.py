"""Means of regions against R's metafor (regions/make_cases.R)."""

import json
from pathlib import Path

import numpy as np
import pytest

from effectstudie.methods.regions.random_effects import random_effects

CASES = json.loads((Path(__file__).parent / "regions/expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", CASES)
def test_mean_tau_and_next_region_equal_metafor(name):
    want = CASES[name]
    k = len(want["values"])
    found = random_effects(want["values"], np.reshape(want["covariance"], (k, k)))
    figures = [found.mean.value, found.mean.se, *found.mean.ci95, found.mean.p, *found.next_region, found.q, found.q_p]
    names = ("mean", "se", "low", "high", "p", "next_low", "next_high", "q", "q_p")
    # R's search for a mean with covariances ends at 1e-8 of tau itself
    within = 1e-6 if "shared" in name else 1e-8
    assert figures == pytest.approx([want[key] for key in names], rel=within, abs=1e-12)
    assert found.tau == pytest.approx(want["tau"], rel=within, abs=1e-7)
