"""Where a difference between numbers is rounding error and not spread."""

from math import sqrt

import numpy as np


def negligible(size: int, scale: float) -> float:
    """A sum of squares up to this is rounding error of `size` equal numbers as large as `scale`.

    >>> negligible(4, 1e6)  # four squares of a millionth of a millionth of a million
    4e-12
    """
    return size * (1e-12 * scale) ** 2


def spread(values: np.ndarray, scale: float) -> float:
    """Standard deviation (n - 1) of two or more values, exactly 0 where only rounding error is left.

    `scale`: the largest number that the values were computed from.

    >>> spread(np.array([1.0, 2.0, 3.0]), 3.0), spread(np.array([0.3, 0.1 + 0.2]), 0.3)
    (1.0, 0.0)
    """
    squares = float(((values - values.mean()) ** 2).sum())
    return 0.0 if squares <= negligible(len(values), scale) else sqrt(squares / (len(values) - 1))


def largest(*arrays: np.ndarray) -> float:
    """Largest absolute value; 0 without any.

    >>> largest(np.array([1.0, -3.0]), np.array([2.0]))
    3.0
    """
    return max((float(np.abs(a).max()) for a in arrays if a.size), default=0.0)


def levels(values: np.ndarray) -> np.ndarray:
    """Number of the level of each value, 0 the lowest; neighbours that only rounding keeps apart are one level.

    Rounding: 16 units in the last place of the largest value, more than a mean of some numbers gathers.

    >>> levels(np.array([0.3, 2.0, 0.1 + 0.2, -1.0]))
    array([1, 2, 1, 0])
    """
    order = np.argsort(values, kind="stable")
    apart = np.diff(values[order]) > 16 * np.finfo(float).eps * largest(values)
    numbers = np.zeros(len(values), dtype=int)
    numbers[order[1:]] = np.cumsum(apart)
    return numbers
