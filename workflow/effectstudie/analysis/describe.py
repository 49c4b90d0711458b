"""Descriptives: size, mean, spread and interval of every outcome, per group and wave."""

from collections.abc import Collection, Iterable, Mapping
from math import nan

import pandas as pd

from effectstudie.analysis.outcome_values import Definition, codes_of, tally, valid_values, values_at, waves_of
from effectstudie.methods.means import mean_ci, percentage_ci
from effectstudie.shared.persons.blocks import together
from effectstudie.shared.vocabulary import GROUPS, UNITS, WAVES

DESCRIPTIVE_COLUMNS = ["outcome", "unit", "group", "wave", "n", "mean", "sd", "ci_low", "ci_high"]


def describe_outcomes(table: pd.DataFrame, outcomes: Mapping[str, Definition]) -> pd.DataFrame:
    """Descriptives of every group, on all units with a value at that wave (columns DESCRIPTIVE_COLUMNS).

    Means: 95 % t interval. Percentages and classes (a row each, `outcome.class`): 95 % Wilson interval, which
    stays within 0-100. `participation` counts units, before everything else.
    """
    rows = []
    took_part = table[(table["outcome"] == "participation") & table["value"].notna()]
    counts = took_part.groupby(["unit", "group", "wave"]).size()
    if len(took_part):
        places = [(unit, group, wave) for unit in UNITS for group in GROUPS for wave in WAVES]
        rows += [("participation", *place, int(counts.get(place, 0)), nan, nan, nan, nan) for place in places]
    for outcome, values in valid_values(table, outcomes).items():
        definition = outcomes[outcome]
        for wave in waves_of(definition):
            for group in GROUPS:
                place, x = (definition["unit"], group, wave), values_at(values, group, wave)
                if definition["kind"] == "class":
                    names = [f"{outcome}.{known['id']}" for known in definition["classes"].values()]
                    for name, count in zip(names, tally(x, codes_of(definition)), strict=True):
                        share = 100 * count / len(x) if len(x) else nan
                        rows.append((name, *place, len(x), share, nan, *percentage_ci(count, len(x))))
                    continue
                found = mean_ci(x)
                limits = (found.low, found.high)
                if definition["kind"] == "percentage":
                    limits = percentage_ci(int((x == 100).sum()), len(x))
                rows.append((outcome, *place, found.n, found.mean, found.sd, *limits))
    return pd.DataFrame(rows, columns=DESCRIPTIVE_COLUMNS)


def describe_cohort(
    units: Iterable[tuple[str, Mapping[str, pd.DataFrame]]],
    outcomes: Mapping[str, Definition],
    problems: Collection[str] = (),
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """describe_outcomes of a cohort, one kind of unit after the other; and of `problems` the rest of the cohort at T0.

    `units`: a kind of unit with its in_groups. The second table is as assign_groups gives it, without household.
    """
    nobody = pd.DataFrame(columns=["unit_id", "wave", "group", "value", "unit", "outcome"])
    found = {name: describe_outcomes(nobody, {name: spec}) for name, spec in outcomes.items()}
    counts, rest = [], [nobody]
    for unit, tables in units:
        for outcome, values in tables.items():
            table = values.assign(unit=unit, outcome=outcome)
            if outcome == "participation":
                counts.append(describe_outcomes(table, {}))
            elif outcome in outcomes and outcomes[outcome]["unit"] == unit:
                found[outcome] = describe_outcomes(table, {outcome: outcomes[outcome]})
                if outcome in problems:
                    rest.append(table[(table["group"] == "rest") & (table["wave"] == WAVES[0])])
    taking_part = [counts[0].assign(n=sum(one["n"] for one in counts))] if counts else []
    return pd.concat([*taking_part, *found.values()], ignore_index=True), together(rest)
