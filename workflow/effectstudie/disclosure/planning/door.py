"""What of the cohort at T0 may be shown, rounded as it is printed. All that is planned follows from these numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan, nan
from typing import Any

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.plans.planning import FEWEST_FAMILIES, FEWEST_PAIRS
from effectstudie.definitions.result_tables.planning import BASES
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.shown import Count
from effectstudie.shared import formats

# Of an SD one more than of the outcome; of what has no unit, and of a share of 1.
DECIMALS = 2
# A family that answers never answers nothing, and a correlation of 1 would leave nothing that varies.
LEAST_ANSWERS, HIGHEST_CORRELATION = 0.01, 0.99

OVER_TIME = ("sd_follow_up", "correlation", "lost")


@dataclass(frozen=True, eq=False)
class ShownStart:
    """`families`: of the approach, at T0; `outcomes`: a row each, NaN for what may not be shown or is not known.

    `hidden`: few, where nothing of the outcome may be shown; `households`, `n`, `sd`, `icc`; by `basis` (BASES), whose
    families tell it, `per_household` (values per household that takes part) and `cluster_size`; and as far as the
    cohort tells them `sd_follow_up`, `correlation` and `lost`, a share of 1.
    """

    families: Count
    outcomes: pd.DataFrame


def shown_start(
    start: pd.DataFrame, outcomes: Mapping[str, Outcome], families: Mapping[str, int], limits: Limits
) -> ShownStart:
    """`start`, `families`: of planning.start."""
    rows = [_shown(row, outcomes[row["outcome"]].decimals, limits) for row in start.to_dict("records")]
    n = families["approach"]
    few = 0 < n < limits.minimum_group
    return ShownStart(Count(limits.minimum_group, "fewer") if few else Count(n), pd.DataFrame(rows))


def _shown(row: Mapping[str, Any], decimals: int, limits: Limits) -> dict[str, Any]:
    names = {"outcome": row["outcome"], "unit": row["unit"]}
    few = min(row["n"], row["households"]) < limits.minimum_group or row["n_other"] < limits.minimum_cell
    if few or isnan(row["sd"]):
        unknown = ("households", "n", "sd", "icc", "per_household", "cluster_size", *OVER_TIME)
        return names | {"hidden": "few", "basis": ""} | dict.fromkeys(unknown, nan)
    basis = _basis(row, limits)
    return names | {
        "hidden": "",
        "households": float(row["households"]),
        "n": float(row["n"]),
        "sd": _rounded(row["sd"], decimals + 1),
        "icc": _rounded(row["icc"]),
        "basis": basis,
        "per_household": max(_rounded(row[f"n_{basis}"] / row[f"families_{basis}"]), LEAST_ANSWERS),
        "cluster_size": _rounded(row[f"cluster_size_{basis}"]),
        **_over_time(row, decimals, limits),
    }


def _basis(row: Mapping[str, Any], limits: Limits) -> str:
    """The approach, where it has families enough to tell what they are like and none of its numbers is small."""
    small = min(row["n_approach"], row["households_approach"]) < limits.minimum_group
    return BASES[small or row["families_approach"] < FEWEST_FAMILIES]


def _over_time(row: Mapping[str, Any], decimals: int, limits: Limits) -> dict[str, float]:
    """What the cohort tells of those with both measurements, where these are enough; a spread that prints as 0 is not
    one to plan with.
    """
    if row["pairs"] < max(FEWEST_PAIRS, limits.minimum_group):
        return dict.fromkeys(OVER_TIME, nan)
    later = nan if row["n_other_later"] < limits.minimum_cell else _rounded(row["sd_follow_up"], decimals + 1)
    small = any(limits.is_small(number) for number in (row["pairs"], row["n"] - row["pairs"]))
    lost = nan if small else _rounded(1 - row["pairs"] / row["n"])
    correlation = _rounded(min(row["correlation"], HIGHEST_CORRELATION))
    return {"sd_follow_up": later or nan, "correlation": correlation, "lost": lost}


def _rounded(value: float, decimals: int = DECIMALS) -> float:
    return nan if isnan(value) else float(formats.rounded(value, decimals))
