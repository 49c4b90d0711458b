"""How far the propensity scores of the groups overlap."""

import numpy as np
import pandas as pd

from effectstudie.definitions.result_tables.matching import OVERLAP

PERCENTILES = [0.1, 0.25, 0.5, 0.75, 0.9]


def overlap_table(candidates: pd.DataFrame, matched: pd.DataFrame, weighed: bool = False) -> pd.DataFrame:
    """Percentiles of the logit of the propensity score (OVERLAP), of both groups before and after matching.

    `sample`: approach_all, pool, approach_matched, control_matched; each of households with a score. `weighed`: of a
    design that weighs, or of full matching, after which the percentiles are of the weights: the lowest value that a
    tenth of them, and so on, does not exceed. `candidates`, `matched`: of candidates.MatchResult.
    """
    candidates = candidates[candidates["propensity_score"].notna()]
    score = candidates["propensity_score"]
    logit = np.log(score / (1 - score))
    approach = candidates["role"].eq("approach")
    weight = candidates["household"].map(matched.set_index("household")["weight"])
    found = weight.notna()
    samples = {
        "approach_all": approach, "pool": ~approach, "approach_matched": approach & found,
        "control_matched": ~approach & found,
    }  # fmt: skip
    rows = []
    for name, members in samples.items():
        of_weights = weighed and name.endswith("_matched")
        cuts = _weighted(logit[members], weight[members]) if of_weights else logit[members].quantile(PERCENTILES)
        rows.append([name, int(members.sum()), *cuts])
    return pd.DataFrame(rows, columns=OVERLAP.names)


def _weighted(values: pd.Series, weights: pd.Series) -> np.ndarray:
    ordered = values.sort_values(kind="stable")
    share = weights[ordered.index].cumsum() / weights.sum()
    return ordered.to_numpy()[np.searchsorted(share, np.array(PERCENTILES) - 1e-12)]
