"""The rows of the forest plot: the good side is the positive one, whatever is better."""

import pandas as pd
import pytest
from given.outcome_facts import both, facts
from given.words import TEXTS

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.report.prose.outcome import Estimated
from effectstudie.report.summary.forest import forest_rows

NAN = float("nan")
KNOWN = {"section": "violence", "kind": "mean", "decimals": 1, "unit": "adult", "measure": "m"}


def rows(*estimates, primary=()):
    """`estimates`: outcome, better, value, ends of its interval, SD."""
    outcomes = outcomes_from(
        {name: KNOWN | {"label": name, "better": better, "margin": 2.0} for name, better, *_ in estimates}
    )
    table = pd.DataFrame([(name, value, low, high, sd, "undecided") for name, _, value, low, high, sd in estimates],
                         columns=["outcome", "value", "ci_low", "ci_high", "sd_t0", "verdict"])  # fmt: skip
    found = []
    for name, better, value, *_ in estimates:
        one = facts(both("down"), outcome=name, better=better)
        found.append(type(one)(**(vars(one) | {"estimated": Estimated("undecided", value, "3,0", "-")})))
    return forest_rows(found, table, outcomes, primary, {name: name for name in outcomes}, TEXTS)


@pytest.mark.parametrize("better", ["lower", "higher"])
@pytest.mark.parametrize("value", [-3.0, 3.0])
def test_what_favours_the_approach_is_positive_and_the_interval_turns_with_it(better, value):
    (row,) = rows(("a", better, value, value - 2.0, value + 1.0, 4.0)).to_dict("records")
    good = (value < 0) == (better == "lower")
    assert row["value"] == pytest.approx(0.75 if good else -0.75)
    assert row["ci_low"] < row["value"] < row["ci_high"]
    wide_side = row["value"] - row["ci_low"] if better == "higher" else row["ci_high"] - row["value"]
    assert wide_side == pytest.approx(0.5) and row["margin"] == 0.5
    # the natural unit keeps the sign of the estimate
    assert row["natural"].startswith("−3,0" if value < 0 else "3,0")


@pytest.mark.parametrize("value", [(NAN,) * 4, (3.0, 1.0, 5.0, NAN), (3.0, 1.0, 5.0, 0.0)])
def test_of_a_hidden_estimate_only_the_word_is_there(value):
    (row,) = rows(("a", "lower", *value)).to_dict("records")
    assert row["word"] == "onbeslist" and row["natural"] == ""
    assert all(row[name] != row[name] for name in ("value", "ci_low", "ci_high", "margin"))


def test_primary_outcomes_come_first_and_those_without_a_better_side_are_not_there():
    made = [
        (name, better, 1.0, 0.0, 2.0, 1.0)
        for name, better in zip("abcd", ("lower", "", "higher", "lower"), strict=True)
    ]
    frame = rows(*made, primary=("d",))
    assert frame["outcome"].tolist() == ["d", "a", "c"] and frame["primary"].tolist() == [True, False, False]
