import numpy as np
import pytest
from given.set_of_studies import OUTCOME, answers, households

from effectstudie.definitions.strategies import Strategy
from effectstudie.regions.effects import study_effects
from effectstudie.regions.placebo import as_if, placebo_effects, placebo_tables

STRATEGY = Strategy.of({"label": "one", "covariates": ["x"], "ratio": 1, "caliper": None, "missing": "complete"})
REGIONS = ("oost", "zuid", "west")


def of_regions(regions):
    of, where = households()
    values = answers(of)

    def effects_of(matched):
        return study_effects(values, matched.households, matched.candidates, {"stress": OUTCOME}, "persons")

    return placebo_effects(of, where, regions, STRATEGY, effects_of, seed=1)


@pytest.fixture(scope="module")
def effects():
    return of_regions(REGIONS)


def test_the_approach_of_the_study_is_not_in_it_and_the_region_is_as_if_it_had_one():
    of, where = households()
    roles = as_if(of, where, "oost").set_index("household")["role"]
    assert set(roles.index) == set(of.loc[of["role"] == "pool", "household"])
    assert set(roles[roles == "approach"].index) == set(where[where == "oost"].index)


def test_each_region_has_an_effect_and_their_spread_is_told(effects):
    placebo, spread = placebo_tables(effects, {"stress": OUTCOME}, "noord")
    assert placebo["region"].tolist() == list(REGIONS)
    assert placebo["n_approach"].tolist() == [25] * 3
    (row,) = spread.to_dict("records")
    assert (row["n_regions"], row["like"]) == (3, "noord")
    assert row["sd"] == pytest.approx(np.std(placebo["value"], ddof=1))
    assert [row["lowest"], row["highest"]] == [placebo["value"].min(), placebo["value"].max()]
    # nothing was done in any region: the values are of chance
    assert abs(row["mean"]) < 3 * placebo["se"].mean()


def test_of_two_regions_no_spread_is_told_and_a_region_without_households_has_no_effect(effects, capsys):
    nobody = of_regions(["nergens"])
    assert "nergens" in capsys.readouterr().out
    placebo, spread = placebo_tables({"oost": effects["oost"], **nobody}, {"stress": OUTCOME}, "noord")
    assert placebo["reason"].fillna("").tolist() == ["", "households"]
    assert spread["n_regions"].tolist() == [1]
    assert spread[["mean", "sd", "tau", "lowest", "highest"]].isna().all(axis=None)
