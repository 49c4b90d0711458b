"""Regions without an approach, studied as if they had one: what they show is no effect of an approach."""

from collections.abc import Callable, Iterable, Mapping
from math import nan
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.analysis.effect.rows import estimate_columns
from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.result_tables.regions import PLACEBO, PLACEBO_SPREAD
from effectstudie.definitions.strategies import Strategy
from effectstudie.methods.estimate import Estimate
from effectstudie.regions.effects import RegionEffect
from effectstudie.regions.once import Matched, match_without
from effectstudie.regions.together import mean_of
from effectstudie.shared.errors import EffectstudieError

# Of fewer regions a spread says nothing.
FEWEST = 3
_NOBODY = Estimate(note="the region cannot be matched", reason="households")


def as_if(households: pd.DataFrame, region_of: pd.Series, region: str) -> pd.DataFrame:
    """The pool of a study, those of one region as if they were in an approach. `region_of`: household → region."""
    pool = households[households["role"] == "pool"]
    return pool.assign(role=np.where(pool["household"].map(region_of) == region, "approach", "pool"))


def placebo_effects(
    households: pd.DataFrame,
    region_of: pd.Series,
    regions: Iterable[str],
    strategy: Strategy,
    effects_of: Callable[[Matched], dict[str, RegionEffect]],
    seed: int,
) -> dict[str, dict[str, RegionEffect]]:
    """Region → outcome → its effect; of a region that nobody can be matched in no outcomes.

    `households`, `strategy`: of the study whose workflow the regions are put through; `effects_of`: what a matching
    gives there.
    """
    found: dict[str, dict[str, RegionEffect]] = {}
    for region in regions:
        try:
            matched = match_without(as_if(households, region_of, region), (), strategy, seed)
        except EffectstudieError as error:
            print(f"{region}: {error}")
            found[region] = {}
            continue
        found[region] = effects_of(matched)
    return found


def placebo_tables(
    effects: Mapping[str, Mapping[str, RegionEffect]], outcomes: Mapping[str, Outcome], like: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """PLACEBO and PLACEBO_SPREAD: the effect of each region, and how far they lie apart."""
    rows: list[dict[str, Any]] = []
    spread: list[dict[str, Any]] = []
    nobody = {"n_approach": 0, "n_control": 0, "households_approach": 0, "households_control": 0}
    for name, outcome in outcomes.items():
        known = []
        for region, of in effects.items():
            one = of.get(name)
            rows.append({
                "outcome": name, "unit": outcome.unit, "region": region, **(one.sizes() if one else nobody),
                **estimate_columns(one.estimate if one else _NOBODY),
            })  # fmt: skip
            known += [one] if one and one.defined else []
        values = np.array([one.estimate.value for one in known])
        enough = len(known) >= FEWEST
        spread.append({
            "outcome": name, "unit": outcome.unit, "like": like, "n_regions": len(known),
            "mean": values.mean() if enough else nan, "sd": values.std(ddof=1) if enough else nan,
            "tau": mean_of(known)[0].tau if enough else nan,
            "lowest": values.min() if enough else nan, "highest": values.max() if enough else nan,
        })  # fmt: skip
    return PLACEBO.typed(rows), PLACEBO_SPREAD.typed(spread)
