"""Numbers, means and shares of each group at each measurement."""

from math import sqrt

import pandas as pd
import pytest
from given.analysis_rows import MARK, SAFETY, VIOLENCE, cohort, long, one, some_at_a_time

from effectstudie.analysis.describe import describe_cohort, describe_outcomes, follow_up_waves
from effectstudie.analysis.groups import assign_groups, in_groups
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.result_tables.analysis import DESCRIPTIVES, FOLLOW_UP_WAVES
from effectstudie.shared.vocabulary import UNITS


def test_participation_is_counted_per_kind_of_unit_before_everything_else():
    table = pd.concat(
        [
            long("household", "participation", {"approach": [(1, 1), (1, None)], "rest": [(1, 1)]}),
            long("youth", "participation", {"control": [(1, None)]}),
            long("adult", "safety", {"approach": [(5, 6)]}),
        ]
    )
    found = describe_outcomes(table, MARK)
    counts = found[found["outcome"] == "participation"]
    assert found["outcome"].tolist()[: len(counts)] == ["participation"] * 24
    assert counts["unit"].unique().tolist() == ["household", "adult", "child", "youth"]
    assert one(counts, unit="household", group="approach", wave="T0")["n"] == 2
    assert one(counts, unit="household", group="approach", wave="follow_up")["n"] == 1
    assert one(counts, unit="youth", group="control", wave="T0")["n"] == 1
    assert one(counts, unit="adult", group="rest", wave="T0")["n"] == 0
    assert counts[["mean", "sd", "ci_low", "ci_high"]].isna().all().all()


def test_descriptives_use_everyone_with_a_value_at_that_wave():
    table = long("adult", "safety", {"approach": [(1, None), (2, 4), (3, 6)], "control": [(5, 5)], "rest": []})
    found = describe_outcomes(table, MARK)
    assert list(found.columns) == DESCRIPTIVES.names
    assert list(zip(found["wave"], found["group"], found["n"], strict=True)) == [
        ("T0", "approach", 3),
        ("T0", "control", 1),
        ("T0", "rest", 0),
        ("follow_up", "approach", 2),
        ("follow_up", "control", 1),
        ("follow_up", "rest", 0),
    ]
    first = one(found, wave="T0", group="approach")
    assert (first["mean"], first["sd"]) == (2, 1)
    assert first["ci_high"] == pytest.approx(2 + 4.302652729911275 / sqrt(3))
    assert found.loc[found["group"] == "control", ["sd", "ci_low", "ci_high"]].isna().all().all()
    assert found.loc[found["group"] == "rest", "mean"].isna().all()


def test_a_class_is_a_row_with_its_share_of_all_units_and_percentages_keep_within_bounds():
    table = long("household", "violence", {"approach": [(2, 0), (2, 0), (0, 1), (2, None)]})
    found = describe_outcomes(table, VIOLENCE)
    shares = found[(found["group"] == "approach") & (found["wave"] == "T0")]
    assert shares["outcome"].tolist() == ["violence.none", "violence.mild", "violence.severe"]
    assert shares["mean"].tolist() == [25, 0, 75]
    assert shares["n"].tolist() == [4, 4, 4]
    assert one(found, outcome="violence.none", group="approach", wave="follow_up")["n"] == 3

    trauma = outcomes_from({"trauma": {"unit": "adult", "kind": "percentage", "section": "wellbeing"}})
    table = long("adult", "trauma", {"approach": [(100, 0), (0, 0), (0, 0), (0, 0)]})
    found = describe_outcomes(table, trauma)
    before, after = (one(found, group="approach", wave=wave) for wave in ("T0", "follow_up"))
    assert (before["mean"], before["sd"]) == (25, 50)
    assert (after["mean"], after["sd"], after["ci_low"]) == (0, 0, 0)
    assert 0 < after["ci_high"] < 100


def test_a_cohort_described_by_kind_of_unit_is_the_cohort_described_at_once():
    table, chosen = cohort()
    outcomes = outcomes_from({"school": {**SAFETY, "unit": "youth"}}) | MARK | VIOLENCE
    units = ((unit, in_groups(some_at_a_time(table, unit), chosen)) for unit in UNITS)
    described, rest = describe_cohort(units, outcomes, ["school"])
    whole, _ = assign_groups(table, chosen)
    pd.testing.assert_frame_equal(described, describe_outcomes(whole, outcomes))
    assert described["n"].sum() > 0
    expected = whole.query("outcome == 'school' and group == 'rest' and wave == 'T0'")
    assert rest.keys() == {"school"}
    school = rest["school"]
    assert (
        dict(zip(school["unit_id"], school["value"], strict=True)) == expected.set_index("unit_id")["value"].to_dict()
    )
    assert (len(school), set(school["wave"]), set(school["group"])) == (18, {"T0"}, {"rest"})


def test_the_wave_of_follow_up_is_counted_of_who_took_part_in_it():
    table = long("household", "participation", {"approach": [(1, 1), (1, 1), (1, 1), (1, None)], "control": [(1, 1)]})
    later = table["wave"] == "follow_up"
    first = table["unit_id"].isin(table.loc[later & (table["group"] == "approach"), "unit_id"].unique()[:2])
    waves = pd.Series("T2", index=table.index).mask(first, "T1").where(later, "T0")
    found = follow_up_waves(table.assign(measured_at=waves), ["T1", "T2"])
    assert FOLLOW_UP_WAVES.problems(found) == []
    counts = found.set_index(["unit", "group", "wave"])["n"].sort_index()
    assert counts["household", "approach"].to_dict() == {"T1": 2, "T2": 1}
    assert counts["household", "control"].to_dict() == {"T1": 0, "T2": 1}
    assert counts["adult"].sum() == 0 and len(found) == 16
