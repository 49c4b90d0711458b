"""How large a difference before matching may be shown."""

import math

import pandas as pd
from effectstudie.disclosure.balance import cap_differences


def test_a_huge_difference_is_capped_for_it_gives_a_share_away():
    """50 of 51 in the approach and 1 of 20 outside: SMD (.980 - .05) / .139 = 6.7 would tell the share."""
    table = pd.DataFrame(
        [("thv", "", "all", 0.98, 0.05, 6.7, math.nan), ("thv", "", "matched", 0.98, 1.0, -0.14, math.nan)],
        columns=["covariate", "level", "sample", "mean_approach", "mean_control", "smd", "variance_ratio"],
    )
    capped = cap_differences(table)
    assert capped["smd"].tolist() == [1.2, -0.14]
    assert not {"mean_approach", "mean_control"} & set(capped.columns)
