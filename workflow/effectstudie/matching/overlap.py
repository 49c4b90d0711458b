"""How far the propensity scores of the groups overlap."""

import numpy as np
import pandas as pd

from effectstudie.definitions.result_tables.matching import OVERLAP


def overlap_table(candidates: pd.DataFrame, matched: pd.DataFrame) -> pd.DataFrame:
    """Percentiles of the logit of the propensity score (OVERLAP), of both groups before and after matching.

    `sample`: approach_all, pool, approach_matched, control_matched. `candidates`, `matched`: of matching.MatchResult.
    """
    score = candidates["propensity_score"]
    logit = np.log(score / (1 - score))
    approach = candidates["role"].eq("approach")
    found = candidates["household"].isin(matched["household"])
    samples = {
        "approach_all": approach, "pool": ~approach, "approach_matched": approach & found,
        "control_matched": ~approach & found,
    }  # fmt: skip
    rows = [
        [name, int(members.sum()), *logit[members].quantile([0.1, 0.25, 0.5, 0.75, 0.9]).to_list()]
        for name, members in samples.items()
    ]
    return pd.DataFrame(rows, columns=OVERLAP.names)
