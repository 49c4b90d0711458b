"""Descriptives: size, mean, spread and interval of every outcome, per group and wave."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import nan

import numpy as np
import pandas as pd

from effectstudie.analysis.outcome_values import tally, valid_values, values_at
from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.result_tables.analysis import DESCRIPTIVES, FOLLOW_UP_WAVES
from effectstudie.methods.means import mean_ci, percentage_ci
from effectstudie.shared.vocabulary import COMPARED, GROUPS, UNITS, WAVES


def describe_outcomes(table: pd.DataFrame, outcomes: Mapping[str, Outcome]) -> pd.DataFrame:
    """Descriptives of every group, on all units with a value at that wave (DESCRIPTIVES).

    Means: 95 % t interval. Percentages and classes (one row each, `outcome.class`): 95 % Wilson interval, which
    stays within 0-100. `participation` counts units, before everything else.
    """
    rows = []
    took_part = table[(table["outcome"] == "participation") & table["value"].notna()]
    counts = took_part.groupby(["unit", "group", "wave"]).size()
    if len(took_part):
        places = [(unit, group, wave) for unit in UNITS for group in GROUPS for wave in WAVES]
        rows += [("participation", *place, int(counts.get(place, 0)), nan, nan, nan, nan) for place in places]
    for name, values in valid_values(table, outcomes).items():
        outcome = outcomes[name]
        for wave in outcome.waves:
            for group in GROUPS:
                place, x = (outcome.unit, group, wave), values_at(values, group, wave)
                if outcome.classes:
                    for known, count in zip(outcome.classes.values(), tally(x, outcome.codes), strict=True):
                        share = 100 * count / len(x) if len(x) else nan
                        rows.append((f"{name}.{known.id}", *place, len(x), share, nan, *percentage_ci(count, len(x))))
                    continue
                described = mean_ci(x)
                limits = (described.low, described.high)
                if outcome.kind == "percentage":
                    limits = percentage_ci(int((x == 100).sum()), len(x))
                rows.append((name, *place, described.n, described.mean, described.sd, *limits))
    return pd.DataFrame(rows, columns=DESCRIPTIVES.names)


def describe_cohort(
    units: Iterable[tuple[str, Mapping[str, pd.DataFrame]]],
    outcomes: Mapping[str, Outcome],
    problems: Collection[str] = (),
) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """describe_outcomes of a cohort, one kind of unit after the other; and of `problems` the rest of the cohort at T0.

    `units`: a kind of unit with its in_groups, whose columns the rest has too.
    """
    nobody = pd.DataFrame(columns=["unit_id", "wave", "group", "value", "unit", "outcome"])
    described, counts, rest = {}, [], {}
    for unit, tables in units:
        for name, values in tables.items():
            table = values.assign(unit=_each(unit, values), outcome=_each(name, values))
            if name == "participation":
                counts.append(describe_outcomes(table, {}))
            elif name in outcomes and outcomes[name].unit == unit:
                described[name] = describe_outcomes(table, {name: outcomes[name]})
                if name in problems:
                    rest[name] = values[(values["group"] == "rest") & (values["wave"] == WAVES[0])]
    taking_part = [counts[0].assign(n=sum(of_unit["n"] for of_unit in counts))] if counts else []
    in_order = [
        described[name] if name in described else describe_outcomes(nobody, {name: outcome})
        for name, outcome in outcomes.items()
    ]
    return pd.concat([*taking_part, *in_order], ignore_index=True), rest


def _each(name: str, rows: pd.DataFrame) -> pd.Categorical:
    """The same name for each row, as a category: as texts it would be larger than all else of them."""
    return pd.Categorical.from_codes(np.zeros(len(rows), np.int8), [name])


def follow_up_waves(table: pd.DataFrame, waves: Sequence[str]) -> pd.DataFrame:
    """How many of each group had their follow-up at which of `waves` (FOLLOW_UP_WAVES).

    `table`: groups.assign_groups, with `measured_at`.
    """
    took_part = table[(table["outcome"] == "participation") & (table["wave"] == WAVES[1]) & table["value"].notna()]
    counts = took_part.groupby(["unit", "group", "measured_at"], observed=True).size()
    places = [(unit, group, wave) for unit in UNITS for group in COMPARED for wave in waves]
    return FOLLOW_UP_WAVES.typed([(*place, int(counts.get(place, 0))) for place in places])
