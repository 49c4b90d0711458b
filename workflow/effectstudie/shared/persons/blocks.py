"""Rows of some units at a time, where a whole cohort does not fit in memory; and parts put together again."""

from collections.abc import Hashable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

# Rows that are worked on at a time where a stage makes much of each.
ROWS = 300_000


def together(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of these frames; columns that are categories in any of them are categories in the whole, sorted."""
    columns = frames[0].columns
    frames = [frame for frame in frames if len(frame)] or frames[:1]
    for name in columns:
        kinds = {frame[name].dtype for frame in frames}
        if len(kinds) == 1 or not any(isinstance(kind, pd.CategoricalDtype) for kind in kinds):
            continue  # pandas keeps what is the same in all
        named = [frame[name].astype("category") for frame in frames]
        known = sorted(set().union(*(column.cat.categories for column in named)))
        named = [column.cat.set_categories(known) for column in named]
        frames = [frame.assign(**{name: column}) for frame, column in zip(frames, named, strict=True)]
    return pd.concat([frame[columns] for frame in frames], ignore_index=True)


def in_blocks(tables: Mapping[Hashable, pd.DataFrame], key: str, rows: int) -> Iterator[dict[Hashable, pd.DataFrame]]:
    """Of each table the rows of some ids in the column `key`, in their order; of all tables about `rows` at a time.

    The ids come in order too, and all rows of an id together. Without any rows: the tables as they are.
    """
    ids = {name: table[key].to_numpy() for name, table in tables.items()}
    # most tables are in order already, and need no copy
    order = {name: None if (of[1:] >= of[:-1]).all() else np.argsort(of, kind="stable") for name, of in ids.items()}
    ids = {name: of if order[name] is None else of[order[name]] for name, of in ids.items()}
    total = sum(map(len, ids.values()))
    if not total:
        yield dict(tables)
        return
    known = np.unique(np.concatenate([pd.unique(of) for of in ids.values()]))
    for block in np.array_split(known, min(-(-total // rows), len(known))):
        block_tables = {}
        for name, table in tables.items():
            start, end = np.searchsorted(ids[name], block[0]), np.searchsorted(ids[name], block[-1], side="right")
            place = slice(start, end) if order[name] is None else np.sort(order[name][start:end])
            # a copy, or a block would keep the whole table
            block_tables[name] = table.iloc[place].copy().reset_index(drop=True)
        yield block_tables
