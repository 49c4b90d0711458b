"""Hold a norm table against the definition of its instrument."""

from collections.abc import Mapping, Sequence
from math import inf

from effectstudie.definitions.norm_tables import Norm, age_span


def norm_problems(path: str, norm: Norm, scales: Sequence[str], ages: Mapping[str, float] | None) -> list[str]:
    """A norm table against the definition: scales, strata that overlap or leave ages of the instrument out."""
    problems = []
    for scale in scales:
        rows = [row for row in norm.rows if row["scale"] == scale]
        if not rows:
            problems.append(f"{path}: has no rows for the scale {scale}.")
        for sex in (1, 2):
            spans = sorted({age_span(row) for row in rows if row["sex"] in (None, sex)})
            problems += _span_problems(f"{path}: scale {scale}, sex {sex}", spans, ages)
    unknown = sorted({row["scale"] for row in norm.rows} - set(scales))
    problems += [f"{path}: names the scale '{name}', which the instrument has no norm for." for name in unknown]
    if norm.kind == "linear" and any(row["sd"] <= 0 for row in norm.rows):
        problems.append(f"{path}: column sd must be above 0.")
    return problems


def _span_problems(where: str, spans: list[tuple[float, float]], ages: Mapping[str, float] | None) -> list[str]:
    problems = [
        f"{where}: the ages {a[0]:g} to {a[1]:g} and {b[0]:g} to {b[1]:g} overlap."
        for a, b in zip(spans, spans[1:], strict=False)
        if b[0] < a[1]
    ]
    if spans and ages:
        gaps = [f"{a[1]:g} to {b[0]:g}" for a, b in zip(spans, spans[1:], strict=False) if b[0] > a[1]]
        gaps += [f"from {ages['from']:g}"] if spans[0][0] > ages.get("from", -inf) else []
        gaps += [f"to {ages['below']:g}"] if spans[-1][1] < ages.get("below", inf) else []
        problems += [f"{where}: the table leaves out the ages {gap} of the instrument." for gap in gaps]
    return problems
