"""Cronbach's alpha of the items of a scale, with its interval, beside the published one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd
from scipy import special

from effectstudie.answers import REPORTS, VALUE, read_answers
from effectstudie.instruments import form_columns
from effectstudie.persons import single_where_exact
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


def cronbach_alpha(values: Sequence[np.ndarray], names: Sequence[str]) -> Alpha:
    """Unstandardised alpha of complete rows (SPSS RELIABILITY); items that do not vary are left out.

    `values`: items x persons, anything that is no finite number missing; `names` of the items. The interval is Feldt's
    (1965): (1 - alpha) / (1 - estimate) has an F distribution with n - 1 and (n - 1)(k - 1) degrees of freedom, turned
    round.
    """
    complete = np.isfinite(values[0])
    for item in values[1:]:
        complete &= np.isfinite(item)
    n = int(complete.sum())
    if n < 2:
        return Alpha(n, 0, note="fewer than 2 complete rows")
    # an item at a time: all of a long scale would be in memory twice
    variances, sums = [], np.zeros(n)
    for item in values:
        answers = item[complete].astype(float)
        variances.append(_variance(answers))
        sums += answers if variances[-1] > 0 else 0
    varies = np.array(variances) > 0
    dropped = tuple(str(c) for c, kept in zip(names, varies, strict=True) if not kept)
    notes = [f"items without variation left out: {', '.join(dropped)}"] if dropped else []
    k = int(varies.sum())
    total = _variance(sums)
    if k < 2 or total == 0:
        notes.append("fewer than 2 items vary" if k < 2 else "the sum of the items does not vary")
        return Alpha(n, k, dropped=dropped, note="; ".join(notes))
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
        # of whole numbers all sums are exact
        return float(n * (values @ values) - values.sum() ** 2) / (n * (n - 1))
    return spread(np.sort(values), most) ** 2


def scale_reliability(definition: Mapping, tables: Mapping[tuple[str, str], pd.DataFrame]) -> pd.DataFrame:
    """Alpha of every scale of summed or averaged items, per form and wave, of the reports as they came (COLUMNS).

    `tables` maps (form, wave) to the ingested table of that form. `note` says what is odd, as that the published alpha
    is far outside the interval.
    """
    rows = []
    for form, spec in definition["forms"].items():
        cells = form_columns(spec)
        for wave in sorted(wave for of_form, wave in tables if of_form == form and len(tables[form, wave])):
            values = _values(definition, form, wave, tables[form, wave])
            for name, scale in definition["scales"].items():
                if form not in scale.get("forms", [form]) or scale.get("op", "sum") not in ("sum", "mean"):
                    continue
                numbers = items_of(definition, name, form)
                views = scale.get("views")
                members = [
                    (view, number) for view, number in cells if number in numbers and (views is None or view in views)
                ]
                if len(members) < 3:
                    continue
                result = cronbach_alpha([values[cell] for cell in members], [cells[cell] for cell in members])
                published = scale.get("published_alpha", nan)
                notes = [result.note] if result.note else []
                if abs(result.alpha - published) > FAR_OFF and not result.ci_low <= published <= result.ci_high:
                    notes.append(f"far from the published {published:g}: check the key")
                rows.append(
                    [definition["instrument"], name, scale["label"], form, wave, result.n, result.k]
                    + [result.alpha, result.ci_low, result.ci_high, published, "; ".join(notes)]
                )
    return pd.DataFrame(rows, columns=COLUMNS)


def _values(definition: Mapping, form: str, wave: str, table: pd.DataFrame) -> dict[tuple[str, int], np.ndarray]:
    """The values of the answers to each (view, item) of a form."""
    parts = []
    for start in range(0, len(table), REPORTS):
        answers = read_answers(definition, [form], {(form, wave): table[start : start + REPORTS]})
        parts.append(single_where_exact(answers.layers[VALUE]))
    return dict(zip(answers.cells, np.concatenate(parts, axis=1), strict=True))
