"""What could explain a conclusion away, and what the study could have found."""

from math import isnan, sqrt

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from effectstudie.analysis.robustness import robustness_of
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.result_tables.analysis import ROBUSTNESS
from effectstudie.methods.power import minimal_detectable_effect
from effectstudie.methods.unmeasured import e_value_of_d, rosenbaum_gamma

SPEC = {"unit": "household", "kind": "mean"}
OUTCOME = outcomes_from({"o": SPEC})
OF_ADULTS = outcomes_from({"o": {**SPEC, "unit": "adult"}})


def study(change, persons=1, n=12):
    """Pairs of households; change(pair, group) of each person from T0 = 10 + pair."""
    rows, matched = [], []
    for pair in range(n):
        for group in ("approach", "control"):
            home = f"{group[0]}{pair}"
            matched.append((home, group, 1.0, pair))
            for person in range(persons):
                who = home if persons == 1 else f"{home}.{person}"
                start = 10.0 + pair
                rows += [(who, home, "T0", start), (who, home, "follow_up", start + change(pair, group))]
    table = pd.DataFrame(rows, columns=["unit_id", "household", "wave", "value"])
    table = table.assign(outcome="o", unit="household" if persons == 1 else "adult")
    return table, pd.DataFrame(matched, columns=["household", "group", "weight", "subclass"])


def main(p, table=None):
    """The row of the main analysis: t of the changes and its interval, computed apart, and this p."""
    columns = ["statistic", "se", "ci_low", "ci_high", "p"]
    if table is None:
        return pd.DataFrame([[*[np.nan] * 4, p]], columns=columns, index=["o"])
    wide = table.pivot(index=["unit_id", "household"], columns="wave", values="value").reset_index()
    change = (wide["follow_up"] - wide["T0"]).groupby(wide["household"].str[0]).apply(list)
    test = stats.ttest_ind(change["a"], change["c"])
    interval, value = test.confidence_interval(), np.mean(change["a"]) - np.mean(change["c"])
    found = [test.statistic, value / test.statistic, interval.low, interval.high, p]
    return pd.DataFrame([found], columns=columns, index=["o"])


def falls_more(pair, group):
    return -5 - pair % 3 if group == "approach" else -1 - pair % 2


def test_an_effect_gets_its_e_value_and_bound_by_hand():
    table, matched = study(falls_more)
    found = robustness_of(table, matched, matched, OUTCOME, main(0.001, table))
    assert list(found.columns) == ROBUSTNESS.names
    row = found.iloc[0]
    first = np.array([falls_more(i, "approach") for i in range(12)])
    second = np.array([falls_more(i, "control") for i in range(12)])
    d = (first.mean() - second.mean()) / sqrt((first.var(ddof=1) + second.var(ddof=1)) / 2)
    assert row["d"] == pytest.approx(d)
    assert row["se_d"] == pytest.approx(sqrt(2 / 12 + d**2 / 48))
    # the limits of t with 22 degrees of freedom: d ± 2.074 sqrt(2 / 12)
    half = stats.t.ppf(0.975, 22) * sqrt(2 / 12)
    strength = e_value_of_d(d, d - half, d + half)
    assert (row["e_value"], row["e_value_ci"]) == pytest.approx((strength.e, strength.e_ci))
    assert row["gamma"] == pytest.approx(rosenbaum_gamma(first, second, alpha=0.025).gamma)
    assert (row["n_approach"], row["n_control"]) == (12, 12)


def test_a_difference_whose_interval_holds_0_has_no_e_value_though_a_normal_one_would():
    # t(22) = 2.0: p .058, and 2.0 / 1.96 is above 1
    table, matched = study(falls_more)
    scale = sqrt(2 / 12)
    half = stats.t.ppf(0.975, 22) * scale
    limits = {"ci_low": 2 * scale - half, "ci_high": 2 * scale + half}
    close = pd.DataFrame({"statistic": 2.0, "se": scale, **limits, "p": 0.058}, index=["o"])
    row = robustness_of(table, matched, matched, OUTCOME, close).iloc[0]
    assert stats.norm.ppf(0.975) < 2.0
    assert isnan(row["e_value"]) and isnan(row["e_value_ci"])
    assert row["note"].startswith("the interval holds no difference: no E-value")


def test_yes_or_no_has_no_e_value_however_clear_the_difference():
    table, matched = study(falls_more)
    share = outcomes_from({"o": {**SPEC, "kind": "percentage"}})
    row = robustness_of(table, matched, matched, share, main(0.001, table)).iloc[0]
    assert isnan(row["e_value"]) and isnan(row["e_value_ci"]) and not isnan(row["d"])
    assert "yes/no has no risk ratio" in row["note"]


def test_no_bound_without_a_significant_effect_of_households():
    table, matched = study(falls_more)
    weak = robustness_of(table, matched, matched, OUTCOME, main(0.3, table)).iloc[0]
    assert isnan(weak["gamma"])
    assert weak["note"] == "not significant: no Rosenbaum bound"
    table, matched = study(falls_more, persons=2)
    adults = robustness_of(table, matched, matched, OF_ADULTS, main(0.001, table)).iloc[0]
    assert isnan(adults["gamma"])
    assert adults["note"] == "of persons: no Rosenbaum bound"
    table, matched = study(falls_more)
    alone = robustness_of(table, matched, None, OUTCOME, main(0.001, table)).iloc[0]
    assert alone["note"] == "no 1:1 matching: no Rosenbaum bound"


def test_persons_of_a_household_who_change_alike_count_as_one():
    table, matched = study(falls_more, persons=2)
    row = robustness_of(table, matched, None, OF_ADULTS, main(0.001, table)).iloc[0]
    assert row["icc"] == pytest.approx(1)
    alone = minimal_detectable_effect(12, 12, correlation=row["correlation"]).d
    assert row["detectable_d"] == pytest.approx(alone)


def test_a_constant_outcome_has_no_effect_size_and_no_limits():
    table, matched = study(lambda pair, group: 0)
    row = robustness_of(table.assign(value=7.0), matched, matched, OUTCOME, main(np.nan)).iloc[0]
    assert isnan(row["d"]) and isnan(row["e_value"]) and isnan(row["gamma"]) and isnan(row["correlation"])
    assert row["note"] != ""


def test_a_group_of_one_is_undefined_and_said_so():
    table, matched = study(falls_more)
    few = matched[(matched["group"] == "control") | (matched["subclass"] == 0)]
    row = robustness_of(table, few, few, OUTCOME, main(np.nan)).iloc[0]
    assert isnan(row["d"]) and isnan(row["detectable_d"])
    assert "fewer than 2 in a group" in row["note"]


def test_background_and_classes_have_no_row():
    table, matched = study(falls_more)
    others = {"b": {**SPEC, "measured": "T0"}, "c": {**SPEC, "kind": "class"}}
    assert robustness_of(table, matched, None, outcomes_from(others), main(0.5)).empty
