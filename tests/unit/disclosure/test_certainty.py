import math

import pandas as pd
import pytest

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.disclosure.certainty import by_risk, conclusions, losses, lost_at_start, visible
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.shown import DIFFERENCE_LIMIT

LIMITS = Limits(minimum_cell=5, minimum_group=10)


def analyses(*rows):
    """(outcome, analysis, p, n_smallest)"""
    frame = pd.DataFrame(rows, columns=["outcome", "analysis", "p", "n_smallest"])
    return frame.assign(value=3.25, ci_low=-1.0, ci_high=7.5, n=80)


FOUND = analyses(("a", "main", 0.2, 30), ("a", "cr2", 0.01, 30), ("a", "all_waves", 0.0001, 6), ("b", "main", 0.2, 30))


def test_analyses_of_small_groups_and_of_outcomes_without_a_test_are_not_shown():
    shown = visible(FOUND, ["a"], LIMITS)
    assert set(zip(shown["outcome"], shown["analysis"], strict=True)) == {("a", "main"), ("a", "cr2")}


def test_another_matching_is_not_shown_where_few_households_or_few_people_are_other_ones():
    """Its p beside that of the main analysis tells what these are like."""
    found = analyses(*(("a", name, 0.2, 30) for name in ("main", "matching_near", "matching_far", "cr2")))
    found = pd.concat([found, analyses(("b", "main", 0.2, 30), ("b", "matching_far", 0.2, 30))])
    n = found["n"].mask(found["analysis"].eq("matching_far") & found["outcome"].eq("b"), 76)
    found = found.assign(n=n.mask(found["analysis"].eq("cr2"), 79)).reset_index(drop=True)

    def left(limits):
        seen = visible(found, ["a", "b"], limits, ["near"] if limits == LIMITS else ())
        return set(zip(seen["outcome"], seen["analysis"], strict=True))

    assert left(LIMITS) == {("a", "main"), ("a", "matching_far"), ("a", "cr2"), ("b", "main")}
    assert len(left(Limits())) == 6


@pytest.mark.parametrize(
    ("smallest", "n", "rough"),
    [(30, 80, False), (30, 72, True), (30, 71, True), (30, 70, False), (21, 80, True), (20, 60, False), (20, 71, True)],
)
def test_beside_another_matching_fewer_people_than_a_group_are_not_told_of_by_two_exact_p(smallest, n, rough):
    """Of 30 and 50 here and 30 and 42 there the eight others have a mean that follows from both tests."""
    found = analyses(("a", "main", 0.2, 30), ("a", "matching_other", 0.031, smallest))
    seen = visible(found.assign(n=[80, n]), ["a"], LIMITS).set_index("analysis")
    assert seen.loc["main", "p"] == 0.2 and not seen.loc["main", "coarse"]
    assert bool(seen.loc["matching_other", "coarse"]) == rough
    assert seen.loc["matching_other", "p"] == pytest.approx(0.05 if rough else 0.031)
    assert pd.isna(seen.loc["matching_other", "value"]) == rough
    inside = visible(found.assign(n=[80, n]), ["a"], Limits()).set_index("analysis")
    assert inside.loc["matching_other", "p"] == 0.031


@pytest.mark.parametrize(
    ("analysis", "smallest", "n", "rough"),
    [("ancova", 30, 80, False), ("ancova", 30, 79, True), ("ancova", 29, 80, True), ("all_waves", 27, 52, True),
     ("all_waves", 20, 60, False), ("gee", 30, 160, False)],
)  # fmt: skip
def test_so_it_is_beside_any_analysis_of_some_others(analysis, smallest, n, rough):
    found = analyses(("a", "main", 0.2, 30), ("a", analysis, 0.031, smallest)).assign(n=[80, n])
    assert bool(visible(found, ["a"], LIMITS).set_index("analysis").loc[analysis, "coarse"]) == rough
    assert not visible(found, ["a"], Limits())["coarse"].any()


@pytest.mark.parametrize(("smallest", "n", "rough"), [(0, 0, False), (9, 40, True), (12, 21, True), (12, 40, False)])
def test_another_follow_up_of_fewer_people_than_a_group_is_not_told_of_by_two_exact_p(smallest, n, rough):
    """It takes the same people, of whom those with all measurements have other values."""
    found = analyses(
        ("a", "main", 0.2, 30), ("a", "other_follow_up", 0.723, 30), ("a", "all_waves", 0.4, smallest)
    ).assign(n=[80, 80, n])
    assert bool(visible(found, ["a"], LIMITS).set_index("analysis").loc["other_follow_up", "coarse"]) == rough


@pytest.mark.parametrize(("p", "bound"), [(0.0004, 0.001), (0.004, 0.01), (0.03, 0.05), (0.31, 1.0), (1.0, 1.0)])
def test_a_coarse_p_is_raised_to_its_bound_and_stays_under_it(p, bound):
    rough = visible(analyses(("a", "main", p, 30), ("b", "main", p, 30)), ["a", "b"], LIMITS, coarse=["a"]).set_index(
        "outcome"
    )
    assert rough.loc["a", "p"] == pytest.approx(bound) and (rough.loc["a", "p"] < bound or bound == 1)
    assert rough.loc["a", ["value", "ci_low", "ci_high"]].isna().all()
    assert rough.loc["b", "p"] == p and rough.loc["b", "value"] == 3.25


@pytest.mark.parametrize(("kind", "rough"), [("share", True), ("mean", False)])
def test_of_a_percentage_only_the_main_analysis_is_exact(kind, rough):
    """With households as clusters each exact p is an equation over how many of them have one, or two, who change."""
    found = analyses((kind, "main", 0.031, 30), (kind, "cr2", 0.034, 30), (kind, "gee", 0.2, 30))
    seen = visible(found, [kind], LIMITS, shares={"share"}).set_index("analysis")
    assert not seen.loc["main", "coarse"] and seen.loc["main", ["p", "value"]].tolist() == [0.031, 3.25]
    assert seen.loc[["cr2", "gee"], "coarse"].tolist() == [rough] * 2
    assert seen.loc["cr2", "p"] == pytest.approx(0.05 if rough else 0.034)
    assert seen.loc["gee", "p"] == (1 if rough else 0.2) and pd.isna(seen.loc["gee", "value"]) == rough


def test_where_everyone_is_hidden_what_rests_on_more_than_the_pairs_is_not_told_of_a_percentage():
    """Nor that it could be made: with few of the others saying yes it can not."""
    rows = [(name, analysis, 0.944, 30) for name in ("share", "mean", "seen")
            for analysis in ("main", "staying_weights", "all_waves_reml", "cr2")]  # fmt: skip
    unseen = {"T0": {"share"}, "follow_up": {"mean"}}
    found = visible(analyses(*rows), ["share", "mean", "seen"], LIMITS, (), (), unseen, {"share", "seen"})
    left = {name: set(own["analysis"]) for name, own in found.groupby("outcome")}
    assert left == {"share": {"main", "cr2"}, "mean": left["seen"], "seen": {row[1] for row in rows}}
    # of a mean only on which side of a bound p lies
    rough = found[found["coarse"] & found["outcome"].eq("mean")]
    assert rough[["outcome", "analysis", "p"]].values.tolist() == [["mean", "all_waves_reml", 1.0]]
    assert rough["value"].isna().all() and found.loc[found["outcome"].eq("mean"), "value"].notna().sum() == 3


@pytest.mark.parametrize("analysis", ["staying_weights", "gee", "all_waves_reml"])
def test_of_a_coarse_p_nobody_sees_whether_the_analysis_could_be_made(analysis):
    """Whether it could hangs on hidden counts."""
    verdicts = pd.DataFrame({"outcome": ["a"], "p_primary": math.nan, "against": [math.nan]})

    def told(p, main):
        found = analyses(("a", "main", main, 30), ("a", analysis, p, 30), ("a", "cr2", 0.02, 30))
        if main < 0.05 and p >= 0.05 and analysis != "all_waves_reml":  # as `verdicts` has it
            verdicts["against"] = analysis
        else:
            verdicts["against"] = "cr2" if main >= 0.05 else math.nan
        shown = visible(found, ["a"], LIMITS, coarse=["a"])
        return shown.values.tolist(), conclusions(shown, verdicts, {"a": "risk"})

    for main in (0.2, 0.03):
        assert str(told(0.31, main)) == str(told(math.nan, main))
    exact = visible(analyses(("a", "main", 0.2, 30), ("a", analysis, math.nan, 30)), ["a"], LIMITS)
    assert exact["analysis"].tolist() == ["main"]


def test_an_exact_p_cannot_be_worked_out_from_those_that_are_adjusted_for_it():
    verdicts = pd.DataFrame({"outcome": ["a", "b"], "p_primary": 0.02, "against": math.nan})

    def judged(p):
        found = analyses(("a", "main", p, 30), ("b", "main", 0.02, 30))
        return conclusions(visible(found, ["a", "b"], LIMITS, coarse=["a"]), verdicts, FAMILIES)

    # as text, for NaN is not equal to itself
    assert str(judged(0.011)) == str(judged(0.049)) != str(judged(0.2))
    assert judged(0.011)["a"].significant and judged(0.011)["a"].coarse and math.isnan(judged(0.011)["a"].p_primary)


FAMILIES = {"a": "violence", "b": "violence", "c": "risk"}


def test_an_analysis_that_is_not_shown_counts_for_no_verdict():
    verdicts = pd.DataFrame(
        {"outcome": ["a", "b", "c"], "p_primary": math.nan, "against": ["cr2 all_waves", math.nan, "cr2"]}
    )
    judged = conclusions(visible(FOUND, ["a", "b"], LIMITS), verdicts, FAMILIES)
    assert {outcome: found.against for outcome, found in judged.items()} == {"a": ("cr2",), "b": ()}


def test_p_is_adjusted_for_the_tests_that_are_shown():
    names = ["a", "b", "c", "hidden"]
    verdicts = pd.DataFrame(
        {"outcome": names, "p_holm": 0.9, "p_primary": 0.5, "p_bh": 0.9, "against": "holm benjamini_hochberg"}
    )
    found = analyses(*((name, "main", p, 30) for name, p in zip(names, (0.03, 0.2, 0.04, 0.001), strict=True)))
    judged = conclusions(visible(found, ["a", "b", "c"], LIMITS), verdicts, FAMILIES)
    # Holm of two of violence and one of risk; Benjamini-Hochberg of three: .04 x 3/2 for both .03 and .04
    assert {name: one.p_holm for name, one in judged.items()} == pytest.approx({"a": 0.06, "b": 0.2, "c": 0.04})
    assert {name: one.p_bh for name, one in judged.items()} == pytest.approx({"a": 0.06, "b": 0.2, "c": 0.06})
    against = {name: one.against for name, one in judged.items()}
    assert against == {"a": ("holm", "benjamini_hochberg"), "b": (), "c": ("benjamini_hochberg",)}
    # of the primary outcomes of the plan, shown or not
    assert {one.p_primary for one in judged.values()} == {0.5}


def risk(n=(22, 17, 15, 27), change=(-61.0, -44.0, -45.0, -80.0), kind="mean", unknown=(0, 0), limits=LIMITS):
    keys = [("approach", True), ("approach", False), ("control", True), ("control", False)]
    rows = [("a", *key, size, moved) for key, size, moved in zip(keys, n, change, strict=True)]
    cells = pd.DataFrame(rows, columns=["outcome", "group", "risk", "n", "change"])
    tests = pd.DataFrame([("a", "risk", 0.03), ("a", "group_x_risk", 0.2)], columns=["outcome", "effect", "p"])
    pairs = [("a", "approach", n[0] + n[1] + unknown[0]), ("a", "control", n[2] + n[3] + unknown[1])]
    pairs = pd.DataFrame(pairs, columns=["outcome", "group", "n"])
    return by_risk(tests, cells, pairs, ["a", "b"], outcomes_from(dict.fromkeys("ab", {"kind": kind})), limits)


def test_one_small_cell_hides_the_whole_outcome():
    assert risk(n=(9, 30, 15, 27)).empty
    assert risk(n=(10, 10, 15, 27)).empty and risk(n=(10, 13, 15, 27)).empty  # of 23 with ten or more in both
    assert len(risk(n=(10, 14, 15, 27))) == len(risk(n=(10, 10, 15, 27), limits=Limits())) == 4
    assert risk(n=(28, 21, 14, 33)).equals(risk(n=(27, 22, 15, 32)))  # how many each is of, is told of none


@pytest.mark.parametrize("kind", ["mean", "percentage"])
def test_changes_by_risk_stay_inside_for_beside_the_change_of_all_they_tell_how_many_have_it(kind):
    found = risk(kind=kind)
    assert found["change"].isna().all() and found["coarse"].all() == (kind == "percentage")
    bound = kind == "percentage"
    assert [0.03 < p < 0.05 for p in found["p_risk"]] == [bound] * 4 and (
        found["p_both"] == (1 if bound else 0.2)
    ).all()
    inside = risk(kind=kind, limits=Limits())
    assert inside[["change", "p_risk", "p_both"]].values.tolist()[0] == [-61.0, 0.03, 0.2]
    assert inside["change"].notna().all() and not inside["coarse"].any()


@pytest.mark.parametrize(("unknown", "rough"), [((0, 1), True), ((9, 0), True), ((0, 0), False), ((0, 10), False)])
def test_where_of_few_the_risk_is_not_known_p_is_a_bound(unknown, rough):
    found = risk(unknown=unknown)
    assert found["coarse"].all() == rough == (0.03 < found["p_risk"].max() < 0.05) == found["p_both"].eq(1).all()
    inside = risk(unknown=unknown, limits=Limits())
    assert inside["p_risk"].eq(0.03).all() and not inside["coarse"].any()


def lost(*rows):
    """(group, stayed, lost)"""
    frame = pd.DataFrame(rows, columns=["group", "n_stayed", "n_lost"]).assign(analysis="loss", unit="adult")
    frame = frame.assign(n=frame["n_stayed"] + frame["n_lost"], p=math.nan)
    frame = frame.assign(percentage_lost=100 * frame["n_lost"] / frame["n"])
    return pd.concat([frame, pd.DataFrame([{"analysis": "differential_loss", "unit": "adult", "p": 0.5}])])


def test_loss_is_shown_unless_few_were_lost_or_nobody():
    many, few, none = (losses(lost(("approach", 50 - gone, gone), ("control", 45, 15)), 5, ()) for gone in (10, 4, 0))
    assert many[["percentage_lost", "p"]].values.tolist() == [[20.0, 0.5], [25.0, 0.5]]
    assert few["percentage_lost"].isna().tolist() == [True, False] and few["p"].isna().all()
    # that nobody was lost says something of everyone
    assert none["percentage_lost"].isna().tolist() == [True, False]


def stayed_and_lost(n_pairs=40, limits=LIMITS, everyone=3.0, **changed):
    """The difference of twenty who were lost from forty who stayed, `n_pairs` of them with a second value; `everyone`:
    the mean of all at T0, as it is shown.
    """
    row = {"analysis": "baseline", "outcome": "a", "group": "approach", "n_stayed": 40, "n_lost": 20, "p": 0.2,
           "smd": 0.5, **changed}  # fmt: skip
    pairs = pd.DataFrame([("a", "approach", n_pairs)], columns=["outcome", "group", "n"])
    values = pd.DataFrame([("a", "approach", "T0", everyone)], columns=["outcome", "group", "wave", "value"])
    return lost_at_start(pd.DataFrame([row]), pairs, values, ["a"], limits)


def test_those_who_were_lost_are_compared_where_both_are_many():
    found = stayed_and_lost(smd=0.4567)
    assert found.values.tolist() == [["a", "approach", 0.2, 0.46]]
    assert stayed_and_lost(smd=-3.0)["smd"].tolist() == [-DIFFERENCE_LIMIT]
    assert stayed_and_lost(n_lost=9).empty


def test_how_far_the_lost_are_is_hidden_where_the_mean_of_everyone_is():
    """Beside the mean and SD of the pairs it gave that mean, and the total of those who were lost."""
    assert stayed_and_lost(everyone=float("nan"))["smd"].isna().all()
    assert stayed_and_lost(everyone=float("nan"), limits=Limits())["smd"].tolist() == [0.5]


@pytest.mark.parametrize(("n_pairs", "is_shown"), [(40, True), (39, False), (31, False), (30, True)])
def test_how_far_the_lost_are_is_hidden_where_few_stayed_without_a_second_value(n_pairs, is_shown):
    """Those who stayed less those with both measurements."""
    found = stayed_and_lost(n_pairs=n_pairs)
    assert (found["smd"].tolist() == [0.5]) == is_shown and found["p"].tolist() == [0.2]
    assert stayed_and_lost(n_pairs=n_pairs, limits=Limits())["smd"].tolist() == [0.5]
