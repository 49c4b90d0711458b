"""Cronbach's alpha of the items of a scale, with its interval, beside the published one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd
from scipy import special

from effectstudie.answers import VALUE, Answers
from effectstudie.instruments import form_columns
from effectstudie.rounding_error import largest, spread
from effectstudie.scales import items_of

COLUMNS = ["instrument", "scale", "label", "form", "wave", "n", "items"]
COLUMNS += ["alpha", "ci_low", "ci_high", "published", "note"]
# An alpha this far from the published one, and an interval that leaves that out, is worth a look at the key.
FAR_OFF = 0.10


@dataclass(frozen=True)
class Alpha:
    """`n` complete persons, `k` items that vary, `dropped` items that do not; the 95% interval of alpha."""

    n: int
    k: int
    alpha: float = nan
    ci_low: float = nan
    ci_high: float = nan
    dropped: tuple[str, ...] = ()
    note: str = ""


def cronbach_alpha(values: np.ndarray, names: Sequence[str]) -> Alpha:
    """Unstandardised alpha of complete rows (SPSS RELIABILITY); items that do not vary are left out.

    `values`: items x persons, anything that is no finite number missing; `names` of the items. The interval is Feldt's
    (1965): (1 - alpha) / (1 - estimate) has an F distribution with n - 1 and (n - 1)(k - 1) degrees of freedom, turned
    round.
    """
    values = values[:, np.isfinite(values).all(axis=0)]
    n = values.shape[1]
    if n < 2:
        return Alpha(n, 0, note="fewer than 2 complete rows")
    variances = np.array([_variance(v) for v in values])
    varies = variances > 0
    dropped = tuple(str(c) for c, kept in zip(names, varies, strict=True) if not kept)
    notes = [f"items without variation left out: {', '.join(dropped)}"] if dropped else []
    kept = values if varies.all() else values[varies]
    k = len(kept)
    total = _variance(kept.sum(axis=0)) if k else 0.0
    if k < 2 or total == 0:
        notes.append("fewer than 2 items vary" if k < 2 else "the sum of the items does not vary")
        return Alpha(n, k, dropped=dropped, note="; ".join(notes))
    alpha = k / (k - 1) * (1 - float(variances[varies].sum()) / total)
    if alpha < 0:
        notes.append("alpha is negative: check the reversal of the items")
    df = n - 1, (n - 1) * (k - 1)
    low, high = (1 - (1 - alpha) * float(special.fdtri(*df, q)) for q in (0.975, 0.025))
    return Alpha(n, k, alpha, low, high, dropped, "; ".join(notes))


def _variance(values: np.ndarray) -> float:
    """Variance (n - 1), the same whatever the order of the values, and 0 where only rounding error is left."""
    n, most = len(values), largest(values)
    if n * n * most * most < 2**53 and (values == np.rint(values)).all():
        # of whole numbers all sums are exact
        return float(n * (values @ values) - values.sum() ** 2) / (n * (n - 1))
    return spread(np.sort(values), most) ** 2


def scale_reliability(definition: Mapping, answers: Answers) -> pd.DataFrame:
    """Alpha of every scale of summed or averaged items, per form and wave, of the reports as they came (COLUMNS).

    `note` says what is odd, as that the published alpha is far outside the interval.
    """
    rows = []
    for form, spec in definition["forms"].items():
        cells = form_columns(spec)
        of_form = (answers.rows["form"] == form).to_numpy()
        for wave in sorted(answers.rows["wave"].cat.categories):
            chosen = of_form & (answers.rows["wave"] == wave).to_numpy()
            if not chosen.any():
                continue
            for name, scale in definition["scales"].items():
                if form not in scale.get("forms", [form]) or scale.get("op", "sum") not in ("sum", "mean"):
                    continue
                numbers = items_of(definition, name, form)
                views = scale.get("views")
                members = [
                    row
                    for row, (view, number) in enumerate(answers.cells)
                    if (view, number) in cells and number in numbers and (views is None or view in views)
                ]
                if len(members) < 3:
                    continue
                columns = [cells[answers.cells[row]] for row in members]
                result = cronbach_alpha(answers.layers[VALUE][members][:, chosen], columns)
                published = scale.get("published_alpha", nan)
                notes = [result.note] if result.note else []
                if abs(result.alpha - published) > FAR_OFF and not result.ci_low <= published <= result.ci_high:
                    notes.append(f"far from the published {published:g}: check the key")
                rows.append(
                    [definition["instrument"], name, scale["label"], form, wave, result.n, result.k]
                    + [result.alpha, result.ci_low, result.ci_high, published, "; ".join(notes)]
                )
    return pd.DataFrame(rows, columns=COLUMNS)
