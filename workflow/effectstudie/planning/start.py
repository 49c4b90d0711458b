"""What the cohort at T0 tells of each outcome, with every count: for the door, which says what of it may be used.

All families that can be compared count: those of the approach, as far as there are any, and the possible controls.
"""

from collections.abc import Mapping
from math import nan, sqrt
from typing import Any

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.methods.clustered.icc import one_way_icc, size_for_design

UNIT = ["unit_id", "household", "role"]


def families_at_start(analysis: pd.DataFrame) -> dict[str, int]:
    """How many households took part at T0: of the `approach`, and `all`. `analysis`: of selection.select_to_plan."""
    asked = analysis[(analysis["outcome"] == "participation") & (analysis["unit"] == "household")]
    roles = asked.loc[asked["wave"] == "T0", "role"]
    return {"approach": int((roles == "approach").sum()), "all": len(roles)}


def at_start(analysis: pd.DataFrame, outcomes: Mapping[str, Outcome]) -> pd.DataFrame:
    """One row per outcome, as the cohort has it; a figure that is not defined is NaN.

    `n` values at T0 in `households`, `n_other` of them not the most common one; `sd` and `icc` at T0, within approach
    and controls. `n_<basis>`, `households_<basis>`: the same counts by basis (BASES), of `families_<basis>` that took
    part, with `cluster_size_<basis>`: icc.size_for_design. Of the n, `pairs` have a follow-up as well, `n_other_later`
    of them not the most common value there, and these have `sd_follow_up` and the `correlation`, within the groups too.
    """
    families = families_at_start(analysis)
    rows = {name: table for name, table in analysis.groupby("outcome", observed=True)}
    nothing = analysis.iloc[:0]
    return pd.DataFrame(
        [
            {"outcome": name, "unit": outcome.unit, **_facts(_both(rows.get(name, nothing), outcome.unit), families)}
            for name, outcome in outcomes.items()
        ]
    )


def _both(rows: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Units with a value at T0: it, their household and role, and the value at follow-up, or NaN."""
    rows = rows[rows["unit"] == unit]
    start, later = (rows[rows["wave"] == wave] for wave in ("T0", "follow_up"))
    both = start[[*UNIT, "value"]].merge(
        later[["unit_id", "value"]].rename(columns={"value": "later"}), on="unit_id", how="left"
    )
    # by value: the last digit of a sum must not depend on the order of pseudonyms
    return both.astype({"role": str}).sort_values(["role", "value", "later"], ignore_index=True)


def _facts(both: pd.DataFrame, families: Mapping[str, int]) -> dict[str, Any]:
    pairs = both.dropna(subset="later")
    facts = {
        "n": len(both),
        "households": both["household"].nunique(),
        "n_other": _others(both["value"]),
        "sd": _spread(both, "value"),
        "icc": one_way_icc(both["value"], both["household"], both["role"]),
        "pairs": len(pairs),
        "n_other_later": _others(pairs["later"]),
        "sd_follow_up": _spread(pairs, "later"),
        "correlation": _correlation(pairs),
    }
    for basis, of in {"approach": both[both["role"] == "approach"], "all": both}.items():
        facts |= {
            f"families_{basis}": families[basis],
            f"n_{basis}": len(of),
            f"households_{basis}": of["household"].nunique(),
            f"cluster_size_{basis}": size_for_design(of["household"]),
        }
    return facts


def _centred(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return table[columns] - table.groupby("role")[columns].transform("mean")


def _others(values: pd.Series) -> int:
    """How many are not the most common value."""
    return len(values) - int(values.value_counts().max()) if len(values) else 0


def _spread(both: pd.DataFrame, column: str) -> float:
    """SD of a column within the groups, pooled over their degrees of freedom."""
    free = len(both) - both["role"].nunique()
    return sqrt(float((_centred(both, [column])[column] ** 2).sum()) / free) if free > 0 else nan


def _correlation(pairs: pd.DataFrame) -> float:
    """Pearson's, within the groups; NaN where there are too few or where one of the two does not vary."""
    if len(pairs) < 3:
        return nan
    value, later = (_centred(pairs, ["value", "later"])[name] for name in ("value", "later"))
    spread = sqrt(float((value**2).sum() * (later**2).sum()))
    return float((value * later).sum()) / spread if spread > 0 else nan
