"""Numbers, means and shares of each group at each measurement."""

import pandas as pd
from given.analysis_rows import MARK, long, one

from effectstudie.analysis.describe import describe_outcomes


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
