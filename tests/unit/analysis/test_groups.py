"""Which household is in which group."""

import pandas as pd
import pytest
from given.analysis_rows import cohort, long, matched, some_at_a_time

from effectstudie.analysis.groups import assign_groups, in_groups
from effectstudie.shared.errors import InputError


def test_groups_follow_the_matching_and_unmatched_approach_households_are_counted():
    raw = long("adult", "safety", {"approach": [(5, 6)] * 3, "pool": [(4, 5)] * 3}).drop(columns="group")
    table, left_out = assign_groups(raw, matched(approach=["approach00", "approach02"], control=["pool01"]))
    groups = table.drop_duplicates("household").set_index("household")["group"]
    assert groups.to_dict() == {
        "approach00": "approach",
        "approach02": "approach",
        "pool00": "rest",
        "pool01": "control",
        "pool02": "rest",
    }
    assert left_out == 1
    assert len(table) == 10


def test_matching_that_does_not_fit_is_refused_with_every_problem():
    raw = long("adult", "safety", {"approach": [(5, 6)] * 2, "pool": [(4, 5)] * 2}).drop(columns="group")
    wrong = matched(approach=["approach00", "approach00", "elsewhere"], control=["approach01", "pool00"])
    with pytest.raises(InputError) as error:
        assign_groups(pd.concat([raw, raw.head(1)]), wrong)
    assert [problem.split(";")[0] for problem in error.value.problems] == [
        "Matching: 1 households occur twice",
        "Matching: 1 matched households are not in the analysis table",
        "Matching: 1 households have a group that is not their role",
        "Analysis table: outcome safety has 1 second values of one unit at one wave",
    ]


def test_groups_of_some_rows_at_a_time_are_those_of_the_whole_table():
    table, chosen = cohort()
    whole, left_out = assign_groups(table, chosen)
    assert left_out == 2
    for unit in ("household", "adult", "youth"):
        found = in_groups(some_at_a_time(table, unit), chosen)
        seen = 0
        for outcome, values in found.items():
            expected = whole[(whole["unit"] == unit) & (whole["outcome"] == outcome)]
            assert values.astype(str).to_numpy().tolist() == expected[list(values.columns)].astype(str).values.tolist()
            seen += len(values)
        assert seen == (whole["unit"] == unit).sum() > 0
    assert in_groups([], chosen) == {}


def test_a_kind_of_unit_that_the_cohort_has_not_is_in_no_group():
    table, chosen = cohort()
    (part, *_) = some_at_a_time(table, "adult")
    assert in_groups([part[:0]], chosen) == {}
