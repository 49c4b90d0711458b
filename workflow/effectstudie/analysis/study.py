"""All result tables of a study, in the order in which they are made."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from effectstudie.analysis.attrition import attrition_table
from effectstudie.analysis.describe import describe_cohort, follow_up_waves
from effectstudie.analysis.effect.analysed import Estimand
from effectstudie.analysis.effect.by_risk import by_risk
from effectstudie.analysis.effect.moderation import moderation_of
from effectstudie.analysis.effect.reliable_change import reliable_changes
from effectstudie.analysis.effect.table import effects_of
from effectstudie.analysis.effect.within_groups import within_groups, within_verdicts
from effectstudie.analysis.effect.without_start import Pool
from effectstudie.analysis.groups import assign_groups, in_groups
from effectstudie.analysis.levels import levels_of
from effectstudie.analysis.pairs import wide
from effectstudie.analysis.robustness import robustness_of
from effectstudie.analysis.sensitivity import sensitivity_of
from effectstudie.analysis.tests import outcome_tests_of
from effectstudie.analysis.verdicts import verdicts, worse_balanced
from effectstudie.definitions.follow_up import FIRST
from effectstudie.definitions.outcomes import Outcome, compared_over_time
from effectstudie.definitions.strategies import WEIGHTED
from effectstudie.selection.measurements import RISK_STATUS
from effectstudie.shared.persons.read import parts_of_unit, read_households, read_persons
from effectstudie.shared.vocabulary import COMPARED, UNITS

# What the estimate without T0 reads of it.
_OF_POOL = ["unit", "unit_id", "household", "outcome", "wave", "value"]

# What describing the whole cohort reads of the analysis table.
_DESCRIBED = ["household", "unit_id", "role", "outcome", "wave", "value"]


def read_study(paths: Mapping[str, Any]) -> dict[str, Any]:
    """What study_tables takes of a study: tables of the households that are compared, and the cohort in parts.

    `paths`: analysis, waves, matched, covariates, variants (households), ways_to_match (their balance), reliability.
    """
    analysis, matched = paths["analysis"], paths["matched"]
    households = pd.read_parquet(matched)
    others = dict(list(pd.read_parquet(paths["variants"]).groupby("variant", observed=True)))
    compared = set(households["household"]).union(*(of_variant["household"] for of_variant in others.values()))
    return {
        "analysis": read_households(analysis, compared),
        "waves_table": read_households(paths["waves"], compared),
        "matched": households,
        "candidates": pd.read_parquet(paths["covariates"]).set_index("household").drop(columns="stratum"),
        "variants": others,
        "ways_to_match": pd.read_csv(paths["ways_to_match"]),
        "reliability": pd.concat([pd.read_csv(path) for path in paths["reliability"]], ignore_index=True),
        "pool": _pool(analysis, matched, paths["covariates"]),
        "cohort": _in_groups(analysis, matched),
    }


def _pool(analysis: str | Path, matched: str | Path, covariates: str | Path) -> Pool:
    households = read_persons(matched)
    approach = households.loc[households["group"] == "approach", "household"]
    candidates = read_persons(covariates).set_index("household")
    return Pool(candidates, set(approach), lambda: chain(*(parts_of_unit(analysis, _OF_POOL, unit) for unit in UNITS)))


def _in_groups(analysis: str | Path, matched: str | Path) -> Iterator[tuple[str, Mapping[str, pd.DataFrame]]]:
    """Each kind of unit with the values of all its units, read when it is its turn."""
    groups = read_persons(matched)
    for unit in UNITS:
        yield unit, in_groups(parts_of_unit(analysis, _DESCRIBED, unit), groups)


def study_tables(
    analysis: pd.DataFrame,
    waves_table: pd.DataFrame,
    matched: pd.DataFrame,
    candidates: pd.DataFrame,
    variants: Mapping[str, pd.DataFrame],
    ways_to_match: pd.DataFrame,
    reliability: pd.DataFrame,
    pool: Pool,
    cohort: Iterable[tuple[str, Mapping[str, pd.DataFrame]]],
    outcomes: Mapping[str, Outcome],
    reported: Sequence[str],
    problems: Sequence[str],
    follow_up: Sequence[str],
    waves: Sequence[str],
    effect_sizes: Mapping[str, Mapping[str, float]],
    fisher_for: str,
    estimand: Estimand,
    design: str,
    primary: Sequence[str],
    contain: Mapping[str, Collection[str]],
    own_factors: Mapping[str, Sequence[str]],
    rule: str = FIRST,
) -> tuple[dict[str, pd.DataFrame], int]:
    """Name → result table, and how many approach households have no match and are left out.

    `analysis` and `waves_table`: see selection.measurements, at least the rows of compared households; `matched`: of
    the selected strategy, of this `design`, and its `candidates` with their role and covariates; `variants`: of other
    ways to match, with their balance in `ways_to_match`; `reliability`: of the scales that are reported; `pool`:
    everyone who could be a control; `cohort`: each kind of unit with its in_groups. The rest of the cohort is only
    described, and stands beside the others at T0 in the tests of `problems`. `reported`: the outcomes whose
    conclusions are tried, `primary` among them; `contain` and `own_factors`: by outcome, the covariates and the risk
    factors made from its own answers; `follow_up`: its waves, the preferred first, of which `rule` takes one of each
    unit; `waves`: all, in order of time.
    """
    table, unmatched = assign_groups(analysis, matched)
    table = table[table["group"].isin(COMPARED)]
    descriptives, rest = describe_cohort(cohort, outcomes, problems)
    tests = outcome_tests_of(table, outcomes, effect_sizes, fisher_for, problems, rest)
    chosen = {name: outcomes[name] for name in reported}
    over_time = compared_over_time(chosen)
    pairs = {name: wide(analysis, matched, name, outcome.unit) for name, outcome in over_time.items()}
    measured_twice = {name: outcome for name, outcome in chosen.items() if not outcome.measured}
    in_classes = {name: outcome for name, outcome in measured_twice.items() if outcome.kind == "class"}
    classes = {name: wide(analysis, matched, name, outcome.unit) for name, outcome in in_classes.items()}
    # overlap weights estimate another average, that of families for whom both were possible: no bracket with this one
    without_t0 = {} if design == "overlap" else pool.without_start(over_time, contain, estimand)
    unadjusted = {name: found.estimate for name, found in without_t0.items()}
    effects = effects_of(pairs, candidates, matched, over_time, unadjusted, estimand)
    sensitivity = sensitivity_of(
        analysis, waves_table, matched, chosen, follow_up, waves, variants, effects.of, without_t0, rule,
        design in WEIGHTED,
    )  # fmt: skip
    main = sensitivity[sensitivity["analysis"] == "main"].set_index("outcome")
    within = within_groups(pairs, over_time)
    families = {name: outcome.section for name, outcome in chosen.items()}
    moderation, moderation_cells = moderation_of(table, matched, chosen)
    tables = {
        "descriptives": descriptives,
        "tests": tests,
        "levels": levels_of({**pairs, **classes}, measured_twice),
        "sensitivity": sensitivity,
        "verdicts": verdicts(
            sensitivity,
            families,
            primary,
            [f"matching_{name}" for name in worse_balanced(ways_to_match)],
        ),
        "robustness": robustness_of(analysis, matched, variants.get("ratio_1"), chosen, main),
        "moderation": moderation,
        "moderation_cells": moderation_cells,
        "attrition": attrition_table(table, chosen),
        "follow_up_waves": follow_up_waves(table, [wave for wave in waves if wave in follow_up]),
        "estimates": effects.estimates,
        "balance_analysed": effects.balance,
        "within_groups": within,
        "within_verdicts": within_verdicts(within, families),
        "by_risk": by_risk(pairs, _risk_statuses(table), over_time, own_factors),
        "reliable_change": reliable_changes(pairs, over_time, reliability, waves[0]),
    }
    return tables, unmatched


def _risk_statuses(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of the risk status at T0, of all factors and without each: household, outcome, value."""
    names = table["outcome"].astype(object)
    return table.loc[names.str.startswith(RISK_STATUS), ["household", "outcome", "value"]].astype({"outcome": object})
