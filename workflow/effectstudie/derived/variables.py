"""The codebook of derived variables: one row for every score and every variable made from scores, without any data."""

from collections.abc import Mapping

import pandas as pd

from effectstudie.definitions.instruments import answer_range, digest, score_range
from effectstudie.derived.formula import formula
from effectstudie.derived.missing_rule import missing_rule
from effectstudie.derived.numerals import plain
from effectstudie.derived.questionnaires import behind
from effectstudie.derived.score import Score
from effectstudie.derived.sources import Sources
from effectstudie.derived.variable_rows import computed_row, computed_units, variable_row

COLUMNS = ["variabele", "eenheid", "vragenlijst", "omschrijving", "formule", "items", "kolommen", "metingen"]
COLUMNS += ["leeftijd", "ontbrekend", "bereik", "beter", "norm", "bron", "sleutel", "versie"]


def derived_variables(given: Sources) -> pd.DataFrame:
    """One row per derived variable and unit (COLUMNS, all text), sorted by name and unit."""
    rows = [_score_row(score, given) for score in given.scores.values()]
    rows += [variable_row(name, spec, given) for name, spec in given.classification["variables"].items()]
    rows += [computed_row(name, unit, given) for name, unit in computed_units(given).items()]
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


def range_of(score: Score) -> tuple[float, float] | None:
    """The lowest and highest value; None for a T score, whose norm table decides."""
    low, high = score_range(score.definition, score.scale)
    if score.kind == "t":
        return None
    if score.version:
        return 0, 1
    if score.kind == "discrepancy":
        return 0, high - low
    if score.kind == "chronicity":
        return (low if low > 0 else _least_above_nothing(score)), high
    if not (score.part or score.side):
        return low, high
    if score.is_total:
        ranges = [range_of(term) for term in score.terms()]
        return sum(least for least, _ in ranges), sum(most for _, most in ranges)
    least, most = answer_range(score.definition)
    return (len(score.cells) - len(score.moved_in) - len(score.moved_out)) * least, len(score.cells) * most


def _least_above_nothing(score: Score) -> float:
    first, last = score.definition["answers"]
    values = score.definition["recode"].values() if "recode" in score.definition else range(first, last + 1)
    return min(value for value in values if value > 0)
