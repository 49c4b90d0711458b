"""How alike people of one household are, and what that costs."""

from math import nan

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike


def one_way_icc(values: ArrayLike, household: ArrayLike, group: ArrayLike) -> float:
    """Intraclass correlation of `values` within households: one-way random effects, by mean squares (ICC(1)).

    Of Shrout & Fleiss (1979), for households of unlike sizes with the mean size n0 of Searle, Casella & McCulloch
    (1992) over all of them. Each household is of one `group`; the means of the groups are taken out first, and cost a
    degree of freedom each. NaN where it is not defined: no two of a household, too few households, or nothing varies.
    """
    rest, group = np.array(values, dtype=float), np.asarray(group)
    codes, _ = pd.factorize(np.asarray(household))
    sizes, groups = np.bincount(codes), np.unique(group)
    k, n = len(sizes), len(rest)
    if n < 3 or k == n or k <= len(groups):
        return nan
    for name in groups:
        of = group == name
        rest[of] -= rest[of].mean()
    means = np.bincount(codes, rest) / sizes
    between = float((sizes * means**2).sum()) / (k - len(groups))
    within = float(((rest - means[codes]) ** 2).sum()) / (n - k)
    size = (n - float((sizes**2).sum()) / n) / (k - 1)
    total = between + (size - 1) * within
    return (between - within) / total if total > 0 else nan


def size_for_design(household: ArrayLike) -> float:
    """The household size m for a design effect 1 + (m - 1) icc of persons: sum(m^2) / sum(m).

    Each size counts as often as it has persons (Kish, 1987; Eldridge, Ashby & Kerry, 2006): where sizes differ, more
    than their mean. NaN without anybody.

    >>> size_for_design(["a", "a", "b"])  # (4 + 1) / 3
    1.6667
    """
    sizes = np.bincount(pd.factorize(np.asarray(household))[0])
    return float((sizes**2).sum() / sizes.sum()) if len(sizes) else nan
