import numpy as np
import pandas as pd
import pytest
from scipy import stats

from effectstudie.analysis.levels import levels_of
from effectstudie.definitions.outcomes import outcomes_from

CLASSES = {0: {"id": "none", "label": "geen"}, 1: {"id": "some", "label": "wel"}}
OUTCOMES = outcomes_from({
    "safety": {"kind": "mean", "unit": "adult"},
    "work": {"kind": "percentage", "unit": "adult"},
    "violence": {"kind": "class", "unit": "household", "classes": CLASSES},
})  # fmt: skip


def pairs(rows):
    return pd.DataFrame(rows, columns=["group", "T0", "follow_up"])


def found(outcome, rows):
    return levels_of({outcome: pairs(rows)}, {outcome: OUTCOMES[outcome]}).set_index(["outcome", "group"])


def test_only_those_with_both_measurements_count():
    rows = [("approach", 7.0, 8.0), ("approach", 5.0, 8.0), ("approach", 1.0, np.nan), ("approach", np.nan, 1.0)]
    row = found("safety", rows).loc[("safety", "approach")]
    assert row[["n", "mean_t0", "mean_follow_up", "change"]].tolist() == [2, 6.0, 8.0, 2.0]


def test_the_change_and_its_interval_are_those_of_the_paired_t_test():
    rng = np.random.default_rng(20261128)
    start, end = rng.normal(6, 2, 30), rng.normal(7, 2, 30)
    row = found("safety", [("control", *pair) for pair in zip(start, end, strict=True)]).loc[("safety", "control")]
    test = stats.ttest_rel(end, start)
    low, high = test.confidence_interval(0.95)
    assert row[["change", "ci_low_change", "ci_high_change"]].tolist() == pytest.approx(
        [(end - start).mean(), low, high]
    )
    assert row[["sd_t0", "sd_follow_up"]].tolist() == pytest.approx([start.std(ddof=1), end.std(ddof=1)])


def test_a_percentage_has_wilsons_interval_and_the_change_of_yes_and_no():
    rows = [("approach", 100.0, 0.0)] * 3 + [("approach", 100.0, 100.0)] * 4 + [("approach", 0.0, 0.0)] * 3
    row = found("work", rows).loc[("work", "approach")]
    limits = stats.binomtest(7, 10).proportion_ci(method="wilson")
    assert row[["mean_t0", "mean_follow_up", "change"]].tolist() == [70.0, 40.0, -30.0]
    assert row[["ci_low_t0", "ci_high_t0"]].tolist() == pytest.approx([100 * limits.low, 100 * limits.high])
    assert row["sd_t0"] == pytest.approx(np.std([100] * 7 + [0] * 3, ddof=1))


def test_each_class_has_its_share_at_both_measurements_and_no_change():
    rows = [("approach", 1.0, 0.0)] * 2 + [("approach", 1.0, 1.0)] * 2
    table = found("violence", rows)
    assert table.loc[("violence.some", "approach"), ["mean_t0", "mean_follow_up"]].tolist() == [100.0, 50.0]
    assert table.loc[("violence.none", "approach"), ["mean_t0", "mean_follow_up"]].tolist() == [0.0, 50.0]
    assert table["change"].isna().all()


def test_a_group_without_pairs_has_no_numbers():
    row = found("safety", [("approach", 7.0, 8.0)]).loc[("safety", "control")]
    assert row["n"] == 0 and row.drop(["unit", "n"]).isna().all()
