import pandas as pd
import pytest
from given.person_files import pseudonym, written
from pandas.testing import assert_frame_equal

from effectstudie.analysis.effect.without_start import Pool
from effectstudie.analysis.groups import in_groups
from effectstudie.analysis.study import read_study, study_tables
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.result_tables.analysis import TABLES
from effectstudie.shared.vocabulary import UNITS

OUTCOMES = {
    "age": {"unit": "household", "kind": "mean", "section": "background", "measured": "T0"},
    "safety": {
        **{"variable": "safety.mark", "unit": "household", "kind": "mean", "section": "risk", "better": "higher"},
        **{"norm": {"value": 7.0, "label": "norm"}, "margin": 0.5},
    },
}
CHOICES = {
    "outcomes": outcomes_from(OUTCOMES),
    "reported": ["safety"],
    "problems": ["safety"],
    "follow_up": ["T1"],
    "waves": ["T0", "T1"],
    "effect_sizes": {name: {"small": 0.01, "medium": 0.06, "large": 0.14} for name in ("repeated", "between")},
    "fisher_for": "all",
    "estimand": "persons",
    "design": "nearest",
    "primary": ["safety"],
    "contain": {"safety": ["x"]},
    "own_factors": {"safety": []},
}
SIZE = 12


def households():
    """Twelve of each group, and one of the approach without a match: name, group, role."""
    named = [(f"{group}{i:02d}", group) for group in ("approach", "control", "rest") for i in range(SIZE)]
    return [(name, group, "approach" if group == "approach" else "pool") for name, group in [*named, ("lone", "lone")]]


def values():
    rows = []
    for place, (name, group, role) in enumerate(households()):
        who = ("household", name, name, "approach" if group == "lone" else role)
        change = (2.0 if group == "approach" else 0.5) + place % 3
        rows += [(*who, "age", "T0", "T0", 30.0 + place)]
        for wave, measured_at, more in (("T0", "T0", 0.0), ("follow_up", "T1", change)):
            mark = 5.0 + place % 4 + more
            rows += [(*who, "participation", wave, measured_at, 1.0), (*who, "safety", wave, measured_at, mark)]
        rows += [(*who, "risk_status", "T0", "T0", 100.0 * (place % 2))]
    return pd.DataFrame(
        rows, columns=["unit", "unit_id", "household", "role", "outcome", "wave", "measured_at", "value"]
    )


def waves_table(table):
    found = table[table["outcome"].isin(["participation", "safety"])]
    return found.assign(wave=found["measured_at"]).drop(columns="measured_at")


def matched():
    pairs = [(name, group, int(name[-2:]) + 1) for name, group, _ in households() if group in ("approach", "control")]
    return pd.DataFrame(pairs, columns=["household", "group", "subclass"]).assign(weight=1.0, propensity_score=0.5)


def covariates():
    rows = [(name, role, 0, float(place % 5), float(place % 3)) for place, (name, _, role) in enumerate(households())]
    return pd.DataFrame(rows, columns=["household", "role", "stratum", "x", "y"]).replace(
        {"role": {"lone": "approach"}}
    )


RELIABILITY = pd.DataFrame({"instrument": ["safety"], "scale": ["mark"], "wave": ["T0"], "n": [36], "alpha": [0.8]})
# half a caliper leaves a larger difference than the chosen way
WAYS = pd.DataFrame({"variant": ["as_chosen", "ratio_1", "half_caliper"], "max_smd": [0.2, 0.1, 0.3]})


def other_matchings():
    """One of three pairs, too few to find what all find, and one without the first pair."""
    return {"half_caliper": matched().query("subclass > 9"), "ratio_1": matched().query("subclass > 1")}


def given():
    table, approach = values(), {name for name, group, _ in households() if group == "approach"}
    candidates = covariates().set_index("household")
    return {
        "analysis": table,
        "waves_table": waves_table(table),
        "matched": matched(),
        "candidates": candidates.drop(columns="stratum"),
        "variants": other_matchings(),
        "ways_to_match": WAYS,
        "reliability": RELIABILITY,
        "pool": Pool(candidates, approach, lambda: iter([table])),
        "cohort": [("household", in_groups([table.astype({"outcome": "category"})], matched()))],
    }


@pytest.fixture(scope="module")
def made():
    return study_tables(**given(), **CHOICES)


def test_a_study_has_all_its_tables_and_tells_of_whom_it_leaves_out(made):
    tables, unmatched = made
    assert unmatched == 1
    assert list(tables)[:3] == ["descriptives", "tests", "levels"]
    assert {name: len(table) > 0 for name, table in tables.items()} == dict.fromkeys(tables, True)
    assert [problem for name, table in tables.items() for problem in TABLES[name].problems(table)] == []
    assert set(tables) == set(TABLES)


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


def test_the_estimates_stand_in_every_table_that_tells_of_them(made):
    tables, _ = made
    estimate = tables["estimates"].set_index("outcome").loc["safety"]
    tried = tables["sensitivity"].set_index("analysis")
    assert (estimate["value"], estimate["p"]) == (tried.loc["att", "value"], tried.loc["att", "p"])
    assert estimate["value_without_t0"] == tried.loc["without_t0", "value"]
    assert estimate["margin"] == 0.5 and estimate["verdict"] == "better"
    assert set(tables["balance_analysed"]["covariate"]) == {"x", "y"}
    assert set(tables["within_groups"]["what"]) == {"change", "norm"}
    assert set(tables["reliable_change"]["alpha"]) == {0.8}


def test_overlap_weights_have_no_bracket_for_they_estimate_another_average():
    tables, _ = study_tables(**given(), **{**CHOICES, "design": "overlap"})
    estimate = tables["estimates"].iloc[0]
    assert pd.isna(estimate["value_without_t0"]) and pd.isna(estimate["bracket"]) and estimate["p"] < 1
    assert "without_t0" not in set(tables["sensitivity"]["analysis"])


def test_a_matching_that_is_balanced_worse_is_shown_and_does_not_vote(made):
    tables, _ = made
    rows = tables["sensitivity"].set_index("analysis")
    assert rows.loc["matching_half_caliper", "p"] > 0.05 > rows.loc["main", "p"]
    judged = tables["verdicts"].set_index("outcome").loc["safety"]
    assert (judged["verdict"], judged["p_primary"]) == ("holds", judged["p"])
    alike = given() | {"ways_to_match": WAYS.assign(max_smd=0.2)}
    judged = study_tables(**alike, **CHOICES)[0]["verdicts"].set_index("outcome").loc["safety"]
    assert (judged["verdict"], judged["against"]) == ("differs", "matching_half_caliper")


def test_a_study_is_read_with_the_households_that_are_compared_and_the_cohort_in_parts(tmp_path):
    table, key = values(), ["unit", "unit_id", "outcome", "wave"]
    variants = pd.concat([of.assign(variant=name) for name, of in other_matchings().items()])
    paths = {
        "analysis": written(tmp_path / "analysis.parquet", table, key),
        "waves": written(tmp_path / "waves.parquet", waves_table(table), key),
        "matched": written(tmp_path / "matched.parquet", matched(), ["household"]),
        "covariates": written(tmp_path / "covariates.parquet", covariates(), ["household"]),
        "variants": written(tmp_path / "variants.parquet", variants, ["variant", "household"]),
        "ways_to_match": tmp_path / "variants.csv",
        "reliability": [tmp_path / "safety_reliability.csv"],
    }
    WAYS.to_csv(paths["ways_to_match"], index=False)
    RELIABILITY.to_csv(paths["reliability"][0], index=False)
    study = read_study(paths)
    assert set(study["analysis"]["household"]) == {pseudonym(n) for n, group, _ in households() if group != "rest"}
    tables, unmatched = study_tables(**study, **CHOICES)
    assert unmatched == 1
    expected, _ = study_tables(**given(), **CHOICES)
    for name, frame in expected.items():
        assert_frame_equal(tables[name], frame)
    assert [unit for unit, _ in read_study(paths)["cohort"]] == list(UNITS)
