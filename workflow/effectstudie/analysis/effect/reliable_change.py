"""Who changed by more than the error of the questionnaire, on scales with an alpha."""

from collections.abc import Mapping
from math import nan

import numpy as np
import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.result_tables.effect import RELIABLE_CHANGE
from effectstudie.methods.effect.reliable_change import normal_cutoff, reliable_change, se_of_difference
from effectstudie.methods.rounding_error import largest, spread
from effectstudie.shared.vocabulary import COMPARED, WAVES


def reliable_changes(
    pairs: Mapping[str, pd.DataFrame], outcomes: Mapping[str, Outcome], reliability: pd.DataFrame, first_wave: str
) -> pd.DataFrame:
    """Persons per group who recovered, improved, did not change, or got worse (RELIABLE_CHANGE).

    Of outcomes that are a scale with an alpha at the `first_wave` (`reliability`: scoring's): no counts, shares or
    single marks. `pairs`: by outcome, pairs.wide. The spread at T0 is of all who are compared, with both measurements.
    """
    rows = []
    for name, outcome in outcomes.items():
        alpha = _alpha(outcome, reliability, first_wave)
        if np.isnan(alpha) or outcome.kind != "mean" or outcome.counts or not outcome.better:
            continue
        complete = pairs[name].dropna(subset=list(WAVES))
        start = np.sort(complete["T0"].to_numpy(dtype=float))
        sd = spread(start, largest(start)) if len(start) > 1 else nan
        where = {"outcome": name, "unit": outcome.unit}
        note, reason = "", ""
        if len(start) < 2:
            note, reason = "fewer than 2 have both measurements", "pairs"
        elif not 0 <= alpha < 1:
            note, reason = "alpha lies outside 0 to 1", "input"
        elif not sd > 0:
            note, reason = "the first measurement does not vary", "spread"
        error = nan if note else se_of_difference(sd, alpha)
        norm = outcome.norm
        cutoff = (
            nan if note or norm is None or norm.sd is None else normal_cutoff(start.mean(), sd, norm.value, norm.sd)
        )
        for group in COMPARED:
            mine = complete[complete["group"] == group]
            before, after = (mine[wave].to_numpy(dtype=float) for wave in WAVES)
            counts = {}  # undefined, and not 0
            if not note:
                counts = vars(reliable_change(before, after, error, outcome.better == "higher", cutoff))
            more = {"n": len(mine), "alpha": alpha, "sd_start": sd, "note": note, "reason": reason}
            rows.append({**where, "group": group, **counts, **more})
    return RELIABLE_CHANGE.frame(rows)


def _alpha(outcome: Outcome, reliability: pd.DataFrame, first_wave: str) -> float:
    """Alpha of the outcome's scale at the first wave, of the form that most filled in; NaN without one."""
    instrument, _, rest = outcome.variable.partition(".")
    of_scale = reliability[
        (reliability["instrument"] == instrument)
        & (reliability["scale"] == rest.removesuffix(".t"))
        & (reliability["wave"] == first_wave)
        & reliability["alpha"].notna()
    ]
    if not rest or of_scale.empty:
        return nan
    return float(of_scale.sort_values("n", ascending=False, kind="stable")["alpha"].iloc[0])
