"""The rows of the forest plot: every estimated effect in SDs, turned so that the good side is the positive one."""

from collections.abc import Collection, Mapping, Sequence
from math import isnan
from typing import Any

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.report.prose.outcome import OutcomeFacts
from effectstudie.report.prose.wording import unit_of_difference
from effectstudie.report.values import find
from effectstudie.shared import formats

COLUMNS = ["outcome", "theme", "title", "primary", "value", "ci_low", "ci_high", "margin", "natural", "word"]
NAN = float("nan")


def forest_rows(
    facts: Sequence[OutcomeFacts],
    estimates: pd.DataFrame,
    outcomes: Mapping[str, Outcome],
    primary: Collection[str],
    titles: Mapping[str, str],
    texts: Mapping[str, Any],
) -> pd.DataFrame:
    """COLUMNS, a row an estimated outcome: the primary ones first, then as the report has them.

    `natural`: the difference in the unit of the outcome with its interval. An outcome without a better side is not in
    it; one whose numbers may not be shown has its word only.
    """
    rows = [
        _row(one, find(estimates, outcome=one.outcome), outcomes[one.outcome], titles, texts)
        | {"primary": one.outcome in primary}
        for one in facts
        if one.estimated and one.better
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.sort_values("primary", ascending=False, kind="stable").reset_index(drop=True)


def _row(
    facts: OutcomeFacts, row: Mapping[str, Any], outcome: Outcome, titles: Mapping[str, str], texts: Mapping[str, Any]
) -> dict[str, Any]:
    found, sd = facts.estimated, row["sd_t0"]
    known = not isnan(found.value) and pd.notna(sd) and sd > 0
    turn = -1 if outcome.better == "lower" else 1
    ends = sorted(turn * row[name] / sd for name in ("ci_low", "ci_high")) if known else (NAN, NAN)
    signed = formats.number(found.value, outcome.decimals) if known else ""
    short = (facts.unit or {}).get("short")
    unit = formats.NBSP + short if short else unit_of_difference(facts.unit, facts.kind, found.printed, texts)
    natural = f"{signed}{unit} ({found.ci})" if known else ""
    # plus 0.0: no -0.0
    return {
        "outcome": outcome.id,
        "theme": texts["labels"]["sections"][outcome.section],
        "title": formats.capital(titles[outcome.id]),
        "value": round(turn * found.value / sd, 2) + 0.0 if known else NAN,
        "ci_low": round(ends[0], 2) + 0.0,
        "ci_high": round(ends[1], 2) + 0.0,
        "margin": round(outcome.margin / sd, 2) if known and outcome.margin is not None else NAN,
        "natural": natural,
        "word": texts["effect"]["verdicts"][found.verdict],
    }
