"""All result tables of a study, in the order in which they are made."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from effectstudie.analysis.attrition import attrition_table
from effectstudie.analysis.describe import describe_cohort
from effectstudie.analysis.groups import assign_groups, in_groups
from effectstudie.analysis.moderation import moderation_of
from effectstudie.analysis.robustness import robustness_of
from effectstudie.analysis.sensitivity import sensitivity_of
from effectstudie.analysis.tests import outcome_tests_of
from effectstudie.analysis.verdicts import verdicts
from effectstudie.definitions.outcomes import Outcome
from effectstudie.shared.persons.read import parts_of_unit, read_households, read_persons
from effectstudie.shared.vocabulary import COMPARED, UNITS

# What describing the whole cohort reads of the analysis table.
_DESCRIBED = ["household", "unit_id", "role", "outcome", "wave", "value"]


def read_study(analysis: str | Path, waves: str | Path, matched: str | Path, variants: str | Path) -> dict[str, Any]:
    """What study_tables takes of a study: tables of the households that are compared, and the cohort in parts."""
    households = pd.read_parquet(matched)
    others = dict(list(pd.read_parquet(variants).groupby("variant", observed=True)))
    compared = set(households["household"]).union(*(of_variant["household"] for of_variant in others.values()))
    return {
        "analysis": read_households(analysis, compared),
        "waves_table": read_households(waves, compared),
        "matched": households,
        "variants": others,
        "cohort": _in_groups(analysis, matched),
    }


def _in_groups(analysis: str | Path, matched: str | Path) -> Iterator[tuple[str, Mapping[str, pd.DataFrame]]]:
    """Each kind of unit with the values of all its units, read when it is its turn."""
    groups = read_persons(matched)
    for unit in UNITS:
        yield unit, in_groups(parts_of_unit(analysis, _DESCRIBED, unit), groups)


def study_tables(
    analysis: pd.DataFrame,
    waves_table: pd.DataFrame,
    matched: pd.DataFrame,
    variants: Mapping[str, pd.DataFrame],
    cohort: Iterable[tuple[str, Mapping[str, pd.DataFrame]]],
    outcomes: Mapping[str, Outcome],
    reported: Sequence[str],
    problems: Sequence[str],
    follow_up: Sequence[str],
    waves: Sequence[str],
    effect_sizes: Mapping[str, Mapping[str, float]],
    fisher_for: str,
) -> tuple[dict[str, pd.DataFrame], int]:
    """Name → result table, and how many approach households have no match and are left out.

    `analysis` and `waves_table`: see selection.measurements, at least the rows of compared households; `matched`: of
    the selected strategy; `variants`: of other ways to match; `cohort`: each kind of unit with its in_groups. The rest
    of the cohort is only described, and stands beside the others at T0 in the tests of `problems`. `reported`: the
    outcomes whose conclusions are tried; `follow_up`: its waves, the preferred first; `waves`: all, in order of time.
    """
    table, unmatched = assign_groups(analysis, matched)
    table = table[table["group"].isin(COMPARED)]
    descriptives, rest = describe_cohort(cohort, outcomes, problems)
    tests = outcome_tests_of(pd.concat([table, rest]), outcomes, effect_sizes, fisher_for, problems)
    chosen = {name: outcomes[name] for name in reported}
    sensitivity = sensitivity_of(analysis, waves_table, matched, chosen, follow_up, waves, variants)
    main = sensitivity[sensitivity["analysis"] == "main"].set_index("outcome")
    moderation, moderation_cells = moderation_of(table, matched, chosen)
    tables = {
        "descriptives": descriptives,
        "tests": tests,
        "sensitivity": sensitivity,
        "verdicts": verdicts(sensitivity, {name: outcome.section for name, outcome in chosen.items()}),
        "robustness": robustness_of(analysis, matched, variants.get("ratio_1"), chosen, main),
        "moderation": moderation,
        "moderation_cells": moderation_cells,
        "attrition": attrition_table(table, chosen),
    }
    return tables, unmatched
