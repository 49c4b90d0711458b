"""Score questionnaires from instrument definition files.

An instrument has forms (one export table each). Their answers become a matrix of cell x report (answers.py); reports
on one unit (an adult, a child, a household) are combined, and scales are computed from the answers (scales.py). A
definition says all that differs between instruments.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from effectstudie.definitions.instruments import QUALITY, digest, forms_of, scales_of, score_names
from effectstudie.definitions.norm_tables import Norm
from effectstudie.scoring.answers import REPORTS, Answers, outside_ages, read_answers
from effectstudie.scoring.norms import t_scores
from effectstudie.scoring.reports import (
    Groups,
    combine_items,
    group_reports,
    mirror,
    only_same_reporters,
    reports_apart,
    unit_rows,
)
from effectstudie.scoring.rules import DOES_NOT_APPLY, RULES, Quality, Rule
from effectstudie.scoring.scales import scale_scores
from effectstudie.scoring.score_tables import ROW_COLUMNS
from effectstudie.shared.persons.blocks import in_blocks

UNIT_KEYS = {"adult": "respondent", "child": "child", "household": "household"}


def score_instrument(
    definition: Mapping,
    tables: Mapping[tuple[str, str], pd.DataFrame],
    norm: Norm | None = None,
    reports: int = REPORTS,
) -> Iterator[pd.DataFrame]:
    """The scores of one instrument, those of some units at a time: kinds of unit and ids in their order.

    `tables` maps (form, wave) to the ingested table of that form; `norm` gives T scores (None: they stay missing);
    `reports`: on about so many at a time. One row per unit and wave: ROW_COLUMNS, the scores in the units of the
    definition, and of each scale `<scale>.rule` (one of RULES), `.n_valid`, `.n_missing` and `.n_out_of_range`
    (numbers of items).
    """
    for unit, spec in sorted(definition["units"].items()):
        forms = forms_of(definition, spec)
        mine = {key: table for key, table in tables.items() if key[0] in forms}
        for part in in_blocks(mine, UNIT_KEYS[unit], reports) if mine else ():
            yield _scored(definition, unit, spec, read_answers(definition, forms, part), norm)


def rules_of(scores: pd.DataFrame) -> Counter:
    """How many scores of a kind of unit and wave come from which missing rule: (scale, unit, wave, rule) -> number."""
    counted = Counter()
    groups = scores.groupby(["unit", "wave"], observed=True)
    of_row, places = groups.ngroup().to_numpy(), list(groups.size().index)
    for column in scores.columns[scores.columns.str.endswith(".rule")]:
        rule = scores[column].cat.codes.to_numpy()
        known = rule >= 0
        counts = np.bincount(of_row[known] * len(RULES) + rule[known], minlength=len(places) * len(RULES))
        for at in np.flatnonzero(counts):
            place, name = places[at // len(RULES)], RULES[at % len(RULES)]
            counted[column.removesuffix(".rule"), *place, name] = int(counts[at])
    return counted


def describe(definition: Mapping, norm: Norm | None, rules: Counter, reliability: pd.DataFrame) -> str:
    """What a log says of scoring an instrument: key, norm, how many scores by which rule; never an answer or id."""
    lines = [f"{definition['label']}: key {definition['key']['status']}, definition {digest(definition)}"]
    if norm is not None:
        lines += [f"norm table {norm}{' - ILLUSTRATIVE, NOT A NORM' if norm.status == 'illustrative' else ''}"]
    lines += [
        f"{scale}: {unit} {wave} {rule} {number}"
        for (scale, unit, wave, rule), number in sorted(rules.items())
        if rule != RULES[Rule.NOT_ASKED]
    ]
    noted = reliability[reliability["note"] != ""]
    lines += [f"WARNING alpha of {row.scale}, {row.form}, {row.wave}: {row.note}" for row in noted.itertuples()]
    return "\n".join(lines)


def _scored(definition: Mapping, unit: str, spec: Mapping, answers: Answers, norm: Norm | None) -> pd.DataFrame:
    """The scores of units of one kind, and the columns that only other kinds have."""
    table, columns = _unit_table(definition, unit, spec, answers, norm), score_columns(definition)
    n = len(table["unit_id"])
    empty = {name: np.full(n, np.nan) for name in columns if not name.endswith(".rule")}
    empty |= {name: pd.Categorical.from_codes(np.full(n, -1), RULES) for name in columns if name.endswith(".rule")}
    return pd.DataFrame({name: table.get(name, empty[name]) for name in columns}, copy=False)


def score_columns(definition: Mapping) -> list[str]:
    """The columns of the score table of an instrument, in order."""
    units = definition["units"].values()
    names = dict.fromkeys(name for unit in units for name in score_names(definition, unit))
    scales = dict.fromkeys(scale for unit in units for scale in scales_of(definition, unit))
    return [*ROW_COLUMNS, *names, *(f"{scale}.{about}" for scale in scales for about in QUALITY)]


def _unit_table(definition: Mapping, unit: str, spec: Mapping, answers: Answers, norm: Norm | None) -> dict[str, Any]:
    """The columns of one kind of unit."""
    key = UNIT_KEYS[unit]
    if spec.get("reporters") == "same":
        answers = only_same_reporters(answers, key)
    answers = mirror(answers, spec["mirror"]) if "mirror" in spec else answers
    groups = group_reports(answers.rows, key)
    if spec.get("at") == "scale" or spec.get("discrepancy"):
        each = combine_items(answers, reports_apart(answers.rows))
        of_reports = scale_scores(definition, spec, each, outside_ages(each, definition.get("ages")))
    if spec.get("at") == "scale":
        rows = unit_rows(answers.rows, groups)
        reporters = groups.reduce(np.add, answers.valid.any(axis=0).astype(np.int64))
        values = {name: groups.combine(value, spec["combine"]) for name, value in of_reports[0].items()}
        quality = {name: _best(scale, groups) for name, scale in of_reports[1].items()}
    else:
        combined = combine_items(answers, groups)
        rows, reporters = combined.rows, combined.reporters
        values, quality = scale_scores(definition, spec, combined, outside_ages(combined, definition.get("ages")))
    if spec.get("discrepancy"):
        for name in scales_of(definition, spec):
            values[f"{name}.discrepancy"] = groups.spread(of_reports[0][name])
    for name in definition.get("norm_scales", []):
        if name in values:
            age, sex = rows["age"].to_numpy(dtype=float), rows["sex"].to_numpy(dtype=float)
            raw = values[name]
            none = np.where(raw == DOES_NOT_APPLY, DOES_NOT_APPLY, np.nan)
            values[f"{name}.t"] = none if norm is None else t_scores(norm, name, raw, age, sex)
    n = len(rows)
    frame = {
        "unit": _constant(unit, list(definition["units"]), n),
        "unit_id": rows[key].array,
        "household": rows["household"].array,
        "wave": rows["wave"].array,
        "n_reporters": reporters.astype(float),
        "definition": _constant(digest(definition), [digest(definition)], n),
        "norm": _constant(str(norm or ""), [str(norm or "")], n),
    }
    for name, value in values.items():
        value[value == DOES_NOT_APPLY] = np.nan
        frame[name] = value
    for name, scale in quality.items():
        frame[f"{name}.rule"] = pd.Categorical.from_codes(scale.rule, RULES)
        frame |= {f"{name}.{about}": getattr(scale, about).astype(float) for about in QUALITY[1:]}
    return frame


def _constant(value: str, categories: Sequence[str], n: int) -> pd.Categorical:
    return pd.Categorical.from_codes(np.full(n, list(categories).index(value), dtype=np.int8), list(categories))


def _best(quality: Quality, groups: Groups) -> Quality:
    """Of several reports on a unit: the rule of the best one, and the answers of all."""
    counts = (groups.reduce(np.add, getattr(quality, about)) for about in QUALITY[1:])
    return Quality(groups.reduce(np.minimum, quality.rule), *counts)
