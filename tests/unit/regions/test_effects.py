import numpy as np
import pytest
from given.effect_units import units
from given.set_of_studies import OUTCOME, effect, tables

from effectstudie.analysis.effect.estimate import effect_estimate
from effectstudie.regions.effects import correlation, covariance, judged, study_effects


def test_the_effect_is_that_of_the_study_and_its_parts_make_its_variance():
    long, matched, candidates = tables(3, adults=(1,))
    found = study_effects(long, matched, candidates, {"stress": OUTCOME}, "persons")["stress"]
    pairs = long.pivot(index=["unit_id", "household"], columns="wave", values="value").reset_index()
    own = effect_estimate(units(pairs.merge(matched, on="household"), candidates.drop(columns="role")), ["x", "y"])
    assert found.estimate.value == pytest.approx(own.att.value, rel=1e-12)
    assert found.estimate.se == pytest.approx(own.att.se, rel=1e-12)
    sets = found.parts.groupby(matched.set_index("household")["subclass"]).sum()
    assert float((sets**2).sum()) == pytest.approx(found.estimate.se**2, rel=1e-12)
    assert found.sizes()["n_approach"] == found.of.treated.sum()


def test_studies_that_share_nobody_do_not_err_together_and_the_same_study_wholly():
    one, other = effect(1, "a."), effect(2, "b.")
    renamed = effect(2, "b.")
    renamed.parts.index = [f"elsewhere {name}" for name in renamed.parts.index]
    assert correlation(one, renamed) == 0
    assert correlation(one, one) == pytest.approx(1)
    assert -1 < correlation(one, other) < 1


def test_the_same_controls_make_estimates_err_together():
    one, other = effect(1, "a."), effect(1, "b.")  # the approach of both is alike, but of other families
    shared = correlation(one, other)
    assert 0.2 < shared < 0.8
    between = covariance([one, other])
    assert between[0, 1] == pytest.approx(shared * one.estimate.se * other.estimate.se)
    assert np.linalg.eigvalsh(between)[0] > 0


def test_nobody_in_a_group_is_no_effect():
    long, matched, candidates = tables(1)
    gone = long["household"].isin(matched.loc[matched["group"] == "control", "household"])
    without = long[~(gone & (long["wave"] == "follow_up"))]
    found = study_effects(without, matched, candidates, {"stress": OUTCOME}, "persons")["stress"]
    assert (found.estimate.reason, found.defined, len(found.parts)) == ("pairs", False, 0)
    assert correlation(found, effect(1)) == 0


def test_the_verdict_is_that_of_the_margin():
    assert judged(-3.0, 1.0, 50, OUTCOME)["verdict"] == "better"
    assert judged(0.1, 0.5, 50, OUTCOME) == {"margin": 2.0, "verdict": "no_relevant_difference", "relevant": "no"}
