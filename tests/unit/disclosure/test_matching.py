import math
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.matching import (
    in_steps,
    largest_difference,
    matched_households,
    near_ways,
    treat_balances,
    treat_overlap,
    ways_to_match,
)
from effectstudie.disclosure.shown import Count

LIMITS = Limits(minimum_cell=5, minimum_group=10)


def summary(matched, unmatched):
    sizes = {"n_pool": 906, "n_approach": matched + unmatched, "n_matched_controls": 61, "ess_controls": 55.25}
    missing = {"missing": {}, "score_model": {"coefficients": {}}}
    return {**sizes, **missing, "n_matched_approach": matched, "n_unmatched_approach": unmatched}


@pytest.mark.parametrize(
    ("unmatched", "approach", "said"),
    [
        (0, Count(0, "hidden"), Count(0, "none")),
        (1, Count(47, "more"), Count(5, "fewer")),
        (4, Count(50, "more"), Count(5, "fewer")),
        (5, Count(0, "hidden"), Count(5)),
    ],
)
def test_the_matched_households_do_not_tell_how_few_have_no_match(unmatched, approach, said):
    """The audit withholds one of two sizes; of the other it may be said that few are without a match."""
    found = matched_households("one", summary(51, unmatched), LIMITS, ["size/matched/one"])
    assert (found.approach, found.unmatched) == (approach, said)
    assert found.approach_all == Count(51 + unmatched) and math.isnan(found.ess)
    assert matched_households("one", summary(51, unmatched), LIMITS, ()).ess == 55.25  # it follows from what is told
    inside = matched_households("one", summary(51, unmatched), Limits(), ())
    assert inside.approach == Count(51) and inside.unmatched.number == unmatched and inside.ess == 55.25


def test_of_few_with_a_control_no_more_is_told_than_that_they_are_few():
    few = {**summary(3, 48), "n_matched_controls": 4}
    found = matched_households("one", few, LIMITS, ())
    assert (found.approach, found.controls, found.unmatched) == (
        Count(5, "fewer"),
        Count(5, "fewer"),
        Count(46, "more"),
    )
    assert found.approach_all == Count(51) and math.isnan(found.ess)
    without = matched_households("one", few, LIMITS, ["size/asked/approach", "size/unmatched/one"])
    assert without.unmatched == Count(0, "hidden")
    inside = matched_households("one", few, Limits(), ())
    assert (inside.approach, inside.unmatched, inside.ess) == (Count(3), Count(48), 55.25)
    row = {"variant": "ratio_1", "n_approach": 3, "n_unmatched": 48, "n_controls": 3, "ess_controls": 3.0,
           "mean_smd": 0.1, "max_smd": 0.2, "worst_covariate": "n_children", "note": math.nan}  # fmt: skip
    way = told(row)["ratio_1"]
    assert way.approach == way.controls == Count(5, "fewer") and math.isnan(way.ess)


def test_where_the_matched_are_told_the_start_is_not():
    found = matched_households("one", summary(39, 2), LIMITS, ["size/asked/approach"])
    assert (found.approach_all, found.approach, found.unmatched) == (Count(39, "more"), Count(39), Count(5, "fewer"))
    neither = matched_households("one", summary(39, 2), LIMITS, ["size/asked/approach", "size/matched/one"])
    assert (neither.approach_all.kind, neither.approach.kind) == ("hidden", "hidden")


def test_covariates_that_are_lacking_are_in_the_score_with_a_mark_or_without():
    lacking = {
        "income": {"approach": 0, "pool": 3},
        "sex": {"approach": 0, "pool": 0},
        "work": {"approach": 1, "pool": 0},
    }
    model = {"coefficients": {"income": 0.1, "sex": 0.1, "work": 0.1, "work_missing": 0.2}}
    found = matched_households("one", {**summary(51, 0), "missing": lacking, "score_model": model}, LIMITS, ())
    assert (found.marked, found.unmarked) == (("work",), ("income",))


def way(variant="ratio_1", n_approach=47, n_controls=61, apart=(9, 9), **changed):
    row = {"variant": variant, "n_approach": n_approach, "n_unmatched": 9, "n_controls": n_controls,
           "apart_approach": apart[0], "apart_controls": apart[1], "ess_controls": 55.2, "mean_smd": 0.08,
           "max_smd": 0.2, "worst_covariate": "n_children", "note": math.nan}  # fmt: skip
    return row | changed


def chosen(**told):
    """What the balance tells of the covariates of the chosen way after matching: a number or a step of each."""
    rows = [(name, math.nan if isinstance(of, str) else of, of if isinstance(of, str) else "")
            for name, of in told.items()]  # fmt: skip
    return pd.DataFrame(rows, columns=["covariate", "smd", "step"])


def told(*rows, stepped=(), near=(), withheld=(), hidden=(), balance=None):
    balance = chosen(n_children=0.2) if balance is None else balance
    return ways_to_match(pd.DataFrame(rows), stepped, near, LIMITS, withheld, hidden, chosen=balance)


def test_a_matching_that_leaves_out_a_few_says_neither_how_many_nor_what_it_is_worth():
    row = way("half_caliper", n_unmatched=4, mean_smd=1.9, max_smd=2.9)
    cannot = row | {"variant": "ratio_1", "note": "no control within the caliper"}
    enough = row | {"variant": "as_chosen", "n_unmatched": 5}
    found = told(row, cannot, enough, withheld=["size/variant/half_caliper"])
    hidden = found["half_caliper"]
    assert (hidden.approach.kind, hidden.controls.kind) == ("hidden", "hidden") and math.isnan(hidden.ess)
    alone = told(row)["half_caliper"]
    # where both sizes are told, their effective number follows from them
    assert alone.approach == Count(47) and alone.ess == 55.2 and math.isnan(hidden.ess)
    assert (found["half_caliper"].mean_smd, found["half_caliper"].max_smd) == (1.2, 1.2)
    assert found["ratio_1"] is None
    assert found["as_chosen"].approach == Count(47) and found["as_chosen"].ess == 55.2


@pytest.mark.parametrize(
    ("other", "near"),
    [(way("x", 47, 61, (0, 0)), False), (way("x", 46, 60, (1, 1)), True), (way("x", 47, 61, (0, 2)), True),
     (way("x", 47, 30, (0, 31)), False), (way("x", 42, 61, (5, 0)), False), (way("x", 48, 90, (1, 29)), True)],
)  # fmt: skip
def test_a_matching_that_takes_few_other_households_is_near(other, near):
    """What is told of it, beside what is told of the chosen one, tells of these few."""
    table = pd.DataFrame([way("as_chosen", apart=(0, 0)), other])
    assert near_ways(table, LIMITS) == ({"x"} if near else set())
    assert near_ways(table, Limits()) == set()
    assert (told(*table.to_dict("records"), near=near_ways(table, LIMITS))["x"] is None) == near


def test_of_two_that_are_near_to_each_other_one_is_told():
    rows = [way("as_chosen", apart=(0, 0)), way("first", 37, 50, (10, 11)), way("second", 36, 49, (11, 12)),
            way("third", 30, 40, (17, 21))]  # fmt: skip
    assert near_ways(pd.DataFrame(rows), LIMITS) == {"second"}


def test_with_a_covariate_that_is_told_in_steps_the_mean_difference_is_too():
    """With the differences of the others the mean tells it."""
    rows = way("as_chosen"), way("ratio_1")
    found = told(*rows, balance=chosen(thv="under", n_children=0.2))["ratio_1"]
    assert math.isnan(found.mean_smd) and found.mean_step == "under"
    assert (told(*rows)["ratio_1"].mean_smd, told(*rows)["ratio_1"].mean_step) == (0.08, "")


@pytest.mark.parametrize(
    ("balance", "mean", "said", "largest"),
    [
        (chosen(thv="under", violence=0.12, n_children=0.6), 0.25, "", "n_children"),  # of thv it would say < ,05
        (chosen(thv="under", violence=0.12, n_children=0.18), 0.13, "", "n_children"),
        (chosen(thv="between", violence=0.2, n_children=0.22), 0.19, "between", ""),  # thv would be under ,22
        (chosen(thv="over", violence=0.4, n_children=0.5), 0.6, "over", ""),
        (chosen(thv="under", violence=0.01, n_children=0.02), 0.03, "under", ""),
        (chosen(thv="under", n_children=1.2), 0.9, "over", "n_children"),
    ],
)
def test_of_the_chosen_way_mean_and_largest_say_no_more_than_the_rows_of_its_balance(balance, mean, said, largest):
    row = way("as_chosen", mean_smd=mean, max_smd=balance["smd"].max())
    found = told(row, balance=balance)["as_chosen"]
    assert math.isnan(found.mean_smd) and found.mean_step == said
    assert found.worst_covariate == largest and (found.max_smd == balance["smd"].max()) == bool(largest)


def scores(n_approach=39, n_control=58):
    names = ("approach_all", "pool", "approach_matched", "control_matched")
    frame = pd.DataFrame({"sample": names, "n": [41, 1100, n_approach, n_control]})
    return frame.assign(**{name: 0.149 for name in ("p10", "p25", "p50", "p75", "p90")})


def test_of_the_scores_only_quartiles_of_groups_after_matching_are_told_and_not_of_small_ones():
    found = treat_overlap(scores(), LIMITS)
    assert found.to_dict("records") == [
        {"sample": name, "p25": 0.1, "p50": 0.1, "p75": 0.1} for name in ("approach_matched", "control_matched")
    ]
    assert treat_overlap(scores(19, 20), LIMITS)["sample"].tolist() == ["control_matched"]
    inside = treat_overlap(scores(19, 20), Limits())
    assert len(inside) == 4 and inside["p90"].eq(0.1).all()


@given(st.lists(st.floats(-9, 9), min_size=20, max_size=60))
@settings(max_examples=20, deadline=None)
def test_from_the_scores_that_are_told_their_sum_is_not_known_within_a_small_number(logits):
    """Of those who have a covariate the scores add up to how many of the approach do."""
    n = len(logits)
    frame = pd.DataFrame({"sample": ["approach_matched"], "n": n})
    for name, share in (("p10", 0.1), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p90", 0.9)):
        frame[name] = np.quantile(logits, share)
    told = treat_overlap(frame, LIMITS).iloc[0]
    assert list(told.index) == ["sample", "p25", "p50", "p75"]
    edges = expit([-np.inf, *told[["p25", "p50", "p75"]].astype(float), np.inf])
    # a quarter of them, less one, lies between each two
    assert sum((n // 4) * (high - low) for low, high in pairwise(edges)) >= LIMITS.minimum_cell - 1e-9


@pytest.mark.parametrize(("unmatched", "is_told"), [(0, True), (1, False), (4, False), (5, True)])
def test_of_another_strategy_that_leaves_few_out_its_controls_are_not_told(unmatched, is_told):
    """With what it asks of a control they tell how many of the approach it could not ask it of."""
    found = matched_households("three", summary(50, unmatched), LIMITS, (), selected=False)
    assert (found.controls == Count(61)) == (not math.isnan(found.ess)) == is_told
    assert matched_households("three", summary(50, unmatched), LIMITS, ()).controls == Count(61)
    assert matched_households("three", summary(50, unmatched), Limits(), (), selected=False).controls == Count(61)


def test_the_largest_difference_is_that_after_matching_and_capped():
    frame = pd.DataFrame({"sample": ["all", "matched", "matched"], "smd": [2.0, -0.05, 0.04]})
    assert largest_difference(frame) == 0.05
    assert largest_difference(frame.assign(smd=-1.9)) == 1.2
    assert largest_difference(frame, "all") == 1.2


def balance_of(*rows):
    columns = ["covariate", "of_shares", "sample", "mean_approach", "mean_control", "smd"]
    return pd.DataFrame(rows, columns=columns).assign(level=math.nan, variance_ratio=1.23456, of_counts=False)


SUMMARY = {"n_approach": 51, "n_pool": 1000, "n_matched_approach": 51, "n_matched_controls": 61,
           "n_unmatched_approach": 0}  # fmt: skip


def treated(frame, summary=SUMMARY, limits=LIMITS, hidden=()):
    return treat_balances({"one": frame}, {"one": summary}, hidden, limits)["one"]


def test_a_huge_difference_is_capped_for_it_gives_a_share_away():
    rows = [("violence", False, "all", 98, 5, 6.7), ("violence", False, "matched", 1, 2, -0.144)]
    capped = treated(balance_of(*rows))
    assert capped["smd"].tolist() == [1.2, -0.14] and capped["variance_ratio"].tolist() == [1.23, 1.23]
    assert (capped["step"] == "").all() and not {"mean_approach", "mean_control"} & set(capped.columns)


@pytest.mark.parametrize(
    ("approach", "control", "is_told"),
    [(0.5, 0.4, True), (50 / 51, 0.4, False), (0.5, 2 / 61, False), (4 / 51, 0.4, False), (5 / 51, 0.4, True),
     (0.0, 0.4, True), (200 / 51, 40.0, False)],
)  # fmt: skip
def test_a_difference_that_tells_of_a_few_is_told_in_steps(approach, control, is_told):
    """Of a yes/no covariate, with the size of the group, the share and so the count can be worked out."""
    whole = ("thv", True, "all", 30.0 if approach > 1 else 0.3, 40.0 if approach > 1 else 0.4, 0.3)
    frame = balance_of(whole, ("thv", True, "matched", 0.3, 0.4, -0.3),
                       ("thv", True, "matched_unweighted", approach, control, 0.2))  # fmt: skip
    shown = treated(frame)
    assert shown["smd"].notna().tolist() == [is_told] * 3
    assert shown["step"].tolist() == ([""] * 3 if is_told else ["over", "over", "between"])
    assert shown["more"].tolist() == [True, False, True]
    inside = treated(frame, limits=Limits())
    assert inside["smd"].tolist() == [0.3, -0.3, 0.2]


def test_before_and_after_matching_do_not_tell_what_the_one_without_a_control_is_like():
    frame = balance_of(("thv", True, "all", 0.3, 0.4, 0.05), ("thv", True, "matched", 0.3, 0.4, 0.05),
                       ("violence", False, "all", 90.0, 80.0, 0.05))  # fmt: skip
    shown = treated(frame, {**SUMMARY, "n_unmatched_approach": 1})
    assert shown["step"].tolist() == ["under", "under", ""]
    assert treated(frame)["step"].tolist() == ["", "", ""]


def test_difference_and_ratio_of_variances_do_not_stand_together_of_a_covariate_of_shares():
    """Two equations, with the sizes: how many have it, of either group."""
    frame = balance_of(("thv", True, "matched", 0.3, 0.4, 0.06), ("violence", False, "matched", 90.0, 80.0, 0.05))
    assert treated(frame)["variance_ratio"].isna().tolist() == [True, False]
    assert treated(frame)["smd"].tolist() == [0.06, 0.05]
    assert treated(frame, limits=Limits())["variance_ratio"].notna().all()


def test_of_a_covariate_that_is_hidden_as_an_outcome_no_difference_is_a_number():
    frame = balance_of(*((name, name != "violence", sample, 0.3, 0.4, 0.2) for name in ("thv", "income", "violence")
                         for sample in ("all", "matched")))  # fmt: skip
    shown = treated(frame, hidden={"income", "violence"})
    assert shown["step"].tolist() == ["", "", "below", "below", "", ""]
    # nor which group has it more often: fine steps before and after matching left three counts
    assert shown["more"].isna().tolist() == [False, False, True, True, False, False]
    assert treated(frame, limits=Limits(), hidden={"income"})["smd"].notna().all()


def test_of_whole_numbers_the_difference_is_told_in_steps_in_every_strategy():
    """Two studies with the same controls leave one number of children for the household without a control."""
    rows = [("n_children", False, sample, 0.6, 1.2, smd) for sample, smd in (("all", -0.78), ("matched", -0.31))]
    frame = balance_of(*rows, ("violence", False, "matched", 90.0, 80.0, 0.05))
    frame = frame.assign(of_counts=frame["covariate"] == "n_children")
    shown = treated(frame)
    assert shown["step"].tolist() == ["over", "over", ""] and shown["smd"].isna().tolist() == [True, True, False]
    assert shown["variance_ratio"].isna().tolist() == [True, True, False]
    # the comparison is rated by the lowest bound that it keeps to
    assert shown["at_most"].tolist()[:2] == [1.0, 0.5]
    assert treated(frame, limits=Limits())["smd"].tolist() == [-0.78, -0.31, 0.05]
    assert in_steps(frame) == {"n_children"} and in_steps(frame.assign(of_shares=True)) == {"n_children", "violence"}


@pytest.mark.parametrize(
    ("smd", "rare", "hidden"), [(0.05, 0.1, 0.25), (-0.27, 1.2, 0.5), (0.5, 1.2, 0.5), (2.0, 1.2, 1.2)]
)
def test_of_a_step_the_rating_knows_how_large_it_is_at_most_but_where_few_have_the_covariate(smd, rare, hidden):
    """Or the comparison would be rated by the largest difference that there can be."""
    samples = ("all", "matched", "matched_unweighted")
    rows = [("thv", True, sample, 2 / 51, 0.4, smd) for sample in samples]
    rows += [(name, name == "income", "matched", 0.3, 0.4, smd) for name in ("income", "violence")]
    frame = balance_of(*rows)
    shown = treated(frame, hidden={"income"}).set_index("covariate")
    assert shown["at_most"].tolist()[1:] == pytest.approx([rare, rare, hidden, math.nan], nan_ok=True)
    assert treated(frame, limits=Limits())["at_most"].isna().all()


def test_what_one_strategy_tells_in_steps_before_matching_no_other_tells_as_a_number():
    """It is the same number; after matching it is another one."""
    frame = balance_of(("men", True, "all", 0.3, 0.4, 0.17), ("men", True, "matched", 0.3, 0.4, 0.06))
    summaries = {"one": {**SUMMARY, "n_unmatched_approach": 1}, "two": SUMMARY}
    shown = treat_balances({"one": frame, "two": frame}, summaries, (), LIMITS)
    assert shown["one"]["step"].tolist() == ["between", "under"] and shown["two"]["step"].tolist() == ["between", ""]
    assert shown["two"]["smd"].isna().tolist() == [True, False]


def test_the_largest_difference_of_a_way_to_match_is_told_in_steps_of_a_yes_no_covariate():
    found = told(way(worst_covariate="thv"), stepped={"thv"})["ratio_1"]
    assert math.isnan(found.max_smd) and found.max_step == "between"
    assert told(way(worst_covariate="thv"))["ratio_1"].max_smd == 0.2


@pytest.mark.parametrize(("largest", "number", "step"), [(0.08, None, "below"), (0.2, None, "below"), (0.3, 0.3, "")])
def test_where_a_covariate_is_hidden_the_largest_difference_of_all_is_no_finer_bound_of_it(largest, number, step):
    found = told(way(max_smd=largest), hidden={"thv"})["ratio_1"]
    assert (None if math.isnan(found.max_smd) else found.max_smd, found.max_step) == (number, step)
    of_it = told(way(max_smd=largest, worst_covariate="thv"), stepped={"thv"}, hidden={"thv"})["ratio_1"]
    assert math.isnan(of_it.max_smd) and of_it.max_step == ("below" if largest < 0.25 else "over")


@pytest.mark.parametrize("asked", [6, 8, 9, 20])
def test_what_is_said_of_few_without_a_control_leaves_four_numbers(asked):
    told = {}
    for unmatched in range(1, asked):
        found = matched_households("one", summary(asked - unmatched, unmatched), LIMITS, ["size/matched/one"])
        if "exact" not in (found.approach.kind, found.unmatched.kind):
            told.setdefault((found.approach, found.unmatched, found.approach_all), set()).add(unmatched)
    assert told and all(len(numbers) >= 4 for numbers in told.values())
