"""Hold a norm table against the definition of its instrument."""

from collections.abc import Mapping
from itertools import pairwise
from math import inf
from typing import Any

from effectstudie.definitions.norm_tables import STRATUM, Norm, age_span
from effectstudie.shared.messages.sentences import say


def norm_problems(path: str, norm: Norm, definition: Mapping[str, Any]) -> list[str]:
    """A norm table against the definition: scales, strata that overlap or leave ages of the instrument out, and rows
    between which a raw score of the instrument can lie.
    """
    scales, ages, problems = definition["norm_scales"], definition.get("ages"), []
    for scale in scales:
        rows = [row for row in norm.rows if row["scale"] == scale]
        if not rows:
            problems.append(say("{path}: has no rows for the scale {scale}.", path=path, scale=scale))
        for sex in (1, 2):
            spans = sorted({age_span(row) for row in rows if row["sex"] in (None, sex)})
            problems += _span_problems(
                say("{path}: scale {scale}, sex {sex}", path=path, scale=scale, sex=sex), spans, ages
            )
    unknown = sorted({row["scale"] for row in norm.rows} - set(scales))
    problems += [
        say("{path}: names the scale '{name}', which the instrument has no norm for.", path=path, name=name)
        for name in unknown
    ]
    if norm.kind == "linear" and any(row["sd"] <= 0 for row in norm.rows):
        problems.append(say("{path}: column sd must be above 0.", path=path))
    if norm.kind == "lookup":
        problems += [
            problem for scale in scales if not is_whole(definition, scale) for problem in _holes(path, norm, scale)
        ]
    return problems


def is_whole(definition: Mapping[str, Any], scale: str) -> bool:
    """Whether a raw score is a whole number, whatever answers are missing and however many reports there are."""
    spec = definition["scales"][scale]
    missing = definition.get("missing", {}) | spec.get("missing", {})
    filled = missing.get("fill") == "person_mean" and missing.get("round") != "half_up"
    averaged = spec.get("op", "sum") in ("mean", "weighted_mean", "product")
    added = [*spec.get("parts", ()), *spec.get("total_of", ())]
    of_reports = any(unit.get("combine") == "mean" for unit in definition["units"].values())
    of_whole = all(is_whole(definition, part) for part in added if part in definition["scales"])
    return not (filled or averaged or of_reports) and of_whole


def _holes(path: str, norm: Norm, scale: str) -> list[str]:
    """Where a row of a lookup ends before the next of its stratum begins: a raw score between them has no T score."""
    strata: dict[tuple, list[tuple[float, float]]] = {}
    for row in norm.rows:
        if row["scale"] == scale:
            strata.setdefault(tuple(row[name] for name in STRATUM), []).append((row["raw_from"], row["raw_to"]))
    ends = sorted(
        {(one[1], other[0]) for spans in strata.values() for one, other in pairwise(sorted(spans)) if one[1] < other[0]}
    )
    if not ends:
        return []
    return [
        say(
            "{path}: scale {scale}: a score can lie between {end:g} and {start:g}, as it is not always a whole number, "
            "and no row has it; let the rows join, or round the score (round: half_up).",
            path=path,
            scale=scale,
            end=ends[0][0],
            start=ends[0][1],
        )
    ]


def _span_problems(where: str, spans: list[tuple[float, float]], ages: Mapping[str, float] | None) -> list[str]:
    problems = [
        say(
            "{where}: the ages {one:g} to {end:g} and {other:g} to {other_end:g} overlap.",
            where=where,
            one=a[0],
            end=a[1],
            other=b[0],
            other_end=b[1],
        )
        for a, b in zip(spans, spans[1:], strict=False)
        if b[0] < a[1]
    ]
    if spans and ages:
        gaps = [
            say("{start:g} to {end:g}", start=a[1], end=b[0])
            for a, b in zip(spans, spans[1:], strict=False)
            if b[0] > a[1]
        ]
        gaps += [say("from {start:g}", start=ages["from"])] if spans[0][0] > ages.get("from", -inf) else []
        gaps += [say("to {end:g}", end=ages["below"])] if spans[-1][1] < ages.get("below", inf) else []
        problems += [
            say("{where}: the table leaves out the ages {gap} of the instrument.", where=where, gap=gap) for gap in gaps
        ]
    return problems
