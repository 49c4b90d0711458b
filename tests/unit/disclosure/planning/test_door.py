from math import isnan

import pandas as pd
import pytest
from given.planned import OUTCOMES

from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.planning.door import shown_start
from effectstudie.disclosure.shown import Count

LIMITS = Limits(minimum_cell=5, minimum_group=10)
START = {
    **{"outcome": "safety", "unit": "adult", "n": 1200, "households": 1000, "n_other": 900, "sd": 1.80234},
    **{"n_other_later": 700, "sd_follow_up": 1.61},
    **{"icc": -0.0861, "pairs": 900, "correlation": 0.3049, "families_approach": 51, "families_all": 1080},
    **{"n_approach": 64, "households_approach": 51, "cluster_size_approach": 1.40625},
    **{"n_all": 1200, "households_all": 1000, "cluster_size_all": 1.2587},
}
NUMBERS = ["households", "n", "sd", "icc", "per_household", "cluster_size", "sd_follow_up"]
NUMBERS += ["correlation", "lost"]


def shown(**changed):
    families = {"approach": changed.pop("families", 51), "all": 1080}
    return shown_start(pd.DataFrame([{**START, **changed}]), OUTCOMES, families, LIMITS)


def row(**changed):
    return shown(**changed).outcomes.iloc[0]


def test_what_is_shown_is_rounded_as_it_is_printed():
    assert row()[NUMBERS].tolist() == [1000, 1200, 1.8, -0.09, 1.25, 1.41, 1.61, 0.3, 0.25]
    assert row()["basis"] == "approach" and row()["hidden"] == ""


@pytest.mark.parametrize("few", [{"n": 9}, {"households": 9}, {"n_other": 4}, {"n_other": 0, "sd": 0.0}])
def test_nothing_is_shown_of_few_people_or_families_or_where_few_differ_from_the_rest(few):
    found = row(**few)
    assert found["hidden"] == "few" and found[NUMBERS].isna().all() and found["basis"] == ""


def test_the_least_that_may_be_shown_is():
    assert row(n=10, households=10, n_other=5, pairs=0)["hidden"] == ""


@pytest.mark.parametrize("small", [{"n_approach": 9}, {"households_approach": 9}, {"families_approach": 29}])
def test_of_few_in_the_approach_all_families_tell_what_a_family_answers(small):
    found = row(**small)
    assert (found["basis"], found["per_household"], found["cluster_size"]) == ("all", 1.11, 1.26)


def test_a_family_never_answers_nothing():
    assert row(n_approach=0, n_all=1, families_all=1000)["per_household"] == 0.01


def test_over_time_too_few_tell_nothing_and_few_who_stay_or_leave_are_not_counted():
    found = row(pairs=29)
    assert found[["sd_follow_up", "correlation", "lost"]].isna().all()
    for pairs in (1196, 1199):
        assert row(pairs=pairs)["correlation"] == 0.3 and isnan(row(pairs=pairs)["lost"])
    for few in ({"n_other_later": 4}, {"sd_follow_up": 0.001}, {"sd_follow_up": float("nan")}):
        assert isnan(row(**few)["sd_follow_up"]) and row(**few)["correlation"] == 0.3
    assert row(correlation=1.0)["correlation"] == 0.99
    assert row(pairs=1200)["lost"] == 0 and isnan(row(correlation=float("nan"))["correlation"])


@pytest.mark.parametrize(
    ("families", "told"), [(0, Count(0)), (1, Count(10, "fewer")), (9, Count(10, "fewer")), (10, Count(10))]
)
def test_a_small_number_of_families_of_the_approach_is_not_told(families, told):
    assert shown(families=families).families == told
