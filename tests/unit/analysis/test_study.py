import pandas as pd
import pytest
from given.person_files import pseudonym, written
from pandas.testing import assert_frame_equal

from effectstudie.analysis.groups import in_groups
from effectstudie.analysis.study import read_study, study_tables
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.result_tables.analysis import TABLES
from effectstudie.shared.vocabulary import UNITS

OUTCOMES = {
    "age": {"unit": "household", "kind": "mean", "section": "background", "measured": "T0"},
    "safety": {"unit": "household", "kind": "mean", "section": "risk"},
}
CHOICES = {
    "outcomes": outcomes_from(OUTCOMES),
    "reported": ["safety"],
    "problems": ["safety"],
    "follow_up": ["T1"],
    "waves": ["T0", "T1"],
    "effect_sizes": {name: {"small": 0.01, "medium": 0.06, "large": 0.14} for name in ("repeated", "between")},
    "fisher_for": "all",
}
SIZE = 6


def households():
    """Six of each group, and one of the approach without a match: name, group, role."""
    named = [(f"{group}{i}", group) for group in ("approach", "control", "rest") for i in range(SIZE)]
    return [(name, group, "approach" if group == "approach" else "pool") for name, group in [*named, ("lone", "lone")]]


def values():
    rows = []
    for place, (name, group, role) in enumerate(households()):
        who = ("household", name, name, "approach" if group == "lone" else role)
        change = (2.0 if group == "approach" else 0.5) + place % 3
        rows += [(*who, "age", "T0", "T0", 30.0 + place)]
        for wave, measured_at, more in (("T0", "T0", 0.0), ("follow_up", "T1", change)):
            rows += [(*who, "participation", wave, measured_at, 1.0), (*who, "safety", wave, measured_at, 5.0 + more)]
        rows += [(*who, "risk_status", "T0", "T0", 100.0 * (place % 2))]
    return pd.DataFrame(
        rows, columns=["unit", "unit_id", "household", "role", "outcome", "wave", "measured_at", "value"]
    )


def waves_table(table):
    found = table[table["outcome"].isin(["participation", "safety"])]
    return found.assign(wave=found["measured_at"]).drop(columns="measured_at")


def matched():
    pairs = [(name, group, int(name[-1]) + 1) for name, group, _ in households() if group in ("approach", "control")]
    return pd.DataFrame(pairs, columns=["household", "group", "subclass"]).assign(weight=1.0, propensity_score=0.5)


@pytest.fixture(scope="module")
def made():
    table = values()
    cohort = [("household", in_groups([table.astype({"outcome": "category"})], matched()))]
    return study_tables(table, waves_table(table), matched(), {"ratio_1": matched()}, cohort, **CHOICES)


def test_a_study_has_all_its_tables_and_tells_of_whom_it_leaves_out(made):
    tables, unmatched = made
    assert unmatched == 1
    assert list(tables)[:3] == ["descriptives", "tests", "sensitivity"]
    assert {name: len(table) > 0 for name, table in tables.items()} == dict.fromkeys(tables, True)
    assert [problem for name, table in tables.items() for problem in TABLES[name].problems(table)] == []


def test_the_rest_of_the_cohort_is_described_and_stands_beside_the_others_in_problems_only(made):
    tables, _ = made
    described = tables["descriptives"].set_index(["outcome", "group", "wave"])["n"]
    assert described["safety", "rest", "T0"] == described["safety", "approach", "T0"] == SIZE
    tests = tables["tests"]
    assert set(tests.loc[tests["effect"] == "problem", "group"]) == {
        "approach|control",
        "approach|rest",
        "control|rest",
    }
    assert tests.loc[tests["analysis"] == "mixed_anova", "n"].eq(2 * SIZE).all()
    attrition = tables["attrition"]
    assert set(attrition.loc[attrition["analysis"] == "loss", "group"]) == {"approach", "control"}


def test_only_reported_outcomes_are_tried_again_and_robustness_takes_the_main_analysis(made):
    tables, _ = made
    for name in ("sensitivity", "verdicts", "robustness", "moderation"):
        assert set(tables[name]["outcome"]) == {"safety"}, name
    main = tables["sensitivity"].set_index(["outcome", "analysis"]).loc[("safety", "main")]
    robust = tables["robustness"].set_index("outcome").loc["safety"]
    assert robust["d"] == pytest.approx(main["statistic"] * (2 / SIZE) ** 0.5)
    assert main["p"] < 0.05 and robust["gamma"] >= 1  # the bound of a significant difference, on the 1:1 matching


def test_a_study_is_read_with_the_households_that_are_compared_and_the_cohort_in_parts(tmp_path):
    table, key = values(), ["unit", "unit_id", "outcome", "wave"]
    paths = {
        "analysis": written(tmp_path / "analysis.parquet", table, key),
        "waves": written(tmp_path / "waves.parquet", waves_table(table), key),
        "matched": written(tmp_path / "matched.parquet", matched(), ["household"]),
        "variants": written(tmp_path / "variants.parquet", matched().assign(variant="ratio_1"), ["household"]),
    }
    study = read_study(**paths)
    assert set(study["analysis"]["household"]) == {pseudonym(n) for n, group, _ in households() if group != "rest"}
    tables, unmatched = study_tables(**study, **CHOICES)
    assert unmatched == 1
    cohort = [("household", in_groups([table.astype({"outcome": "category"})], matched()))]
    expected, _ = study_tables(table, waves_table(table), matched(), {"ratio_1": matched()}, cohort, **CHOICES)
    for name, frame in expected.items():
        assert_frame_equal(tables[name], frame)
    assert [unit for unit, _ in read_study(**paths)["cohort"]] == list(UNITS)
