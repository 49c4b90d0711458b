"""Persons in households: outcome, group and household of every row."""

from math import isnan, sqrt

import numpy as np


def rows(*groups):
    """y, group and household of households given as lists of their members, those of group 1 first."""
    listed = [(y, 1 - i, f"{i}{j}") for i, group in enumerate(groups) for j, y in enumerate(group)]
    y = np.concatenate([np.asarray(members, dtype=float) for members, _, _ in listed])
    group = np.concatenate([np.full(len(members), side) for members, side, _ in listed])
    household = np.concatenate([np.full(len(members), int(code)) for members, _, code in listed])
    return y, group, household


def with_ones(*columns):
    return np.column_stack([np.ones(len(columns[0])), *columns])


def random_households(seed, sizes=(1, 2, 3, 4, 5), households=20, icc=0.3):
    rng = np.random.default_rng(seed)
    size = rng.choice(sizes, households)
    household = np.repeat(rng.permutation(100)[:households], size)
    group = np.repeat((np.arange(households) < households // 3).astype(int), size)
    y = np.repeat(rng.normal(size=households) * sqrt(icc), size) + rng.normal(size=len(group)) * sqrt(1 - icc)
    return y, group, household, rng.normal(size=len(group)), rng.uniform(0.2, 3, len(group))


def untested(result):
    """Whether all that a test gives is undefined, with a reason."""
    return all(isnan(x) for x in (result.se, result.df, result.t, result.p, *result.ci95)) and result.reason != ""
