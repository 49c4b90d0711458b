"""Whether a conclusion holds in every analysis."""

import numpy as np
import pandas as pd
import pytest

from effectstudie.analysis.verdicts import verdicts, worse_balanced
from effectstudie.definitions.result_tables.analysis import OTHER_QUESTIONS, SENSITIVITY, VERDICTS


def table_of(**p_and_sign):
    rows = [
        {"outcome": "o", "unit": "adult", "analysis": name, "value": sign, "p": p}
        for name, (p, sign) in p_and_sign.items()
    ]
    return pd.DataFrame(rows).reindex(columns=SENSITIVITY.names)


def main_of(**p):
    """The main analysis of some outcomes."""
    return pd.concat([table_of(main=(value, -1)).assign(outcome=name) for name, value in p.items()])


@pytest.mark.parametrize(
    ("analyses", "verdict", "against"),
    [
        ({"main": (0.2, -1), "cr2": (0.3, 1)}, "nowhere", ""),
        ({"main": (0.2, -1), "cr2": (0.04, -1)}, "differs", "cr2"),
        ({"main": (0.01, -1), "cr2": (0.04, -1)}, "holds", ""),
        ({"main": (0.01, -1), "cr2": (0.06, -1), "gee": (0.2, -1)}, "differs", "cr2 gee"),
        ({"main": (0.01, -1), "cr2": (0.01, 1)}, "differs", "cr2"),
        ({"main": (0.01, -1), "gee": (np.nan, np.nan)}, "holds", ""),
        ({"main": (np.nan, np.nan), "cr2": (0.01, 1)}, "undefined", ""),
        ({"main": (0.2, -1), "att": (0.04, -1)}, "differs", "att"),
        ({"main": (0.05, -1), "cr2": (0.05, -1)}, "nowhere", ""),
    ],
)
def test_a_conclusion_holds_when_every_analysis_that_is_defined_agrees(analyses, verdict, against):
    found = verdicts(table_of(**analyses), {"o": "risk"})
    assert list(found.columns) == VERDICTS.names
    assert found[["verdict", "against"]].values.tolist() == [[verdict, against]]


@pytest.mark.parametrize("analysis", ["all_waves", "all_waves_reml", "other_follow_up", "without_t0"])
@pytest.mark.parametrize(("p", "verdict"), [(0.01, "holds"), (0.2, "nowhere")])
def test_an_analysis_of_another_question_does_not_vote_whatever_it_finds(analysis, p, verdict):
    assert analysis in OTHER_QUESTIONS
    for other in (0.001, 0.9):
        for sign in (-1, 1):
            found = verdicts(table_of(main=(p, -1), **{analysis: (other, sign)}), {"o": "risk"})
            assert found[["verdict", "against"]].values.tolist() == [[verdict, ""]]


def test_an_analysis_that_may_not_vote_is_named_by_whoever_asks():
    table = table_of(main=(0.01, -1), matching_ratio_1=(0.3, -1), matching_no_caliper=(0.4, -1))
    assert verdicts(table, {"o": "risk"})["against"].tolist() == ["matching_ratio_1 matching_no_caliper"]
    found = verdicts(table, {"o": "risk"}, no_vote=["matching_no_caliper"])
    assert found["against"].tolist() == ["matching_ratio_1"]


def test_ways_to_match_with_a_larger_difference_than_the_chosen_way_are_worse_and_a_last_bit_decides_nothing():
    sizes = {"as_chosen": 0.3, "alike": 0.1 + 0.2, "worse": 0.30001, "better": 0.2, "unknown": np.nan}
    table = pd.DataFrame({"variant": list(sizes), "max_smd": list(sizes.values())})
    assert 0.1 + 0.2 > 0.3
    assert worse_balanced(table) == ["worse"]


def test_a_significant_outcome_among_many_tests_does_not_hold_by_itself():
    judged = verdicts(main_of(a=0.03, b=0.6, c=0.7), dict.fromkeys("abc", "risk")).set_index("outcome")
    assert judged.loc["a", "verdict"] == "differs"
    assert judged.loc["a", "against"] == "holm benjamini_hochberg"


def test_p_is_adjusted_for_the_tests_of_a_family_of_the_primary_outcomes_and_of_all():
    families = {"a": "violence", "b": "violence", "c": "risk", "d": "risk"}
    judged = verdicts(main_of(a=0.01, b=0.02, c=0.03, d=np.nan), families, ["b", "c", "d"]).set_index("outcome")
    # of two in a family .01 x 2 and .02 x 1; of a family with one p .03 x 1
    assert judged["p_holm"].tolist() == pytest.approx([0.02, 0.02, 0.03, np.nan], nan_ok=True)
    # of two primary ones with a p .02 x 2, and .03 x 1 no smaller than that
    assert judged["p_primary"].tolist() == pytest.approx([np.nan, 0.04, 0.04, np.nan], nan_ok=True)
    assert judged["p_bh"].tolist() == pytest.approx([0.03, 0.03, 0.03, np.nan], nan_ok=True)


def test_without_primary_outcomes_nobody_has_a_p_among_them():
    assert verdicts(main_of(a=0.01, b=0.02), dict.fromkeys("ab", "risk"))["p_primary"].isna().all()
