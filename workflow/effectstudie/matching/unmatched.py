"""Who has no match: approach households without one beside those with one."""

import numpy as np
import pandas as pd

from effectstudie.definitions.result_tables.matching import UNMATCHED


def unmatched_table(candidates: pd.DataFrame, matched: pd.DataFrame, covariates: list[str]) -> pd.DataFrame:
    """Approach households that found no control beside those that did: covariate, n and mean of both, smd.

    `smd`: matched minus unmatched in standard deviations of all approach households; NaN where either is empty or
    nothing varies. n: households with a value, for not all may have a score. `candidates`, `covariates`: of
    matching.MatchResult; text covariates are left out.
    """
    approach = candidates[candidates["role"] == "approach"]
    found = approach["household"].isin(matched["household"])
    rows = []
    for name in [*covariates, "propensity_score"]:
        if approach[name].dtype.kind not in "buif":
            continue
        with_control, without = approach.loc[found, name], approach.loc[~found, name]
        sd = float(approach[name].std(ddof=1)) if len(approach) > 1 else np.nan
        apart = with_control.mean() - without.mean() if with_control.count() and without.count() else np.nan
        rows.append([name, with_control.count(), with_control.mean(), without.count(), without.mean(),
                     apart / sd if sd > 0 else np.nan])  # fmt: skip
    return pd.DataFrame(rows, columns=UNMATCHED.names)
