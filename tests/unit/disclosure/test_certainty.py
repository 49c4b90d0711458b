import math

import pandas as pd

from effectstudie.disclosure.certainty import by_risk, conclusions, losses, lost_at_start, visible
from effectstudie.disclosure.limits import Limits

LIMITS = Limits(minimum_cell=5, minimum_group=10)


def analyses(*rows):
    """(outcome, analysis, p, n_smallest)"""
    frame = pd.DataFrame(rows, columns=["outcome", "analysis", "p", "n_smallest"])
    return frame.assign(value=3.25, ci_low=-1.0, ci_high=7.5)


FOUND = analyses(("a", "main", 0.2, 30), ("a", "cr2", 0.01, 30), ("a", "all_waves", 0.0001, 6), ("b", "main", 0.2, 30))


def test_analyses_of_small_groups_and_of_outcomes_without_a_test_are_not_shown():
    shown = visible(FOUND, ["a"], 10)
    assert set(zip(shown["outcome"], shown["analysis"], strict=True)) == {("a", "main"), ("a", "cr2")}


def test_an_analysis_that_is_not_shown_counts_for_no_verdict():
    verdicts = pd.DataFrame({"outcome": ["a", "b", "c"], "p_holm": 0.4, "p_bh": 0.3,
                             "against": ["cr2 all_waves holm", math.nan, "cr2"]})  # fmt: skip
    judged = conclusions(visible(FOUND, ["a", "b"], 10), verdicts)
    assert {outcome: found.against for outcome, found in judged.items()} == {"a": ("cr2", "holm"), "b": ()}
    assert (judged["a"].p_holm, judged["a"].p_bh) == (0.4, 0.3)


def risk(n=(19, 18, 13, 25), change=(-60.0, -43.0, -42.0, -82.0), kind="mean"):
    keys = [("approach", True), ("approach", False), ("control", True), ("control", False)]
    rows = [("a", *key, size, moved) for key, size, moved in zip(keys, n, change, strict=True)]
    cells = pd.DataFrame(rows, columns=["outcome", "group", "risk", "n", "change"])
    tests = pd.DataFrame([("a", "risk", 0.03), ("a", "group_x_risk", 0.2)], columns=["outcome", "effect", "p"])
    return by_risk(tests, cells, ["a", "b"], {"a": {"kind": kind}, "b": {"kind": kind}}, LIMITS)


def test_one_small_cell_hides_the_whole_outcome():
    assert risk(n=(9, 28, 13, 25)).empty
    assert risk()[["change", "p_risk", "p_both"]].values.tolist()[0] == [-60.0, 0.03, 0.2]


def test_a_percentage_that_few_people_moved_is_not_shown():
    found = risk(change=(-26.0, 0.0, -20.0, 8.0), kind="percentage")
    assert found["change"].isna().tolist() == [False, False, True, True]


def lost(*rows):
    """(group, stayed, lost)"""
    frame = pd.DataFrame(rows, columns=["group", "n_stayed", "n_lost"]).assign(analysis="loss", unit="adult")
    frame = frame.assign(n=frame["n_stayed"] + frame["n_lost"], p=math.nan)
    frame = frame.assign(percentage_lost=100 * frame["n_lost"] / frame["n"])
    return pd.concat([frame, pd.DataFrame([{"analysis": "differential_loss", "unit": "adult", "p": 0.5}])])


def test_loss_is_shown_unless_few_were_lost_or_nobody():
    many, few, none = (losses(lost(("approach", 50 - gone, gone), ("control", 45, 15)), 5) for gone in (10, 4, 0))
    assert many[["percentage_lost", "p"]].values.tolist() == [[20.0, 0.5], [25.0, 0.5]]
    assert few["percentage_lost"].isna().tolist() == [True, False] and few["p"].isna().all()
    # that nobody was lost says something of everyone
    assert none["percentage_lost"].isna().tolist() == [True, False]


def test_those_who_were_lost_are_compared_where_both_are_many():
    rows = [("a", "approach", 40, 11, 0.01), ("a", "control", 40, 9, 0.001), ("b", "control", 40, 12, 0.3)]
    frame = pd.DataFrame(rows, columns=["outcome", "group", "n_stayed", "n_lost", "p"]).assign(analysis="baseline")
    found = lost_at_start(frame, ["a", "b"], 10)
    assert found.values.tolist() == [["a", "approach", 0.01], ["b", "control", 0.3]]
    assert lost_at_start(frame, ["b"], 10)["outcome"].tolist() == ["b"]
