"""What an instrument's definition file says: columns, items, scores and their ranges."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

VIOLENCE_PARTS = ("minor", "severe")

QUALITY = ("rule", "n_valid", "n_missing", "n_out_of_range")


def form_columns(form: Mapping) -> dict[tuple[str, int], str]:
    """Which export column holds which (view, item) of a form."""
    columns: dict[tuple[str, int], str] = {}
    for view, spec in form["views"].items():
        if isinstance(spec["columns"], str):
            numbers = range(spec["first"], spec["last"] + 1, spec.get("step", 1))
            named = {number: spec["columns"].format(number) for number in numbers}
        else:
            named = dict(enumerate(spec["columns"], start=1))
        for number, column in named.items():
            columns[view, _item_number(number, spec)] = column
    return columns


def columns_of_form(form: Mapping) -> list[str]:
    """All export columns that scoring reads for a form: items, and the age and sex that norms and limits need."""
    return [*form_columns(form).values(), *(form[key] for key in ("age", "sex") if key in form)]


def _item_number(number: int, spec: Mapping) -> int:
    """The instrument's number of an item: forms may number the same item otherwise."""
    for span, start in spec.get("move", {}).items():
        first, last = map(int, span.split("-"))
        if first <= number <= last:
            return start + number - first
    return number + spec.get("shift", 0)


def scale_items(scale: Mapping) -> list[int]:
    """Numbers of the items of a scale that is no total, weights and pairs included."""
    if "pairs" in scale:
        return [number for pair in scale["pairs"] for number in pair]
    if "parts" in scale:
        return [number for part in scale["parts"].values() for number in part]
    if isinstance(scale["items"], str):
        first, last = map(int, scale["items"].split("-"))
        return list(range(first, last + 1))
    return [*scale["items"], *scale.get("weights", [])]


def scale_cells(definition: Mapping, scale: Mapping, forms: Sequence[str]) -> set[tuple[str, int]]:
    """The (view, item) of these forms that belong to a scale."""
    numbers = set(scale_items(scale))
    return {
        (view, number)
        for form in forms
        for view, number in form_columns(definition["forms"][form])
        if number in numbers and view in scale.get("views", [view])
    }


def forms_of(definition: Mapping, unit: Mapping, scale: Mapping | None = None) -> list[str]:
    """The forms that a unit, or a scale of it, is scored from."""
    asked = (scale or {}).get("forms", definition["forms"])
    return [form for form in unit.get("forms", definition["forms"]) if form in asked]


def scales_of(definition: Mapping, unit: Mapping) -> dict[str, Mapping]:
    """The scales that a unit has, totals last."""
    scales = definition["scales"]
    own = {name: scale for name, scale in scales.items() if "total_of" not in scale}
    own = {name: scale for name, scale in own.items() if forms_of(definition, unit, scale)}
    totals = {name: s for name, s in scales.items() if any(part in own for part in s.get("total_of", []))}
    return own | totals


def score_suffixes(definition: Mapping, unit: Mapping, name: str) -> list[str]:
    """What follows the name of a scale in the names of its scores: the empty text is the score itself."""
    scale = definition["scales"][name]
    if "total_of" in scale:
        terms = [score_suffixes(definition, unit, part) for part in scale["total_of"]]
        suffixes = list(dict.fromkeys(suffix for term in terms for suffix in term if _adds_up(suffix)))
    else:
        parts = [f".{part}" for part in scale.get("parts", {})]
        counted = [*parts, *(f".{view}" for view in unit.get("directions", []))]
        versions = list(definition.get("prevalence", {}))
        suffixes = ["", *counted, *(f"{part}.known" for part in parts)]
        suffixes += [f"{count}.{version}" for version in versions for count in ["", *counted]]
        suffixes += [".at_least", ".at_most"] if scale.get("bounds") else []
    suffixes += [".chronicity"] if "prevalence" in definition else []
    suffixes += [".t"] if name in definition.get("norm_scales", []) else []
    suffixes += [".discrepancy"] if unit.get("discrepancy") else []
    return suffixes


def _adds_up(suffix: str) -> bool:
    return suffix not in (".chronicity", ".t", ".discrepancy", ".at_least", ".at_most")


def score_names(definition: Mapping, unit: Mapping) -> Iterator[str]:
    """Names of the scores of a unit, without the name of the instrument."""
    for name in scales_of(definition, unit):
        for suffix in score_suffixes(definition, unit, name):
            yield f"{name}{suffix}"


def score_range(definition: Mapping, name: str) -> tuple[float, float]:
    """The lowest and highest value that a scale can have."""
    scale = definition["scales"][name]
    if "range" in scale:
        return tuple(scale["range"])
    if "total_of" in scale:
        ranges = [score_range(definition, part) for part in scale["total_of"]]
        return sum(low for low, _ in ranges), sum(high for _, high in ranges)
    forms = forms_of(definition, {}, scale)
    low, high = answer_range(definition)
    op, k = scale.get("op", "sum"), len(scale_cells(definition, scale, forms))
    if op == "product":
        ends = [(min(table.values()), max(table.values())) for table in scale["tables"].values()]
        lowest, highest = 1.0, 1.0
        for least, most in ends:
            lowest, highest = lowest * least, highest * most
        return lowest, highest
    if op == "count":
        return 0, k
    if op == "inconsistency":
        return 0, len(scale["pairs"]) * (high - low)
    if op in ("mean", "weighted_mean"):
        return tuple(scale["rescale"]["to"]) if "rescale" in scale else (low, high)
    return k * low, k * high


def answer_range(definition: Mapping) -> tuple[float, float]:
    """The lowest and highest value that an answer can have in a score."""
    values = definition["recode"].values() if "recode" in definition else definition["answers"]
    return min(values), max(values)


def digest(content: object) -> str:
    """Twelve characters that change when a definition does, however it is laid out in its file."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def definition_paths(folder: Path) -> dict[str, Path]:
    """Definition files by their stems; one in the folder `licensed` takes the place of its public namesake."""
    paths = {path.stem: path for path in sorted(folder.glob("*.yaml"))}
    return dict(sorted((paths | {path.stem: path for path in (folder / "licensed").glob("*.yaml")}).items()))
