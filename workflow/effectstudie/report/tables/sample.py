"""Tables of who took part: participants, background, and problems at T0 beside the rest of the cohort."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.report.table import ABSENT, Cell, Number, Table, number_columns, text_columns
from effectstudie.report.values import find, find_test, size_cell, value_cell
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import ALPHA, COMPARED, UNITS, WAVES


def participants(values: pd.DataFrame, labels: Mapping, words: Mapping) -> Table:
    """Who took part, per group and measurement. `labels`: `groups`, `waves` and `units`."""
    places = [(group, wave) for group in COMPARED for wave in WAVES]
    heads = [words["value"].format(group=labels["groups"][group], wave=labels["waves"][wave]) for group, wave in places]
    rows = []
    for unit in UNITS:
        found = (find(values, outcome="participation", unit=unit, group=group, wave=wave) for group, wave in places)
        rows.append([formats.capital(labels["units"][unit]), *map(size_cell, found)])
    return Table([*text_columns(words["unit"]), *number_columns(*heads)], rows)


def background(
    values: pd.DataFrame,
    tests: pd.DataFrame,
    outcomes: Mapping[str, Mapping],
    background_ids: Sequence[str],
    labels: Mapping,
    words: Mapping,
) -> Table:
    """One row per class of a characteristic, with the test of the block."""
    rows: list[list[Cell]] = []
    unit, at_start = None, values[values["wave"] == "T0"]
    for outcome in background_ids:
        definition = outcomes[outcome]
        if definition["unit"] != unit:
            unit = definition["unit"]
            found = (find(at_start, outcome="participation", unit=unit, group=group) for group in COMPARED)
            rows.append([words["number_of"].format(units=labels["units"][unit]), "", *map(size_cell, found), ""])
        test = find_test(tests, outcome, "group", wave="T0")
        verdict: Cell = Number(test["p"], "p_class") if test else ABSENT
        own = at_start[at_start["outcome"] == outcome]
        for cell in own["cell"].drop_duplicates():
            shown = [find(own, cell=cell, group=group) for group in COMPARED]
            label = next((row["label"] for row in shown if row), "") if cell else definition["measure"]
            found = (value_cell(row, definition["decimals"], definition["kind"] != "mean") for row in shown)
            rows.append([definition["label"], formats.ranges(label), *found, verdict])
            verdict = ""
    heads = number_columns(*(labels["groups"][group] for group in COMPARED))
    return Table(
        [*text_columns(words["name"], words["class"]), *heads, *text_columns(words["difference"])], rows, blocks=True
    )


def problems(
    values: pd.DataFrame,
    tests: pd.DataFrame,
    outcomes: Mapping[str, Mapping],
    ids: Sequence[str],
    labels: Mapping,
    words: Mapping,
) -> Table:
    """Problems at T0 of the rest of the cohort and both groups, and which of them differ."""
    at_start, groups = values[values["wave"] == "T0"], ["rest", *COMPARED]
    sizes = (find(at_start, outcome="participation", unit="household", group=group) for group in groups)
    rows = [[words["number_of"].format(units=labels["units"]["household"]), *map(size_cell, sizes), ""]]
    for outcome in ids:
        definition = outcomes[outcome]
        found = {group: find(at_start, outcome=outcome, group=group) for group in groups}
        cells = [value_cell(row, definition["decimals"], definition["kind"] != "mean") for row in found.values()]
        known = {group for group, row in found.items() if row is not None and pd.notna(row["value"])}
        rows.append(
            [_problem_name(outcome, definition, labels), *cells, _apart(tests, outcome, known, labels["groups"], words)]
        )
    first, last = text_columns(words["name"], words["difference"])
    return Table([first, *number_columns(*(labels["groups"][group] for group in groups)), last], rows)


def _problem_name(outcome: str, definition: Mapping, labels: Mapping) -> str:
    name = formats.capital(labels["titles"].get(outcome, definition["label"]))
    return f"{name}, {definition['measure']}" if definition["kind"] == "mean" else name


def _apart(tests: pd.DataFrame, outcome: str, known: set[str], groups: Mapping[str, str], words: Mapping) -> Cell:
    """Which groups differ, of those that are shown: `A en B: p<.05; …`, Ns, or a dash where nothing is tested."""
    own = tests[(tests["outcome"] == outcome) & (tests["effect"] == "problem") & tests["p"].notna()]
    own = own[[known.issuperset(pair.split("|")) for pair in own["group"]]]
    if own.empty:
        return ABSENT
    names = {group: name if group == "approach" else name.lower() for group, name in groups.items()}
    said = []
    for pair, p in zip(own["group"], own["p"], strict=True):
        if p < ALPHA:
            first, second = (names[group] for group in pair.split("|"))
            said.append(words["pair"].format(first=first, second=second, p=formats.p_class(p)))
    return "; ".join(said) or words["none"]
