"""Hold a norm table against the definition of its instrument."""

from collections.abc import Mapping, Sequence
from math import inf

from effectstudie.definitions.norm_tables import Norm, age_span
from effectstudie.shared.messages.sentences import say


def norm_problems(path: str, norm: Norm, scales: Sequence[str], ages: Mapping[str, float] | None) -> list[str]:
    """A norm table against the definition: scales, strata that overlap or leave ages of the instrument out."""
    problems = []
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
    return problems


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
