"""The methods of an effect against clubSandwich, nlme, mice and base R (effect/make_cases.R)."""

import json
from pathlib import Path

import pandas as pd
import pytest

from effectstudie.methods.effect.all_waves import all_waves
from effectstudie.methods.effect.att import att
from effectstudie.methods.effect.loss import staying_weights, tipping_point
from effectstudie.methods.effect.margin import judge
from effectstudie.methods.effect.robustness_value import partial_r_squared, robustness_value
from effectstudie.methods.effect.rubin import pool
from effectstudie.methods.power import detectable_errors

HERE = Path(__file__).parent / "effect"
R = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))
FIGURES = ("value", "se", "df", "t", "p")


def exact(value):
    return pytest.approx(value, rel=1e-8, abs=0)


def near(value):
    return pytest.approx(value, rel=1e-4, abs=0)


def data_of(case):
    return pd.read_csv(HERE / f"{case}.csv")


def figures(estimate):
    return [getattr(estimate, name) for name in FIGURES] + list(estimate.ci95)


def wanted(want):
    return [want[name] for name in (*FIGURES, "low", "high")]


def differs(found, want, within=exact):
    """Whether no figure is what another method gives: `value_...` and `se_...` of `must_not_equal`."""
    others = want["must_not_equal"].items()
    return bool(others) and all(getattr(found, name.split("_")[0]) != within(wrong) for name, wrong in others)


@pytest.mark.parametrize("model", ["main", "by_group"])
@pytest.mark.parametrize("case", R["att"])
def test_att_and_its_degrees_of_freedom_equal_clubsandwich(case, model):
    data, want = data_of(case), R["att"][case][model]
    covariates = data.drop(columns=["set", "household", "treated", "weight", "change"])
    found = att(data["change"], data["treated"], covariates, data["set"], data["weight"], model == "by_group")
    assert figures(found) == exact(wanted(want))
    assert (found.n, found.clusters, found.note) == (want["n"], want["clusters"], "")
    assert differs(found, want)


@pytest.mark.parametrize("case", R["all_waves"])
def test_all_waves_equal_gls_and_clubsandwich_of_the_whitened_rows(case):
    data, want = data_of(case), R["all_waves"][case]
    found = all_waves(data.filter(like="wave"), data["treated"], data["household"])
    assert figures(found) == near(wanted(want))
    assert (found.n, found.clusters, found.note) == (want["n"], want["clusters"], "")
    assert differs(found, want, near)


@pytest.mark.parametrize("case", R["staying"])
def test_weights_for_staying_are_those_of_one_logit_with_group_x_start(case):
    data, want = data_of(case), R["staying"][case]
    found = staying_weights(data["after"].notna(), data["treated"], data["before"])
    if want["smallest"] < 0.05:
        assert (found.weights, found.reason) == (None, "fit")
        return
    assert found.weights.tolist() == exact(want["weights"])
    assert found.weights.tolist() != exact(want["must_not_equal"]["without_group_x_start"])


def test_the_oracle_has_a_case_without_weights_for_staying():
    assert {want["smallest"] < 0.05 for want in R["staying"].values()} == {True, False}


@pytest.mark.parametrize("weights", ["plain", "weighted"])
@pytest.mark.parametrize("case", R["tipping"])
def test_tipping_point_is_where_least_squares_of_the_filled_gives_nothing(case, weights):
    data, want = data_of(case), R["tipping"][case][weights]
    weight = data["weight"] if weights == "weighted" else None
    found = tipping_point(data["before"], data["after"], data["treated"], weight)
    assert (found.value, found.share, found.shift) == exact((want["value"], want["share"], want["shift"]))
    assert differs(found, want)


@pytest.mark.parametrize("case", R["rubin"])
def test_pooling_equals_mice(case):
    want = R["rubin"][case]
    found = pool(want["values"], want["errors"], want["complete_df"])
    assert [getattr(found.estimate, name) for name in ("value", "se", "df", "p")] == exact(
        [want[name] for name in ("value", "se", "df", "p")]
    )
    assert (found.within, found.between, found.fmi) == exact((want["within"], want["between"], want["fmi"]))
    assert found.estimate.df != exact(want["must_not_equal"]["df"])  # Rubin's of 1987
    assert found.fmi != exact(want["must_not_equal"]["fmi"])


@pytest.mark.parametrize("want", R["robustness"], ids=lambda want: f"{want['t']} {want['df']}")
def test_robustness_value_is_the_share_that_solves_its_definition(want):
    t, df = want["t"], want["df"]
    assert partial_r_squared(t, df) == exact(want["partial_r2"])
    assert robustness_value(t, df) == exact(want["rv"])
    assert robustness_value(t, df, 0.05) == pytest.approx(want["rv_05"], rel=1e-8, abs=1e-14)
    assert robustness_value(t, df, 0.10) == pytest.approx(want["rv_10"], rel=1e-8, abs=1e-14)


@pytest.mark.parametrize("want", R["detectable"], ids=lambda want: f"{want['df']} {want['power']}")
def test_detectable_errors_are_those_of_the_noncentral_t_of_r(want):
    found = detectable_errors(want["df"], want["power"], want["alpha"])
    assert found == exact(want["errors"])


@pytest.mark.parametrize("better", ["higher", "lower"])
@pytest.mark.parametrize("want", R["margin"], ids=lambda want: f"n {want['df'] + 1}")
def test_margins_are_judged_by_the_t_tests_of_r(want, better):
    found = judge(want["value"], want["se"], want["df"], better, want["margin"])
    p_not_worse, p_not_better = want["p_below"], want["p_above"]
    if better == "lower":
        p_not_worse, p_not_better = p_not_better, p_not_worse
    assert found.ci90 == exact(tuple(want["ci90"]))
    assert (found.p_not_worse, found.p_not_better) == exact((p_not_worse, p_not_better))
    assert found.p_equivalence == exact(max(want["p_below"], want["p_above"]))


def test_margins_of_the_oracle_meet_four_verdicts():
    found = [judge(one["value"], one["se"], one["df"], "higher", one["margin"]).verdict for one in R["margin"]]
    assert len(set(found)) == 4, found
