"""The result tables of a study, row by row: what names a row of each."""

from collections.abc import Iterable, Mapping

from effectstudie.runs.tables import Key, Row, Table, TableChanges, changed_cells, rows_by_key

# Columns that name a row of the result tables of a study. In tests.csv the method does not: it may follow the data.
KEYS = {
    "descriptives": ("outcome", "unit", "group", "wave"),
    "tests": ("outcome", "unit", "what", "effect", "group", "wave"),
    "sensitivity": ("outcome", "unit", "analysis"),
    "verdicts": ("outcome", "unit"),
    "robustness": ("outcome", "unit"),
    "moderation": ("outcome", "unit", "effect"),
    "moderation_cells": ("outcome", "unit", "group", "risk"),
    "attrition": ("outcome", "unit", "analysis", "group"),
    "estimates": ("outcome", "unit"),
    "balance_analysed": ("outcome", "unit", "covariate"),
    "reliable_change": ("outcome", "unit", "group"),
    "within_groups": ("outcome", "unit", "group", "what", "wave", "analysis"),
    "within_verdicts": ("outcome", "unit", "group", "what", "wave"),
    "by_risk": ("outcome", "unit", "what"),
    "levels": ("outcome", "unit", "group"),
    "follow_up_waves": ("unit", "group", "wave"),
    "imputed": ("outcome", "unit"),
}

# tests.csv of runs archived before result tables held ids: sizes in Dutch, which no other column of it holds.
SIZES_BEFORE = {
    "klein": "small", "klein tot gemiddeld": "small_to_medium", "gemiddeld": "medium",
    "gemiddeld tot groot": "medium_to_large", "groot": "large",
}  # fmt: skip

ESTIMATES = ("mean_difference", "mean_change")


def changed_table(name: str, old: Table, new: Table) -> TableChanges:
    """How two versions of a result table differ, or of another table where no result table has this name."""
    return changed_cells(_as_compared(name, old), _as_compared(name, new), KEYS.get(name))


def changed_results(old: Mapping[str, Table], new: Mapping[str, Table]) -> dict[str, TableChanges]:
    """How the tables of analysis/ that both runs have differ, by name; those that are the same are left out."""
    compared = {
        name: changed_table(name, old[name], new[name])
        for name in sorted(old.keys() & new.keys(), key=lambda name: ([*KEYS, name].index(name), name))
    }
    return {name: changes for name, changes in compared.items() if changes}


def _as_compared(name: str, table: Table) -> Table:
    """tests.csv with ids of sizes, and a column `what` that tells a test from an estimate; other tables as they are."""
    if name != "tests" or "analysis" not in table.head:
        return table
    place = table.head.index("analysis")
    kinds = [row[place] if row[place] in ESTIMATES else "test" for row in table.rows]
    rows = ([SIZES_BEFORE.get(cell, cell) for cell in row] for row in table.rows)
    return Table([*table.head, "what"], [[*row, kind] for row, kind in zip(rows, kinds, strict=True)])


def pairs_of(name: str, old: Mapping[str, Table], new: Mapping[str, Table]) -> Iterable[tuple[Key, Row, Row]]:
    """The rows of a table that both runs have, with their key."""
    if name not in old or name not in new:
        return []
    before, after = (rows_by_key(_as_compared(name, run[name]), KEYS[name]) for run in (old, new))
    return [(key, row, after[key]) for key, row in before.items() if key in after]
