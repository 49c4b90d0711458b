"""Cronbach's alpha of the items of a scale."""

from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd

from effectstudie.rounding_error import largest, spread


@dataclass(frozen=True)
class Alpha:
    """`n` complete persons, `k` items that vary, `dropped` items that do not."""

    n: int
    k: int
    alpha: float = nan
    dropped: tuple[str, ...] = ()
    note: str = ""


def cronbach_alpha(items: pd.DataFrame) -> Alpha:
    """Unstandardised alpha of complete rows (SPSS RELIABILITY); items that do not vary are left out."""
    complete = items.dropna()
    n = len(complete)
    if n < 2:
        return Alpha(n, 0, note="fewer than 2 complete rows")
    values = complete.to_numpy(dtype=float)
    deviations = np.array([spread(np.sort(v), largest(v)) for v in values.T])
    dropped = tuple(str(c) for c, s in zip(items.columns, deviations, strict=True) if s == 0)
    notes = [f"items without variation left out: {', '.join(dropped)}"] if dropped else []
    kept = values[:, deviations > 0]
    k = kept.shape[1]
    total = spread(np.sort(kept.sum(axis=1)), largest(kept)) if k else 0.0
    if k < 2 or total == 0:
        notes.append("fewer than 2 items vary" if k < 2 else "the sum of the items does not vary")
        return Alpha(n, k, nan, dropped, "; ".join(notes))
    alpha = k / (k - 1) * (1 - float((deviations[deviations > 0] ** 2).sum()) / total**2)
    if alpha < 0:
        notes.append("alpha is negative: check the reversal of the items")
    return Alpha(n, k, alpha, dropped, "; ".join(notes))
