"""Random draws that are reproducible and hit a stated distribution exactly."""

from collections.abc import Callable, Mapping
from math import fsum
from zlib import crc32

import numpy as np

DAYS_A_YEAR = 365.25


def stream(seed: int, *names: str) -> np.random.Generator:
    """An independent generator for each name, so that a change in one part leaves the others as they are."""
    return np.random.default_rng([seed, *(crc32(name.encode()) for name in names)])


def quota_counts(shares: Mapping, n: int) -> dict:
    """Counts that add up to `n`, in proportion to `shares` (any positive scale), by largest remainder."""
    total = fsum(shares.values())
    exact = {value: n * share / total for value, share in shares.items()}
    counts = {value: int(part) for value, part in exact.items()}
    by_remainder = sorted(exact, key=lambda value: counts[value] - exact[value])
    for value in by_remainder[: n - sum(counts.values())]:
        counts[value] += 1
    return counts


def by_rank(score: np.ndarray, shares: Mapping) -> np.ndarray:
    """The values of `shares` in exact proportion, the first ones to the lowest scores."""
    counts = quota_counts(shares, len(score))
    values = np.repeat(np.array(list(counts), dtype=object), list(counts.values()))
    drawn = np.empty(len(score), dtype=object)
    drawn[np.argsort(score, kind="stable")] = values
    return drawn


def correlated(rng: np.random.Generator, base: np.ndarray, correlation: float) -> np.ndarray:
    """Standard normal draws that correlate with the standard normal `base`."""
    return correlation * base + np.sqrt(1 - correlation**2) * rng.standard_normal(base.shape)


def bisect(mean_at: Callable[[float], float], target: float, low: float, high: float, steps: int = 24) -> float:
    """The x in [low, high] at which the increasing function `mean_at` comes nearest to `target`."""
    for _ in range(steps):
        middle = (low + high) / 2
        low, high = (middle, high) if mean_at(middle) < target else (low, middle)
    return (low + high) / 2


def birth_dates(years: np.ndarray, day: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Birth dates that make persons so many completed years old on a day."""
    # Away from the birthday, so that leap days do not shift the completed years.
    days = (years * DAYS_A_YEAR + rng.integers(3, 362, len(years))).astype(int)
    return day - days.astype("timedelta64[D]")
