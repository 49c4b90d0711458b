"""An order of rows that follows from what was measured: the last digit of a result must not hang on pseudonyms."""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def in_order(rows: pd.DataFrame, by: Sequence[str], labels: Sequence[str] = ("household",)) -> pd.DataFrame:
    """The rows by these values; `labels` (of households, of matched sets) become codes by the values of their members.

    People often have equal values, and households of other sizes: the first row of each does not order them.
    """
    rank = _ranked(rows, by)
    codes = {name: _by_members(rank, pd.factorize(rows[name])[0]) for name in labels}
    order = np.lexsort((*codes.values(), rank))
    return rows.assign(**codes).take(order).reset_index(drop=True)


def _ranked(rows: pd.DataFrame, by: Sequence[str]) -> np.ndarray:
    """The place of each row among the different rows of values, from 0; a missing value comes last.

    As groupby(by).ngroup() has it; for a table of some hundred rows in less than half the time.
    """
    codes = np.array([pd.factorize(rows[name], sort=True, use_na_sentinel=False)[0] for name in by])
    order = np.lexsort(codes[::-1])
    differs = (np.diff(codes[:, order], axis=1, prepend=-1) != 0).any(axis=0)
    rank = np.empty(len(rows), dtype=int)
    rank[order] = np.cumsum(differs) - 1
    return rank


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
