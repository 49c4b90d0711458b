"""Sets of optmatch: their weights, balance and effect from the sets alone, and, where R has optmatch, the sets."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from given.r_packages import needs_optmatch

from effectstudie.definitions.strategies import Strategy
from effectstudie.matching.balance import balance_table
from effectstudie.matching.match import match_households
from effectstudie.matching.optimal.check import check_sets
from effectstudie.matching.optimal.couple import in_sets
from effectstudie.matching.own_matcher import matching_weights
from effectstudie.methods.balance import effective_sample_size
from effectstudie.methods.clustered.cr2 import cr2
from effectstudie.shared import r_bridge

HERE = Path(__file__).parent
EXPECTED = json.loads((HERE / "optmatch/expected.json").read_text(encoding="utf-8"))["cases"]
COVARIATES = ["age", "educ", "racehispan", "racewhite", "married", "nodegree", "re74", "re75"]
CASES = {
    "optimal_1": {"design": "optimal", "ratio": 1},
    "optimal_2_exact": {"design": "optimal", "ratio": 2, "exact": ["nodegree"]},
    "full": {"design": "full", "caliper": None},
    "full_caliper_exact": {"design": "full", "caliper": 0.1, "exact": ["nodegree"]},
}


@pytest.fixture(scope="module")
def lalonde():
    data = pd.read_csv(HERE / "d03_lalonde_nearest_1to1/data.csv")
    data = data.assign(
        household=data["id"],
        order=np.arange(len(data)),
        role=np.where(data["treat"].eq(1), "approach", "pool"),
        **{f"race{level}": data["race"].eq(level).astype(int) for level in ("hispan", "white")},
    )
    fit = r_bridge.fit_propensity(data[COVARIATES], data["treat"].eq(1).to_numpy(), 1)
    lp = fit.linear_predictor
    return data.assign(linear_predictor=lp, propensity_score=1 / (1 + np.exp(-lp)))


def matched_of(name, lalonde):
    """The sets of R as a matching."""
    given = pd.read_csv(HERE / "optmatch/sets.csv")
    assert given["id"].tolist() == lalonde["id"].tolist()
    sets = given[f"{name}_set"].fillna(0).astype(int).to_numpy()
    treated = lalonde["treat"].eq(1).to_numpy()
    return in_sets(lalonde, treated, sets, given[f"{name}_weight"].to_numpy(dtype=float))


def total(matched, lalonde):
    """The sum of the differences in score of all pairs."""
    score = lalonde.set_index("household")["linear_predictor"]
    apart = matched.assign(score=matched["household"].map(score))
    pairs = apart[apart["group"] == "approach"].merge(apart[apart["group"] == "control"], on="subclass")
    return (pairs["score_x"] - pairs["score_y"]).abs().sum()


@pytest.mark.parametrize("name", CASES)
def test_weights_balance_and_effect_follow_from_the_sets(name, lalonde):
    matched, expected = matched_of(name, lalonde), EXPECTED[name]
    assert matching_weights(matched) == pytest.approx(matched["weight"].to_numpy(), rel=1e-12)
    controls = matched[matched["group"] == "control"]
    assert [len(matched) - len(controls), len(controls)] == expected["n"]
    assert effective_sample_size(controls["weight"].to_numpy()) == pytest.approx(expected["ess_controls"], rel=1e-9)

    names = ["age", "educ", "race", "married", "nodegree", "re74", "re75"]
    balance = balance_table(lalonde, matched, names).query("sample == 'matched'")
    smd = balance.set_index(balance["covariate"] + balance["level"])["smd"]
    assert smd.to_dict() == pytest.approx(expected["smd"], rel=1e-9, abs=1e-12)

    of = matched.merge(lalonde[["household", "re78"]], on="household")
    x = np.column_stack([np.ones(len(of)), of["group"].eq("approach").to_numpy(dtype=float)])
    found = cr2(of["re78"].to_numpy(), x, of["subclass"].to_numpy(), 1, of["weight"].to_numpy())
    assert {key: getattr(found, key) for key in expected["effect"]} == pytest.approx(expected["effect"], rel=1e-7)


@pytest.mark.parametrize("name", CASES)
def test_the_sets_of_r_pass_the_check_and_have_its_sum(name, lalonde):
    """The check refuses a sum above the least, as it finds that: a least that is too low would refuse these."""
    strategy = Strategy.of({"covariates": COVARIATES, "missing": "complete"} | CASES[name])
    matched, expected = matched_of(name, lalonde), EXPECTED[name]
    check_sets(lalonde, matched, ratio=strategy.ratio, caliper=expected["caliper"], exact=strategy.exact)
    assert total(matched, lalonde) == pytest.approx(expected["total"], rel=1e-7)


@needs_optmatch
@pytest.mark.parametrize("name", CASES)
def test_optmatch_gives_the_sums_and_sizes_of_r_alone(name, lalonde):
    strategy = Strategy.of({"covariates": COVARIATES, "missing": "complete"} | CASES[name])
    result, expected = match_households(lalonde.drop(columns="propensity_score"), strategy, 1), EXPECTED[name]
    assert [result.summary[f"n_matched_{group}"] for group in ("approach", "controls")] == expected["n"]
    assert total(result.matched, lalonde) == pytest.approx(expected["total"], abs=1e-5)
    assert result.summary["caliper_lp"] == pytest.approx(expected["caliper"])
    # of solutions with the same sum another version may take another
    assert result.summary["ess_controls"] == pytest.approx(expected["ess_controls"], rel=0.02)
