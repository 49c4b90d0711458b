"""Where a difference between numbers is rounding error and not spread."""

from math import sqrt

import numpy as np


def negligible(size: int, scale: float) -> float:
    """A sum of squares up to this is rounding error of `size` equal numbers as large as `scale`."""
    return size * (1e-12 * scale) ** 2


def spread(values: np.ndarray, scale: float) -> float:
    """Standard deviation (n - 1), exactly 0 where only rounding error is left."""
    squares = float(((values - values.mean()) ** 2).sum())
    return 0.0 if squares <= negligible(len(values), scale) else sqrt(squares / (len(values) - 1))


def largest(*arrays: np.ndarray) -> float:
    return max((float(np.abs(a).max()) for a in arrays if a.size), default=0.0)
