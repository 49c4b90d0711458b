"""Score questionnaires from instrument definition files.

An instrument has forms (one export table each), whose answers become a matrix of report x (view, item).
Reports of one unit (an adult, a child, a household) are combined item by item, the higher report counting,
and scales are computed from the combined answers. A definition says all that differs between instruments.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from effectstudie.ingest import NOT_APPLICABLE
from effectstudie.instruments import form_columns, scale_items
from effectstudie.reliability import cronbach_alpha

KEYS = ["household", "respondent", "child"]
SCORE_COLUMNS = ["unit", "unit_id", "household", "wave", "score", "value", "status"]


def score_instrument(
    definition: Mapping, tables: Mapping[tuple[str, str], pd.DataFrame]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Scores and reliability of one instrument.

    `tables` maps (form, wave) to the ingested table of that form. Returns
    - scores, a row per unit, wave and score (SCORE_COLUMNS): value in the unit of the definition, status
      ok, missing (too few answers) or not_applicable;
    - reliability of the reports of the first wave: instrument, scale, form, n, items, alpha, published.
    """
    forms = definition["forms"]
    reports = {
        name: pd.concat(
            [
                _report_matrix(definition, forms[name], table, wave)
                for (form, wave), table in tables.items()
                if form == name
            ]
        )
        for name in forms
    }
    scores = [
        score
        for unit, spec in definition["units"].items()
        for score in _score_unit(definition, unit, spec, {f: reports[f] for f in spec.get("forms", forms)})
    ]
    first_wave = min(wave for _, wave in tables)
    return pd.concat(scores, ignore_index=True)[SCORE_COLUMNS], _reliability(definition, reports, first_wave)


def _report_matrix(definition: Mapping, form: Mapping, table: pd.DataFrame, wave: str) -> pd.DataFrame:
    """Scored answers of one export: rows (household, respondent, child, wave), columns (view, item).

    A missing answer is NaN, one that does not apply minus infinity until the reports are combined.
    """
    columns = form_columns(form)
    answers = table[list(columns.values())].to_numpy(dtype=float)
    not_applicable = answers == NOT_APPLICABLE
    answers = np.where(answers < 0, np.nan, answers)
    if "gate" in definition:
        answers, not_applicable = _close_gate(definition["gate"], list(columns), answers, not_applicable)
    if "recode" in definition:
        recoded = np.full_like(answers, np.nan)
        for code, count in definition["recode"].items():
            recoded[answers == code] = count
        answers = recoded
    if "reverse" in definition:
        low, high = definition["answers"]
        turned = [number in definition["reverse"] for _, number in columns]
        answers[:, turned] = low + high - answers[:, turned]
    answers = np.where(not_applicable, -np.inf, answers)
    index = pd.MultiIndex.from_arrays(
        [table[key] if key in table else [""] * len(table) for key in KEYS] + [[wave] * len(table)],
        names=[*KEYS, "wave"],
    )
    return pd.DataFrame(answers, index=index, columns=pd.MultiIndex.from_tuples(columns, names=["view", "item"]))


def _close_gate(gate: Mapping, columns: Sequence[tuple], answers: np.ndarray, not_applicable: np.ndarray):
    """An answer that closes the gate gives the questions behind it their structural answer.

    Where the gate does not apply, the skipped questions behind it do not either.
    """
    for i, (view, number) in enumerate(columns):
        if number in gate["set"]:
            at_gate = columns.index((view, gate["item"]))
            closed = answers[:, at_gate] == gate["equals"]
            answers[closed, i] = gate["set"][number]
            not_applicable[closed, i] = False
            not_applicable[not_applicable[:, at_gate] & np.isnan(answers[:, i]), i] = True
    return answers, not_applicable


def _score_unit(
    definition: Mapping, unit: str, spec: Mapping, reports: Mapping[str, pd.DataFrame]
) -> list[pd.DataFrame]:
    levels = ["household", "wave"] if spec["key"] == "household" else ["household", spec["key"], "wave"]
    combined = pd.concat([_mirror(matrix, spec.get("mirror")) for matrix in reports.values()])
    # max leaves out what is missing, and takes "does not apply" (-inf) only where nobody reports otherwise
    answers = combined.groupby(level=levels, sort=True).max()
    asked = {
        name: answers.index.isin(matrix.index.droplevel([level for level in KEYS if level not in levels]))
        for name, matrix in reports.items()
    }
    computed: dict[str, pd.Series] = {}
    for name, scale in sorted(definition["scales"].items(), key=lambda named: "total_of" in named[1]):
        forms = [form for form in scale.get("forms", definition["forms"]) if form in reports]
        if "total_of" in scale:
            computed |= _total(name, scale, computed)
        elif forms:
            was_asked = np.any([asked[form] for form in forms], axis=0)
            computed |= _scale_scores(name, scale, definition, answers[was_asked])
    return [_long(values, f"{definition['instrument']}.{name}", unit, spec["key"]) for name, values in computed.items()]


def _mirror(matrix: pd.DataFrame, views: Sequence[str] | None) -> pd.DataFrame:
    """Swap the two views of every adult but the first of a household, so that columns are the same acts.

    Which of two adults is the first changes no score. Of three or more it is the one who reports most.
    """
    if views is None:
        return matrix
    # by the answers themselves, so that neither rows nor pseudonyms matter
    most = matrix.replace(-np.inf, np.nan).sum(axis=1).rename(("", "most"))
    order = pd.concat([most, matrix], axis=1).reset_index(drop=True)
    matrix = matrix.iloc[order.sort_values(list(order.columns), ascending=False, kind="stable").index]
    second = matrix.groupby(level=["household", "wave"]).cumcount() > 0
    one, other = views
    swapped = matrix.rename(columns={one: other, other: one}, level="view")[matrix.columns]
    return pd.concat([matrix[~second], swapped[second]])


def _scale_scores(name: str, scale: Mapping, definition: Mapping, answers: pd.DataFrame) -> dict[str, pd.Series]:
    of_scale = answers.loc[:, answers.columns.get_level_values("item").isin(scale_items(scale))]
    numbers = of_scale.columns.get_level_values("item")
    given = of_scale.to_numpy()
    not_applicable = np.isneginf(given).all(axis=1)
    given = np.where(np.isinf(given), np.nan, given)
    absent = np.isnan(given)
    too_few = (absent.mean(axis=1) > definition["missing"]["max_share"]) | absent.all(axis=1)

    def finish(values: np.ndarray) -> pd.Series:
        values = np.where(too_few, np.nan, values)
        return pd.Series(np.where(not_applicable, -np.inf, values), index=answers.index)

    if scale.get("op") == "product":
        looked_up = [_looked_up(given[:, i], scale["tables"][number]) for i, number in enumerate(numbers)]
        return {name: finish(np.prod(looked_up, axis=0))}
    scores = {}
    if scale.get("bounds"):
        least, most = _worth(definition)
        some = np.where(absent.all(axis=1), np.nan, np.nansum(given, axis=1))
        for bound, value in (("at_least", least), ("at_most", most)):
            scores[f"{name}.{bound}"] = pd.Series(some + value * absent.sum(axis=1), index=answers.index)
    if definition["missing"]["fill"] == "person_mean":
        mean = np.nansum(given, axis=1) / np.maximum((~absent).sum(axis=1), 1)
        given = np.where(absent, mean[:, None], given)
    total = np.nansum(given, axis=1)
    scores[name] = finish(_rescale(total / given.shape[1], scale) if scale.get("op") == "mean" else total)
    for part, of_part in scale.get("parts", {}).items():
        chosen = numbers.isin(of_part)
        unknown = absent[:, chosen].all(axis=1) & chosen.any()
        known = np.nansum(given[:, chosen], axis=1)
        scores[f"{name}.{part}"] = finish(np.where(unknown, np.nan, known))
        # what was reported, however much was skipped: it can make a class certain that the scale leaves unknown
        known = np.where(not_applicable, -np.inf, np.where(absent.all(axis=1), np.nan, known))
        scores[f"{name}.{part}.known"] = pd.Series(known, index=answers.index)
    return scores


def _worth(definition: Mapping) -> tuple[float, float]:
    """The lowest and highest value that an answer can have in a score."""
    values = definition["recode"].values() if "recode" in definition else definition["answers"]
    return min(values), max(values)


def _looked_up(codes: np.ndarray, table: Mapping[int, float]) -> np.ndarray:
    values = np.full(len(codes), np.nan)
    for code, value in table.items():
        values[codes == code] = value
    return values


def _rescale(mean: np.ndarray, scale: Mapping) -> np.ndarray:
    if "rescale" not in scale:
        return mean
    (low, high), (new_low, new_high) = scale["rescale"]["from"], scale["rescale"]["to"]
    return new_low + (mean - low) * (new_high - new_low) / (high - low)


def _total(name: str, scale: Mapping, computed: Mapping[str, pd.Series]) -> dict[str, pd.Series]:
    """Sum of scales and of their parts; a scale that nobody was asked adds nothing."""
    totals = {}
    for suffix in ("", ".minor", ".severe", ".minor.known", ".severe.known"):
        terms = [computed[f"{part}{suffix}"] for part in scale["total_of"] if f"{part}{suffix}" in computed]
        if terms:
            # an absent row is a scale that was not asked; a NaN in a present row stays missing
            table = pd.concat(terms, axis=1, keys=range(len(terms)))
            absent = pd.concat([pd.Series(True, index=t.index) for t in terms], axis=1).isna().to_numpy()
            table = table.mask(absent, -np.inf)
            if suffix.endswith(".known"):
                total = table.replace(-np.inf, np.nan).sum(axis=1, min_count=1)
            else:
                total = table.replace(-np.inf, 0.0).sum(axis=1, skipna=False)
            totals[f"{name}{suffix}"] = total.mask(np.isneginf(table).all(axis=1), -np.inf)
    return totals


def _long(values: pd.Series, score: str, unit: str, key: str) -> pd.DataFrame:
    frame = values.rename("raw").reset_index()
    not_applicable = np.isneginf(frame["raw"])
    return frame.assign(
        unit=unit,
        unit_id=frame[key],
        score=score,
        value=frame["raw"].mask(not_applicable),
        status=np.select([not_applicable, frame["raw"].isna()], ["not_applicable", "missing"], "ok"),
    )


def _reliability(definition: Mapping, reports: Mapping[str, pd.DataFrame], first_wave: str) -> pd.DataFrame:
    rows = []
    for form, matrix in reports.items():
        answers = matrix[matrix.index.get_level_values("wave") == first_wave].replace(-np.inf, np.nan)
        for name, scale in definition["scales"].items():
            if form not in scale.get("forms", [form]) or scale.get("op") == "product":
                continue
            parts = [definition["scales"][part] for part in scale.get("total_of", [])] or [scale]
            numbers = [n for part in parts if form in part.get("forms", [form]) for n in scale_items(part)]
            items = answers.loc[:, answers.columns.get_level_values("item").isin(numbers)]
            if items.shape[1] < 3:
                continue
            result = cronbach_alpha(items)
            rows.append(
                {
                    "instrument": definition["instrument"],
                    "label": definition["label"],
                    "scale": name,
                    "form": form,
                    "n": result.n,
                    "items": result.k,
                    "alpha": result.alpha,
                    "published": scale.get("published_alpha"),
                }
            )
    columns = ["instrument", "label", "scale", "form", "n", "items", "alpha", "published"]
    return pd.DataFrame(rows, columns=columns)
