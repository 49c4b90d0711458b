"""Cronbach's alpha of the items of a scale, with its interval, beside the published one."""

from collections.abc import Mapping
from math import nan

import numpy as np
import pandas as pd

from effectstudie.definitions.instruments import form_columns, scale_items
from effectstudie.definitions.result_tables.scoring import RELIABILITY
from effectstudie.methods.alpha import cronbach_alpha
from effectstudie.scoring.answers import REPORTS, VALUE, outside_ages, read_answers
from effectstudie.shared.persons.read import single_where_exact

# An alpha this far from the published one, and an interval that leaves that out, is worth a look at the key.
FAR_OFF = 0.10


def scale_reliability(definition: Mapping, tables: Mapping[tuple[str, str], pd.DataFrame]) -> pd.DataFrame:
    """Alpha of every scale of summed or averaged items, per form and wave, of each report by itself (RELIABILITY).

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
    return pd.DataFrame(rows, columns=RELIABILITY.names)


def _values(definition: Mapping, form: str, wave: str, table: pd.DataFrame) -> dict[tuple[str, int], np.ndarray]:
    """The values of the answers to each (view, item) of a form, of whom the instrument is for.

    As in the scores: an age that the definition leaves out is no report; what does not apply in one is no number.
    """
    parts = []
    for start in range(0, len(table), REPORTS):
        answers = read_answers(definition, [form], {(form, wave): table[start : start + REPORTS]})
        meant = ~outside_ages(answers, definition.get("ages"))
        parts.append(single_where_exact((answers if meant.all() else answers.take(meant)).layers[VALUE]))
    return dict(zip(answers.cells, np.concatenate(parts, axis=1), strict=True))


def items_of(definition: Mapping, name: str, form: str) -> list[int]:
    """Numbers of the items behind a scale or total in one form."""
    scale = definition["scales"][name]
    parts = [definition["scales"][part] for part in scale.get("total_of", [])] or [scale]
    return [n for part in parts if form in part.get("forms", [form]) for n in scale_items(part)]
