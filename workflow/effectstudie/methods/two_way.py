"""Two-way analysis of variance, unweighted means (type III), for two factors of two levels."""

from math import nan

import numpy as np
from scipy import stats

from effectstudie.methods.anova import partial_eta_squared
from effectstudie.methods.rounding_error import largest, negligible

# Place of each effect in the design.
EFFECTS = {"group": 1, "risk": 2, "group_x_risk": 3}

SMALL_CELL = 5


def two_way(y: np.ndarray, first: np.ndarray, second: np.ndarray) -> list[list]:
    """Type III tests of two yes/no factors and their interaction: effect, F, df1, df2, p, eta, interval, n, note."""
    sizes = [int(((first == a) & (second == b)).sum()) for a in (True, False) for b in (True, False)]
    n = len(y)
    undefined = ""
    if min(sizes) == 0:
        undefined = "a combination of group and risk status has nobody"
    elif n <= 4:
        undefined = "no degrees of freedom are left for error"
    if undefined:
        return [[name, nan, nan, nan, nan, nan, nan, nan, n, undefined] for name in EFFECTS]
    a, b = np.where(first, 1.0, -1.0), np.where(second, 1.0, -1.0)
    design = np.column_stack([np.ones(n), a, b, a * b])
    coefficients, *_ = np.linalg.lstsq(design, y, rcond=None)
    rest = y - design @ coefficients
    error = float(rest @ rest)
    inverse = np.linalg.inv(design.T @ design)
    rows = []
    note = f"a combination has fewer than {SMALL_CELL} units" if min(sizes) < SMALL_CELL else ""
    for name, place in EFFECTS.items():
        ss = float(coefficients[place] ** 2 / inverse[place, place])
        if error <= negligible(n, largest(y)):
            rows.append([name, nan, 1, n - 4, nan, nan, nan, nan, n, "the change does not vary within the cells"])
            continue
        f = ss / (error / (n - 4))
        eta, low, high = partial_eta_squared(f, 1, n - 4)
        rows.append([name, f, 1, n - 4, float(stats.f.sf(f, 1, n - 4)), eta, low, high, n, note])
    return rows
