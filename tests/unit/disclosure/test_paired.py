import math

import pandas as pd
import pytest
from given.described import MERGING, OUTCOMES, classes, row
from scipy import stats

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.paired import (
    few_move,
    shown_follow_up_waves,
    shown_levels,
    with_merged,
    without_differences,
    without_households,
)
from effectstudie.disclosure.values import answered_key, treat

LIMITS = Limits(minimum_cell=5, minimum_group=10)
INSIDE = Limits()
ENDS = ("t0", "follow_up")


def level(outcome, group, n, start, end, sd=1.5):
    numbers = {f"{name}_{at}": value for at in ENDS for name, value in
               (("sd", sd), ("ci_low", 1.0), ("ci_high", 2.0))}  # fmt: skip
    numbers |= {"mean_t0": start, "mean_follow_up": end, "change": end - start}
    numbers |= {"ci_low_change": -3.0, "ci_high_change": 1.0}
    return {"outcome": outcome, "unit": "adult", "group": group, "n": n, **numbers}


def shown(*rows, limits=LIMITS):
    return shown_levels(pd.DataFrame(rows), OUTCOMES, limits).set_index(["outcome", "group"])


def test_a_group_that_is_too_small_has_no_levels():
    found = shown(level("safety", "approach", 9, 7.0, 7.5), level("safety", "control", 10, 7.0, 7.5))
    assert found.index.tolist() == [("safety", "control")]


@pytest.mark.parametrize(("few", "kind", "bound"), [(3, "fewer", 10.0), (0, "", math.nan), (49, "more", 90.0),
                                                    (50, "more", 90.0), (25, "", math.nan)])  # fmt: skip
def test_a_percentage_of_a_few_is_a_bound_and_takes_the_change_with_it(few, kind, bound):
    found = shown(level("work", "approach", 50, 2 * few, 40.0)).iloc[0]
    assert found["bound_t0"] == kind and found["bound_follow_up"] == ""
    assert found["bound_value_t0"] == pytest.approx(bound, nan_ok=True)
    hidden = ["mean_t0", "sd_t0", "ci_low_t0", "ci_high_t0", "change", "ci_low_change", "ci_high_change"]
    assert found[hidden].isna().all() == bool(kind) and found["mean_follow_up"] == 40


def test_a_mean_that_one_large_value_makes_is_not_shown_nor_its_change():
    found = shown(level("safety", "approach", 20, 2.0, 7.0, sd=8.0)).iloc[0]
    assert found[["mean_t0", "sd_t0", "ci_low_t0", "change", "ci_high_change"]].isna().all()
    assert found["mean_follow_up"] == 7.0
    inside = shown(level("safety", "approach", 20, 2.0, 7.0, sd=8.0), limits=INSIDE).iloc[0]
    assert inside[["mean_t0", "sd_t0", "change"]].tolist() == [2.0, 8.0, 5.0]


def test_a_level_or_a_change_that_all_have_is_not_shown():
    """It tells the score of each."""
    found = shown(level("safety", "approach", 20, 2.0, 7.0, sd=0.0)).iloc[0]
    assert found[["mean_t0", "sd_t0", "mean_follow_up", "change"]].isna().all()
    same = level("safety", "approach", 20, 2.0, 7.0) | {"ci_low_change": 5.0, "ci_high_change": 5.0}
    found = shown(same).iloc[0]
    assert found[["change", "ci_low_change", "ci_high_change"]].isna().all() and found["mean_t0"] == 2.0
    assert shown(same, limits=INSIDE).iloc[0]["change"] == 5.0


MEAN = {"label": "", "unit": "adult", "kind": "mean", "decimals": 1}


def scales(*parts):
    """A total and its parts, as outcomes."""
    plain = {name: MEAN | {"variable": f"q.{name}"} for name in parts}
    return outcomes_from({**plain, "total": {**plain[parts[0]], "variable": "q.total",
                                             "parts": [f"q.{name}" for name in parts]}})  # fmt: skip


def test_with_a_level_that_is_hidden_goes_one_from_which_it_would_follow():
    """The total less the other part is the part that one large value makes."""
    rows = [level("total", "approach", 20, 9.0, 9.0), level("a", "approach", 20, 7.0, 7.0),
            level("b", "approach", 20, 2.0, 2.0, sd=8.0)]  # fmt: skip
    found = shown_levels(pd.DataFrame(rows), scales("a", "b"), LIMITS).set_index("outcome")["mean_t0"]
    assert found.isna().to_dict() == {"total": False, "a": True, "b": True}


def crossed(outcome, yes_yes, yes_no, no_yes, no_no):
    """The level of a percentage by how many people said what at both measurements."""
    n = yes_yes + yes_no + no_yes + no_no
    change = [-100] * yes_no + [100] * no_yes + [0] * (yes_yes + no_no)
    mean = sum(change) / n
    half = stats.t.ppf(0.975, n - 1) * pd.Series(change, dtype=float).std() / n**0.5
    row = level(outcome, "approach", n, 100 * (yes_yes + yes_no) / n, 100 * (yes_yes + no_yes) / n)
    return row | {"change": mean, "ci_low_change": mean - half, "ci_high_change": mean + half}


@pytest.mark.parametrize(
    ("table", "few"),
    [((10, 8, 2, 19), True), ((10, 4, 0, 17), True), ((3, 9, 9, 20), True), ((20, 9, 9, 2), True),
     ((23, 11, 10, 7), False), ((20, 0, 0, 20), False)],
)  # fmt: skip
def test_few_who_go_from_yes_to_no_or_back_or_stay_are_found(table, few):
    """With both percentages an exact test of the change leaves one table."""
    levels = pd.DataFrame([crossed("work", *table), level("safety", "approach", 40, 7.0, 7.5)])
    assert few_move(levels, OUTCOMES, LIMITS) == ({"work"} if few else set())
    assert few_move(levels, OUTCOMES, INSIDE) == set()


@pytest.mark.parametrize(("table", "few"), [((0, 0, 0, 31), False), ((0, 31, 0, 0), False), ((28, 0, 0, 3), True)])
def test_a_change_that_is_the_same_for_all_has_no_interval_and_is_judged_as_well(table, few):
    row = crossed("work", *table) | {"ci_low_change": float("nan"), "ci_high_change": float("nan")}
    assert few_move(pd.DataFrame([row]), OUTCOMES, LIMITS) == ({"work"} if few else set())


def test_levels_are_rounded_as_they_are_printed_and_inside_nothing_is_hidden():
    assert shown(level("safety", "approach", 20, 7.04, 7.26)).iloc[0]["mean_follow_up"] == 7.3
    assert shown(level("work", "approach", 4, 25.0, 50.0), limits=INSIDE).iloc[0]["mean_t0"] == 25.0


def everyone(n, mean, wave="T0", outcome="safety", sd=1.5):
    return pd.DataFrame([row(outcome, "approach", n, mean, wave) | {"sd": sd}])


def alone(rows, pairs, limits=LIMITS):
    return without_differences(treat(rows, OUTCOMES, 5, 10).values, pairs, limits, OUTCOMES, rows)


@pytest.mark.parametrize(("n", "hides"), [(40, False), (41, True), (49, True), (50, False)])
def test_a_mean_of_everyone_goes_where_it_would_tell_that_of_a_few_with_one_measurement(n, hides):
    pairs = pd.DataFrame([level("safety", "approach", 40, 7.0, 7.5)])
    left = alone(everyone(n, 7.1), pairs).iloc[0]
    assert math.isnan(left["value"]) == hides and (left["status"] == "partner") == hides
    assert alone(everyone(n, 7.1), pairs, INSIDE)["value"].tolist() == [7.1]


@pytest.mark.parametrize(("count", "hides"), [(20, False), (21, True), (24, True), (25, False), (26, True), (30, True)])
def test_a_percentage_of_everyone_goes_where_few_of_the_others_say_yes_or_no_or_all_say_yes(count, hides):
    # of 50 forty have both measurements and half of these say yes; ten are left, of whom count - 20 say yes
    pairs = pd.DataFrame([level("work", "approach", 40, 50.0, 50.0)])
    left = alone(everyone(50, 2 * count, outcome="work"), pairs).iloc[0]
    assert math.isnan(left["value"]) == hides


@pytest.mark.parametrize(
    ("outcomes", "of_all", "paired"),
    [
        (OUTCOMES, [20, 20, 20], [15, 17, 18]),  # of those who are left two are old
        (OUTCOMES, [20, 20, 20], [20, 20, 10]),  # all are old
        (MERGING, [3, 37, 20], [2, 31, 17]),  # three are old, and young is shown with middle
    ],
)
def test_where_one_class_would_tell_of_the_others_all_classes_of_everyone_go(outcomes, of_all, paired):
    # of 60 fifty have both measurements, and ten are left
    names = ("young", "middle", "old")
    pairs = pd.DataFrame(
        [level(f"age.{name}", "approach", 50, 2 * n, 2 * n) for name, n in zip(names, paired, strict=True)]
    )
    rows = pd.DataFrame(classes("approach", of_all))
    values = treat(rows, outcomes, 5, 10).values
    assert values["value"].notna().all() and values["n"].eq(60).all()
    left = without_differences(values, with_merged(pairs, outcomes, 5), LIMITS, {}, rows)
    assert left["value"].isna().all() and left["status"].eq("partner").all()


def test_with_a_mean_go_the_other_views_of_it_and_a_part_of_its_sum():
    """In the appendix the same scale stands as it is, and the scales that it is the sum of."""
    views = {"mean": MEAN | {"variable": "q.total"}, "t": MEAN | {"variable": "q.total.t"}}
    known = scales("a", "b") | outcomes_from(views)
    rows = pd.DataFrame([row(name, "approach", n, mean, wave) for wave, n in (("T0", 41), ("follow_up", 40))
                         for name, mean in (("mean", 9), ("t", 50), ("total", 9), ("a", 5), ("b", 4))])  # fmt: skip
    pairs = pd.DataFrame([level("mean", "approach", 40, 9.0, 9.5)])
    left = without_differences(treat(rows, known, 5, 10).values, pairs, LIMITS, known, rows)
    shown_of = {wave: set(of.loc[of["value"].notna(), "outcome"]) for wave, of in left.groupby("wave")}
    assert shown_of == {"T0": {"a"}, "follow_up": {"mean", "t", "total", "a", "b"}}


def test_with_a_percentage_go_classes_that_count_the_same_people():
    """Of 50 forty have both measurements, twenty of them young; of the other ten 9 are young."""
    known = OUTCOMES | outcomes_from({"young": MEAN | {"variable": "y", "kind": "percentage"}})
    rows = pd.DataFrame([*classes("approach", [29, 12, 9]), row("young", "approach", 50, 58.0)])
    pairs = pd.DataFrame([level("young", "approach", 40, 50.0, 50.0)])
    left = without_differences(treat(rows, known, 5, 10).values, pairs, LIMITS, known, rows)
    assert left["value"].isna().all() and left["status"].eq("partner").all()
    apart = pd.DataFrame([*classes("approach", [28, 13, 9]), row("young", "approach", 50, 58.0)])
    left = without_differences(treat(apart, known, 5, 10).values, pairs, LIMITS, known, apart).set_index("outcome")
    assert left.loc["age", "value"].notna().all() and math.isnan(left.loc["young", "value"])


def test_that_a_value_stays_does_not_tell_a_size_that_is_withheld():
    """Where everyone has both measurements a value would stay, and so tell that nobody has one."""
    rows = pd.DataFrame([row("safety", "approach", 40, 7.0), row("safety", "approach", 40, 7.5, "follow_up")])
    pairs = pd.DataFrame([level("safety", "approach", 40, 7.0, 7.5)])
    values = treat(rows, OUTCOMES, 5, 10).values
    hidden = {answered_key(OUTCOMES["safety"], "approach", "follow_up")}
    for withheld, waves in (((), {"T0", "follow_up"}), (hidden, {"T0"})):
        left = without_differences(values, pairs, LIMITS, OUTCOMES, rows, withheld)
        assert set(left.loc[left["value"].notna(), "wave"]) == waves


@pytest.mark.parametrize(
    ("others", "hides"),
    [
        ([0] * 13 + [20.0], True),  # one has it all
        ([0] * 7 + [2.0] * 7, False),
        ([0] * 11 + [1.0] * 3, True),  # a sum under five
        ([3.0] * 14, True),  # all the same
        ([1.0, 2.0] * 7, False),
    ],
)
def test_everyone_less_the_pairs_is_judged_as_everyone_is(others, hides):
    """Fifty with both measurements, whose mean and SD are told, and fourteen others."""
    pairs, rest = pd.Series([0.0, 1.0, 2.0, 3.0, 4.0] * 10), pd.Series(others)
    whole = pd.concat([pairs, rest])
    levels = pd.DataFrame([level("safety", "approach", 50, pairs.mean(), 7.5, sd=pairs.std())])
    left = alone(everyone(64, whole.mean(), sd=whole.std()), levels).iloc[0]
    assert math.isnan(left["value"]) == hides
    assert alone(everyone(64, whole.mean(), sd=whole.std()), levels, INSIDE)["value"].notna().all()


HOMES = outcomes_from({
    "home": {"variable": "any", "persons": "clinical", "unit": "household", "kind": "percentage", "decimals": 0,
             "label": ""},
    "adult": {"variable": "clinical", "unit": "adult", "kind": "percentage", "decimals": 0, "label": ""},
})  # fmt: skip


def both(home, adult, of="approach", limits=LIMITS, pairs=None):
    """What is left of yes in so many of 51 households, of so many of the 63 adults of a group, and at T0 in `pairs` of
    50 adults with both measurements.
    """
    levels = [] if pairs is None else [level("adult", "approach", 50, 2 * pairs, 40.0)]
    levels = shown_levels(pd.DataFrame(levels, columns=level("adult", "approach", 50, 0, 0)), HOMES, limits)
    rows = [row("home", of, 51, 100 * home / 51), row("adult", "approach", 63, 100 * adult / 63)]
    found = without_households(treat(pd.DataFrame(rows), HOMES, 5, 10).values, levels, HOMES, limits)
    return set(found.loc[found["value"].notna(), "outcome"])


@pytest.mark.parametrize(("home", "adult"), [(17, 21), (21, 21), (17, 30), (10, 20)])
def test_households_in_which_anybody_says_yes_do_not_stand_beside_the_persons_who_do(home, adult):
    """The persons less the households are the couples of whom both say yes, be these 4, none or all."""
    assert both(home, adult) == {"adult"} and both(home, adult, limits=INSIDE) == {"home", "adult"}


@pytest.mark.parametrize("pairs", [20, 6, 3])
def test_nor_do_they_stand_beside_those_of_the_persons_who_have_both_measurements(pairs):
    """Of everyone nothing is told: beside the households those who stayed say how many couples there are."""
    assert both(5, 3, pairs=pairs) == set() and both(5, 3, pairs=pairs, limits=INSIDE) == {"home"}


def test_where_the_persons_are_hidden_or_of_another_group_their_households_are_told():
    assert both(5, 3) == {"home"} and both(17, 21, of="rest") == {"home", "adult"}


def test_without_pairs_to_compare_everyone_is_shown():
    pairs = pd.DataFrame([level("safety", "approach", 8, 7.0, 7.5)])
    assert alone(everyone(11, 7.1), pairs)["value"].tolist() == [7.1]


@pytest.mark.parametrize(("counts", "left"), [((30, 6), [30, 6]), ((30, 4), [None, None]), ((36, 0), [None, None]),
                                              ((0, 0), [0, 0]), ((20, 3, 9), [20, None, None])])  # fmt: skip
def test_waves_of_follow_up_do_not_give_a_few_away_beside_their_total(counts, left):
    rows = [{"unit": "adult", "group": group, "wave": f"T{place}", "n": n}
            for group, of in (("approach", counts), ("control", (25, 25, 25)[: len(counts)]))
            for place, n in enumerate(of, 1)]  # fmt: skip
    found = shown_follow_up_waves(pd.DataFrame(rows), LIMITS, ()).set_index("group")["n"]
    assert [None if math.isnan(n) else n for n in found["approach"]] == left
    assert found["control"].eq(25).all()
    assert shown_follow_up_waves(pd.DataFrame(rows), INSIDE, ())["n"].tolist()[: len(counts)] == list(counts)
