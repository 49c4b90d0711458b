"""The difference between two groups of households, each as one mean."""

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from effectstudie.methods.clustered.households import TOO_FEW, does_not_vary, first_rows, household_codes, numbers
from effectstudie.methods.estimate import Estimate, t_estimate
from effectstudie.methods.rounding_error import largest, spread
from effectstudie.shared.errors import InputError
from effectstudie.shared.messages.sentences import say

ONE_EQUAL = "all household means of one group are equal"


def household_means(y: ArrayLike, group: ArrayLike, household: ArrayLike) -> Estimate:
    """Mean of the households of group 1 minus that of group 0 by Welch's (1947) t test; a household counts once.

    se^2 = s1^2 / n1 + s0^2 / n0 = a + b, of the variances of the household means; df = (a + b)^2 / (a^2 / (n1 - 1) +
    b^2 / (n0 - 1)). One row per person: `y` in the unit of the result, `group` 0 or 1, the same for all members of a
    household (or InputError), `household`: whole numbers. ValueError for other shapes and for missing numbers.

    >>> y, group, household = [1, 3, 4, 6, 0, 2, 3], [1, 1, 1, 1, 0, 0, 0], [1, 1, 2, 3, 4, 4, 5]
    >>> difference = household_means(y, group, household)  # 2, 4, 6 and 1, 3: 4 - 2, sqrt(4 / 3 + 2 / 2), 49 / 17
    >>> difference.value, difference.se, difference.df
    (2.0, 1.5275, 2.882)
    """
    y = np.asarray(y, dtype=float)
    y, group = numbers("y", y, (y.size,)), numbers("group", group, (y.size,))
    household = household_codes(household, y.size)
    if not np.isin(group, (0, 1)).all():
        raise ValueError("group holds other values than 0 and 1")
    if y.size == 0:
        return Estimate(note=TOO_FEW, reason="households")
    order = np.lexsort((y, group, household))
    y, group, starts = y[order], group[order], first_rows(household[order])
    sizes = np.diff(np.append(starts, y.size))
    treated = np.add.reduceat(group, starts)
    mixed = int(((treated > 0) & (treated < sizes)).sum())
    if mixed:
        sentence = say(
            "Household means: {mixed} households have members in both groups; one group per household is allowed. Give "
            "all members the group of their household, or leave these out.",
            mixed=mixed,
        )
        raise InputError([sentence])
    means, scale = np.add.reduceat(y, starts) / sizes, largest(y)
    sides = means[treated > 0], means[treated == 0]
    n, clusters, counts = y.size, means.size, [side.size for side in sides]
    if min(counts) == 0:
        return Estimate(n=n, clusters=clusters, note=TOO_FEW, reason="households")
    value = float(sides[0].mean() - sides[1].mean())
    if min(counts) < 2:
        return Estimate(value, n=n, clusters=clusters, note=TOO_FEW, reason="households")
    first, second = (spread(side, scale) ** 2 / side.size for side in sides)
    if first == second == 0:
        value = 0.0 if abs(value) <= 1e-12 * scale else value
        equal = "the outcome does not vary" if does_not_vary(y) else "all household means are equal within each group"
        return Estimate(value, n=n, clusters=clusters, note=equal, reason="spread")
    df = (first + second) ** 2 / (first**2 / (counts[0] - 1) + second**2 / (counts[1] - 1))
    return t_estimate(value, sqrt(first + second), df, n, clusters, ONE_EQUAL if 0 in (first, second) else "")
