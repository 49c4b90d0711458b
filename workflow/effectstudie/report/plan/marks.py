"""The word exploratory in tables of outcomes, at those that the plan does not name. `words`: plan in the texts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from effectstudie.definitions.plans.registered import Registered
from effectstudie.report.table import Table


def marked(table: Table, outcomes: Sequence[str], plan: Registered | None, words: Mapping[str, Any]) -> Table:
    """A table with a row for each of these outcomes, in their order, in which what was not planned says so."""
    if plan is None:
        return table
    exploratory = plan.exploratory(outcomes)
    rows = [
        [words["mark"].format(name=row[0]), *row[1:]] if outcome in exploratory else row
        for outcome, row in zip(outcomes, table.rows, strict=True)
    ]
    return replace(table, rows=rows)


def mark_note(outcomes: Sequence[str], plan: Registered | None, words: Mapping[str, Any]) -> str:
    """What the mark in a table means; empty where all of these outcomes were planned."""
    if plan is None:
        return words["notes"]["none"]
    return words["notes"]["some"] if plan.exploratory(outcomes) else ""
