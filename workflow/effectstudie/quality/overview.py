"""The first sentences of the data-quality page, and its maps of what is missing: a row per questionnaire and form."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from effectstudie.definitions.export_columns import table_of
from effectstudie.disclosure.quality import COHORT, ROLES, ShownQuality
from effectstudie.shared import formats

# Percentages from which a cell is darker, once, twice and three times.
SHADES = (2, 5, 10)


def heat_map(missing: pd.DataFrame, measure: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """A map of one measure, `left_open` or `empty`, of ShownQuality.missing.

    Rows and columns of which nothing may be shown are left out, and named below it.
    """
    of_map, of_measure = words["heat"], words["heat"][measure]
    waves = missing["file"].str.partition("_")[0]
    table = missing.assign(wave=waves, informant=missing["file"].map(table_of)).set_index(
        ["questionnaire", "informant", "wave", "role"]
    )[measure]
    asked = set(table.index)
    rows = list(dict.fromkeys(key[:2] for key in table.index))
    roles = [role for role in (*ROLES[:2], COHORT) if role in set(missing["role"])]
    columns = [(wave, role) for wave in dict.fromkeys(waves) for role in roles]
    known = table.dropna()
    shown_rows = [row for row in rows if row in set(known.index.droplevel([2, 3]))]
    shown_columns = [column for column in columns if column in set(known.index.droplevel([0, 1]))]
    cells = {
        key: {"text": words["absent"], "shade": 0} if pd.isna(share) else _cell(share, of_measure["decimals"])
        for key, share in table.items()
    }
    notes = [of_map["scale"].format(*SHADES), of_map["dash"]] if shown_rows else [of_map["none"]]
    if shown_rows and (hidden := [_name(row, of_map) for row in rows if row not in shown_rows]):
        notes.append(of_map["hidden"].format(names=formats.joined(hidden)))
    if shown_rows and (hidden := [_head(column, of_map) for column in columns if column not in shown_columns]):
        notes.append(of_map["hidden_columns"].format(names=formats.joined(hidden)))
    return {
        "id": of_measure["id"],
        "caption": of_measure["caption"],
        "head": [*of_map["head"], *(_head(column, of_map) for column in shown_columns)],
        "rows": [
            {
                "name": row[0],
                "informant": of_map["informants"][row[1]],
                "cells": [
                    cells[(*row, *column)] if (*row, *column) in asked else {"text": "", "shade": 0}
                    for column in shown_columns
                ],
            }
            for row in shown_rows
        ],
        "notes": notes,
    }


def _cell(share: float, decimals: int) -> dict[str, Any]:
    return {"text": formats.percent(share, decimals), "shade": sum(share >= bound for bound in SHADES)}


def _name(row: tuple[str, str], words: Mapping) -> str:
    return f"{row[0]} ({words['informants'][row[1]]})"


def _head(column: tuple[str, str], words: Mapping) -> str:
    return words["column"].format(wave=column[0], role=words["roles"].get(column[1], "")).strip()


def opening(
    manifests: Mapping[str, Mapping], shown: ShownQuality, never_given: pd.DataFrame, words: Mapping[str, Any]
) -> list[str]:
    """Three sentences: what came in, how complete it is, and what needs attention."""
    said, rows = words["opening"], sum(facts["rows"] for facts in manifests.values())
    came = said["came"]["one" if len(manifests) == 1 else "more"]
    return [
        came.format(files=formats.number(len(manifests)), rows=formats.number(rows)),
        _complete(shown.missing, words),
        _attention(shown, never_given, said),
    ]


def _complete(missing: pd.DataFrame, words: Mapping) -> str:
    said, known = words["opening"], missing.dropna(subset=["left_open"])
    if known.empty:
        return said["open_hidden"]
    most = known.loc[known["left_open"].idxmax()]
    low, high = (formats.percent(known["left_open"].agg(end), 1) for end in ("min", "max"))
    place = {"questionnaire": most["questionnaire"], "wave": most["file"].partition("_")[0]}
    form = said["whole_cohort" if most["role"] == COHORT else "by_group"]
    role = words["heat"]["roles"].get(most["role"], "")
    return form["open_same" if low == high else "open"].format(low=low, high=high, role=role, **place)


def _attention(shown: ShownQuality, never_given: pd.DataFrame, said: Mapping) -> str:
    if shown.odd.empty:
        return said["nothing"] if never_given.empty else said["never"]
    files = formats.joined(list(dict.fromkeys(shown.odd["file"])))
    form = said["odd"]["one" if len(shown.odd) == 1 else "more"]
    return form.format(number=formats.number(len(shown.odd)), file=files, files=files)
