import math

import pandas as pd
import pytest

from effectstudie.definitions.result_tables.effect import IMPUTED
from effectstudie.disclosure.effect import (
    ESTIMATE_COLUMNS,
    shown_by_risk,
    shown_changes,
    shown_estimates,
    shown_imputed,
    shown_within,
)
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.shown import CHANGES, DIFFERENCE_LIMIT
from effectstudie.shared.vocabulary import COMPARED

LIMITS = Limits(minimum_cell=5, minimum_group=10)
INSIDE = Limits()


def estimate(outcome, **facts):
    row = dict.fromkeys(ESTIMATE_COLUMNS, math.nan)
    row |= {"outcome": outcome, "value": 1.5, "n_approach": 30, "n_control": 40, "share_lost": 0.25}
    return row | {"value_like_others": 1.2, "tipping": -4.8, "max_smd_weighted": 0.456} | facts


def shown_of(rows, exact, limits=LIMITS, decimals=1, unseen=(), hidden=()):
    names = [row["outcome"] for row in rows]
    return shown_estimates(pd.DataFrame(rows), names, limits, exact, dict.fromkeys(names, decimals), unseen, (), hidden)


def test_estimates_of_small_groups_without_a_value_or_of_other_outcomes_are_not_shown():
    rows = [estimate("b"), estimate("a"), estimate("few", n_approach=9), estimate("none", value=math.nan)]
    rows.append(estimate("hidden"))
    names = ["a", "b", "few", "none"]
    found = shown_estimates(pd.DataFrame(rows), names, LIMITS, names, dict.fromkeys(names, 1))
    assert found["outcome"].tolist() == ["a", "b"] and list(found.columns) == list(ESTIMATE_COLUMNS)


@pytest.mark.parametrize(
    ("stayed", "share", "is_shown"), [(30, 0.25, True), (30, 0.2, False), (30, 0.1, False), (30, 0.0, True)]
)
def test_what_the_lost_may_do_is_hidden_where_a_small_group_was_lost(stayed, share, is_shown):
    # 30 stayed of 40, of 37.5, of 33 and of 30
    row = estimate("a", n_approach=stayed, share_lost=share, tipping=-4.8 if share else math.nan)
    found = shown_of([row], ["a"]).iloc[0]
    assert (found["value_like_others"] == 1.2) == is_shown
    assert (found["tipping"] == pytest.approx(-4.8)) == bool(is_shown and share)
    inside = shown_of([row], ["a"], INSIDE)
    assert inside["tipping"].fillna(0).tolist() == [row["tipping"] if share else 0]


def test_an_unknown_share_of_lost_hides_what_they_may_do():
    assert shown_of([estimate("a", share_lost=math.nan)], ["a"])["tipping"].isna().all()


def test_what_the_lost_may_do_is_hidden_where_everyone_is_at_the_start():
    """It rests on their values at T0, which everyone less the pairs would tell."""
    found = shown_of([estimate("a"), estimate("b")], ["a", "b"], unseen={"a"}).set_index("outcome")
    assert found.loc["a", ["value_like_others", "tipping"]].isna().all() and found.loc["a", "value"] == 1.5
    assert found.loc["b", ["value_like_others", "tipping"]].notna().all()
    assert shown_of([estimate("a")], ["a"], INSIDE, unseen={"a"})["tipping"].tolist() == [-4.8]


@pytest.mark.parametrize(("value", "decimals", "tipping"), [(1.02, 0, -4.0), (1.02, 1, -4.0), (1.26, 1, -5.2)])
def test_the_tipping_point_gives_no_more_digits_of_the_difference_that_stands_beside_it(value, decimals, tipping):
    """Their quotient is the share that was lost, which is known."""
    row = estimate("a", value_like_others=value, tipping=-value / 0.25)
    found = shown_of([row], ["a"], decimals=decimals).iloc[0]
    assert found["tipping"] == pytest.approx(tipping)


def test_how_unlike_the_analysed_are_is_told_in_steps_and_inside_as_a_number():
    """Those of two outcomes are a few people apart."""
    rows = [estimate("a", max_smd_unweighted=7.0)]
    found = shown_of(rows, ["a"]).iloc[0]
    assert (found["max_step_unweighted"], found["max_step_weighted"]) == ("over", "over")
    assert found[["max_smd_unweighted", "max_smd_weighted"]].isna().all()
    inside = shown_of(rows, ["a"], INSIDE).iloc[0]
    assert (inside["max_smd_unweighted"], inside["max_smd_weighted"]) == (DIFFERENCE_LIMIT, 0.46)
    assert (inside["max_step_unweighted"], inside["max_step_weighted"]) == ("", "")


def test_of_an_outcome_that_is_not_exact_only_the_verdict_is_shown():
    rows = [estimate("a", verdict="undecided"), estimate("b", verdict="worse", margin=10.0, relevant="yes")]
    found = shown_of(rows, ["a"]).set_index("outcome")
    assert found.loc["a", "value"] == 1.5
    told = {name: value for name, value in found.loc["b"].dropna().items() if value != ""}
    assert told == {"verdict": "worse", "margin": 10.0, "relevant": "yes"}


def changes(group, n, counts, cutoff=math.nan, outcome="a"):
    return {"outcome": outcome, "group": group, "n": n, "cutoff": cutoff, **dict(zip(CHANGES, counts, strict=True))}


def test_small_counts_of_change_are_hidden_with_one_more():
    rows = [changes("approach", 30, (0, 12, 16, 2)), changes("control", 40, (0, 12, 20, 8))]
    found = shown_changes(pd.DataFrame(rows), ["a"], LIMITS).set_index("group")
    # 2 is small, and 30 less the others would tell it: the smallest of these goes with it
    assert found.loc["approach", ["improved", "unchanged", "worse"]].isna().tolist() == [True, False, True]
    assert found.loc["control", ["improved", "unchanged", "worse"]].tolist() == [12, 20, 8]


def test_nobody_is_told_to_have_recovered_without_a_norm_with_its_spread():
    rows = [changes("approach", 30, (0, 12, 12, 6)), changes("control", 40, (8, 12, 12, 8), cutoff=3.0)]
    found = shown_changes(pd.DataFrame(rows), ["a"], LIMITS).set_index("group")
    assert math.isnan(found.loc["approach", "recovered"]) and found.loc["control", "recovered"] == 8


def test_one_small_group_hides_the_changes_of_both():
    rows = [changes("approach", 9, (0, 3, 3, 3)), changes("control", 40, (0, 12, 20, 8))]
    assert shown_changes(pd.DataFrame(rows), ["a"], LIMITS).empty
    assert len(shown_changes(pd.DataFrame(rows), ["a"], INSIDE)) == 2
    assert shown_changes(pd.DataFrame(rows), ["b"], INSIDE).empty


EVERYONE = pd.DataFrame(
    [("a", "approach", "T0", 7.1, 30), ("a", "approach", "follow_up", math.nan, 30),
     ("b", "approach", "T0", 7.1, math.nan)],
    columns=["outcome", "group", "wave", "value", "n"],
)  # fmt: skip


def within(outcome, group, n, p=0.2):
    row = {"outcome": outcome, "group": group, "what": "change", "wave": None, "analysis": "cr2", "n": n, "p": p}
    return {**row, "value": 1.0, "ci_low": -1.0, "ci_high": 3.0}


def test_one_small_group_hides_all_that_is_told_of_an_outcome_over_time():
    rows = [within("a", "approach", 9), within("a", "control", 30), within("b", "approach", 10), within("c", None, 50)]
    found = shown_within(pd.DataFrame(rows), ["a", "b"], LIMITS, EVERYONE)
    assert found["outcome"].tolist() == ["b"]


def test_a_distance_from_a_norm_goes_with_the_mean_of_everyone():
    """It is that mean less the norm."""
    norms = [within("a", "approach", 30) | {"what": "norm", "wave": wave} for wave in ("T0", "follow_up")]
    table = pd.DataFrame([*norms, within("a", "approach", 30)])
    found = shown_within(table, ["a"], LIMITS, EVERYONE)
    assert found[["what", "wave"]].fillna("").values.tolist() == [["norm", "T0"], ["change", ""]]


def test_a_distance_from_a_norm_goes_with_of_how_many_people_it_is():
    """Its interval would tell."""
    table = pd.DataFrame([within("b", "approach", 30) | {"what": "norm", "wave": "T0"}, within("b", "approach", 30)])
    assert shown_within(table, ["b"], LIMITS, EVERYONE)["what"].tolist() == ["change"]


# of how many with both measurements
MANY = pd.DataFrame([(name, group, 60) for name in "abcd" for group in COMPARED], columns=["outcome", "group", "n"])


def test_the_effect_by_risk_needs_four_groups_that_are_large():
    """With the changes of both groups and the one that goes with risk it gives the change of each of the four."""
    rows = [by_risk(*given) for given in (("a", 10, 0.1), ("b", 9, 0.1), ("c", 30, math.nan), ("d", 30, 0.1))]
    assert shown_by_risk(pd.DataFrame(rows), MANY, ["a", "b", "c"], (), LIMITS)["outcome"].tolist() == ["a"]


def by_risk(outcome, n, p, what="difference_between_groups"):
    row = {"outcome": outcome, "what": what, "without_factor": None, "n_smallest": n, "p": p}
    return {**row, "value": 1.0, "ci_low": 0.0, "ci_high": 2.0}


def test_what_goes_with_risk_is_a_mean_of_groups_and_needs_two_that_are_large():
    rows = [by_risk("a", 9, 0.1, "level_t0"), by_risk("a", 10, 0.1, "change"), by_risk("a", 9, 0.1)]
    shown = shown_by_risk(pd.DataFrame(rows), MANY, ["a"], (), LIMITS)
    assert shown["what"].tolist() == ["change"]
    assert len(shown_by_risk(pd.DataFrame(rows), MANY, ["a"], (), INSIDE)) == 3


def test_beside_a_p_of_risk_that_is_a_bound_the_effect_by_risk_is_not_told():
    whats = ("level_t0", "change", "difference_between_groups")
    rows = pd.DataFrame([by_risk(name, 30, 0.1, what) for name in "ab" for what in whats])
    shown = shown_by_risk(rows, MANY, ["a", "b"], ["a"], LIMITS).set_index("outcome")["what"]
    assert shown["a"].tolist() == ["level_t0", "change"] and shown["b"].tolist() == list(whats)


@pytest.mark.parametrize(("n", "told"), [(20, ["level_t0"]), (23, ["level_t0"]), (24, ["level_t0", "effect"])])
def test_of_so_few_that_it_follows_how_many_are_at_risk_nothing_is_told_of_it(n, told):
    """An attack: of twenty children beside their risk ten were at risk, as both halves had to be ten or more."""
    rows = pd.DataFrame([by_risk("a", 10, 0.1, "level_t0"), by_risk("a", 10, 0.1)])
    levels = pd.DataFrame([("a", "approach", n), ("a", "control", 60)], columns=["outcome", "group", "n"])
    shown = shown_by_risk(rows, levels, ["a"], (), LIMITS)
    assert shown["what"].replace("difference_between_groups", "effect").tolist() == told
    few = levels.assign(n=[11, 11])
    assert shown_by_risk(rows, few, ["a"], (), LIMITS).empty and len(shown_by_risk(rows, few, ["a"], (), INSIDE)) == 2


def imputed(**smallest):
    """Two imputations of each outcome; `smallest`: of each the units of its smaller group."""
    row = {"m": 2, "value": 1.25, "se": 0.5, "df": 20.0, "p": 0.02, "ci_low": 0.2, "ci_high": 2.3, "fmi": 0.06234}
    row |= {"within": 0.2, "between": 0.03333}
    return IMPUTED.typed([{**row, "outcome": name, "n_smallest": n} for name, n in smallest.items()])


def test_an_effect_with_imputed_covariates_is_shown_where_both_groups_are_large_in_every_imputation():
    found = shown_imputed(imputed(a=10, b=9, c=30), ["c", "b", "a"], LIMITS)
    assert list(found["outcome"]) == ["c", "a"]
    assert list(found.columns) == ["outcome", "value", "ci_low", "ci_high", "share", "fmi"]
    assert list(found["fmi"]) == [0.06, 0.06]
    assert list(found["share"]) == [0.2, 0.2]  # of .25, .05 is not within
    assert list(shown_imputed(imputed(a=3), ["a"], Limits())["outcome"]) == ["a"]


def test_of_an_outcome_that_is_not_compared_or_has_no_effect_it_is_not_shown():
    table = imputed(a=30, b=30, c=30)
    table.loc[1, "value"] = float("nan")
    assert list(shown_imputed(table, ["a", "b"], LIMITS)["outcome"]) == ["a"]


@pytest.mark.parametrize("table", [IMPUTED.typed([]), pd.DataFrame(columns=IMPUTED.names)], ids=["typed", "read"])
def test_a_study_that_does_not_ask_shows_nothing(table):
    assert shown_imputed(table, ["a"], LIMITS).empty


def test_how_unlike_those_who_were_analysed_are_is_no_finer_bound_of_a_covariate_that_is_hidden():
    rows = [estimate("a", max_smd_weighted=0.05), estimate("b", max_smd_weighted=0.3)]
    for hidden, steps in (((), ["under", "over"]), ({"thv"}, ["below", "over"])):
        assert shown_of(rows, ["a", "b"], hidden=hidden)["max_step_weighted"].tolist() == steps
