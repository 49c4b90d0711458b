"""Table of the balance of one matching strategy."""

from collections.abc import Mapping

import pandas as pd

from effectstudie.disclosure.shown import DIFFERENCE_LIMIT
from effectstudie.report.table import Column, Number, Table
from effectstudie.report.values import difference_cell
from effectstudie.shared import formats

NAN = float("nan")


def balance(frame: pd.DataFrame, covariate_labels: Mapping[str, str], words: Mapping, or_more: str) -> Table:
    """Standardised differences before and after matching.

    `frame`: capped (`Shown.balance`); `or_more`: see `difference_cell`.
    """
    rows = []
    levels = frame["level"].fillna("").astype(str)
    for covariate, level in dict.fromkeys(zip(frame["covariate"], levels, strict=True)):
        own = frame[(frame["covariate"] == covariate) & (levels == level)].set_index("sample")
        label = formats.capital(covariate_labels.get(covariate, covariate))
        differences = (difference_cell(own["smd"].get(sample), or_more) for sample in ("all", "matched"))
        ratio = Number(own["variance_ratio"].get("matched", NAN), decimals=2)
        rows.append([f"{label}: {level}" if level else label, *differences, ratio])
    columns = [Column(words["covariate"])]
    for sample in ("all", "matched"):
        # "this or more" is words, which are not set under numbers
        far = (frame.loc[frame["sample"] == sample, "smd"].abs() >= DIFFERENCE_LIMIT).any()
        columns.append(Column(words[sample], "text" if far else "number"))
    return Table([*columns, Column(words["variance_ratio"], "number")], rows)
