import math

import pandas as pd
import pytest
from given.described import MERGING, OUTCOMES, classes, row

from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.paired import shown_follow_up_waves, shown_levels, with_merged, without_differences
from effectstudie.disclosure.values import treat

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


def test_a_spread_that_gives_one_large_value_away_is_not_shown():
    found = shown(level("safety", "approach", 20, 2.0, 7.0, sd=8.0)).iloc[0]
    assert math.isnan(found["sd_t0"]) and found["mean_t0"] == 2.0


def test_levels_are_rounded_as_they_are_printed_and_inside_nothing_is_hidden():
    assert shown(level("safety", "approach", 20, 7.04, 7.26)).iloc[0]["mean_follow_up"] == 7.3
    assert shown(level("work", "approach", 4, 25.0, 50.0), limits=INSIDE).iloc[0]["mean_t0"] == 25.0


def everyone(n, mean, wave="T0", outcome="safety"):
    return treat(pd.DataFrame([row(outcome, "approach", n, mean, wave)]), OUTCOMES, 5, 10).values


@pytest.mark.parametrize(("n", "hides"), [(40, False), (41, True), (49, True), (50, False)])
def test_a_mean_of_everyone_goes_where_it_would_tell_that_of_a_few_with_one_measurement(n, hides):
    pairs = pd.DataFrame([level("safety", "approach", 40, 7.0, 7.5)])
    left = without_differences(everyone(n, 7.1), pairs, LIMITS).iloc[0]
    assert math.isnan(left["value"]) == hides and (left["status"] == "partner") == hides
    assert without_differences(everyone(n, 7.1), pairs, INSIDE)["value"].tolist() == [7.1]


@pytest.mark.parametrize(("count", "hides"), [(20, False), (21, True), (24, True), (25, False), (26, True), (30, True)])
def test_a_percentage_of_everyone_goes_where_few_of_the_others_say_yes_or_no_or_all_say_yes(count, hides):
    # of 50 forty have both measurements and half of these say yes; ten are left, of whom count - 20 say yes
    pairs = pd.DataFrame([level("work", "approach", 40, 50.0, 50.0)])
    left = without_differences(everyone(50, 2 * count, outcome="work"), pairs, LIMITS).iloc[0]
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
    values = treat(pd.DataFrame(classes("approach", of_all)), outcomes, 5, 10).values
    assert values["value"].notna().all() and values["n"].eq(60).all()
    left = without_differences(values, with_merged(pairs, outcomes, 5), LIMITS)
    assert left["value"].isna().all() and left["status"].eq("partner").all()


def test_without_pairs_to_compare_everyone_is_shown():
    pairs = pd.DataFrame([level("safety", "approach", 8, 7.0, 7.5)])
    assert without_differences(everyone(11, 7.1), pairs, LIMITS)["value"].tolist() == [7.1]


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
