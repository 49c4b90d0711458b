"""Alternative texts and source lines of figures, from treated values and the tests that may be shown."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.result_tables.analysis import OF_CHANGE
from effectstudie.report.figures.flow import Step
from effectstudie.report.figures.forest import sections
from effectstudie.report.figures.panels import Panel, not_shown
from effectstudie.report.prose.facts import DIFFERENCE_TESTS
from effectstudie.report.values import cell_text, difference_cell, find, find_test
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, SMALL_DIFFERENCE, WAVES


def classes_alt(
    outcome: Outcome,
    values: pd.DataFrame,
    labels: Mapping,
    texts: Mapping,
    instead: Mapping[tuple[str, str], str] | None = None,
) -> str:
    """The percentages of every class, per group and measurement. `instead`: what is said of those that are hidden."""
    words, items = texts["alt"], []
    for group in COMPARED:
        for wave in outcome.waves:
            rows = values[(values["group"] == group) & (values["wave"] == wave)].to_dict("records")
            cells = [f"{row['label']} {cell_text(row, outcome.decimals, True)}" for row in rows]
            if not rows or any(row["status"] for row in rows):
                cells = [(instead or {}).get((group, wave)) or labels["not_shown"]]
            filled = {"group": labels["groups"][group], "wave": labels["waves"][wave], "cells": ", ".join(cells)}
            items.append(words["classes_item"].format(**filled))
    return words["classes"].format(label=outcome.label, items=" ".join(items))


def once_alt(title: str, outcome: Outcome, values: pd.DataFrame, labels: Mapping, texts: Mapping) -> str:
    """The value of each group at the one measurement of an outcome."""
    words, items = texts["alt"], []
    for group in COMPARED:
        row = find(values, group=group)
        known = row is not None and pd.notna(row["value"])
        value = cell_text(row, outcome.decimals, outcome.kind == "percentage")
        items.append(
            words["once_item"].format(group=labels["groups"][group], value=value if known else labels["not_shown"])
        )
    wave, measure = labels["waves"][outcome.measured], formats.ranges(outcome.measure)
    return words["once"].format(label=title, wave=wave, measure=measure, items=" ".join(items))


def theme_alt(panels: Sequence[Panel], labels: Mapping, texts: Mapping) -> str:
    """What a sighted reader sees in the panels of a theme: every level, bound and norm, and what is not shown."""
    words, items = texts["alt"], []
    for panel in panels:
        levels = []
        for group in COMPARED:
            rows = {wave: panel.level(group, wave) for wave in WAVES}
            at = [
                words["theme_level"].format(wave=labels["waves"][wave], value=panel.text(row))
                for wave, row in rows.items()
                if row is not None
            ]
            if at:
                levels.append(f"{labels['groups'][group]} {formats.joined(at)}")
            levels += not_shown(panel, group, labels)
        norm = words["norm"].format(value=panel.shown(panel.norm.value)) if panel.norm else ""
        measure = formats.ranges(panel.measure)
        items.append(
            words["theme_item"].format(title=panel.title, measure=measure, levels="; ".join(levels), norm=norm)
        )
    return words["theme"].format(items=" ".join(items))


def forest_alt(rows: pd.DataFrame, labels: Mapping, texts: Mapping) -> str:
    """What the forest plot says of each outcome, in its order: the difference, its interval and the conclusion."""
    words, items = texts["alt"], []
    for heading, members in sections(rows, labels):
        said = "; ".join(words["forest_item" if row["natural"] else "forest_word"].format(**row) for row in members)
        items.append(words["forest_section"].format(heading=heading, items=said))
    return words["forest"].format(approach=labels["groups"]["approach"], items=" ".join(items))


def flow_alt(steps: Sequence[Step], labels: Mapping, texts: Mapping) -> str:
    """The boxes of the flow from above to below, with who was left out after each."""
    words, parts = texts["alt"], []
    for group in ("", *COMPARED):
        own = [step for step in steps if step.group == group]
        boxes = "; ".join(
            words["flow_left" if step.left else "flow_box"].format(
                count=step.count, text=step.text, left=formats.joined(step.left)
            )
            for step in own
        )
        if own:
            parts.append(
                words["flow_group"].format(group=labels["groups"][group], boxes=boxes) if group else f"{boxes}."
            )
    return words["flow"].format(parts=" ".join(parts))


def t_line(outcome: str, tests: pd.DataFrame, texts: Mapping) -> str:
    """The t test of an outcome of one measurement; empty where it was not done."""
    test = find_test(tests, outcome, "group", analysis="t_test")
    if test is None:
        return ""
    return texts["sources"]["t_test"].format(
        test=formats.statistic("t", test["value"], [test["df1"]]), p=formats.p_value(test["p"])
    )


def love_alt(panels: Mapping[str, pd.DataFrame], samples: Mapping[str, str], texts: Mapping) -> str:
    """Largest difference before and after matching per strategy. `panels`: label → `figures.love_data`."""
    words, counts, items = texts["alt"], texts["counts"], []
    before, after = samples["all"], samples["matched"]
    for strategy, data in panels.items():
        worst = {sample: data[data["sample"] == sample].nlargest(1, "size") for sample in (before, after)}
        matched = data[data["sample"] == after]
        over = int((matched["size"] >= SMALL_DIFFERENCE).sum())
        if any(rows.empty for rows in worst.values()):
            continue
        largest = {
            "before": str(difference_cell(worst[before]["size"].iloc[0], counts)),
            "name_before": worst[before]["name"].iloc[0],
            "after": str(difference_cell(worst[after]["size"].iloc[0], counts)),
            "name_after": worst[after]["name"].iloc[0],
        }
        verb = texts["verbs"]["lie"]["singular" if over <= 1 else "plural"]
        count = formats.number(over) if over else texts["counts"]["none"]
        counted = {"count": count, "total": formats.number(len(matched)), "lie": verb}
        items.append(words["love_item"].format(strategy=strategy, **largest, **counted))
    return words["love"].format(items=" ".join(items))


def sizes_line(values: pd.DataFrame, labels: Mapping, words: Mapping, rounded: bool) -> str:
    """`Multifocus: n = 51 op T0 en n = 49 op T2; Controlegroep: …`, or `n ≥ 50` where sizes are `rounded` down.
    `words`: sources in the texts.
    """
    sign = "≥" if rounded else "="
    parts = []
    for group in COMPARED:
        sizes = []
        for wave in WAVES:
            row = find(values, group=group, wave=wave)
            if row is not None:
                filled = {"wave": labels["waves"][wave], "unsaid": labels["unsaid"]}
                n = "" if pd.isna(row["n"]) else words["n"].format(sign=sign, n=formats.number(row["n"]))
                sizes.append(words["size" if n else "size_hidden"].format(n=n, **filled))
        if sizes:
            parts.append(f"{labels['groups'][group]}: {formats.joined(sizes)}")
    return "; ".join(parts)


def class_line(outcome: str, tests: pd.DataFrame, texts: Mapping) -> str:
    """Which tests were used for a class outcome; empty where none could be."""
    made = tests[(tests["outcome"] == outcome) & tests["p"].notna()]
    names = {
        kind: formats.joined([texts["tests"][name] for name in analyses if (made["analysis"] == name).any()] or [""])
        for kind, analyses in (("difference", DIFFERENCE_TESTS), ("change", OF_CHANGE))
    }
    if all(names.values()):
        return texts["sources"]["classes"].format(**names)
    return texts["sources"]["difference"].format(test=names["difference"]) if names["difference"] else ""
