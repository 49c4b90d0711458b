"""Overlap of the propensity scores."""

import numpy as np
import pandas as pd
import pytest

from effectstudie.matching.overlap import overlap_table


def test_overlap_is_told_by_percentiles_of_the_logit_before_and_after_matching():
    scores = {"approach": [0.5, 0.6, 0.9], "pool": [0.1, 0.2, 0.5, 0.7]}
    rows = [(f"{role}{n}", role, score) for role, values in scores.items() for n, score in enumerate(values)]
    candidates = pd.DataFrame(rows, columns=["household", "role", "propensity_score"])
    matched = pd.DataFrame({"household": ["approach0", "approach1", "pool2", "pool3"], "weight": 1.0})
    found = overlap_table(candidates, matched).set_index("sample")
    assert found["n"].to_dict() == {"approach_all": 3, "pool": 4, "approach_matched": 2, "control_matched": 2}
    assert found.loc["approach_all", "p50"] == pytest.approx(np.log(0.6 / 0.4))
    assert found.loc["control_matched", "p50"] == pytest.approx(np.log(0.7 / 0.3) / 2)
    assert (found[["p10", "p25", "p50", "p75", "p90"]].diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)


def test_households_without_a_score_are_not_counted():
    candidates = pd.DataFrame({"household": list("abc"), "role": ["approach", "pool", "pool"]})
    candidates = candidates.assign(propensity_score=[0.5, 0.5, np.nan])
    found = overlap_table(candidates, candidates.head(2).assign(weight=1.0)).set_index("sample")
    assert found["n"].to_dict() == {"approach_all": 1, "pool": 1, "approach_matched": 1, "control_matched": 1}


def test_of_a_design_that_weighs_the_percentiles_after_it_are_of_the_weights():
    """Logits -1, 0 and 1 with a tenth, a half and four tenths of the weight; before, each counts once."""
    logit = np.array([0.0, 1.0, -1.0, 2.0])
    candidates = pd.DataFrame({"household": list("abcd"), "role": ["pool"] * 3 + ["approach"]})
    candidates = candidates.assign(propensity_score=1 / (1 + np.exp(-logit)))
    found = overlap_table(candidates, candidates.assign(weight=[5, 4, 1, 0.2]), weighed=True).set_index("sample")
    cuts = ["p10", "p25", "p50", "p75", "p90"]
    assert found.loc["control_matched", cuts].tolist() == pytest.approx([-1, 0, 0, 1, 1])
    assert found.loc["approach_matched", cuts].tolist() == pytest.approx([2] * 5)
    assert found.loc["pool", "p25"] == pytest.approx(-0.5)
