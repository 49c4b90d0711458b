"""Alternative texts and source lines of figures, from treated values and the tests that may be shown."""

from collections.abc import Mapping

import pandas as pd

from effectstudie.report.prose.facts import CHANGE_TESTS, DIFFERENCE_TESTS, shown_groups, single_waves
from effectstudie.report.values import cell_text, difference_cell, find, find_test
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, SMALL_DIFFERENCE, WAVES


def means_alt(facts_label: str, definition: Mapping, own: pd.DataFrame, labels: Mapping, texts: Mapping) -> str:
    """What a sighted reader sees in a figure of means: the values of each group and the norm."""
    words, items = texts["alt"], []
    shown, single = shown_groups(own, definition), single_waves(own, definition)
    for group in COMPARED:
        name = labels["groups"][group]
        if group in single:
            one = single[group]
            items.append(words["means_single"].format(group=name, value=one.text, wave=labels["waves"][one.wave]))
        elif group in shown:
            pair = {"before": shown[group].before_text, "after": shown[group].after_text}
            items.append(words["means_item"].format(group=name, **_waves(labels), **pair))
        else:
            items.append(words["means_hidden"].format(group=name))
    norm = definition.get("norm")
    said = words["norm"].format(value=formats.number(norm["value"], definition["decimals"])) if norm else ""
    measure = formats.ranges(definition["measure"])
    return words["means"].format(label=facts_label, measure=measure, items=" ".join(items), norm=said)


def classes_alt(definition: Mapping, own: pd.DataFrame, labels: Mapping, texts: Mapping) -> str:
    """The percentages of every class, per group and measurement."""
    words, items = texts["alt"], []
    for group in COMPARED:
        for wave in [definition["measured"]] if "measured" in definition else WAVES:
            rows = own[(own["group"] == group) & (own["wave"] == wave)].to_dict("records")
            cells = [f"{row['label']} {cell_text(row, definition['decimals'], True)}" for row in rows]
            if not rows or any(row["status"] for row in rows):
                cells = [labels["not_shown"]]
            said = {"group": labels["groups"][group], "wave": labels["waves"][wave], "cells": ", ".join(cells)}
            items.append(words["classes_item"].format(**said))
    return words["classes"].format(label=definition["label"], items=" ".join(items))


def once_alt(title: str, definition: Mapping, own: pd.DataFrame, labels: Mapping, texts: Mapping) -> str:
    """The value of each group at the one measurement of an outcome."""
    words, items = texts["alt"], []
    for group in COMPARED:
        row = find(own, group=group)
        known = row is not None and pd.notna(row["value"])
        value = cell_text(row, definition["decimals"], definition["kind"] == "percentage")
        items.append(
            words["once_item"].format(group=labels["groups"][group], value=value if known else labels["not_shown"])
        )
    wave, measure = labels["waves"][definition["measured"]], formats.ranges(definition["measure"])
    return words["once"].format(label=title, wave=wave, measure=measure, items=" ".join(items))


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
    words, or_more, items = texts["alt"], texts["counts"]["or_more"], []
    before, after = samples["all"], samples["matched"]
    for strategy, data in panels.items():
        worst = {sample: data[data["sample"] == sample].nlargest(1, "size") for sample in (before, after)}
        matched = data[data["sample"] == after]
        over = int((matched["size"] >= SMALL_DIFFERENCE).sum())
        if any(rows.empty for rows in worst.values()):
            continue
        said = {
            "before": str(difference_cell(worst[before]["size"].iloc[0], or_more)),
            "name_before": worst[before]["name"].iloc[0],
            "after": str(difference_cell(worst[after]["size"].iloc[0], or_more)),
            "name_after": worst[after]["name"].iloc[0],
        }
        verb = texts["verbs"]["lie"]["singular" if over == 1 else "plural"]
        counted = {"count": formats.number(over), "total": formats.number(len(matched)), "lie": verb}
        items.append(words["love_item"].format(strategy=strategy, **said, **counted))
    return words["love"].format(items=" ".join(items))


def sizes_line(own: pd.DataFrame, labels: Mapping, words: Mapping) -> str:
    """`Multifocus: n = 51 op T0 en n = 49 op T2; Controlegroep: …`. `words`: sources in the texts."""
    parts = []
    for group in COMPARED:
        sizes = []
        for wave in WAVES:
            row = find(own, group=group, wave=wave)
            if row is not None:
                said = {"wave": labels["waves"][wave], "fewer": labels["fewer"]}
                n = "" if pd.isna(row["n"]) else formats.equals("n", formats.number(row["n"]))
                sizes.append(words["size" if n else "size_hidden"].format(n=n, **said))
        if sizes:
            parts.append(f"{labels['groups'][group]}: {formats.joined(sizes)}")
    return "; ".join(parts)


def anova_line(outcome: str, tests: pd.DataFrame, texts: Mapping) -> str:
    """The three effects of the mixed analysis of variance in one line; empty where it was not done."""
    found = {e: find_test(tests, outcome, e, analysis="mixed_anova") for e in ("time", "group", "interaction")}
    if not all(found.values()):
        return ""
    said = {
        effect: f"{formats.statistic('F', test['value'], [test['df1'], test['df2']])}, {formats.p_value(test['p'])}"
        for effect, test in found.items()
    }
    return texts["sources"]["anova"].format(n=formats.number(found["time"]["n"]), **said)


def class_line(outcome: str, tests: pd.DataFrame, texts: Mapping) -> str:
    """Which tests were used for a class outcome; empty where none could be."""
    own = tests[(tests["outcome"] == outcome) & tests["p"].notna()]
    names = {
        kind: formats.joined([texts["tests"][name] for name in analyses if (own["analysis"] == name).any()] or [""])
        for kind, analyses in (("difference", DIFFERENCE_TESTS), ("change", CHANGE_TESTS))
    }
    if all(names.values()):
        return texts["sources"]["classes"].format(**names)
    return texts["sources"]["difference"].format(test=names["difference"]) if names["difference"] else ""


def _waves(labels: Mapping) -> dict[str, str]:
    return {"t0": labels["waves"]["T0"], "t1": labels["waves"]["follow_up"]}
