"""p-values adjusted for the number of tests."""

import numpy as np
import pandas as pd


def holm(p: pd.Series) -> pd.Series:
    """Holm (1979): step-down, as R's p.adjust; undefined ones are no tests."""
    known = p.dropna().sort_values(kind="stable")
    factors = np.arange(len(known), 0, -1)
    adjusted = np.minimum(np.maximum.accumulate(known.to_numpy() * factors), 1.0)
    return pd.Series(adjusted, index=known.index).reindex(p.index)


def benjamini_hochberg(p: pd.Series) -> pd.Series:
    """Benjamini and Hochberg (1995): step-up, as R's p.adjust; undefined ones are no tests."""
    known = p.dropna().sort_values(ascending=False, kind="stable")
    factors = len(known) / np.arange(len(known), 0, -1)
    adjusted = np.minimum(np.minimum.accumulate(known.to_numpy() * factors), 1.0)
    return pd.Series(adjusted, index=known.index).reindex(p.index)
