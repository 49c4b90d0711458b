"""Overlap of the propensity scores."""

import numpy as np
import pandas as pd
import pytest

from effectstudie.matching.overlap import overlap_table


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
