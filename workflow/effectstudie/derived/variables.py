"""The codebook of derived variables: one row for every score and every variable made from scores, without any data."""

from collections.abc import Mapping

import pandas as pd

from effectstudie.definitions.instruments import digest
from effectstudie.derived.computed_rows import UNITS, computed_row
from effectstudie.derived.formula import formula
from effectstudie.derived.missing_rule import missing_rule
from effectstudie.derived.numerals import plain
from effectstudie.derived.questionnaires import behind
from effectstudie.derived.score import Score
from effectstudie.derived.sources import Sources
from effectstudie.derived.value_range import range_of
from effectstudie.derived.variable_rows import variable_row

COLUMNS = ["variabele", "eenheid", "vragenlijst", "omschrijving", "formule", "items", "kolommen", "metingen"]
COLUMNS += ["leeftijd", "ontbrekend", "bereik", "beter", "norm", "bron", "sleutel", "versie"]


def derived_variables(given: Sources) -> pd.DataFrame:
    """One row per derived variable and unit (COLUMNS, all text), sorted by name and unit."""
    rows = [_score_row(score, given) for score in given.scores.values()]
    rows += [variable_row(name, spec, given) for name, spec in given.classification["variables"].items()]
    rows += [computed_row(name, unit, given) for name, unit in UNITS.items()]
    rows.sort(key=lambda row: ("." not in row["variabele"], row["variabele"].split("."), row["eenheid"]))
    return pd.DataFrame(rows)[COLUMNS]


def _score_row(score: Score, given: Sources) -> dict[str, str]:
    """The row of one score of an instrument."""
    words, definition, norm = given.words, score.definition, given.norms.get(score.stem)
    better = score.spec.get("better", "unknown")
    return {
        "variabele": score.name,
        "eenheid": words["units"][score.unit],
        "omschrijving": ", ".join([score.spec["label"], *_suffix_words(score, words)]),
        "formule": formula(score, norm, words),
        "ontbrekend": missing_rule(score, norm, words),
        "bereik": _range(score, norm, words),
        "beter": words["none"] if score.kind == "discrepancy" else words["better"][better],
        "bron": ", ".join(definition[key] for key in ("source", "page") if key in definition),
        "versie": digest(definition),
        **behind([score], given),
        "sleutel": f"{words['key_status'][definition['key']['status']]}: {definition['key']['note']}",
    }


def _suffix_words(score: Score, words: Mapping) -> list[str]:
    suffixes = words["suffixes"]
    received = score.spec.get("direction") == "received"
    return [
        words["inflicted"].format(side=suffixes[token]) if received and token == score.side else suffixes[token]
        for token in score.tokens
    ]


def _range(score: Score, norm: Mapping | None, words: Mapping) -> str:
    say, entry = words["range"], (norm or {}).get("entry", {})
    ends = range_of(score)
    if score.kind == "t":
        ends = (entry["floor"], entry["cap"]) if {"floor", "cap"} <= set(entry) else None
    if ends is None:
        return say["norm"] if norm else words["none"]
    low, high = map(plain, ends)
    if score.version and score.cells:
        return say["either"].format(low=low, high=high)
    return low if low == high or not score.cells else f"{low}–{high}"
