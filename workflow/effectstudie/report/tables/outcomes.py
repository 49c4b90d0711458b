"""Tables of the report as plain frames: Dutch heads, cells as printed, one row of heads.

Heads are flat on purpose: the PDF writer ties cells to the wrong head where heads span columns or rows.
Every function takes treated values only (see `effectstudie.disclosure`).
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.report.values import cell_text, find, find_test, interval, size_id, size_text
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, WAVES


def outcome_means(
    values: pd.DataFrame, outcomes: Mapping[str, Mapping], outcome_ids: Sequence[str], labels: Mapping
) -> pd.DataFrame:
    """n, mean (or percentage) and standard deviation, one row per outcome (class), group."""
    rows = []
    for outcome in outcome_ids:
        definition = outcomes[outcome]
        own = values[values["outcome"] == outcome]
        for cell in own["cell"].drop_duplicates():
            for group in COMPARED:
                name = formats.capital(labels["titles"].get(outcome, definition["label"]))
                shown = {wave: find(own, cell=cell, group=group, wave=wave) for wave in WAVES}
                label = next((row["label"] for row in shown.values() if row), "")
                line = {"Uitkomst": f"{name}: {label}" if cell else name, "Groep": labels["groups"][group]}
                for wave, row in shown.items():
                    head = labels["waves"][wave]
                    line[f"n {head}"] = size_text(row)
                    line[f"M {head}"] = cell_text(row, definition["decimals"], definition["kind"] != "mean")
                    spread = row["sd"] if row and definition["kind"] == "mean" else float("nan")
                    line[f"SD {head}"] = (
                        formats.ABSENT if pd.isna(spread) else formats.number(spread, definition["decimals"])
                    )
                rows.append(line)
    return pd.DataFrame(rows)


def outcome_tests(
    tests: pd.DataFrame,
    outcomes: Mapping[str, Mapping],
    outcome_ids: Sequence[str],
    labels: Mapping,
    sizes: Mapping[str, str],
) -> pd.DataFrame:
    """The mixed analysis of variance: F, p, partial (with its interval) and generalised eta squared, the size word.

    `sizes`: size id → Dutch word.
    """
    rows = []
    for outcome in outcome_ids:
        for effect in ("time", "group", "interaction"):
            test = find_test(tests, outcome, effect, analysis="mixed_anova")
            if test is None:
                continue
            rows.append(
                {
                    "Uitkomst": formats.capital(labels["titles"].get(outcome, outcomes[outcome]["label"])),
                    "Effect": labels["effects"][effect],
                    "n": formats.number(test["n"]),
                    "Toets": formats.statistic("F", test["value"], [test["df1"], test["df2"]]),
                    "p": formats.p_in_column(test["p"]),
                    "Partiële η²": formats.coefficient(test["effect_value"]),
                    "90%-interval": interval(test["ci_low"], test["ci_high"]),
                    "Gegen. η²": formats.ABSENT if pd.isna(test["ges"]) else formats.coefficient(test["ges"]),
                    "Grootte": sizes[size] if (size := size_id(test)) else formats.ABSENT,
                }
            )
    return pd.DataFrame(rows)
