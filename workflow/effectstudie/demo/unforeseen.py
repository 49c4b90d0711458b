"""Answers to questions that the definition of the cohort does not know, so that a new questionnaire has data too."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.stats import norm

from effectstudie.definitions.export_columns import Column
from effectstudie.demo.draws import correlated, stream

# How much answers of one person to one questionnaire are alike.
LIKENESS = 0.7
# What a number without a range may be.
LOW, HIGH = 0, 10


def with_unforeseen(frame: pd.DataFrame, columns: Mapping[str, Column], seed: int, *place: str) -> pd.DataFrame:
    """`frame` with every column that the codebook has besides, filled within what the codebook allows.

    `place`: table and wave. The answers of a person to one questionnaire have something in common, also over waves;
    nothing that was there changes. A date is that of the visit, a text is empty.
    """
    more = {name: _answers(column, frame, seed, *place) for name, column in columns.items() if name not in frame}
    return pd.concat([frame, pd.DataFrame(more, index=frame.index)], axis=1)


def _answers(column: Column, frame: pd.DataFrame, seed: int, table: str, *wave: str) -> pd.Series | np.ndarray | str:
    if column.kind == "date":
        return frame.get("afnamedatum", pd.NaT)
    if column.kind not in ("code", "number"):
        return ""
    trait = stream(seed, "unforeseen", table, column.questionnaire).standard_normal(len(frame))
    own = stream(seed, "unforeseen", table, *wave, column.name)
    place = norm.cdf(correlated(own, trait, LIKENESS))  # from 0 to 1, every part as often
    if column.values is not None:
        codes = np.array(sorted(column.values), dtype=float)
        return codes[(place * len(codes)).astype(int)]
    low, high = (LOW, HIGH) if column.low is None else (column.low, column.high)
    return np.clip(np.floor(low + place * (high - low + 1)), low, high)
