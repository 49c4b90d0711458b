"""Tables of the appendix: reliability, scales, sizes of effects, and what is not shown."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.report.table import ABSENT, Number, Phrase, Table, columns_of, text_columns
from effectstudie.report.values import Named, find, interval, mean_and_spread
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, WAVES

RELIABILITY = {
    "instrument": "text", "scale": "text", "form": "text", "n": "number", "items": "number", "alpha": "number",
    "interval": "text", "published": "number",
}  # fmt: skip
SUPPRESSED = dict.fromkeys(("figure", "class", "group", "wave"), "text")


def effect_sizes(bounds: Mapping[str, Mapping[str, float]], sizes: Mapping[str, str], words: Mapping) -> Table:
    """Table 1. `bounds`: `between` and `repeated`, each size id → lower bound; `sizes`: size id → Dutch word."""
    kinds = ("between", "repeated")
    rows = [
        [
            sizes[size],
            *(Phrase(words["from"], {"number": Number(bounds[kind][size], "coefficient", 2)}) for kind in kinds),
        ]
        for size in bounds["between"]
    ]
    return Table(text_columns(words["size"], *(words[kind] for kind in kinds)), rows)


def subscales(
    values: pd.DataFrame, outcomes: Mapping[str, Outcome], ids: Sequence[str], labels: Mapping, words: Mapping
) -> Table:
    """Mean, standard deviation and n of scales, one column per group and measurement: `3,2 ± 1,1 (27)`."""
    places = [(group, wave) for group in COMPARED for wave in WAVES]
    heads = [words["value"].format(group=labels["groups"][group], wave=labels["waves"][wave]) for group, wave in places]
    rows = []
    for name in ids:
        outcome, of_outcome = outcomes[name], values[values["outcome"] == name]
        shown = (find(of_outcome, group=group, wave=wave) for group, wave in places)
        known = (row if row and pd.notna(row["value"]) else None for row in shown)
        cells = (mean_and_spread(row, outcome.decimals) if row else ABSENT for row in known)
        rows.append([outcome.measure, formats.capital(outcome.label), *cells])
    return Table(text_columns(words["instrument"], words["scale"], *heads), rows, blocks=True)


def reliability(frame: pd.DataFrame, instruments: Mapping[str, str], labels: Mapping, words: Mapping) -> Table:
    """Cronbach's alpha of this run beside the published one, of the first wave in which an instrument was asked.

    `instruments`: id → name, of those to show.
    """
    frame = frame[frame["wave"] == frame.groupby("instrument")["wave"].transform("min")]
    rows = [
        [
            instruments[row["instrument"]],
            row["label"],
            labels["forms"].get(row["form"], row["form"]),
            Number(row["n"]),
            Number(row["items"]),
            Number(row["alpha"], "coefficient", 2),
            interval(row["ci_low"], row["ci_high"]),
            Number(row["published"], "coefficient", 2),
        ]
        for row in frame.to_dict("records")
        if row["instrument"] in instruments
    ]
    return Table(columns_of(words, RELIABILITY), rows)


def suppressed(
    frame: pd.DataFrame,
    titles: Named,
    labels: Mapping,
    words: Mapping,
) -> Table:
    """The list of what is not shown. `frame`: `Shown.suppressed`; `titles`: outcome → what a table calls it.

    Not why: which of the rules hid a number tells of the number. The page for who releases has that.
    """
    rows = []
    for row in frame[frame["group"].isin(COMPARED)].to_dict("records"):
        rows.append([
            formats.capital(titles.get(row["outcome"], labels["units"][row["unit"]])),
            formats.ranges(row["label"]) if row["cell"] else "",
            labels["groups"][row["group"]],
            labels["waves"][row["wave"]],
        ])  # fmt: skip
    return Table(columns_of(words, SUPPRESSED), rows)
