"""Which outcomes a study names, and which of them are compared over time."""

from collections.abc import Mapping


def named_outcomes(study: Mapping) -> list[str]:
    """The background, the problems at T0 and the outcomes of a study, each once."""
    return list(dict.fromkeys([*study["background"], *study.get("problems", []), *study["outcomes"]]))


def compared_over_time(outcomes: Mapping[str, Mapping]) -> dict[str, Mapping]:
    """The outcomes that are means or percentages at both measurements, in order."""
    return {name: one for name, one in outcomes.items() if one["kind"] != "class" and "measured" not in one}


def subscales(study: Mapping, instruments: Mapping[str, Mapping]) -> dict[str, dict]:
    """Definitions, as in config/outcomes.yaml, of every scale of the instruments that the study's appendix names."""
    found = {}
    for stem in study.get("appendix", []):
        definition = instruments[stem]
        unit = next(unit for unit in definition["units"] if unit != "household")
        for scale, spec in definition["scales"].items():
            found[f"{stem}__{scale}"] = {
                "variable": f"{stem}.{scale}",
                "unit": unit,
                "kind": "mean",
                "section": "appendix",
                "label": spec["label"],
                "measure": definition["label"],
                "decimals": 1,
            }
    return found
