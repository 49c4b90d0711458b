"""The door: the result tables of a study and the limits go in, what may be shown comes out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from effectstudie.definitions.outcomes import compared_over_time, outcomes_from
from effectstudie.disclosure.certainty import by_risk, conclusions, losses, lost_at_start, visible
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.matching import cap_differences, matched_households, treat_overlap, ways_to_match
from effectstudie.disclosure.shown import Shown
from effectstudie.disclosure.tests import treat_tests
from effectstudie.disclosure.values import treat

TABLES = (
    "descriptives", "tests", "sensitivity", "verdicts", "robustness", "moderation", "moderation_cells", "attrition",
    "variants",
)  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class StudyResults:
    """The result tables of a study, each as its file has it.

    `balance`, `overlaps`, `matching`: by strategy balance.csv, overlap.csv and summary.json; `reliability`: of the
    instruments that the study uses.
    """

    descriptives: pd.DataFrame
    tests: pd.DataFrame
    sensitivity: pd.DataFrame
    verdicts: pd.DataFrame
    robustness: pd.DataFrame
    moderation: pd.DataFrame
    moderation_cells: pd.DataFrame
    attrition: pd.DataFrame
    variants: pd.DataFrame
    balance: Mapping[str, pd.DataFrame]
    overlaps: Mapping[str, pd.DataFrame]
    matching: Mapping[str, Mapping[str, Any]]
    reliability: pd.DataFrame


def treat_study(
    results: StudyResults, study: Mapping[str, Any], outcomes: Mapping[str, Mapping], limits: Limits, fisher_for: str
) -> Shown:
    """What may be shown of a study. `outcomes`: `Settings.outcomes_of` it; `fisher_for`: see `compare_counts`."""
    treated = treat(results.descriptives, outcomes, limits.minimum_cell, limits.minimum_group)
    tests = treat_tests(results.tests, treated, limits.minimum_group, fisher_for)
    compared = _compared(tests, study, outcomes)
    analyses = visible(results.sensitivity, compared, limits.minimum_group)
    judged = conclusions(analyses, results.verdicts)
    return Shown(
        values=treated.values,
        tests=tests,
        merged=treated.merged,
        suppressed=treated.suppressed(),
        balance={name: cap_differences(frame) for name, frame in results.balance.items()},
        overlaps={name: treat_overlap(frame, limits.minimum_group) for name, frame in results.overlaps.items()},
        matched={name: matched_households(summary, limits) for name, summary in results.matching.items()},
        variants=ways_to_match(results.variants, limits),
        reliability=results.reliability,
        compared=compared,
        analyses=analyses,
        conclusions=judged,
        robustness=results.robustness[results.robustness["outcome"].isin(judged)],
        risk=by_risk(results.moderation, results.moderation_cells, compared, outcomes, limits),
        losses=losses(results.attrition, limits.minimum_cell),
        at_start=lost_at_start(results.attrition, compared, limits.minimum_group),
        limits=limits.said(),
        internal=limits.hide_nothing,
    )


def _compared(tests: pd.DataFrame, study: Mapping[str, Any], outcomes: Mapping[str, Mapping]) -> tuple[str, ...]:
    """Outcomes that are compared over time, of which the test of the difference in change may be shown."""
    interaction = (tests["analysis"] == "mixed_anova") & (tests["effect"] == "interaction") & tests["p"].notna()
    shown = set(tests.loc[interaction, "outcome"])
    followed = compared_over_time(outcomes_from({name: outcomes[name] for name in study["outcomes"]}))
    return tuple(name for name in followed if name in shown)
