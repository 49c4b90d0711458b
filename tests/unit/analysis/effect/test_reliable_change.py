"""Who changed by more than the error of the questionnaire, by hand."""

from math import sqrt

import numpy as np
import pandas as pd
import pytest
from given.effect_units import pairs_of

from effectstudie.analysis.effect.reliable_change import reliable_changes
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.result_tables.effect import RELIABLE_CHANGE

SCALE = {"variable": "tsi.symptoms", "unit": "adult", "kind": "mean", "better": "lower"}
NORM = {"value": 20.0, "label": "norm", "sd": 5.0}
# approach starts at 30, 40, 50, 60; controls at 40 and 50
CHANGES = {"approach": [(30, 10), (40, 36), (50, 30), (60, 80)], "control": [(40, 40), (50, 45)]}
ALPHA = 0.875  # sqrt(2 (1 - alpha)) is a half


def pairs(changes=CHANGES):
    return pairs_of(
        *((f"{group}{n}", group, 1.0, n, pair) for group, of in changes.items() for n, pair in enumerate(of))
    )


def reliability(*rows):
    """(instrument, scale, wave, n, alpha)"""
    rows = rows or (("tsi", "symptoms", "T0", 50, ALPHA),)
    return pd.DataFrame(rows, columns=["instrument", "scale", "wave", "n", "alpha"])


def found(of=None, alphas=None, **spec):
    plain = {key: value for key, value in {**SCALE, **spec}.items() if value is not None}
    table = reliable_changes(
        {"o": pairs() if of is None else of},
        outcomes_from({"o": plain}),
        reliability() if alphas is None else alphas,
        "T0",
    )
    assert RELIABLE_CHANGE.problems(table) == []
    return table.set_index("group")


def counts(row):
    return tuple(row[["n", "recovered", "improved", "unchanged", "worse"]])


def test_changes_beyond_the_error_of_the_scale_are_counted_by_hand():
    # starts 30 40 40 50 50 60: mean 45, squares 225 25 25 25 25 225, variance 550 / 5 = 110
    result = found()
    sd = sqrt(110)
    approach = result.loc["approach"]
    assert (approach["alpha"], approach["sd_start"], approach["se_difference"]) == pytest.approx((ALPHA, sd, sd / 2))
    # 1.96 x 5.24 = 10.3: falls of 20, 4 and 20, and a rise of 20
    assert counts(approach) == (4, 0, 2, 1, 1)
    assert counts(result.loc["control"]) == (2, 0, 0, 2, 0)
    assert np.isnan(approach["cutoff"]) and approach["note"] == approach["reason"] == ""


def test_who_is_better_and_nearer_to_the_norm_than_to_the_start_has_recovered():
    approach = found(norm=NORM).loc["approach"]
    # (5 x 45 + 10.5 x 20) / (5 + 10.5) = 28.1: 30 to 10 passes it, 50 to 30 does not
    assert approach["cutoff"] == pytest.approx((5 * 45 + sqrt(110) * 20) / (5 + sqrt(110)))
    assert counts(approach) == (4, 1, 1, 1, 1)


def test_higher_may_be_better():
    approach = found(better="higher", norm={**NORM, "value": 70.0}).loc["approach"]
    # the rise from 60 to 80 passes (5 x 45 + 10.5 x 70) / 15.5 = 61.9
    assert counts(approach) == (4, 1, 0, 1, 2)


def test_a_norm_without_a_spread_gives_no_cutoff():
    approach = found(norm={"value": 20.0, "label": "norm"}).loc["approach"]
    assert np.isnan(approach["cutoff"]) and counts(approach) == (4, 0, 2, 1, 1)


def test_only_who_has_both_measurements_counts_and_gives_the_spread():
    more = {**CHANGES, "approach": [*CHANGES["approach"], (900, None), (None, 3)]}
    pd.testing.assert_frame_equal(found(pairs(more)), found())


@pytest.mark.parametrize(
    "spec",
    [{"kind": "percentage"}, {"counts": True}, {"better": None}, {"variable": "low_income"}, {"variable": "tsi.other"}],
)
def test_what_is_no_scale_with_an_alpha_and_a_better_side_has_no_rows(spec):
    assert found(**spec).empty


def test_alpha_is_of_the_first_wave_and_the_form_that_most_filled_in():
    alphas = reliability(
        ("tsi", "symptoms", "T0", 10, 0.5),
        ("tsi", "symptoms", "T0", 40, 0.8),
        ("tsi", "symptoms", "T0", 90, np.nan),
        ("tsi", "symptoms", "T1", 99, 0.9),
        ("tsi", "anger", "T0", 99, 0.7),
        ("tscc", "symptoms", "T0", 99, 0.6),
    )
    assert set(found(alphas=alphas)["alpha"]) == {0.8}
    # a T score is a line through the scale
    assert set(found(alphas=alphas, variable="tsi.symptoms.t")["alpha"]) == {0.8}


@pytest.mark.parametrize(
    ("of", "alpha", "reason"),
    [
        (pairs(), -0.2, "input"),
        (pairs(), 1.0, "input"),
        (pairs({"approach": [(0.3, 1), (0.1 + 0.2, 2)], "control": [(0.3, 5)]}), 0.8, "spread"),
        (pairs({"approach": [(3, 4)], "control": [(3, None)]}), 0.8, "pairs"),
    ],
)
def test_where_the_error_is_unknown_no_count_is_nought(of, alpha, reason):
    result = found(of, reliability(("tsi", "symptoms", "T0", 9, alpha)), norm=NORM)
    assert result[["recovered", "improved", "unchanged", "worse", "se_difference", "cutoff"]].isna().all(axis=None)
    assert set(result["reason"]) == {reason} and (result["note"] != "").all()
    assert result["n"].sum() == of[["T0", "follow_up"]].notna().all(axis=1).sum()


def test_a_group_without_anyone_has_counts_of_nought():
    alone = pairs({"approach": CHANGES["approach"], "control": [(40, None)]})
    assert counts(found(alone).loc["control"]) == (0, 0, 0, 0, 0)


def test_order_of_rows_changes_no_digit():
    shuffled = pairs().sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(found(shuffled, norm=NORM), found(norm=NORM), check_exact=True)
