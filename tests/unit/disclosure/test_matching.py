import math

import pandas as pd
import pytest

from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.matching import (
    cap_differences,
    largest_difference,
    matched_households,
    treat_overlap,
    ways_to_match,
)
from effectstudie.disclosure.shown import Count

LIMITS = Limits(minimum_cell=5, minimum_group=10)


def summary(matched, unmatched):
    sizes = {"n_pool": 906, "n_approach": matched + unmatched, "n_matched_controls": 61, "ess_controls": 55.25}
    return {**sizes, "n_matched_approach": matched, "n_unmatched_approach": unmatched}


@pytest.mark.parametrize(
    ("unmatched", "approach", "said"),
    [
        (0, Count(51), Count(0, "none")),
        (1, Count(47, "more"), Count(5, "fewer")),
        (4, Count(50, "more"), Count(5, "fewer")),
        (5, Count(51), Count(5)),
    ],
)
def test_the_matched_households_do_not_tell_how_few_have_no_match(unmatched, approach, said):
    found = matched_households(summary(51, unmatched), LIMITS)
    assert (found.approach, found.unmatched) == (approach, said)
    assert math.isnan(found.ess) is (said.kind == "fewer")
    inside = matched_households(summary(51, unmatched), Limits())
    assert inside.approach == Count(51) and inside.unmatched.number == unmatched


def test_a_matching_that_leaves_out_a_few_says_neither_how_many_nor_what_it_is_worth():
    row = {"variant": "half_caliper", "n_approach": 47, "n_unmatched": 4, "n_controls": 61, "ess_controls": 55.2,
           "mean_smd": 1.9, "max_smd": 2.9, "worst_covariate": "n_children", "note": math.nan}  # fmt: skip
    cannot = {**row, "variant": "ratio_1", "note": "no control within the caliper"}
    enough = {**row, "variant": "as_chosen", "n_unmatched": 5}
    found = ways_to_match(pd.DataFrame([row, cannot, enough]), LIMITS)
    assert found["half_caliper"].approach == Count(46, "more") and math.isnan(found["half_caliper"].ess)
    assert (found["half_caliper"].mean_smd, found["half_caliper"].max_smd) == (1.2, 1.2)
    assert found["ratio_1"] is None
    assert found["as_chosen"].approach == Count(47) and found["as_chosen"].ess == 55.2


def test_scores_of_small_samples_have_no_percentiles():
    frame = pd.DataFrame({"sample": ["pool", "approach_all"], "n": [10, 9], "p50": [0.149, 0.2]})
    assert treat_overlap(frame, 10).to_dict("records") == [{"sample": "pool", "p50": 0.1}]


def test_the_largest_difference_is_that_after_matching_and_capped():
    frame = pd.DataFrame({"sample": ["all", "matched", "matched"], "smd": [2.0, -0.05, 0.04]})
    assert largest_difference(frame) == 0.05
    assert largest_difference(frame.assign(smd=-1.9)) == 1.2


def test_a_huge_difference_is_capped_for_it_gives_a_share_away():
    """50 of 51 in the approach and 1 of 20 outside: SMD (.980 - .05) / .139 = 6.7 would tell the share."""
    table = pd.DataFrame(
        [("thv", "", "all", 0.98, 0.05, 6.7, math.nan), ("thv", "", "matched", 0.98, 1.0, -0.14, math.nan)],
        columns=["covariate", "level", "sample", "mean_approach", "mean_control", "smd", "variance_ratio"],
    )
    capped = cap_differences(table)
    assert capped["smd"].tolist() == [1.2, -0.14]
    assert not {"mean_approach", "mean_control"} & set(capped.columns)
