"""Strategies that weigh: the numbers of R, balance on random data, and weights that are refused."""

import json

import numpy as np
import pandas as pd
import pytest

from effectstudie.definitions.strategies import Strategy
from effectstudie.matching import match, weighting
from effectstudie.matching.balance import balance_table
from effectstudie.methods.balancing_weights import overlap_weights
from effectstudie.shared.errors import ConfigError, MatchingError


def weigh(households, design="overlap", covariates=("x",), exact=(), missing="complete", **more):
    strategy = {"label": "w", "design": design, "covariates": covariates, "exact": exact, "missing": missing, **more}
    return match.match_households(households, Strategy.of(strategy), 1)


def frame(approach, pool, **columns):
    """Households a0, a1, … and p0, p1, … with covariate x."""
    names = [f"a{i}" for i in range(len(approach))] + [f"p{i}" for i in range(len(pool))]
    role = ["approach"] * len(approach) + ["pool"] * len(pool)
    return pd.DataFrame({"household": names, "order": range(len(names)), "role": role, "x": [*approach, *pool]}).assign(
        **columns
    )


TEN = frame([0.0, 1, 1, 2], [0.0, 1, 2, 2, 3, 4])


def random_households(seed, n=150, treated=40):
    """Two numbers, a yes/no, an exact column of three values, and gaps in x."""
    random = np.random.default_rng(seed)
    role = np.where(np.arange(n) < treated, "approach", "pool")
    data = pd.DataFrame({"household": [f"h{i:03}" for i in range(n)], "order": random.permutation(n), "role": role})
    data = data.assign(x=random.normal(size=n) + 0.5 * (role == "approach"), y=random.poisson(3, n) * 10.0)
    data = data.assign(yes=random.integers(0, 2, n), region=random.choice(["n", "s", "w"], n, p=[0.5, 0.3, 0.2]))
    return data.assign(x=data["x"].mask(np.arange(n) % 9 == 0))


def after(result):
    table = balance_table(result.candidates, result.matched, result.covariates)
    return table[(table["sample"] == "matched") & (table["covariate"] != "propensity_score")]


def test_overlap_weights_of_ten_households_are_those_of_r():
    result = weigh(TEN)
    expected = [0.300099, 0.502675, 0.502675, 0.704377, 0.699901, 0.497325, 0.295623, 0.295623, 0.151132, 0.070222]
    assert result.matched["weight"].tolist() == pytest.approx(expected, abs=1e-6)
    summary = result.summary
    coefficients = {"(Intercept)": 0.8468245, "x": -0.8575255}
    assert summary["score_model"]["coefficients"] == pytest.approx(coefficients, abs=1e-6)
    assert summary["ess_approach"] == pytest.approx(3.700541, abs=1e-6)
    assert summary["ess_controls"] == pytest.approx(4.298374, abs=1e-6)
    (row,) = after(result).to_dict("records")
    assert row["mean_approach"] == pytest.approx(1.20115, abs=1e-5)
    assert row["mean_control"] == pytest.approx(row["mean_approach"], abs=1e-8)


def test_entropy_weights_of_ten_households_are_those_of_r_where_so_few_are_allowed(monkeypatch):
    monkeypatch.setattr(weighting, "SMALLEST_ESS", 0)
    monkeypatch.setattr(weighting, "LARGEST_SHARE", 1)
    result = weigh(TEN, "entropy")
    expected = [1, 1, 1, 1, 2.678381, 1.371903, 0.702708, 0.702708, 0.359936, 0.184364]
    assert result.matched["weight"].tolist() == pytest.approx(expected, abs=1e-6)
    assert result.summary["ess_controls"] == pytest.approx(3.526997, abs=1e-6)
    assert result.summary["ess_approach"] == 4
    assert result.summary["largest_share_controls"] == pytest.approx(2.678381 / 6, abs=1e-6)


def test_a_household_is_a_subclass_of_its_own_and_everyone_of_the_strata_takes_part():
    matched = weigh(TEN.iloc[::-1]).matched
    assert matched.columns.tolist() == ["household", "group", "subclass", "weight", "propensity_score"]
    assert matched["household"].tolist() == TEN["household"].tolist()
    assert matched["subclass"].tolist() == list(range(1, 11))
    assert matched["group"].tolist() == ["approach"] * 4 + ["control"] * 6
    treated = matched["group"].eq("approach")
    assert matched["weight"].tolist() == pytest.approx(overlap_weights(matched["propensity_score"], treated))


@pytest.mark.parametrize("missing", ["complete", "indicator"])
@pytest.mark.parametrize("design", ["overlap", "entropy"])
@pytest.mark.parametrize("seed", range(5))
def test_all_means_and_strata_balance(design, missing, seed):
    result = weigh(random_households(seed), design, ["x", "y", "yes"], ["region"], missing)
    balance = after(result)
    assert balance["smd"].abs().max() < 1e-6
    assert set(balance["covariate"]) - {"x_missing"} == {"x", "y", "yes", "region"}
    assert ("x_missing" in set(balance["covariate"])) == (missing == "indicator")
    assert result.summary["largest_difference"] < 1e-6
    sums = result.matched.groupby("group")["weight"].sum()
    sizes = result.matched["group"].value_counts()
    if design == "overlap":
        assert sums["approach"] == pytest.approx(sums["control"])
    else:
        assert sums.to_dict() == pytest.approx(sizes.to_dict())
        assert (result.matched.query("group == 'approach'")["weight"] == 1).all()


@pytest.mark.parametrize("design", ["overlap", "entropy"])
def test_the_order_of_the_rows_does_not_matter(design):
    households = random_households(3)
    first = weigh(households, design, ["x", "y"], ["region"], "indicator")
    again = weigh(households.sample(frac=1, random_state=1), design, ["x", "y"], ["region"], "indicator")
    pd.testing.assert_frame_equal(again.matched, first.matched)
    pd.testing.assert_frame_equal(again.candidates, first.candidates)
    assert again.summary == first.summary


def test_a_stratum_without_five_of_each_group_is_left_out_and_counted():
    """One of the approach in s, with 30 of the pool: with it the controls would be the pool of s."""
    rng = np.random.default_rng(1)
    households = frame(
        rng.normal(0.3, 1, 12), rng.normal(0, 1, 60), region=["n"] * 10 + ["s", None] + ["n"] * 28 + ["s"] * 32
    )
    result = weigh(households, exact=["region"])
    assert result.matched["group"].value_counts().to_dict() == {"control": 28, "approach": 10}
    summary = result.summary
    assert summary["unmatched_approach"]["exact_stratum"] == 1 and summary["unmatched_approach"]["missing_exact"] == 1
    assert summary["pool_set_aside"]["exact_stratum"] == 32
    assert summary["score_model"]["n_approach"] == 10 and summary["score_model"]["n_pool"] == 28
    assert summary["n_matched_approach"] + summary["n_unmatched_approach"] == summary["n_approach"] == 12
    assert len(result.candidates) == 72
    known = result.candidates.set_index("household")["propensity_score"].dropna()
    assert sorted(known.index) == sorted(result.matched["household"])


def test_without_a_stratum_of_five_and_five_nothing_is_weighed():
    households = TEN.assign(region="n")
    with pytest.raises(MatchingError, match="5 or more households of each group in a stratum of region"):
        weigh(households, exact=["region"])


@pytest.mark.parametrize("design", ["overlap", "entropy"])
def test_a_covariate_that_tells_the_groups_apart_is_refused(design):
    apart = frame(np.linspace(3, 5, 30), np.linspace(0, 2, 60), y=np.arange(90) % 7)
    with pytest.raises(MatchingError, match="'w' has no weights: x.* told the group of some households with certainty"):
        weigh(apart, design, ["x", "y"])
    yes = frame(np.arange(30) % 5, np.arange(60) % 6, thv=[1] * 30 + [0, 1] * 30)
    with pytest.raises(MatchingError, match="thv told the group of some households"):
        weigh(yes, design, ["x", "thv"])


@pytest.mark.parametrize("design", ["overlap", "entropy"])
def test_an_indicator_of_one_group_only_is_left_out_and_the_rest_balances(design):
    households = random_households(4).assign(x=lambda frame: frame["x"].fillna(0))
    households.loc[households["household"].isin(["h100", "h120"]), "x"] = np.nan
    result = weigh(households, design, ["x", "y"], missing="indicator")
    assert result.summary["notes"] == [
        "x_missing is left out of the score model: it would tell some groups with certainty."
    ]
    assert result.covariates == ["x", "y"]
    assert after(result)["smd"].abs().max() < 1e-6


@pytest.mark.parametrize("design", ["overlap", "entropy"])
def test_constant_and_dependent_covariates_change_nothing(design):
    households = random_households(2).dropna().assign(one=3.0, double=lambda frame: 2 * frame["y"] + 1)
    plain = weigh(households, design, ["x", "y"])
    more = weigh(households, design, ["x", "one", "y", "double"])
    assert more.matched["weight"].tolist() == pytest.approx(plain.matched["weight"].tolist(), abs=1e-9)
    assert more.summary["notes"] == [
        "one is left out of the score model: it is the same for every household.",
        "double is left out of the score model: it follows from the covariates before it.",
    ]
    assert after(more)["smd"].abs().max() < 1e-6


def test_entropy_weights_that_do_not_exist_are_refused():
    """The mean of the approach is 7.5, and no control has more than 4."""
    households = frame([0.0] * 5 + [10.0] * 15, [0.0, 1, 2, 3, 4] * 12)
    with pytest.raises(MatchingError, match=r"'w' has no entropy weights: a mean .* stays .* SD .*1e-08 is allowed"):
        weigh(households, "entropy")


def test_entropy_weights_on_too_few_households_are_refused():
    with pytest.raises(MatchingError) as caught:
        weigh(TEN, "entropy")
    assert str(caught.value) == (
        "The entropy weights of strategy 'w' make the controls worth 3.5 households, and 20 or more are allowed."
    )


def test_entropy_weights_of_which_one_has_more_than_a_tenth_are_refused():
    """Three in twenty of the approach have x, and one in sixty controls: it has to stand for three in twenty."""
    households = frame([0.0] * 17 + [1.0] * 3, [0.0] * 59 + [1.0])
    with pytest.raises(MatchingError, match=r"give one control 15\.0% of all weight, and 10% is allowed\."):
        weigh(households, "entropy")


def test_overlap_weights_that_do_not_balance_are_refused(monkeypatch):
    """As of a score model that has not converged."""
    monkeypatch.setattr(weighting, "overlap_weights", lambda score, treated: overlap_weights(score**1.001, treated))
    with pytest.raises(MatchingError, match="leave means of the groups .* SD apart, and 1e-06 is allowed"):
        weigh(TEN)


def test_ratio_caliper_and_order_are_refused_together():
    with pytest.raises(ConfigError) as caught:
        weigh(TEN, ratio=2, caliper=0.2, order="largest")
    assert caught.value.problems == [
        "strategy 'w': ratio is 2; it is allowed with nearest / optimal, not with overlap.",
        "strategy 'w': caliper is 0.2; it is allowed with nearest / full, not with overlap.",
        "strategy 'w': order is 'largest'; it is allowed with nearest, not with overlap.",
    ]


def test_the_summary_is_plain_data_without_households_and_without_what_pairs_have():
    summary = weigh(random_households(1), "overlap", ["y"]).summary
    assert not any(f"h{i:03}" in json.dumps(summary, allow_nan=False) for i in range(150))
    assert (summary["method"], summary["estimand"]) == ("overlap", "ATO")
    assert not {"order", "replacement", "ratio_asked", "sets_by_controls", "caliper_lp", "ties"} & set(summary)
    assert weigh(random_households(1), "entropy", ["y"]).summary["estimand"] == "ATT"
