"""Tables of all outcomes: their values and their tests. They take what may be shown only (`disclosure.shown.Shown`)."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.report.table import ABSENT, Cell, Number, Table, columns_of, text_columns
from effectstudie.report.values import (
    find,
    find_test,
    interval,
    mean_and_spread,
    size_id,
)
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, WAVES

TESTS = {
    "outcome": "text", "effect": "text", "n": "number", "test": "text", "p": "number", "partial": "number",
    "interval": "text", "general": "number", "size": "text",
}  # fmt: skip


def outcome_means(
    values: pd.DataFrame, outcomes: Mapping[str, Outcome], outcome_ids: Sequence[str], labels: Mapping, words: Mapping
) -> Table:
    """Mean, standard deviation and n (`3,2 ± 1,1 (27)`), or percentage and n: a row an outcome (class)."""
    places = [(group, wave) for group in COMPARED for wave in WAVES]
    rows = []
    for outcome in (outcomes[name] for name in outcome_ids):
        name = formats.capital(labels["titles"].get(outcome.id, outcome.label))
        of_outcome = values[values["outcome"] == outcome.id]
        for cell in of_outcome["cell"].drop_duplicates():
            shown = [find(of_outcome, cell=cell, group=group, wave=wave) for group, wave in places]
            label = next((row["label"] for row in shown if row), "")
            rows.append([f"{name}: {label}" if cell else name, *(_value_and_size(row, outcome) for row in shown)])
    heads = [words["value"].format(group=labels["groups"][group], wave=labels["waves"][wave]) for group, wave in places]
    return Table(text_columns(words["outcome"], *heads), rows)


def _value_and_size(row: Mapping | None, outcome: Outcome) -> Cell:
    """What is known of a group: of how many stays where the value may not be shown, and the other way round."""
    return mean_and_spread(row, outcome.decimals, outcome.kind != "mean") if row else ABSENT


def outcome_tests(
    tests: pd.DataFrame,
    outcomes: Mapping[str, Outcome],
    outcome_ids: Sequence[str],
    labels: Mapping,
    words: Mapping,
    sizes: Mapping[str, str],
) -> Table:
    """The mixed analysis of variance: F, p, partial (with its interval) and generalised eta squared, the size word.

    `words`: heads of the columns; `sizes`: size id → Dutch word.
    """
    rows = []
    for outcome in (outcomes[name] for name in outcome_ids):
        name = formats.capital(labels["titles"].get(outcome.id, outcome.label))
        for effect in ("time", "group", "interaction"):
            test = find_test(tests, outcome.id, effect, analysis="mixed_anova")
            if test is None:
                continue
            rows.append([
                name,
                labels["effects"][effect],
                Number(test["n"]),
                # of a percentage that is hidden only on which side of a bound p lies
                ABSENT if pd.isna(test["value"]) else formats.statistic("F", test["value"], [test["df1"], test["df2"]]),
                Number(test["p"], "p_bound" if test["coarse"] else "p_spaced"),
                Number(test["effect_value"], "coefficient", 2),
                interval(test["ci_low"], test["ci_high"]),
                Number(test["ges"], "coefficient", 2),
                sizes[size] if (size := size_id(test)) else ABSENT,
            ])  # fmt: skip
    return Table(columns_of(words, TESTS), rows, blocks=True)
