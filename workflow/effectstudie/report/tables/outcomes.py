"""Tables of all outcomes: their values and their tests. They take what may be shown only (`disclosure.shown.Shown`)."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.report.table import ABSENT, Number, Table, columns_of, number_columns, text_columns
from effectstudie.report.values import find, find_test, interval, size_cell, size_id, value_cell
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, WAVES

TESTS = {
    "outcome": "text", "effect": "text", "n": "number", "test": "text", "p": "number", "partial": "number",
    "interval": "text", "general": "number", "size": "text",
}  # fmt: skip


def outcome_means(
    values: pd.DataFrame, outcomes: Mapping[str, Mapping], outcome_ids: Sequence[str], labels: Mapping, words: Mapping
) -> Table:
    """n, mean (or percentage) and standard deviation, one row per outcome (class) and group."""
    rows = []
    for outcome in outcome_ids:
        definition = outcomes[outcome]
        decimals, is_mean = definition["decimals"], definition["kind"] == "mean"
        own = values[values["outcome"] == outcome]
        for cell in own["cell"].drop_duplicates():
            for group in COMPARED:
                name = formats.capital(labels["titles"].get(outcome, definition["label"]))
                shown = [find(own, cell=cell, group=group, wave=wave) for wave in WAVES]
                label = next((row["label"] for row in shown if row), "")
                line = [f"{name}: {label}" if cell else name, labels["groups"][group]]
                for row in shown:
                    spread = Number(row["sd"], decimals=decimals) if row and is_mean else ABSENT
                    line += [size_cell(row), value_cell(row, decimals, not is_mean), spread]
                rows.append(line)
    heads = [words[name].format(wave=labels["waves"][wave]) for wave in WAVES for name in ("n", "mean", "sd")]
    return Table([*text_columns(words["outcome"], words["group"]), *number_columns(*heads)], rows, blocks=True)


def outcome_tests(
    tests: pd.DataFrame,
    outcomes: Mapping[str, Mapping],
    outcome_ids: Sequence[str],
    labels: Mapping,
    words: Mapping,
    sizes: Mapping[str, str],
) -> Table:
    """The mixed analysis of variance: F, p, partial (with its interval) and generalised eta squared, how large.

    `sizes`: size id → Dutch word.
    """
    rows = []
    for outcome in outcome_ids:
        name = formats.capital(labels["titles"].get(outcome, outcomes[outcome]["label"]))
        for effect in ("time", "group", "interaction"):
            test = find_test(tests, outcome, effect, analysis="mixed_anova")
            if test is None:
                continue
            rows.append([
                name,
                labels["effects"][effect],
                Number(test["n"]),
                formats.statistic("F", test["value"], [test["df1"], test["df2"]]),
                Number(test["p"], "p_spaced"),
                Number(test["effect_value"], "coefficient", 2),
                interval(test["ci_low"], test["ci_high"]),
                Number(test["ges"], "coefficient", 2),
                sizes[size] if (size := size_id(test)) else ABSENT,
            ])  # fmt: skip
    return Table(columns_of(words, TESTS), rows, blocks=True)
