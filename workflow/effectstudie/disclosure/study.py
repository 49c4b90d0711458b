"""The door: the result tables of a study and the limits go in, what may be shown comes out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from effectstudie.definitions.outcomes import Outcome, compared_over_time
from effectstudie.definitions.result_tables.effect import IMPUTED
from effectstudie.disclosure.cells import in_fives
from effectstudie.disclosure.certainty import by_risk, conclusions, losses, lost_at_start, visible
from effectstudie.disclosure.effect import (
    shown_by_risk,
    shown_changes,
    shown_estimates,
    shown_imputed,
    shown_verdicts,
    shown_within,
)
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.matching import (
    in_steps,
    matched_households,
    near_ways,
    treat_balances,
    treat_cohort,
    treat_overlap,
    ways_to_match,
)
from effectstudie.disclosure.paired import (
    few_move,
    shown_follow_up_waves,
    shown_levels,
    with_merged,
    without_differences,
    without_households,
)
from effectstudie.disclosure.relations import of_few_more
from effectstudie.disclosure.shown import Shown
from effectstudie.disclosure.tests import treat_tests, without_hidden
from effectstudie.disclosure.values import (
    Treated,
    hidden_at,
    treat,
    with_rounded_sizes,
    without_everyone,
    without_intervals,
    without_sizes,
)
from effectstudie.shared.vocabulary import WAVES

TABLES = (
    "descriptives", "tests", "levels", "sensitivity", "verdicts", "robustness", "moderation", "moderation_cells",
    "attrition", "variants", "estimates", "reliable_change", "within_groups", "by_risk",
    "follow_up_waves", "within_verdicts",
)  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class StudyResults:
    """The result tables of a study, each as its file has it.

    `balance`, `overlaps`, `matching`: by strategy balance.csv, overlap.csv and summary.json; `reliability`: of the
    instruments that the study uses; `cohort`: selection's cohort.json; `imputed`: empty unless the study asks for it.
    """

    descriptives: pd.DataFrame
    tests: pd.DataFrame
    levels: pd.DataFrame
    sensitivity: pd.DataFrame
    verdicts: pd.DataFrame
    robustness: pd.DataFrame
    moderation: pd.DataFrame
    moderation_cells: pd.DataFrame
    attrition: pd.DataFrame
    variants: pd.DataFrame
    estimates: pd.DataFrame
    reliable_change: pd.DataFrame
    within_groups: pd.DataFrame
    within_verdicts: pd.DataFrame
    by_risk: pd.DataFrame
    follow_up_waves: pd.DataFrame
    balance: Mapping[str, pd.DataFrame]
    overlaps: Mapping[str, pd.DataFrame]
    matching: Mapping[str, Mapping[str, Any]]
    cohort: Mapping[str, int]
    reliability: pd.DataFrame
    imputed: pd.DataFrame = field(default_factory=lambda: IMPUTED.typed([]))


def treat_study(
    results: StudyResults,
    study: Mapping[str, Any],
    outcomes: Mapping[str, Outcome],
    limits: Limits,
    withheld: Collection[str] = (),
) -> Shown:
    """What may be shown of a study. `outcomes`: by id, all that it names; `withheld`: keys of numbers that `audit`
    found to give others away.
    """
    treated = treat(results.descriptives, outcomes, limits.minimum_cell, limits.minimum_group, withheld)
    measured = with_merged(results.levels, outcomes, limits.minimum_cell)
    levels = shown_levels(measured, outcomes, limits, withheld)
    moved = few_move(results.levels, outcomes, limits)
    tests = treat_tests(results.tests, treated, levels, moved, limits)
    # behind the tests: that everyone's mean tells that of a few does not make a test of others tell it
    values = without_differences(treated.values, measured, limits, outcomes, results.descriptives, withheld)
    stepped_classes = frozenset(of_few_more(results.levels, results.descriptives, outcomes, limits))
    values = without_everyone(without_households(values, levels, outcomes, limits), stepped_classes)
    values = without_sizes(values, outcomes, withheld)
    coarse = set(tests.loc[tests["coarse"], "outcome"])
    tests = without_hidden(tests, values, limits, study["outcomes"])
    treated = Treated(values, treated.merged, treated.together)
    compared = _compared(tests, study, outcomes)
    exact = tuple(name for name in compared if name not in coarse)
    inexact = {name for name in coarse if name in outcomes and outcomes[name].kind == "percentage"}
    levels = in_fives(levels.assign(n=levels["n"].map(limits.down)), stepped_classes)
    near = near_ways(results.variants, limits)
    unseen = {} if limits.hide_nothing else {wave: hidden_at(values, wave) for wave in WAVES}
    shares = set() if limits.hide_nothing else {name for name in compared if outcomes[name].kind == "percentage"}
    means = tuple(name for name in exact if name not in shares)
    decimals = {name: outcomes[name].decimals for name in compared}
    analyses = visible(results.sensitivity, compared, limits, near, coarse, unseen, shares)
    within = shown_within(results.within_groups, means, limits, values)
    risk = by_risk(results.moderation, results.moderation_cells, results.levels, exact, outcomes, limits)
    stepped = set() if limits.hide_nothing else set().union(*map(in_steps, results.balance.values()))
    hidden = {one for name in unseen.get("T0", ()) for one in outcomes[name].covariates}
    balance = treat_balances(results.balance, results.matching, hidden, limits)
    judged = conclusions(analyses, results.verdicts, {name: outcomes[name].section for name in compared})
    selected = study["matching"]["selected"]
    return Shown(
        values=without_intervals(with_rounded_sizes(treated.values, limits), inexact),
        levels=without_intervals(levels, inexact),
        follow_up_waves=shown_follow_up_waves(results.follow_up_waves, limits, withheld),
        tests=tests,
        merged=treated.merged,
        together=treated.together,
        suppressed=treated.suppressed(),
        balance=balance,
        overlaps={
            name: treat_overlap(frame, limits)
            for name, frame in results.overlaps.items()
            if name == selected or limits.hide_nothing
        },
        matched={
            name: matched_households(name, summary, limits, withheld, name == selected)
            for name, summary in results.matching.items()
        },
        cohort=treat_cohort(results.cohort, limits, withheld),
        variants=ways_to_match(
            results.variants, stepped, near, limits, withheld, hidden, chosen=_of_chosen(balance, study["matching"])
        ),
        reliability=treat_reliability(results.reliability, limits),
        compared=compared,
        exact=exact,
        analyses=analyses,
        conclusions=judged,
        robustness=results.robustness[results.robustness["outcome"].isin(set(judged) & set(means))],
        estimates=shown_estimates(
            results.estimates, compared, limits, exact, decimals, unseen.get("T0", ()), shares, hidden
        ),
        reliable_change=shown_changes(results.reliable_change, exact, limits),
        within_groups=within,
        within_verdicts=shown_verdicts(results.within_verdicts, within),
        imputed=shown_imputed(results.imputed, means, limits),
        effect_by_risk=shown_by_risk(
            results.by_risk, results.levels, means, set(risk.loc[risk["coarse"], "outcome"]), limits
        ),
        risk=_apart_from_factors(risk, results.by_risk),
        losses=losses(results.attrition, limits.minimum_cell, withheld),
        at_start=lost_at_start(results.attrition, results.levels, values, means, limits),
        in_fives=stepped_classes,
        limits=limits.said(),
        internal=limits.hide_nothing,
    )


def treat_reliability(reliability: pd.DataFrame, limits: Limits) -> pd.DataFrame:
    """Without alpha of a scale that few people filled in: with few, its answers follow from the items and alpha."""
    treated = reliability.astype({"n": float})
    few = treated["n"] < limits.minimum_group
    treated.loc[few, ["n", "alpha", "ci_low", "ci_high"]] = float("nan")
    return treated


def _apart_from_factors(risk: pd.DataFrame, by_risk: pd.DataFrame) -> pd.DataFrame:
    """`risk` without outcomes that are risk factors, or the sum of them: these go together, whatever happens."""
    factors = by_risk["without_factor"].fillna("").ne("") | by_risk["reason"].eq("input")
    return risk[~risk["outcome"].isin(by_risk.loc[factors, "outcome"])]


def _of_chosen(balance: Mapping[str, pd.DataFrame], matching: Mapping[str, Any]) -> pd.DataFrame:
    """What is told of the covariates of the selected strategy after matching."""
    chosen = balance[matching["selected"]]
    named = chosen["covariate"].isin(matching["strategies"][matching["selected"]]["covariates"])
    return chosen[named & chosen["sample"].eq("matched")]


def _compared(tests: pd.DataFrame, study: Mapping[str, Any], outcomes: Mapping[str, Outcome]) -> tuple[str, ...]:
    """Outcomes that are compared over time, of which the test of the difference in change may be shown."""
    interaction = (tests["analysis"] == "mixed_anova") & (tests["effect"] == "interaction") & tests["p"].notna()
    shown = set(tests.loc[interaction, "outcome"])
    followed = compared_over_time({name: outcomes[name] for name in study["outcomes"]})
    return tuple(name for name in followed if name in shown)
