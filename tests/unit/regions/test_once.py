from given.set_of_studies import households

from effectstudie.definitions.strategies import Strategy
from effectstudie.regions.once import costs, match_without

STRATEGY = Strategy.of({"label": "one", "covariates": ["x"], "ratio": 2, "caliper": None, "missing": "complete"})


def test_a_control_that_is_taken_serves_no_other_study_and_the_cost_is_told():
    of, _ = households()
    first = match_without(of, (), STRATEGY, seed=1)
    second = match_without(of, first.controls, STRATEGY, seed=1)
    assert len(first.controls) == len(second.controls) == 40
    assert not first.controls & second.controls
    once = {row["study"]: row for row in costs({"noord": first, "oost": second}, "once")}
    assert [once[name]["shared"] for name in ("noord", "oost")] == [0, 0]
    # those that are left are less alike
    assert once["oost"]["max_smd"] > once["noord"]["max_smd"]
    assert once["oost"]["worst"] == "x"
    twice = costs({"noord": first, "oost": first, "zuid": second}, "shared")
    assert [row["shared"] for row in twice] == [40, 40, 0]
    assert [row["ess_controls"] for row in twice] == [40] * 3
    assert [row["unmatched_approach"] for row in twice] == [0] * 3
