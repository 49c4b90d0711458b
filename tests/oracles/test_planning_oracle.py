"""The planning of a study against psych, lme4 and base R (planning/make_cases.R)."""

import json
from pathlib import Path

import pandas as pd
import pytest

from effectstudie.definitions.plans.planning import Planning
from effectstudie.methods.clustered.icc import one_way_icc, size_for_design
from effectstudie.planning.detectable import differences, households_for

HERE = Path(__file__).parent
R = json.loads((HERE / "planning/expected.json").read_text(encoding="utf-8"))


def exact(value):
    return pytest.approx(value, rel=1e-9, abs=0)


def test_households_of_two_have_the_icc_of_psych_and_lme4():
    pairs = pd.read_csv(HERE / "planning/pairs.csv")
    assert one_way_icc(pairs["y"], pairs["household"], [0] * len(pairs)) == exact(R["pairs"]["icc1"])


@pytest.mark.parametrize(("case", "want"), R["unlike"].items())
def test_households_of_unlike_sizes_have_the_icc_of_their_mean_squares(case, want):
    data = pd.read_csv(HERE / f"clustered/{case}.csv")
    assert one_way_icc(data["y"], data["household"], [0] * len(data)) == exact(want["alone"])
    assert one_way_icc(data["y"], data["household"], data["group"]) == exact(want["in_groups"])
    assert size_for_design(data["household"]) == exact(want["size"]) != want["mean_size"]


@pytest.mark.parametrize(("name", "want"), R["planned"].items())
def test_what_a_study_finds_and_how_many_households_a_margin_asks_are_those_of_r(name, want):
    planning = Planning.of({"power": want["power"], "ratio": want["ratio"]})
    facts = ("sd", "per_household", "cluster_size", "icc", "correlation", "lost", "margin")
    row = {"outcome": name, "unit": "adult", **{fact: want[fact] for fact in facts}, "sd_follow_up": want["sd"]}
    found = differences(pd.DataFrame([row]), want["households"], planning)
    assert found["difference"].tolist() == exact(want["difference"])
    assert found["change"].tolist() == exact(want["change"])
    assert found["difference_sd"].tolist() == exact([value / want["sd"] for value in want["difference"]])
    assert households_for(row, "difference", planning) == want["needed"]
    assert households_for(row, "change", planning) == want["needed_change"]
