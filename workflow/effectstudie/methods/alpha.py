"""Cronbach's alpha with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from scipy import special

from effectstudie.methods.estimate import Reason
from effectstudie.methods.rounding_error import largest, spread


@dataclass(frozen=True)
class Alpha:
    """`n` complete persons, `k` items that vary, `dropped` items that do not; the 95 % interval of alpha."""

    n: int
    k: int
    alpha: float = nan
    ci_low: float = nan
    ci_high: float = nan
    dropped: tuple[str, ...] = ()
    note: str = ""
    reason: Reason = ""


def cronbach_alpha(values: Sequence[np.ndarray], names: Sequence[str]) -> Alpha:
    """Unstandardised alpha of complete rows, k / (k - 1) (1 - sum of item variances / variance of the sums).

    Cronbach (1951), as SPSS RELIABILITY: items that do not vary are left out. `values`: one array per item, one number
    per person, missing where it is not finite; `names` of the items. The interval is Feldt's (1965):
    (1 - alpha) / (1 - estimate) has an F distribution with n - 1 and (n - 1)(k - 1) degrees of freedom.

    >>> cronbach_alpha([np.array([1, 2, 3]), np.array([1, 3, 2])], ["a", "b"]).alpha  # 2 (1 - (1 + 1) / 3)
    0.6667
    """
    complete = np.isfinite(values[0])
    for item in values[1:]:
        complete &= np.isfinite(item)
    n = int(complete.sum())
    if n < 2:
        return Alpha(n, 0, note="fewer than 2 complete rows", reason="pairs")
    # one item at a time: otherwise all of a long scale would be in memory twice
    variances, sums = [], np.zeros(n)
    for item in values:
        answers = item[complete].astype(float)
        variances.append(_variance(answers))
        sums += answers if variances[-1] > 0 else 0
    varies = np.array(variances) > 0
    dropped = tuple(str(name) for name, kept in zip(names, varies, strict=True) if not kept)
    notes = [f"items without variation left out: {', '.join(dropped)}"] if dropped else []
    k = int(varies.sum())
    total = _variance(sums)
    if k < 2 or total == 0:
        notes.append("fewer than 2 items vary" if k < 2 else "the sum of the items does not vary")
        return Alpha(n, k, dropped=dropped, note="; ".join(notes), reason="spread")
    alpha = k / (k - 1) * (1 - float(np.array(variances)[varies].sum()) / total)
    if alpha < 0:
        notes.append("alpha is negative: check the reversal of the items")
    df = n - 1, (n - 1) * (k - 1)
    low, high = (1 - (1 - alpha) * float(special.fdtri(*df, q)) for q in (0.975, 0.025))
    return Alpha(n, k, alpha, low, high, dropped, "; ".join(notes))


def _variance(values: np.ndarray) -> float:
    """Variance (n - 1), the same whatever the order of the values, and 0 where only rounding error is left."""
    n, most = len(values), largest(values)
    if n * n * most * most < 2**53 and (values == np.rint(values)).all():
        # all sums of whole numbers are exact
        return float(n * (values @ values) - values.sum() ** 2) / (n * (n - 1))
    return spread(np.sort(values), most) ** 2
