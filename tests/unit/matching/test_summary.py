import numpy as np
import pandas as pd
import pytest

from effectstudie.definitions.strategies import Strategy
from effectstudie.matching.summary import REASONS, reasons_unused, summary_of
from effectstudie.shared import r_bridge

STRATEGY = Strategy.of({"label": "a", "covariates": ["x", "x"], "ratio": 2, "caliper": 0.5, "missing": "complete"})


def test_the_first_reason_that_applies_is_given_and_a_control_needs_none_for_not_being_chosen():
    treated = np.array([True, True, True, True, False, False])
    stratum = np.array([-1, 0, 0, 0, 1, 0])
    eligible = np.array([False, True, True, True, False, True])
    near = np.array([False, False, True, True, False, False])
    matched = np.array([False, False, False, True, False, False])
    found = reasons_unused(treated, stratum, eligible, near, matched)
    assert found.tolist() == [
        *("missing_exact", "no_control_within_caliper", "no_control_left", ""),
        "exact_stratum",
        "",
    ]


def test_every_household_is_counted_once_in_its_group(monkeypatch):
    monkeypatch.setattr(r_bridge, "versions", lambda: {"R": "4"})
    households = pd.DataFrame({"role": ["approach"] * 3 + ["pool"] * 4, "x": [1.0, 2, None, 1, 2, 3, None]})
    unused = np.array(["", REASONS[4], REASONS[0], "", "", "", REASONS[0]], dtype=object)
    matched = pd.DataFrame({"group": ["approach", "control", "control"], "subclass": 1, "weight": [1.0, 0.5, 0.5]})
    score = np.array([0.0, 1, 0, 1, 2])
    told = {"tied_pairs": 1, "matchit": {"route": "score"}}
    model = r_bridge.ScoreModel(score, {"(Intercept)": 0.0, "x": 1.0}, True, [])
    found = summary_of(
        STRATEGY, 7, households, unused, matched, score, 0.4, model, ["a note"], ["twice", "twice"], told
    )
    assert (found["n_approach"], found["n_pool"], found["n_matched_approach"], found["n_matched_controls"]) == (
        3,
        4,
        1,
        2,
    )
    assert found["n_unmatched_approach"] == 2 and found["unmatched_approach"]["no_control_left"] == 1
    assert found["pool_set_aside"] == {"missing_covariate": 1, "missing_exact": 0, "exact_stratum": 0}
    assert found["covariates"] == ["x"] and found["missing"] == {"x": {"approach": 1, "pool": 1}}
    assert (found["score_model"]["n_approach"], found["score_model"]["n_pool"]) == (2, 3)
    assert found["sets_by_controls"] == {"2": 1} and found["ratio_reached"] == 2
    assert found["ess_controls"] == pytest.approx(2) and found["ties"] == {"tied_scores": 4, "tied_pairs": 1}
    assert found["warnings"] == ["twice"] and found["matchit"] == {"route": "score"}
