"""Tables of who took part: participants, background, and problems at T0 beside the rest of the cohort."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.report.values import cell_text, find, find_test, size_text
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, UNITS, WAVES


def participants(values: pd.DataFrame, labels: Mapping) -> pd.DataFrame:
    """Table 2: who took part, per group and measurement. `labels`: `groups`, `waves` and `units`."""
    rows = []
    for unit in UNITS:
        line = {"Deelnemers": formats.capital(labels["units"][unit])}
        for group in COMPARED:
            for wave in WAVES:
                head = f"{labels['groups'][group]}, {labels['waves'][wave]}"
                line[head] = size_text(find(values, outcome="participation", unit=unit, group=group, wave=wave))
        rows.append(line)
    return pd.DataFrame(rows)


def background(
    values: pd.DataFrame,
    tests: pd.DataFrame,
    outcomes: Mapping[str, Mapping],
    background_ids: Sequence[str],
    labels: Mapping,
) -> pd.DataFrame:
    """Table 3: one row per class (`Categorie`) of a characteristic (`Kenmerk`), with the test of the block."""
    rows, unit = [], None
    at_start = values[values["wave"] == "T0"]
    for outcome in background_ids:
        definition = outcomes[outcome]
        if definition["unit"] != unit:
            unit = definition["unit"]
            line = {"Kenmerk": f"Aantal {labels['units'][unit]}", "Categorie": ""}
            for group in COMPARED:
                size = find(at_start, outcome="participation", unit=unit, group=group)
                line[labels["groups"][group]] = size_text(size)
            rows.append({**line, "Verschil": ""})
        test = find_test(tests, outcome, "group", wave="T0")
        verdict = formats.p_class(test["p"]) if test else formats.ABSENT
        own = at_start[at_start["outcome"] == outcome]
        for place, cell in enumerate(own["cell"].drop_duplicates()):
            shown = {group: find(own, cell=cell, group=group) for group in COMPARED}
            label = next((row["label"] for row in shown.values() if row), "") if cell else definition["measure"]
            line = {"Kenmerk": definition["label"], "Categorie": formats.ranges(label)}
            for group, row in shown.items():
                line[labels["groups"][group]] = cell_text(row, definition["decimals"], definition["kind"] != "mean")
            rows.append({**line, "Verschil": "" if place else verdict})
    return pd.DataFrame(rows)


def problems(
    values: pd.DataFrame, tests: pd.DataFrame, outcomes: Mapping[str, Mapping], ids: Sequence[str], labels: Mapping
) -> pd.DataFrame:
    """Table 4: problems at T0 of the rest of the cohort and both groups, and which of them differ."""
    at_start, groups = values[values["wave"] == "T0"], ["rest", *COMPARED]
    line = {"Probleem": f"Aantal {labels['units']['household']}"}
    for group in groups:
        row = find(at_start, outcome="participation", unit="household", group=group)
        line[labels["groups"][group]] = size_text(row)
    rows = [{**line, "Verschil": ""}]
    for outcome in ids:
        definition = outcomes[outcome]
        percentage = definition["kind"] != "mean"
        shown = {group: find(at_start, outcome=outcome, group=group) for group in groups}
        line = {"Probleem": _problem_name(outcome, definition, labels)}
        for group, row in shown.items():
            line[labels["groups"][group]] = cell_text(row, definition["decimals"], percentage)
        known = {group for group, row in shown.items() if row is not None and pd.notna(row["value"])}
        rows.append({**line, "Verschil": _apart(tests, outcome, known, labels)})
    return pd.DataFrame(rows)


def _problem_name(outcome: str, definition: Mapping, labels: Mapping) -> str:
    name = formats.capital(labels["titles"].get(outcome, definition["label"]))
    return f"{name}, {definition['measure']}" if definition["kind"] == "mean" else name


def _apart(tests: pd.DataFrame, outcome: str, known: set[str], labels: Mapping) -> str:
    """Which groups differ, of those that are shown: `A en B: p<.05; …`, Ns, or a dash where nothing is tested."""
    own = tests[(tests["outcome"] == outcome) & (tests["effect"] == "problem") & tests["p"].notna()]
    own = own[[known.issuperset(pair.split("|")) for pair in own["group"]]]
    if own.empty:
        return formats.ABSENT
    said = []
    for pair, p in zip(own["group"], own["p"], strict=True):
        if p < 0.05:
            first, second = (labels["groups"][group].lower() if group != "approach" else labels["groups"][group]
                             for group in pair.split("|"))  # fmt: skip
            said.append(f"{first} en {second}: {formats.p_class(p)}")
    return "; ".join(said) or "Ns"
