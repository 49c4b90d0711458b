import pandas as pd

from effectstudie.quality.flow import flow_steps


def test_flow_counts_households_by_what_became_of_them():
    roles = pd.Series({"A": "approach", "B": "approach", "C": "pool", "D": "pool", "E": "excluded"})
    candidates = pd.DataFrame({"household": ["A", "B", "C"], "role": ["approach", "approach", "pool"]})
    matched = pd.DataFrame({"household": ["A", "C"], "group": ["approach", "control"]})
    reasons = {"unmatched_approach": {"no_control_left": 1, "exact_stratum": 0}, "pool_set_aside": {"exact_stratum": 0}}
    assert flow_steps(roles, candidates, matched, ["C", "D"], reasons).to_numpy().tolist() == [
        ["export", "stage", 2, 2],
        ["asked", "stage", 2, 1],
        ["no_control_left", "reason", 1, 0],
        ["matched", "stage", 1, 1],
        ["followed", "stage", 0, 1],
    ]
