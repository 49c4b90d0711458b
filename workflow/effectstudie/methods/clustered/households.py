"""Rows of persons, and the households they belong to, as the methods here take them."""

import numpy as np
from numpy.typing import ArrayLike

from effectstudie.methods.rounding_error import largest, spread

TOO_FEW = "fewer than 2 households in a group"


def numbers(name: str, values: ArrayLike, shape: tuple[int, ...]) -> np.ndarray:
    """`values` as an array of finite numbers of this shape; ValueError, with their `name`, for anything else.

    >>> numbers("y", [1, 2], (2,)).tolist()
    [1.0, 2.0]
    """
    array = np.asarray(values, dtype=float)
    if array.shape != shape:
        raise ValueError(f"{name} has shape {array.shape}, expected {shape}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds missing or infinite values: leave those rows out first")
    return array


def household_codes(household: ArrayLike, n: int) -> np.ndarray:
    """`n` codes; whole numbers as they are, because a float does not tell very long codes apart.

    >>> household_codes([2**53, 2**53 + 1], 2).tolist()
    [9007199254740992, 9007199254740993]
    """
    codes = np.asarray(household)
    return codes if codes.dtype.kind in "iu" and codes.shape == (n,) else numbers("household", codes, (n,))


def first_rows(household: np.ndarray) -> np.ndarray:
    """The place of each household's first row, of rows sorted by household.

    >>> first_rows(np.array([7, 7, 9, 9, 9])).tolist()
    [0, 2]
    """
    return np.flatnonzero(np.concatenate([[True], household[1:] != household[:-1]]))


def does_not_vary(y: np.ndarray) -> bool:
    """Whether the values are equal but for rounding error.

    >>> does_not_vary(np.array([0.3, 0.1 + 0.2]))
    True
    """
    return bool(spread(y, largest(y)) == 0)
