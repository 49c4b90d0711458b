"""Two-way analysis of variance with type III sums of squares, for two factors of two levels."""

import numpy as np

from effectstudie.methods.anova import SMALL_GROUP, Effect, effect_of
from effectstudie.methods.rounding_error import largest, negligible


def two_way(y: np.ndarray, first: np.ndarray, second: np.ndarray) -> tuple[Effect, Effect, Effect]:
    """Tests of two yes/no factors (True, False) and of their interaction, in this order; one row per person.

    Least squares with effect coding, 1 and -1; sum of squares of a coefficient: b^2 / its diagonal of (X'X)^-1, on 1
    and n - 4 degrees of freedom, as `car::Anova(type = 3)` in R (Fox 2016). Cells weigh alike, whatever their sizes.

    >>> y, yes = np.array([0.0, 2, 2, 4, 4, 6, 6, 8]), np.array([True, False])
    >>> [effect.f for effect in two_way(y, yes.repeat(4), np.tile(yes.repeat(2), 2))]  # 32 / 2, 8 / 2 and 0 / 2
    [16.0, 4.0, 0.0]
    """
    sizes = [int(((first == a) & (second == b)).sum()) for a in (True, False) for b in (True, False)]
    df = len(y) - 4
    note = ""
    if min(sizes) == 0:
        note = "a combination of group and risk status has nobody"
    elif df < 1:
        note = "no degrees of freedom are left for error"
    if note:
        return (Effect(note=note, reason="pairs"),) * 3
    a, b = np.where(first, 1.0, -1.0), np.where(second, 1.0, -1.0)
    design = np.column_stack([np.ones(len(y)), a, b, a * b])
    coefficients, *_ = np.linalg.lstsq(design, y, rcond=None)
    residuals = y - design @ coefficients
    error = float(residuals @ residuals)
    if error <= negligible(len(y), largest(y)):
        return (Effect(df1=1, df2=df, note="the change does not vary within the cells", reason="spread"),) * 3
    note = f"a combination has fewer than {SMALL_GROUP} units" if min(sizes) < SMALL_GROUP else ""
    squares = coefficients**2 / np.diag(np.linalg.inv(design.T @ design))
    return tuple(effect_of(float(ss), 1, error, df, note=note) for ss in squares[1:])
