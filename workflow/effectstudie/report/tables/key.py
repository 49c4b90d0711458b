"""Table of all outcomes in a row: where each group came from and went to, and what may be said of the difference."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.report.prose.means import how_large
from effectstudie.report.prose.outcome import OutcomeFacts
from effectstudie.report.prose.summary import finding
from effectstudie.report.table import ABSENT, Cell, Number, Phrase, Table, number_columns, text_columns
from effectstudie.report.values import estimate_cell, find
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, ENDS


def key_table(
    all_facts: Sequence[OutcomeFacts],
    estimates: pd.DataFrame,
    levels: pd.DataFrame,
    outcomes: Mapping[str, Outcome],
    labels: Mapping,
    texts: Mapping,
) -> Table:
    """One row per outcome, of those with both measurements. `texts`: the words of the report.

    The values of both groups, what the change over both amounts to, and the estimated effect with its verdict. Which
    side is better stands in a column: without it a difference says nothing.
    """
    words = texts["heads"]["key"]
    rows: list[list[Cell]] = []
    for facts in all_facts:
        outcome = outcomes[facts.outcome]
        row = find(estimates, outcome=facts.outcome)
        values: list[Cell] = []
        for group in COMPARED:
            level = find(levels, outcome=facts.outcome, group=group)
            values += [_level(level, end, outcome) for end in ENDS.values()] if level else [ABSENT] * 2
        rows.append([
            formats.capital(texts["titles"].get(facts.outcome, facts.label)),
            *values,
            _change(facts, texts),
            estimate_cell(row, outcome.decimals) if row else ABSENT,
            words["better"][outcome.better] if outcome.better else formats.ABSENT,
            texts["effect"]["verdicts"][facts.estimated.verdict] if facts.estimated else formats.ABSENT,
        ])  # fmt: skip
    heads = [
        words["value"].format(group=labels["groups"][group], wave=labels["waves"][wave])
        for group in COMPARED
        for wave in ("T0", "follow_up")
    ]
    columns = [
        *text_columns(words["outcome"]),
        *number_columns(*heads),
        *text_columns(*(words[name] for name in ("change", "effect", "side", "verdict"))),
    ]
    return Table(columns, rows)


def _level(level: Mapping, end: str, outcome: Outcome) -> Cell:
    """A level, or the bound that may be said of it, `< 11%`."""
    form = "number" if outcome.kind == "mean" else "percent"
    if pd.notna(level[f"mean_{end}"]) or not level[f"bound_{end}"]:
        return Number(level[f"mean_{end}"], form, outcome.decimals)
    sign = "<" if level[f"bound_{end}"] == "fewer" else ">"
    return Phrase(f"{sign}{formats.NBSP}{{bound}}", {"bound": Number(level[f"bound_value_{end}"], form)})


def _change(facts: OutcomeFacts, texts: Mapping) -> str:
    name = finding(facts)
    word = texts["summary"]["verdicts"][name]
    size = how_large(facts.time, texts) if name in ("improved", "worsened", "changed") else ""
    return f"{word} ({size})" if size else word
