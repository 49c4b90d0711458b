"""Unmeasured confounding, attrition and power against R (r_extra) and published values (d08)."""

import json
from dataclasses import asdict
from math import isnan
from pathlib import Path

import pandas as pd
import pytest

from effectstudie.analysis.attrition import attrition_table
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.methods.power import minimal_detectable_effect
from effectstudie.methods.unmeasured import e_value, e_value_of_d, rosenbaum_bound, rosenbaum_gamma

HERE = Path(__file__).parent
R = json.loads((HERE / "r_extra/expected.json").read_text(encoding="utf-8"))
LEAD = HERE / "d08_rosenbaum_evalue"
D08 = json.loads((LEAD / "expected.json").read_text(encoding="utf-8"))
PAIRS = pd.read_csv(LEAD / "data.csv")
OUTCOMES = outcomes_from(
    {
        "total_violence": {"unit": "household", "kind": "mean"},
        "safety": {"unit": "adult", "kind": "mean"},
        "trouble": {"unit": "child", "kind": "percentage"},
    }
)


def approx(value):
    return pytest.approx(value, rel=1e-8, abs=0)


def lead(value):
    return pytest.approx(value, **D08["tolerance"])


def figures(found):
    return {key: value for key, value in asdict(found).items() if key not in ("note", "reason")}


@pytest.mark.parametrize(("gamma", "p"), D08["expected"]["upper_p_one_sided"].items())
def test_bounds_of_lead_in_the_blood_are_the_published_ones(gamma, p):
    found = rosenbaum_bound(PAIRS["treated"], PAIRS["control"], float(gamma))
    assert found == lead(p)
    assert found != lead(D08["expected"]["upper_p_zeros_dropped"][gamma])
    published = D08["expected"]["published_upper"].get(gamma)
    assert published is None or round(found, 4) == published


def test_gamma_of_lead_in_the_blood_lies_between_the_published_bounds():
    found = rosenbaum_gamma(PAIRS["treated"], PAIRS["control"])
    assert (found.statistic, found.differing) == (D08["expected"]["signed_rank_T"], D08["expected"]["n_nonzero"])
    assert (found.pairs, found.direction) == (33, "higher")
    assert 4.25 < found.gamma < 5
    assert rosenbaum_bound(PAIRS["treated"], PAIRS["control"], found.gamma) == approx(0.05)


def normal_interval(d, se):
    """d and its limits as published: exp(.91 d ± 1.78 se)."""
    return d, d - 1.78 / 0.91 * se, d + 1.78 / 0.91 * se


def test_e_values_are_the_published_ones():
    expected = D08["expected"]
    assert (e_value(3.9), e_value(2.4)) == lead((expected["evalue_rr_3_9"], expected["evalue_rr_2_4"]))
    found, want = e_value_of_d(*normal_interval(0.42, 0.14)), expected["evalue_smd_0_42_se_0_14"]
    got = (found.rr, found.e, found.rr_low, found.rr_high, found.e_ci)
    assert got == lead(tuple(want[key] for key in ("rr", "evalue", "rr_lo", "rr_hi", "evalue_ci")))


@pytest.mark.parametrize("want", R["e_value"]["ratios"])
def test_e_value_of_a_ratio_equals_r(want):
    assert e_value(want["ratio"]) == approx(want["e"])


@pytest.mark.parametrize("want", R["e_value"]["differences"])
def test_e_value_of_a_difference_equals_r(want):
    found = e_value_of_d(*normal_interval(want["d"], want["se"]))
    assert (found.rr, found.rr_low, found.rr_high) == approx((want["rr"], want["rr_low"], want["rr_high"]))
    assert e_value(found.rr) == approx(want["e"])
    # R has 1 for an interval that holds 0, we have none
    none = want["e_ci"] == 1
    assert isnan(found.e) and isnan(found.e_ci) if none else (found.e, found.e_ci) == approx((want["e"], want["e_ci"]))


@pytest.mark.parametrize("case", R["rosenbaum"])
def test_rosenbaum_bounds_equal_r(case):
    want = R["rosenbaum"][case]
    pairs = want["treated"], want["control"]
    assert [rosenbaum_bound(*pairs, gamma) for gamma in want["gammas"]] == approx(want["p"])
    found = rosenbaum_gamma(*pairs)
    assert found.gamma == approx(want["gamma_05"])
    assert found.direction == ("lower" if case == "lower" else "higher")
    assert found.pairs - found.differing == want["zeros"]
    assert found.p != approx(want["p_wilcox_without_zeros"])


@pytest.mark.parametrize("case", R["rosenbaum"])
def test_without_zeros_and_bias_the_bound_is_the_signed_rank_test_of_r(case):
    want = R["rosenbaum"][case]
    pairs = [pair for pair in zip(want["treated"], want["control"], strict=True) if pair[0] != pair[1]]
    assert rosenbaum_bound(*zip(*pairs, strict=True), 1) == approx(want["p_wilcox_without_zeros"])


def attrition():
    return attrition_table(pd.read_csv(HERE / "r_extra/attrition.csv"), OUTCOMES)


@pytest.mark.parametrize("unit", R["attrition"]["loss"])
def test_loss_to_follow_up_equals_r(unit):
    found, want = attrition(), R["attrition"]["loss"][unit]
    rows = found[(found["analysis"] == "loss") & (found["unit"] == unit)]
    assert rows[["n_stayed", "n_lost"]].to_numpy().tolist() == want["crossed"]
    tested = found[(found["analysis"] == "differential_loss") & (found["unit"] == unit)].iloc[0]
    assert tested["test"] == want["test"]
    assert tested["p"] == approx(want["p"])
    assert tested["chi2"] == approx(want["chi2"]) if "chi2" in want else isnan(tested["chi2"])


@pytest.mark.parametrize("want", R["attrition"]["baseline"], ids=lambda w: f"{w['outcome']}-{w['group']}")
def test_the_start_of_those_who_were_lost_equals_r(want):
    found = attrition().query("analysis == 'baseline'").set_index(["outcome", "group"])
    row = found.loc[(want["outcome"], want["group"])]
    figures = {key: value for key, value in want.items() if key not in ("outcome", "group")}
    assert {key: row[key] for key in figures} == approx(figures)
    assert row["test"] == "welch_t"


@pytest.mark.parametrize("want", R["power"]["equal"], ids=lambda w: f"{w['n']}-{w['power']}-{w['alpha']}")
def test_detectable_effect_equals_power_t_test_of_r(want):
    found = minimal_detectable_effect(want["n"], want["n"], want["power"], want["alpha"])
    assert found.d == approx(want["d"])


@pytest.mark.parametrize("want", R["power"]["unequal"], ids=lambda w: f"{w['n1']}-{w['n2']}")
def test_detectable_effect_of_unequal_groups_equals_r(want):
    assert minimal_detectable_effect(want["n1"], want["n2"]).d == approx(want["d"])
    assert minimal_detectable_effect(want["n2"], want["n1"]).d == approx(want["d"])


@pytest.mark.parametrize("want", R["power"]["clustered"])
def test_detectable_effect_in_households_equals_r(want):
    inputs = {"n1": want["n1"], "n2": want["n2"], "icc": want["icc"], "cluster_size": want["m"]}
    assert minimal_detectable_effect(**inputs).d == approx(want["d"])
    assert minimal_detectable_effect(**inputs, correlation=want["r"]).d == approx(want["d_change"])
