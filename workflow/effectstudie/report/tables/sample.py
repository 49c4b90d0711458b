"""Tables of who took part: participants, background, and problems at T0 beside the rest of the cohort."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.report.table import ABSENT, Cell, Table, number_columns, text_columns
from effectstudie.report.values import find, find_test, size_cell, value_cell
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import ALPHA, COMPARED, UNITS, WAVES


def participants(values: pd.DataFrame, labels: Mapping, words: Mapping) -> Table:
    """Who took part, per group and measurement. `labels`: `groups`, `waves` and `units`."""
    places = [(group, wave) for group in COMPARED for wave in WAVES]
    heads = [words["value"].format(group=labels["groups"][group], wave=labels["waves"][wave]) for group, wave in places]
    rows = []
    for unit in (unit for unit in UNITS if unit in labels["units"]):
        sizes = (find(values, outcome="participation", unit=unit, group=group, wave=wave) for group, wave in places)
        rows.append([formats.capital(labels["units"][unit]), *map(size_cell, sizes)])
    return Table([*text_columns(words["unit"]), *number_columns(*heads)], rows)


def background(
    values: pd.DataFrame,
    tests: pd.DataFrame,
    outcomes: Mapping[str, Outcome],
    background_ids: Sequence[str],
    labels: Mapping,
    words: Mapping,
) -> Table:
    """One row per class of a characteristic, with the test of the block."""
    rows: list[list[Cell]] = []
    unit, at_start = None, values[values["wave"] == "T0"]
    for name in background_ids:
        outcome = outcomes[name]
        if outcome.unit != unit:
            unit = outcome.unit
            sizes = (find(at_start, outcome="participation", unit=unit, group=group) for group in COMPARED)
            rows.append([words["number_of"].format(units=labels["units"][unit]), "", *map(size_cell, sizes), ""])
        test = find_test(tests, name, "group", wave="T0")
        verdict: Cell = ABSENT
        if test:
            verdict = formats.p_bound(test["p"], test["coarse"]) if test["p"] < ALPHA else words["none"]
        of_outcome = at_start[at_start["outcome"] == name]
        for cell in of_outcome["cell"].drop_duplicates():
            shown = [find(of_outcome, cell=cell, group=group) for group in COMPARED]
            label = next((row["label"] for row in shown if row), "") if cell else outcome.measure
            cells = (value_cell(row, outcome.decimals, outcome.kind != "mean") for row in shown)
            rows.append([outcome.label, formats.ranges(label), *cells, verdict])
            verdict = ""
    heads = number_columns(*(labels["groups"][group] for group in COMPARED))
    return Table(
        [*text_columns(words["name"], words["class"]), *heads, *text_columns(words["difference"])], rows, blocks=True
    )


def problems(
    values: pd.DataFrame,
    tests: pd.DataFrame,
    outcomes: Mapping[str, Outcome],
    ids: Sequence[str],
    labels: Mapping,
    words: Mapping,
) -> Table:
    """Problems at T0 of the rest of the cohort and both groups, and which of them differ."""
    at_start, groups = values[values["wave"] == "T0"], ["rest", *COMPARED]
    sizes = (find(at_start, outcome="participation", unit="household", group=group) for group in groups)
    rows = [[words["number_of"].format(units=labels["units"]["household"]), *map(size_cell, sizes), ""]]
    for name in ids:
        outcome = outcomes[name]
        by_group = {group: find(at_start, outcome=name, group=group) for group in groups}
        cells = [value_cell(row, outcome.decimals, outcome.kind != "mean") for row in by_group.values()]
        known = {group for group, row in by_group.items() if row is not None and pd.notna(row["value"])}
        rows.append([_problem_name(outcome, labels), *cells, _apart(tests, name, known, labels["groups"], words)])
    first, last = text_columns(words["name"], words["difference"])
    return Table([first, *number_columns(*(labels["groups"][group] for group in groups)), last], rows)


def _problem_name(outcome: Outcome, labels: Mapping) -> str:
    name = formats.capital(labels["titles"].get(outcome.id, outcome.label))
    return f"{name}, {outcome.measure}" if outcome.kind == "mean" else name


def _apart(tests: pd.DataFrame, outcome: str, known: set[str], groups: Mapping[str, str], words: Mapping) -> Cell:
    """Which groups differ, of those that are shown: `A en B: p < ,05; …`, none, or a dash where nothing is tested."""
    tested = tests[(tests["outcome"] == outcome) & (tests["effect"] == "problem") & tests["p"].notna()]
    tested = tested[[known.issuperset(pair.split("|")) for pair in tested["group"]]]
    if tested.empty:
        return ABSENT
    names = {group: name if group == "approach" else name.lower() for group, name in groups.items()}
    different = []
    for pair, p, coarse in zip(tested["group"], tested["p"], tested["coarse"], strict=True):
        if p < ALPHA:
            first, second = (names[group] for group in pair.split("|"))
            different.append(words["pair"].format(first=first, second=second, p=formats.p_bound(p, coarse)))
    return "; ".join(different) or words["none"]
