"""The studies of a set as one: each with its weight, and their random-effects mean."""

from collections.abc import Collection, Mapping, Sequence
from math import nan
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.analysis.effect.rows import estimate_columns
from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.result_tables.regions import REGIONS
from effectstudie.methods.estimate import Estimate
from effectstudie.methods.regions.random_effects import RandomEffects, random_effects
from effectstudie.regions.effects import RegionEffect, covariance, judged

# Below this share of the largest variance a combination of the estimates has no error of its own.
_SINGULAR = 1e-10


def mean_of(effects: Sequence[RegionEffect]) -> tuple[RandomEffects, float]:
    """Their random-effects mean, and the largest correlation of two of them; undefined with its note."""
    if len(effects) < 2:
        return RandomEffects(Estimate(n=len(effects), note="fewer than 2 studies", reason="studies")), nan
    between = covariance(effects)
    errors = np.sqrt(np.diag(between))
    largest = float((between / np.outer(errors, errors) - np.eye(len(errors))).max())
    sizes = np.linalg.eigvalsh(between)
    if sizes[0] <= _SINGULAR * sizes[-1]:
        same = Estimate(n=len(effects), note="two studies rest on the same households", reason="design")
        return RandomEffects(same), largest
    return random_effects([one.estimate.value for one in effects], between), largest


def together_rows(
    effects: Mapping[str, Mapping[str, RegionEffect]],
    shown: Mapping[str, Collection[str]],
    outcomes: Mapping[str, Outcome],
    controls: str,
) -> tuple[list[dict[str, Any]], dict[tuple[str, str], float]]:
    """Rows of TOGETHER, and the weight of each study in the mean of an outcome: (outcome, study) → share.

    `effects`: study → outcome → its effect; `shown`: study → outcomes whose effect its own report tells, the only
    ones that count, so that a mean tells of no other.
    """
    rows, shares = [], {}
    for name, outcome in outcomes.items():
        known = [study for study, of in effects.items() if name in of and name in shown[study] and of[name].defined]
        of_outcome = [effects[study][name] for study in known]
        found, largest = mean_of(of_outcome)
        shares |= {(name, study): share for study, share in zip(known, found.shares, strict=False)}
        mean = found.mean
        spreads = [one.sd_t0 for one in of_outcome]
        rows.append({
            "controls": controls, "outcome": name, "unit": outcome.unit, "n_studies": len(known),
            **estimate_columns(mean), "tau": found.tau,
            "next_low": found.next_region[0], "next_high": found.next_region[1],
            "q": found.q, "q_p": found.q_p, "correlation": largest,
            "sd_t0": float(np.mean(spreads)) if spreads else nan, **judged(mean.value, mean.se, mean.df, outcome),
        })  # fmt: skip
    return rows, shares


def region_rows(
    effects: Mapping[str, Mapping[str, RegionEffect]],
    shown: Mapping[str, Collection[str]],
    outcomes: Mapping[str, Mapping[str, Outcome]],
    order: Sequence[str],
    shares: Mapping[tuple[str, str], float],
) -> pd.DataFrame:
    """REGIONS: outcomes in this order, of each the studies that have it. `outcomes`: study → its own definitions."""
    return REGIONS.typed(
        {
            "outcome": name, "unit": outcomes[study][name].unit, "study": study, "shown": name in shown[study],
            **of[name].sizes(), **estimate_columns(of[name].estimate), "sd_t0": of[name].sd_t0,
            **judged(of[name].estimate.value, of[name].estimate.se, of[name].estimate.df, outcomes[study][name]),
            "share": shares.get((name, study), nan),
        }
        for name in order
        for study, of in effects.items()
        if name in of
    )  # fmt: skip
