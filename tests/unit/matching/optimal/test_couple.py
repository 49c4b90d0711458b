"""The designs of optmatch: what is asked of it, what is made of its sets, and what the summary says."""

import numpy as np
import pandas as pd
import pytest
from given.r_packages import needs_optmatch

from effectstudie.definitions.strategies import Strategy
from effectstudie.matching.match import match_households
from effectstudie.matching.optimal.couple import in_sets
from effectstudie.shared import r_bridge
from effectstudie.shared.errors import MatchingError

FULL = Strategy.of({"label": "f", "design": "full", "covariates": ["x"], "caliper": None, "missing": "complete"})
OPTIMAL = Strategy.of({"label": "o", "design": "optimal", "covariates": ["x"], "ratio": 2, "missing": "complete"})


def households(approach, pool):
    names = [f"a{i}" for i in range(len(approach))] + [f"p{i}" for i in range(len(pool))]
    role = ["approach"] * len(approach) + ["pool"] * len(pool)
    return pd.DataFrame({"household": names, "order": range(len(names)), "role": role, "x": [*approach, *pool]})


@pytest.fixture
def optmatch(monkeypatch):
    """An optmatch that gives these sets and weights; what it was asked."""

    def gives(sets, weights):
        def found(score, treated, **options):
            asked.append(options)
            return r_bridge.OptimalSets(np.array(sets), np.array(weights), ["a warning"], "0.10.8")

        asked = []
        monkeypatch.setattr(r_bridge, "match_optimal", found)
        return asked

    return gives


def test_sets_are_numbered_by_the_approach_which_comes_first_and_then_the_nearest_control():
    rows = households([], []).iloc[:0]
    rows = pd.DataFrame({"household": list("pabqcr"), "linear_predictor": [3.0, 1, 2, 2.2, 9, 1.1]})
    rows["propensity_score"] = 0.5
    treated = np.array([False, True, True, False, True, False])
    made = in_sets(rows, treated, np.array([7, 3, 7, 7, 0, 3]), np.arange(6.0))
    assert made["household"].tolist() == ["a", "r", "b", "q", "p"]
    assert made["subclass"].tolist() == [1, 1, 2, 2, 2]
    assert made["group"].tolist() == ["approach", "control", "approach", "control", "control"]
    assert made["weight"].tolist() == [1, 5, 2, 3, 0]


def test_full_matching_weighs_the_controls_and_tells_its_sets(optmatch):
    """Sets a0 p0 p1 and a1 a2 p2: 1/2, 1/2 and 2, scaled from 3 to 3 controls."""
    asked = optmatch([1, 2, 2, 1, 1, 2], [1, 1, 1, 0.5, 0.5, 2])
    result = match_households(households([1, 5, 5.4], [1.1, 0.8, 5.1]), FULL, 1)
    assert asked == [{"ratio": None, "caliper": None, "seed": 1, "stratum": None}]
    weights = result.matched.set_index("household")["weight"]
    assert weights.to_dict() == {"a0": 1, "a1": 1, "a2": 1, "p0": 0.5, "p1": 0.5, "p2": 2}
    summary = result.summary
    assert (summary["method"], summary["estimand"], summary["sets"]) == ("full", "ATT", {"1:2": 1, "2:1": 1})
    assert summary["versions"]["optmatch"] == "0.10.8" and "a warning" in summary["warnings"]
    assert summary["ratio_reached"] == 1 and summary["ess_controls"] == pytest.approx(2)
    assert not {"ratio_asked", "order", "matchit", "sets_by_controls"} & set(summary)
    assert "tied_pairs" not in summary["ties"]


def test_optimal_pairs_tell_what_was_asked_and_reached(optmatch):
    asked = optmatch([1, 2, 1, 1, 2], [1, 1, 0.75, 0.75, 1.5])
    result = match_households(households([1, 5], [1.1, 0.8, 5.1]), OPTIMAL, 1)
    assert asked == [{"ratio": 2, "caliper": None, "seed": 1, "stratum": None}]
    assert (result.summary["ratio_asked"], result.summary["ratio_reached"]) == (2, 1.5)
    assert result.summary["sets_by_controls"] == {"1": 1, "2": 1} and result.summary["caliper_sd"] is None


def test_sets_that_are_not_the_best_are_not_used(optmatch):
    optmatch([1, 2, 2, 1, 1], [1, 1, 1.5, 0.75, 0.75])
    with pytest.raises(MatchingError, match="not the best matching"):
        match_households(households([1, 5], [1.1, 0.8, 5.1]), OPTIMAL, 1)


@needs_optmatch
@pytest.mark.parametrize("seed", range(4))
def test_optmatch_finds_the_best_within_strata_and_caliper(seed):
    """match_households refuses anything else."""
    random = np.random.default_rng(seed)
    frame = households(random.normal(1, 1, 20), random.normal(size=50 - 15 * seed))
    frame["town"] = random.integers(0, 2, len(frame))
    full = Strategy.of(vars(FULL) | {"exact": ["town"], "caliper": (None, 0.2)[seed % 2]})
    result = match_households(frame, full, 1)
    assert (result.matched.groupby("subclass")["group"].nunique() == 2).all()
    optimal = match_households(frame, Strategy.of(vars(OPTIMAL) | {"exact": ["town"]}), 1)
    assert optimal.matched.groupby("subclass").size().max() <= 3
