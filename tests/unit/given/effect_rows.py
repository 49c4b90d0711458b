"""Persons for the methods of an effect: matched sets, and waves that some did not come to."""

import numpy as np

# Six matched sets, a person a row: set, treated, children, T0, follow-up
SIX_SETS = np.array(
    [
        *((1, 1, 0, 6, 8), (1, 0, 1, 5, 6), (1, 0, 2, 7, 7), (2, 1, 1, 4, 7), (2, 0, 1, 5, 5)),
        *((3, 1, 0, 7, 8), (3, 0, 2, 6, 6), (3, 0, 1, 6, 7), (4, 1, 2, 5, 6), (4, 0, 3, 4, 4)),
        *((5, 1, 0, 6, 7), (5, 0, 1, 7, 7), (6, 1, 1, 3, 6), (6, 0, 0, 4, 5), (6, 0, 2, 5, 5)),
    ],
    dtype=float,
).T


def six_sets():
    """Set, treated, children, T0, follow-up and weight: a control counts .75 where the set has two, else 1.5."""
    sets, treated, children, before, after = SIX_SETS
    controls = np.array([(sets[treated == 0] == one).sum() for one in sets])
    return sets.astype(int), treated, children, before, after, np.where(treated == 1, 1, 1.5 / controls)


def random_sets(seed, sets=25, covariates=2):
    """y, treated, covariates, set and weight of sets of one approach person and 1-3 others; the effect grows with x."""
    rng = np.random.default_rng(seed)
    of = np.repeat(rng.permutation(100)[:sets], rng.integers(2, 5, sets))
    treated = np.concatenate([[1.0], (of[1:] != of[:-1]).astype(float)])
    x = rng.normal(size=(len(of), covariates)) + 0.4 * treated[:, None]
    y = x.sum(axis=1) * (1 + treated) + treated + rng.normal(size=len(of))
    return y, treated, x, of, rng.uniform(0.3, 2, len(of))


def random_waves(seed, n=60, waves=3, missing=0.2):
    """y (a row per person, NaN where missing), treated and household, two persons each; everyone has some wave."""
    rng = np.random.default_rng(seed)
    y = rng.normal(size=(n, 1)) + rng.normal(size=(n, waves)) * np.linspace(0.6, 1.4, waves)
    treated = (np.arange(n) // 2 % 3 == 0).astype(float)
    y += np.outer(treated, np.arange(waves)) * 0.5
    gone = rng.random((n, waves)) < missing
    gone[np.arange(n), rng.integers(0, waves, n)] = False
    return np.where(gone, np.nan, y), treated, rng.permutation(1000)[: n // 2].repeat(2)
