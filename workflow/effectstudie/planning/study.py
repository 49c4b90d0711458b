"""The planning of a study in order: the cohort, the door, the numbers, the page."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.plans.planning import Planning
from effectstudie.definitions.result_tables.planning import START
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.planning.door import shown_start
from effectstudie.planning.detectable import differences, planned
from effectstudie.planning.page import power_record
from effectstudie.planning.start import at_start, families_at_start


def plan_study(
    analysis: pd.DataFrame,
    *,
    study: Mapping[str, Any],
    outcomes: Mapping[str, Outcome],
    primary: Sequence[str],
    planning: Planning,
    limits: Limits,
    synthetic: bool,
    words: Mapping[str, Any],
) -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """What the page says (page.power_record), and the tables START and DETECTABLE by their names.

    `analysis`: of selection.select_to_plan; `outcomes`: of the study, those that are compared over time.
    """
    shown = shown_start(at_start(analysis, outcomes), outcomes, families_at_start(analysis), limits)
    start = planned(shown.outcomes, outcomes, planning)
    exact = shown.families.kind == "exact"
    sizes = sorted({*planning.households, *([shown.families.number] if exact and shown.families.number else [])})
    found = differences(start, sizes, planning)
    record = power_record(
        study=study,
        outcomes=outcomes,
        primary=primary,
        planning=planning,
        start=start,
        found=found,
        families=shown.families,
        limits=limits.said(),
        synthetic=synthetic,
        words=words,
    )
    return record, {"power_start": START.typed(start.to_dict("records")), "power": found}
