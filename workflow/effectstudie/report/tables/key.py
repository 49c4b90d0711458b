"""Table of the summary: one row per outcome."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.report.prose.means import how_large
from effectstudie.report.prose.outcome import OutcomeFacts, Verdict
from effectstudie.report.prose.summary import contrast, finding
from effectstudie.report.table import Cell, Table, number_columns, text_columns
from effectstudie.report.values import find, value_cell
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, WAVES


def key_table(
    found: Sequence[OutcomeFacts],
    values: pd.DataFrame,
    outcomes: Mapping[str, Mapping],
    labels: Mapping,
    texts: Mapping,
) -> Table:
    """One row per outcome: the values of both groups and the two findings. `texts`: the words of the report."""
    words, places = texts["heads"]["key"], [(group, wave) for group in COMPARED for wave in WAVES]
    heads = [words["value"].format(group=labels["groups"][group], wave=labels["waves"][wave]) for group, wave in places]
    rows: list[list[Cell]] = []
    for facts in found:
        definition, own = outcomes[facts.outcome], values[values["outcome"] == facts.outcome]
        cells = (find(own, group=group, wave=wave) for group, wave in places)
        rows.append([
            formats.capital(texts["titles"].get(facts.outcome, facts.label)),
            *(value_cell(row, definition["decimals"], definition["kind"] != "mean") for row in cells),
            _with_size(finding(facts), facts.time, texts),
            _with_size(contrast(facts), facts.interaction, texts),
        ])  # fmt: skip
    columns = [
        *text_columns(words["outcome"]),
        *number_columns(*heads),
        *text_columns(words["change"], words["difference"]),
    ]
    return Table(columns, rows)


def _with_size(name: str, result: Verdict, texts: Mapping) -> str:
    word = texts["summary"]["verdicts"][name]
    return f"{word} ({how_large(result, texts)})" if name in ("improved", "worsened", "changed", "different") else word
