"""Moderation by risk status, against R's car on unbalanced cells and by hand."""

import numpy as np
import pandas as pd

from effectstudie.analysis.effect.moderation import moderation, moderation_of
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.result_tables.analysis import MODERATION, MODERATION_CELLS


def test_households_of_unknown_risk_are_left_out_and_cells_are_counted():
    changes = pd.DataFrame(
        {"outcome": "o", "household": list("abcdefghij"), "group": ["approach"] * 5 + ["control"] * 5,
         "change": np.arange(10.0)}
    )  # fmt: skip
    risk = pd.Series(dict(zip("abcdefghi", [True, False] * 5, strict=False)))
    tests, cells = moderation(changes, risk, {"o": "household"})
    assert list(tests.columns) == MODERATION.names and list(cells.columns) == MODERATION_CELLS.names
    assert set(tests["n"]) == {9}
    assert cells.set_index(["group", "risk"])["n"].to_dict() == {
        ("approach", True): 3, ("approach", False): 2, ("control", True): 2, ("control", False): 2,
    }  # fmt: skip


def test_the_long_table_gives_changes_of_complete_pairs_with_the_risk_of_the_household():
    rows = []
    for number, (group, status) in enumerate(
        [("approach", 100), ("approach", 0), ("control", 100), ("control", 0)] * 2
    ):
        home = f"h{number}"
        rows.append(("household", home, home, group, "risk_status", "T0", status))
        for wave, value in (("T0", 10), ("follow_up", 10 + number)):
            rows.append(("adult", f"a{number}", home, group, "o", wave, value))
    rows.append(("adult", "x", "h0", "approach", "o", "T0", 5))
    table = pd.DataFrame(rows, columns=["unit", "unit_id", "household", "group", "outcome", "wave", "value"])
    outcomes = outcomes_from({"o": {"unit": "adult", "kind": "mean"}})
    matched = table[["household", "group"]].drop_duplicates().assign(weight=1.0, subclass=1)
    tests, cells = moderation_of(table, matched, outcomes)
    assert set(tests["n"]) == {8}
    assert cells.set_index(["group", "risk"])["change"].to_dict() == {
        ("approach", True): 2, ("approach", False): 3, ("control", True): 4, ("control", False): 5,
    }  # fmt: skip


def test_a_study_of_nothing_that_is_compared_over_time_has_empty_tables():
    table = pd.DataFrame(
        [("household", "h", "h", "approach", "risk_status", "T0", 100)],
        columns=["unit", "unit_id", "household", "group", "outcome", "wave", "value"],
    )
    outcomes = outcomes_from({"mark": {"unit": "adult", "kind": "mean", "measured": "follow_up"}})
    tests, cells = moderation_of(table, table[["household", "group"]], outcomes)
    assert (tests.empty, cells.empty) == (True, True) and str(tests["p"].dtype) == "float64"
    assert (list(tests), list(cells)) == (MODERATION.names, MODERATION_CELLS.names)
