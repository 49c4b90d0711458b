"""The smallest difference that a study could find, and how many households find one.

Of n values a group, with SD s at T0, f at follow-up and correlation r between the measurements, the estimate adjusts
for T0, which leaves f sqrt(1 - r^2) (Borm, Fransen & Lemmens, 2007); the published test is of the change, which varies
by sqrt(s^2 + f^2 - 2 r s f). Either needs d of these, with d by methods.power, design effect and t test. Both assume
that members of a household are as alike at follow-up, and that no weight is larger than another; without a follow-up
in the cohort also that f is s.
"""

from collections.abc import Iterable, Mapping
from math import isnan, nan, sqrt
from typing import Any

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.plans.planning import Planning
from effectstudie.definitions.result_tables.planning import DETECTABLE
from effectstudie.methods.power import minimal_detectable_effect

# A study of more households than this is not planned.
MOST_HOUSEHOLDS = 2000


def planned(start: pd.DataFrame, outcomes: Mapping[str, Outcome], planning: Planning) -> pd.DataFrame:
    """START: what each outcome starts from, with the margin, and the households that find it (NaN: no number does).

    `start`: of disclosure.planning.door. The `correlation` and the share `lost` are those of the study's file; of the
    cohort, where the file has none; else those that hold without either.
    """
    rows = []
    for row in start.to_dict("records"):
        for name in ("correlation", "lost"):
            asked = name in planning.given
            known = not asked and not isnan(row[name])
            row[f"{name}_from"] = "setting" if asked else "cohort" if known else "default"
            row[name] = row[name] if known else getattr(planning, name)
        known = not isnan(row["sd_follow_up"])
        row["sd_follow_up_from"] = "cohort" if known else "default"
        row["sd_follow_up"] = row["sd_follow_up"] if known else row["sd"]
        margin = outcomes[row["outcome"]].margin
        row["margin"] = nan if margin is None else margin
        rows.append(row | {key: households_for(row, of, planning) for key, of in NEEDED.items()})
    return pd.DataFrame(rows)


def differences(start: pd.DataFrame, households: Iterable[int], planning: Planning) -> pd.DataFrame:
    """DETECTABLE: per outcome and number of households of the approach. `start`: of `planned`.

    `difference` and `change`, in the unit of the outcome, and in SDs at T0: the smallest that the estimate finds, and
    the published test; NaN where none is.
    """
    rows = []
    for row in start.to_dict("records"):
        for number in households:
            n = _values(row, number)
            d = detectable_d(row, number, planning)
            found = {name: d * left(row) for name, left in LEFT.items()}
            found |= {f"{name}_sd": found[name] / row["sd"] for name in LEFT}
            sizes = {"households": number, "n_approach": n, "n_control": planning.ratio * n}
            rows.append({"outcome": row["outcome"], "unit": row["unit"], **sizes, **found})
    return DETECTABLE.typed(rows)


def _adjusted(row: Mapping[str, Any]) -> float:
    return row["sd_follow_up"] * sqrt(1 - row["correlation"] ** 2)


def _change(row: Mapping[str, Any]) -> float:
    start, later = row["sd"], row["sd_follow_up"]
    return sqrt(start**2 + later**2 - 2 * row["correlation"] * start * later)


# The SD that is left: of the estimate, which adjusts for T0, and of the change.
LEFT = {"difference": _adjusted, "change": _change}
NEEDED = {"needed": "difference", "needed_change": "change"}


def _values(row: Mapping[str, Any], households: int) -> float:
    """Values at both measurements of so many households."""
    return households * row["per_household"] * (1 - row["lost"])


def detectable_d(row: Mapping[str, Any], households: int, planning: Planning) -> float:
    """Cohen's d of the residuals that so many households of the approach find; NaN where they are too few."""
    n = _values(row, households)
    icc = 0.0 if isnan(row["icc"]) else row["icc"]
    found = minimal_detectable_effect(n, planning.ratio * n, planning.power, icc=icc, cluster_size=row["cluster_size"])
    return found.d


def households_for(row: Mapping[str, Any], of: str, planning: Planning) -> float:
    """The fewest households of the approach that find the `margin` of the outcome, by LEFT; NaN where none do."""
    allowed = LEFT[of](row)
    if isnan(row["margin"]) or isnan(allowed):
        return nan

    def enough(households: int) -> bool:
        return detectable_d(row, households, planning) * allowed <= row["margin"]

    low, high = 0, MOST_HOUSEHOLDS
    if not enough(high):
        return nan
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return float(high)
