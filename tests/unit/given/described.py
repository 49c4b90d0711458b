"""Descriptives of three outcomes, one in classes, and what is said of these outcomes."""

from effectstudie.definitions.outcomes import outcomes_from

_CLASSES = {
    1: {"id": "young", "label": "jong"},
    2: {"id": "middle", "label": "midden"},
    3: {"id": "old", "label": "oud"},
}
_AGE = {"variable": "age", "label": "Leeftijd", "kind": "class", "unit": "adult", "decimals": 1, "classes": _CLASSES}
OUTCOMES = outcomes_from({
    "age": _AGE,
    "work": {"variable": "work", "label": "zonder werk", "kind": "percentage", "unit": "adult", "decimals": 0},
    "safety": {"variable": "safety", "label": "veiligheid", "kind": "mean", "unit": "adult", "decimals": 1},
})  # fmt: skip
MERGING = outcomes_from({"age": {**_AGE, "merge": [{"codes": [1, 2], "id": "younger", "label": "jonger"}]}})


def row(outcome, group, n, mean, wave="T0", unit="adult"):
    return {
        "outcome": outcome, "unit": unit, "group": group, "wave": wave, "n": n, "mean": mean,
        "sd": 1.5, "ci_low": mean - 1, "ci_high": mean + 1,
    }  # fmt: skip


def classes(group, counts):
    """The rows of `age`; `counts`: of each of its classes."""
    n = sum(counts)
    names = (f"age.{entry['id']}" for entry in _CLASSES.values())
    return [row(name, group, n, 100 * count / n) for name, count in zip(names, counts, strict=True)]
