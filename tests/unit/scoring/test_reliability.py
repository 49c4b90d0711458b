"""Reliability of a scale."""

import pandas as pd
import pytest
from given.answered import definition

from effectstudie.scoring.reliability import scale_reliability

FORMS = {"adult": {"table": "volwassenen", "age": "age", "views": {"own": {"columns": ["a", "b", "c"]}}}}
SCALES = {"s": {"label": "s", "items": [1, 2, 3], "size": 3}}


def alphas(table, **more):
    spec = {**definition("safety"), "instrument": "x", "forms": FORMS, "scales": SCALES, **more}
    keys = {"household": "h", "respondent": [f"p{place}" for place in range(len(table))]}
    return scale_reliability(spec, {("adult", "T0"): pd.DataFrame(table).assign(**keys)}).iloc[0]


def test_who_the_instrument_is_not_for_is_not_in_its_reliability():
    answers = {"a": [1.0, 2, 3, 9, 9], "b": [1.0, 2, 3, 1, 9], "c": [2.0, 1, 3, 9, 1]}
    table = pd.DataFrame({**answers, "age": [8.0, 17, float("nan"), 18, 7]})
    found, everyone = alphas(table, ages={"from": 8, "below": 18}), alphas(table)
    assert (found["n"], everyone["n"]) == (3, 5)
    assert found["alpha"] == pytest.approx(1.5 * (1 - 3 / 7))


def test_an_answer_that_does_not_apply_leaves_its_report_out():
    table = pd.DataFrame({"a": [1.0, 2, 3, 9], "b": [1.0, 2, 3, 1], "c": [2.0, 1, 3, 9], "age": 20.0})
    assert alphas(table, gates=[{"item": 1, "equals": 9, "not_applicable": [2]}])["n"] == 3


def test_alpha_by_hand_is_of_the_reports_of_a_wave():
    # item variances 1, 1 and 1, of the sums 7: 3 / 2 * (1 - 3 / 7)
    spec = {
        **definition("safety"),
        "instrument": "x",
        "forms": {"adult": {"table": "volwassenen", "views": {"own": {"columns": ["a", "b", "c"]}}}},
        "scales": {"s": {"label": "s", "items": [1, 2, 3], "size": 3, "published_alpha": 0.5}},
    }
    first = pd.DataFrame({"a": [1.0, 2, 3], "b": [1.0, 2, 3], "c": [2.0, 1, 3]}).assign(household="h")
    first["respondent"] = ["p", "q", "r"]
    later = first.assign(a=[3.0, 2, 1])
    reliability = scale_reliability(spec, {("adult", "T1"): later, ("adult", "T0"): first})
    row, other = reliability.to_dict("records")
    assert (row["wave"], other["wave"]) == ("T0", "T1")
    assert other["alpha"] < 0
    assert row["alpha"] == pytest.approx(1.5 * (1 - 3 / 7))
    assert (row["instrument"], row["scale"], row["n"], row["items"], row["published"]) == ("x", "s", 3, 3, 0.5)
