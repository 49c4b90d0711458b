"""Table of the balance of the matching strategies."""

from collections.abc import Mapping, Sequence

import pandas as pd

from effectstudie.report.table import Cell, Column, Number, Phrase, Table, text_columns
from effectstudie.report.values import difference_cell
from effectstudie.shared import formats

WITH_RATIO = f"{{smd}}{formats.NBSP}({{ratio}})"


def balance(
    frames: Mapping[str, pd.DataFrame], covariate_labels: Mapping[str, str], words: Mapping, counts: Mapping
) -> Table:
    """Standardised differences before matching and after each strategy, then with the ratio of the variances.

    `frames`: label of a strategy → balance (`Shown.balance`); `counts`: see `difference_cell`. A covariate
    that was not equally far apart before matching (a strategy leaves out who lacks it, and each has its own score) has
    a row for every distance, which names its strategies.
    """
    found = {strategy: _by_covariate(frame, covariate_labels, counts) for strategy, frame in frames.items()}
    rows, far = [], False
    for name in dict.fromkeys(name for cells in found.values() for name in cells):
        before: dict[str, list[str]] = {}
        for strategy, cells in found.items():
            if name in cells:
                before.setdefault(str(cells[name][0]), []).append(strategy)
        for strategies in before.values():
            first = found[strategies[0]][name][0]
            far = far or isinstance(first, Phrase)
            label = name if len(before) == 1 else _of(name, strategies, words)
            after = [found[one][name][1] if one in strategies else "" for one in found]
            rows.append([label, first, *after])
    # "this or more" is words, which are not set under numbers
    head = Column(words["all"], "text" if far else "number")
    heads = [words["matched"].format(strategy=strategy) for strategy in found]
    return Table([Column(words["covariate"]), head, *text_columns(*heads)], rows)


def _of(name: str, strategies: Sequence[str], words: Mapping) -> str:
    return words["of"].format(covariate=name, strategies=formats.joined(strategies))


def _by_covariate(
    frame: pd.DataFrame, covariate_labels: Mapping[str, str], counts: Mapping
) -> dict[str, tuple[Cell, Cell]]:
    """Name → difference before matching, and difference after it with the ratio of the variances where there is one."""
    cells, levels = {}, frame["level"].fillna("").astype(str)
    for covariate, level in dict.fromkeys(zip(frame["covariate"], levels, strict=True)):
        by_sample = frame[(frame["covariate"] == covariate) & (levels == level)].set_index("sample")
        label = formats.capital(covariate_labels.get(covariate, covariate))
        before, after = (
            difference_cell(by_sample["smd"].get(sample), counts, by_sample["step"].get(sample, ""))
            for sample in ("all", "matched")
        )
        ratio = by_sample["variance_ratio"].get("matched")
        if pd.notna(ratio):
            after = Phrase(WITH_RATIO, {"smd": after, "ratio": Number(ratio, decimals=2)})
        cells[f"{label}: {level}" if level else label] = (before, after)
    return cells
