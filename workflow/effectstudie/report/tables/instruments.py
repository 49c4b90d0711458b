"""The table of instruments in the main text: what each measures, who fills it in, how to read its score."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.definitions.instruments import scale_items, score_range
from effectstudie.report.table import ABSENT, Cell, Number, Phrase, Table, columns_of
from effectstudie.shared import formats

COLUMNS = {
    "instrument": "text", "about": "text", "form": "text", "items": "number", "range": "text", "better": "text",
    "cut_off": "text", "alpha": "text", "source": "text",
}  # fmt: skip


def instruments_table(
    definitions: Sequence[Mapping], reliability: pd.DataFrame, labels: Mapping, words: Mapping
) -> Table:
    """One row an instrument; loose questions that are no scale together are left out.

    `definitions`: files of instruments, with `reported` (the scales that range and direction are told of, all without
    it) and `cut_off`; `reliability`: of the cohort, the first wave of it is told. Of several scales alpha is a range.
    """
    alphas = reliability[reliability["wave"] == reliability.groupby("instrument")["wave"].transform("min")]
    rows = []
    for one in definitions:
        if _loose(one):
            continue
        named = one.get("reported", list(one["scales"]))
        better = {one["scales"][name].get("better") for name in named} - {None}
        forms = dict.fromkeys(labels["forms"].get(form, form) for form in one["forms"])
        own = alphas.loc[alphas["instrument"] == one["instrument"], "alpha"].dropna()
        rows.append([
            one["label"],
            formats.capital(one["about"]),
            formats.joined(list(forms)),
            Number(len(_items(one))),
            _range({score_range(one, name) for name in named}, words),
            words["directions"][better.pop()] if len(better) == 1 else words["varies"] if better else ABSENT,
            formats.capital(one["cut_off"]) if "cut_off" in one else ABSENT,
            _between(own.min(), own.max(), "coefficient", 2, words),
            one["source"],
        ])  # fmt: skip
    return Table(columns_of(words, COLUMNS), rows)


def _loose(definition: Mapping) -> bool:
    scales = definition["scales"].values()
    return len(scales) > 1 and all(scale.get("size") == 1 for scale in scales)


def _items(definition: Mapping) -> set[int]:
    return {item for scale in definition["scales"].values() if "total_of" not in scale for item in scale_items(scale)}


def _range(ranges: set[tuple[float, float]], words: Mapping) -> Cell:
    if len(ranges) > 1:
        return words["varies"]
    ((low, high),) = ranges
    whole = float(low).is_integer() and float(high).is_integer()
    return _between(low, high, "number", 0 if whole else 1, words)


def _between(low: float, high: float, form: str, decimals: int, words: Mapping) -> Cell:
    """Two numbers, or one where both are printed alike."""
    ends = Number(low, form, decimals), Number(high, form, decimals)
    return ends[0] if str(ends[0]) == str(ends[1]) else Phrase(words["between"], {"low": ends[0], "high": ends[1]})
