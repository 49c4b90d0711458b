"""What each choice of controls costs, as far as it may be told."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.matching import step_of
from effectstudie.disclosure.regions.shown import ONCE, OWN, Cost
from effectstudie.disclosure.shown import Count
from effectstudie.shared import formats

# What a report prints, and the column of the same number.
SIZES = {"n_approach": "households_approach", "n_controls": "households_control", "unmatched": "unmatched_approach"}


def are_near(controls: pd.DataFrame, limits: Limits) -> bool:
    """Whether the two choices differ, but by so few households that together they would tell of these."""
    if not {OWN, ONCE} <= set(controls["controls"]):
        return False
    sizes = ["households_approach", "households_control"]
    wide = controls.pivot(index="study", columns="controls", values=sizes)
    apart = sum((wide[size][ONCE] - wide[size][OWN]).abs().sum() for size in sizes)
    return limits.is_small(float(apart))


def shown_costs(controls: pd.DataFrame, public: Mapping[str, Mapping[str, str]], limits: Limits) -> tuple[Cost, ...]:
    """A `Cost` per row; `public`: see `treat.treat_regions`."""
    own = {row["study"]: row for row in controls[controls["controls"] == OWN].to_dict("records")}
    costs = [_cost(row, own.get(row["study"]), public[row["study"]], limits) for row in controls.to_dict("records")]
    # with one number of shared households hidden the others could tell it
    few = any(cost.shared.kind in ("fewer", "hidden") for cost in costs)
    return tuple(
        replace(cost, shared=Count(0, "hidden")) if few and cost.shared.kind == "exact" else cost for cost in costs
    )


def _cost(row: Mapping, own: Mapping | None, public: Mapping[str, str], limits: Limits) -> Cost:
    shown = {name: limits.hide_nothing or _may(row[column], own and own[column], public[name], limits)
             for name, column in SIZES.items()}  # fmt: skip
    approach, unmatched = row["households_approach"], row["unmatched_approach"]
    # a dash for all that is not told: "fewer than" beside it would say that a dash is none of these
    shared, alone = row["shared"], row["households_control"] - row["shared"]
    return Cost(
        controls=row["controls"],
        study=row["study"],
        approach=_count(approach, shown["n_approach"] and not limits.is_small(unmatched), limits),
        unmatched=_count(unmatched, shown["n_approach"] and shown["unmatched"], limits),
        control=_count(row["households_control"], shown["n_controls"], limits),
        shared=_count(shared, limits.is_small(shared) or not limits.is_small(alone), limits),
        step=step_of(row["max_smd"], coarse=True),  # it is a bound of covariates that a report may hide
        worst=row["worst"] if isinstance(row["worst"], str) else "",
    )


def _may(number: float, own: float | None, printed: str, limits: Limits) -> bool:
    """Whether a number may stand beside what the report prints: not what that hides, nor what is near to it.

    Households with and without a control are as many under both choices, so that of two numbers the others follow.
    """
    if own is None:
        return True
    told = printed == formats.number(own) or (own == 0 and printed != formats.ABSENT)
    return told and not limits.is_small(abs(number - own))


def _count(number: float, shown: bool, limits: Limits) -> Count:
    if not shown or pd.isna(number):
        return Count(0, "hidden")
    if limits.is_small(number):
        return Count(limits.minimum_cell, "fewer")
    return Count(int(number), "exact" if number else "none")
