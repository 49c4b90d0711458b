"""p-values adjusted for the number of tests; undefined ones (NaN) stay so and are no tests.

By hand: scipy.stats has one of them, and takes longer to load than all that some jobs do with it.
"""

import numpy as np
import pandas as pd


def holm(p: pd.Series) -> pd.Series:
    """Holm (1979): the i-th smallest of m times m - i + 1, no smaller than the one before it, at most 1.

    Chance of any false finding among the tests is then at most the level of each.

    >>> holm(pd.Series([0.01, 0.04, 0.02])).tolist()  # .01 x 3, .02 x 2, and .04 x 1
    [0.03, 0.04, 0.04]
    """
    known = p.dropna().sort_values(kind="stable")
    factors = np.arange(len(known), 0, -1)
    adjusted = np.minimum(np.maximum.accumulate(known.to_numpy() * factors), 1.0)
    return pd.Series(adjusted, index=known.index).reindex(p.index)


def benjamini_hochberg(p: pd.Series) -> pd.Series:
    """Benjamini and Hochberg (1995): the i-th smallest of m times m / i, no larger than the one after it.

    Share of false ones among all findings is then expected to be at most the level of each. ValueError beyond 0-1.

    >>> benjamini_hochberg(pd.Series([0.01, 0.04, 0.02])).tolist()  # .01 x 3/1, .02 x 3/2, and .04 x 3/3
    [0.03, 0.04, 0.03]
    """
    known = p.dropna().astype(float).sort_values(kind="stable")
    if not known.between(0, 1).all():
        raise ValueError("a p-value is from 0 to 1")
    factors = len(known) / np.arange(1, len(known) + 1)
    adjusted = np.minimum.accumulate((known.to_numpy() * factors)[::-1])[::-1]
    return pd.Series(np.minimum(adjusted, 1.0), index=known.index).reindex(p.index)
