"""Matching and balance against published numbers, MatchIt's own summary and an independent greedy matcher."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from effectstudie.definitions.strategies import Strategy
from effectstudie.matching.balance import balance_table
from effectstudie.matching.check import check_matching
from effectstudie.matching.match import match_households
from effectstudie.matching.own_matcher import greedy_pairs, matching_weights
from effectstudie.shared import r_bridge
from effectstudie.shared.errors import MatchingError

HERE = Path(__file__).parent
D03 = HERE / "d03_lalonde_nearest_1to1"
CASES = HERE / "matchit_cases"
COVARIATES = ["age", "educ", "racehispan", "racewhite", "married", "nodegree", "re74", "re75"]


@pytest.fixture(scope="module")
def lalonde():
    data = pd.read_csv(D03 / "data.csv")
    return data.assign(
        household=data["id"],
        order=np.arange(len(data)),
        role=np.where(data["treat"].eq(1), "approach", "pool"),
        racehispan=data["race"].eq("hispan").astype(int),
        racewhite=data["race"].eq("white").astype(int),
    )


@pytest.fixture(scope="module")
def score(lalonde):
    return r_bridge.fit_propensity(lalonde[COVARIATES], lalonde["treat"].eq(1).to_numpy(), 1)


def strategy(**changes):
    plain = {"covariates": COVARIATES, "ratio": 1, "caliper": None, "exact": [], "missing": "complete"}
    return Strategy.of(plain | changes)


def balance_of(result, lalonde):
    """Balance by MatchIt's row names: a level of a factor is the factor's name and the level."""
    candidates = result.candidates.merge(lalonde[["household", "race"]], on="household")
    names = ["age", "educ", "race", "married", "nodegree", "re74", "re75"]
    table = balance_table(candidates, result.matched, names)
    return table.assign(name=table["covariate"] + table["level"]).set_index(["name", "sample"])


def test_balance_of_nearest_1_to_1_is_that_of_the_vignette(lalonde):
    expected = json.loads((D03 / "expected.json").read_text())["expected"]
    result = match_households(lalonde, strategy(), 1)
    balance = balance_of(result, lalonde)
    assert balance.loc[("age", "matched"), "mean_control"] == pytest.approx(25.3027, abs=5e-5)
    assert balance.loc[("age", "matched"), "smd"] == pytest.approx(0.0718, abs=5e-5)  # the plain call: .0854
    columns = {
        "mean_approach": "mean_treated",
        "mean_control": "mean_control",
        "smd": "smd",
        "variance_ratio": "var_ratio",
        "ecdf_mean": "ecdf_mean",
        "ecdf_max": "ecdf_max",
    }
    for sample in ("all", "matched"):
        for name, row in expected[f"balance_{sample}"].items():
            ours = balance.loc[("propensity_score" if name == "distance" else name, sample)]
            for column, key in columns.items():
                value = np.nan if row[key] is None else row[key]
                assert ours[column] == pytest.approx(value, rel=1e-5, abs=1e-6, nan_ok=True), (name, sample, column)
    assert len(balance) == 3 * len(expected["balance_all"])
    controls = result.matched.query("group == 'control'")["household"]
    assert len(controls) == expected["n"]["control_matched"]
    assert set(controls) == set(expected["matched_control_ids"])


def test_coefficients_of_the_score_model_are_the_published_ones(score):
    expected = json.loads((D03 / "expected.json").read_text())["expected"]["ps_coef"]
    assert score.coefficients == pytest.approx(expected, rel=1e-7)


def test_caliper_on_the_probability_gives_111_pairs_not_185(lalonde, score):
    probability = 1 / (1 + np.exp(-score.linear_predictor))
    treated = lalonde["treat"].eq(1).to_numpy()
    caliper = 0.1 * probability.std(ddof=1)
    result = r_bridge.match_nearest(probability, treated, ratio=1, caliper=caliper, seed=1)
    assert len(result.pairs) == 111


def plain_call(name, rows):
    """Pairs of a plain call of MatchIt 4.5.1 as a matching, with the difference in score of each pair."""
    pairs = pd.read_csv(CASES / f"plain_{name}.csv")
    score = rows.set_index("household")["linear_predictor"]
    gap = np.abs(score[pairs["treated"]].to_numpy() - score[pairs["control"]].to_numpy())
    matched = pairs.rename_axis("subclass").reset_index().melt("subclass", value_name="household")
    matched["group"] = matched["variable"].map({"treated": "approach", "control": "control"})
    matched["weight"] = matching_weights(matched)
    matched["propensity_score"] = 1 / (1 + np.exp(-score[matched["household"]].to_numpy()))
    return matched, gap


def test_plain_call_of_matchit_4_5_1_with_a_caliper_is_refused(lalonde, score):
    rows = lalonde.assign(linear_predictor=score.linear_predictor)
    matched, gap = plain_call("caliper", rows)
    caliper = 0.1 * score.linear_predictor.std(ddof=1)
    wide = (gap > caliper).sum()
    assert wide > 0
    with pytest.raises(MatchingError, match=f"{wide} of {len(gap)} pairs are wider than the caliper"):
        check_matching(rows, matched, ratio=1, caliper=caliper)


def test_plain_call_of_matchit_4_5_1_without_a_caliper_is_refused(lalonde, score):
    rows = lalonde.assign(linear_predictor=score.linear_predictor)
    with pytest.raises(MatchingError, match="not the nearest control"):
        check_matching(rows, plain_call("nearest", rows)[0], ratio=1, caliper=None)


def test_two_controls_with_caliper_and_exact_are_those_of_matchit(lalonde):
    """The same pairs, weights, counts, effective sample size and balance as R alone gives."""
    result = match_households(lalonde, strategy(ratio=2, caliper=0.2, exact=["nodegree"]), 1)
    theirs = pd.read_csv(CASES / "ratio2_matched.csv").set_index("id")
    ours = result.matched.set_index("household")
    assert set(ours.index) == set(theirs.index)
    weights = ours["weight"][theirs.index].to_numpy()
    assert weights == pytest.approx(theirs["weight"].to_numpy(), abs=1e-12)
    sets = [{frozenset(ids) for ids in table.groupby("subclass").groups.values()} for table in (ours, theirs)]
    assert sets[0] == sets[1]

    numbers = pd.read_csv(CASES / "ratio2_numbers.csv").set_index("row")
    assert result.summary["sd_lp_within_strata"] == pytest.approx(numbers.loc["SD within", "Treated"], rel=1e-7)
    assert result.summary["n_matched_approach"] == numbers.loc["Matched", "Treated"]
    assert result.summary["n_matched_controls"] == numbers.loc["Matched", "Control"]
    assert result.summary["n_unmatched_approach"] == numbers.loc["Unmatched", "Treated"]
    assert result.summary["ess_controls"] == pytest.approx(numbers.loc["Matched (ESS)", "Control"], rel=1e-12)

    balance = balance_of(result, lalonde)
    expected = pd.read_csv(CASES / "ratio2_balance.csv").set_index(["name", "sample"]).sort_index()
    for row, values in expected.drop(["distance", "lp"]).iterrows():
        for column, value in values.items():
            assert balance.loc[row, column] == pytest.approx(value, rel=1e-12, abs=1e-12, nan_ok=True), (row, column)


@pytest.mark.parametrize("design", ["overlap", "entropy"])
def test_weights_are_those_of_r(lalonde, design):
    """A stratum is a column of the model: with nodegree as one the weights are those of R with it as a covariate."""
    weights = pd.read_csv(CASES / "weights.csv").set_index("id")[design]
    for exact in ([], ["nodegree"]):
        covariates = [name for name in COVARIATES if name not in exact]
        chosen = {"design": design, "covariates": covariates, "exact": exact, "missing": "complete"}
        result = match_households(lalonde, Strategy.of(chosen), 1)
        ours = result.matched.set_index("household")["weight"]
        assert ours.to_dict() == pytest.approx(weights.to_dict(), rel=1e-6, abs=1e-7)
        after = balance_of(result, lalonde).xs("matched", level="sample").drop("propensity_score")
        assert after["smd"].abs().max() < 1e-6


@pytest.mark.parametrize("seed", range(20))
def test_matchit_equals_the_independent_greedy_matcher(seed):
    """Untied random scores: the same pairs, first and second control told apart by their distance."""
    random = np.random.default_rng(seed)
    treated = np.arange(90) < random.integers(5, 40)
    score = random.normal(size=90) + treated
    stratum = random.integers(0, 3, 90) if seed % 2 else np.zeros(90, dtype=int)
    ratio, caliper = 1 + seed // 2 % 3, (None, 0.1, 0.4)[seed % 3]
    exact = stratum if seed % 2 else None
    pairs = r_bridge.match_nearest(score, treated, ratio=ratio, caliper=caliper, seed=1, stratum=exact).pairs
    pairs["gap"] = np.abs(score[pairs["treated"]] - score[pairs["control"]])
    pairs = pairs.sort_values(["treated", "gap"], ignore_index=True)
    own = greedy_pairs(score, treated, stratum, ratio, caliper).sort_values(["treated", "k"], ignore_index=True)
    pd.testing.assert_frame_equal(pairs[["treated", "control"]], own[["treated", "control"]])
