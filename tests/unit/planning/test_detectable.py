from dataclasses import replace
from math import isnan, nan, sqrt

import numpy as np
import pandas as pd
import pytest
from given.planned import OUTCOMES
from scipy import stats

from effectstudie.definitions.plans.planning import Planning
from effectstudie.methods.power import minimal_detectable_effect
from effectstudie.planning.detectable import MOST_HOUSEHOLDS, detectable_d, differences, households_for, planned

ROW = {
    **{"outcome": "safety", "unit": "adult", "hidden": "", "households": 1000.0, "n": 1200.0, "sd": 2.0, "icc": nan},
    **{"basis": "approach", "per_household": 1.0, "cluster_size": 1.0, "sd_follow_up": nan, "correlation": nan},
    "lost": nan,
}
PLANNING = Planning(correlation=0.6, lost=0.25)


def plan(planning=PLANNING, **changed):
    return planned(pd.DataFrame([{**ROW, **changed}]), OUTCOMES, planning).iloc[0].to_dict()


def found(households, planning=PLANNING, **changed):
    start = planned(pd.DataFrame([{**ROW, **changed}]), OUTCOMES, planning)
    return differences(start, [households], planning).iloc[0]


def test_correlation_and_loss_are_of_the_study_then_of_the_cohort_then_assumed():
    keys = ["correlation", "correlation_from", "lost", "lost_from"]
    assert [plan()[key] for key in keys] == [0.6, "default", 0.25, "default"]
    assert [plan(correlation=0.3)[key] for key in keys] == [0.3, "cohort", 0.25, "default"]
    given = replace(PLANNING, given=frozenset({"lost", "ratio"}))
    assert [plan(given, correlation=0.3, lost=0.1)[key] for key in keys] == [0.3, "cohort", 0.25, "setting"]


def test_the_estimate_adjusts_for_the_start_and_the_published_test_is_of_the_change():
    row = found(40)
    d = minimal_detectable_effect(30, 30).d
    assert (row["n_approach"], row["n_control"]) == (30, 30)
    assert row["difference_sd"] == pytest.approx(0.8 * d) and row["change_sd"] == pytest.approx(sqrt(0.8) * d)
    assert row["difference"] == pytest.approx(2 * row["difference_sd"])
    assert row["change"] == pytest.approx(2 * row["change_sd"])


def test_a_spread_that_is_smaller_at_follow_up_leaves_less_to_find_a_difference_in():
    same, smaller = found(40), found(40, sd_follow_up=1.0)
    assert smaller["difference"] == pytest.approx(same["difference"] / 2)
    assert smaller["change"] == pytest.approx(detectable_d(plan(), 40, PLANNING) * sqrt(4 + 1 - 2 * 0.6 * 2 * 1))
    assert plan()["sd_follow_up_from"] == "default" and plan()["sd_follow_up"] == 2
    assert plan(sd_follow_up=1.0)["sd_follow_up_from"] == "cohort"
    assert plan(sd_follow_up=1.0)["needed"] < plan()["needed"]


def test_adjusting_never_needs_more_than_the_change():
    # sqrt(1 - r^2) <= sqrt(2 (1 - r)), and the same where r is 1
    for r in (0.05, 0.5, 0.9):
        row = found(40, correlation=r)
        assert row["difference"] < row["change"]


def test_the_difference_is_found_as_often_as_asked_in_simulated_studies():
    rng, times = np.random.default_rng(12), 4000
    row = found(40)
    start = rng.normal(0, 2, (times, 60))
    later = 0.6 * start + rng.normal(0, 2 * 0.8, (times, 60))
    later[:, :30] += row["difference"]
    group = np.repeat([1.0, 0.0], 30)
    # by least squares: the group and the later value, both less what the start and a mean say of them
    centred = start - start.mean(1, keepdims=True)

    def rest(values):
        values = values - values.mean(1, keepdims=True)
        slope = (values * centred).sum(1, keepdims=True) / (centred**2).sum(1, keepdims=True)
        return values - slope * centred

    x, y = rest(np.broadcast_to(group, start.shape)), rest(later)
    effect = (x * y).sum(1) / (x**2).sum(1)
    error = np.sqrt(((y - effect[:, None] * x) ** 2).sum(1) / 57 / (x**2).sum(1))
    assert (np.abs(effect / error) > stats.t.isf(0.025, 57)).mean() == pytest.approx(0.8, abs=0.03)


def test_people_of_one_family_count_for_less_and_more_controls_find_more():
    alone = found(40, per_household=1.5)["difference"]
    assert found(40, per_household=1.5, cluster_size=1.6, icc=0.5)["difference"] > alone
    assert found(40, per_household=1.5, cluster_size=1.6, icc=-0.2)["difference"] == alone
    assert found(40, replace(PLANNING, ratio=2), per_household=1.5)["difference"] < alone


def test_the_margin_is_found_from_so_many_families_and_not_from_one_fewer():
    row = plan()
    for key, column in {"needed": "difference", "needed_change": "change"}.items():
        households = int(row[key])
        assert found(households)[column] <= row["margin"] < found(households - 1)[column]
    assert row["needed"] < row["needed_change"]


def test_a_margin_that_no_study_finds_or_that_is_not_there_asks_no_number():
    assert isnan(plan(sd=200.0)["needed"])
    most = found(MOST_HOUSEHOLDS)["difference"]
    assert households_for(plan() | {"margin": most}, "difference", PLANNING) == MOST_HOUSEHOLDS
    assert isnan(households_for(plan() | {"margin": most * 0.999}, "difference", PLANNING))
    without = planned(pd.DataFrame([{**ROW, "outcome": "total_violence"}]), OUTCOMES, PLANNING).iloc[0]
    assert isnan(without["margin"]) and isnan(without["needed"])


def test_of_what_may_not_be_shown_and_of_too_few_families_nothing_is_found():
    hidden = dict.fromkeys(("sd", "sd_follow_up", "icc", "per_household", "cluster_size"), nan)
    row = plan(**hidden, hidden="few")
    assert isnan(row["needed"]) and isnan(row["needed_change"])
    assert found(40, **hidden, hidden="few")[["n_approach", "difference", "change_sd"]].isna().all()
    assert isnan(detectable_d(plan(per_household=0.05), 40, PLANNING))
