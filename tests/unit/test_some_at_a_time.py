"""Stages that work on some units at a time make what they make of all at once."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from effectstudie.classification.cohort import classified_parts, classify_cohort, units_in_order
from effectstudie.classification.rows import VARIABLE_KEY
from effectstudie.definitions.lineage import scores_needed
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.scoring.score_tables import long_scores, score_values
from effectstudie.selection.measurements import ANALYSIS_KEY, selected_part
from effectstudie.shared.persons.blocks import in_blocks, together

CUTOFFS = {"mild_from": 1, "frequent_from": 3, "severe_from": 1}
DEFINITIONS = {
    "violence": {
        "partner_violence": {"score": "of_partners.count", "unit": "household", **CUTOFFS},
        "child_abuse": {"score": "of_children.count", "unit": "child", **CUTOFFS},
    },
    "variables": {"often": {"score": "of_partners.count", "unit": "household", "yes_when": {"from": 3}}},
    "risk_factors": {},
}
NAMES = scores_needed(**DEFINITIONS)
# Two children of a household; ids of children stand in another order than those of their households.
HOUSEHOLDS, PARENTS = np.arange(1, 8, dtype=np.uint64), np.repeat(np.arange(7, 0, -1, dtype=np.uint64), 2)
CHILDREN = np.arange(101, 115, dtype=np.uint64)


def score_table(unit, ids, households):
    minor = np.arange(len(ids), dtype=float) % 4
    table = pd.DataFrame({"unit": unit, "unit_id": ids, "household": households, "wave": "T0"})
    counts = {name: minor for name in ("count", "count.minor", "count.minor.known")}
    counts |= {name: np.zeros(len(ids)) for name in ("count.severe", "count.severe.known")}
    table = table.assign(**counts, **{"count.rule": "complete"})
    return table.astype(dict.fromkeys(("unit", "wave", "count.rule"), "category"))


SCORES = {
    "of_partners": score_table("household", HOUSEHOLDS, HOUSEHOLDS),
    "of_children": score_table("child", CHILDREN, PARENTS),
}
PARTICIPATION = together([table[["unit", "unit_id", "household", "wave"]] for table in SCORES.values()])
COHORT = pd.DataFrame({"household": HOUSEHOLDS, "thv": [1.0, 0.0] * 3 + [-1.0]})
WHOLE = classify_cohort(long_scores(SCORES, NAMES), COHORT, PARTICIPATION, **DEFINITIONS, first_wave="T0")


def in_order(table, key):
    return table.astype(dict.fromkeys(table.select_dtypes("category"), "str")).sort_values(key, ignore_index=True)


@pytest.mark.parametrize(("rows", "number"), [(1, 7), (20, 3), (1000, 1)])
def test_a_cohort_is_classified_the_same_by_some_households_at_a_time(rows, number):
    parts = list(classified_parts(SCORES, COHORT, PARTICIPATION, DEFINITIONS, "T0", rows=rows))
    assert len(parts) == number
    assert sum(part["household"].nunique() for part in parts) == len(HOUSEHOLDS)
    assert_frame_equal(in_order(together(parts), VARIABLE_KEY), in_order(WHOLE, VARIABLE_KEY))


def test_units_of_parts_come_in_order_whatever_household_they_are_of():
    parts = [WHOLE[WHOLE["household"] % 2 == 0], WHOLE[WHOLE["household"] % 2 == 1]]
    ordered = list(units_in_order(parts, rows=10))
    units = [
        (str(unit), unit_id) for part in ordered for unit, unit_id in zip(part["unit"], part["unit_id"], strict=True)
    ]
    firsts = [units[start] for start in np.cumsum([0, *map(len, ordered[:-1])])]
    assert len(ordered) > 2
    assert firsts == sorted(firsts)
    assert_frame_equal(in_order(together(ordered), VARIABLE_KEY), in_order(WHOLE, VARIABLE_KEY))


def test_a_study_is_selected_the_same_by_some_units_at_a_time():
    study = {"approach": {}, "follow_up": {"waves": ["T1"]}, "risk_threshold": 4}
    outcomes = outcomes_from(
        {
            "class": {"variable": "violence_class", "unit": "household"},
            "count": {"variable": "of_children.count", "unit": "child"},
        }
    )
    covariates = {"total": {"variable": "total_violence", "unit": "household"}}
    roles = pd.Series(["approach", "pool", "excluded", "pool", "pool", "pool", "pool"], index=HOUSEHOLDS)
    tables = {"variables": WHOLE, "participation": PARTICIPATION}

    def selected(rows):
        for unit in ("child", "household"):
            of_unit = {name: table[table["unit"] == unit] for name, table in tables.items()}
            if unit == "child":
                of_unit["of_children"] = score_values(SCORES["of_children"], "of_children", ["of_children.count"])
            for part in in_blocks(of_unit, "unit_id", rows):
                yield selected_part(part, unit, roles, study, outcomes, covariates, first_wave="T0")

    parts, whole = list(selected(5)), list(selected(1000))
    assert (len(parts) > 4, len(whole)) == (True, 2)
    assert set(together([analysis for analysis, _, _ in whole])["outcome"]) == {"class", "count", "participation"}
    keys = (ANALYSIS_KEY, ANALYSIS_KEY, ["household", "variable", "unit"])
    for of_parts, of_whole, key in zip(zip(*parts, strict=True), zip(*whole, strict=True), keys, strict=True):
        assert_frame_equal(in_order(together(of_parts), key), in_order(together(of_whole), key))
