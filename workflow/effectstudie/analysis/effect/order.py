"""An order of rows that follows from what was measured: the last digit of a result must not hang on pseudonyms."""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def in_order(rows: pd.DataFrame, by: Sequence[str], labels: Sequence[str] = ("household",)) -> pd.DataFrame:
    """The rows by these values; `labels` (of households, of matched sets) become codes by the values of their members.

    People often have equal values, and households of other sizes: the first row of each does not order them.
    """
    rank = rows.groupby(list(by), sort=True, dropna=False, observed=True).ngroup().to_numpy()
    codes = {name: _by_members(rank, pd.factorize(rows[name])[0]) for name in labels}
    order = np.lexsort((*codes.values(), rank))
    return rows.assign(**codes).take(order).reset_index(drop=True)


def _by_members(rank: np.ndarray, label: np.ndarray) -> np.ndarray:
    """Codes of the labels in the order of the sorted ranks of their rows; those with the same rows in any order."""
    if not len(rank):
        return label
    order = np.lexsort((rank, label))
    sizes = np.bincount(label)
    place = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    members = np.full((len(sizes), sizes.max()), -1)
    members[label[order], place] = rank[order]
    codes = np.empty(len(sizes), dtype=int)
    codes[np.lexsort(members.T[::-1])] = np.arange(len(sizes))
    return codes[label]
