"""The rows of variables that are made from scores, by variables.yaml or by the code."""

from collections.abc import Mapping

from effectstudie.classification.conditions import OPERATORS
from effectstudie.definitions.fitted import computed_of
from effectstudie.definitions.instruments import digest
from effectstudie.definitions.lineage import (
    COMPUTED,
    ONLY_OF_A_STUDY,
    RISK_FACTOR,
    VIOLENCE_BEHIND,
    scores_behind,
    variable_scores,
)
from effectstudie.derived.numerals import plain
from effectstudie.derived.questionnaires import behind
from effectstudie.derived.sources import Sources
from effectstudie.shared.formats import joined

# Variables that the code makes from several definitions, with their units.
UNITS = {**COMPUTED, "risk_at_least": "household", "risk_at_most": "household", **ONLY_OF_A_STUDY}
SYMBOLS = dict(zip(OPERATORS, "=<≥>", strict=True))


def computed_units(given: Sources) -> dict[str, str]:
    """Variables that the code makes, with their units: a risk factor of the household for each that is defined."""
    made = computed_of(given.classification["violence"], given.cohort)
    units = {name: unit for name, unit in UNITS.items() if name in made or name not in COMPUTED}
    return units | {f"{RISK_FACTOR}{name}": "household" for name in given.classification["risk_factors"]}


def variable_row(name: str, spec: Mapping, given: Sources) -> dict[str, str]:
    """The row of a variable of resources/classification/variables.yaml."""
    words, say = given.words, given.words["variables"]
    source = given.classification["variables"][spec["any_of"]] if "any_of" in spec else spec
    scores = [given.scores[score, source["unit"]] for score in dict.fromkeys(variable_scores(source))]
    key = next((key for key in ("score", "any_of") if key in spec), "condition")
    return {
        "variabele": name,
        "eenheid": words["units"][spec["unit"]],
        "omschrijving": spec["label"],
        "formule": _of_household(spec, source, words) if key == "any_of" else _formula(spec, say),
        "ontbrekend": words["missing"][key].format(name=spec.get("score")),
        "bereik": say["range_yes_no"] if "when" in source or "yes_when" in source else _code_range(spec),
        "beter": words["better"]["unknown"],
        "bron": spec.get("source", say["no_source"]),
        "versie": digest([spec, source] if key == "any_of" else spec),
        **behind(scores, given),
    }


def _of_household(spec: Mapping, source: Mapping, words: Mapping) -> str:
    return words["variables"]["any_of"].format(name=spec["any_of"], unit=words["units"][source["unit"]])


def _formula(spec: Mapping, say: Mapping[str, str]) -> str:
    if "yes_when" in spec:
        return say["yes_when"].format(test=_test(spec["score"], spec["yes_when"]))
    if "bands" in spec:
        ends = [None, *(end for end, _ in spec["bands"])]
        pairs = zip(ends, spec["bands"], strict=False)
        tests = [(code, [_end("≥", low), _end("<", high)]) for low, (high, code) in pairs]
        bands = [(code, say["all"].join(filter(None, ends))) for code, ends in tests]
        return f"{spec['score']}: {'; '.join(say['band'].format(code=c, test=test) for c, test in bands)}"
    if "when" in spec:
        return say["when"].format(test=_condition(spec["when"], say))
    classes = []
    for level in spec["classes"]:
        test = _condition(level["when"], say) if "when" in level else ""
        classes.append(say["class" if test else "rest"].format(code=level["code"], label=level["label"], test=test))
    return say["then"].join(classes)


def _condition(condition: Mapping, say: Mapping[str, str], inner: bool = False) -> str:
    for key in ("any", "all"):
        if key in condition:
            parts = [_condition(part, say, inner=True) for part in condition[key]]
            text = say[key].join(parts)
            return f"({text})" if inner and len(parts) > 1 else text
    names = condition.get("scores", [condition.get("score")])
    subject = names[0] if len(names) == 1 else say["one_of"].format(names=joined(names))
    return _test(subject, condition)


def _test(subject: str, condition: Mapping) -> str:
    """`ace.count ≥ 4`."""
    ((operator, value),) = [(key, condition[key]) for key in OPERATORS if key in condition]
    return f"{subject} {SYMBOLS[operator]} {plain(value)}"


def _end(symbol: str, bound: float | None) -> str:
    return "" if bound is None else f"{symbol} {plain(bound)}"


def _code_range(spec: Mapping) -> str:
    codes = [code for _, code in spec["bands"]] if "bands" in spec else [level["code"] for level in spec["classes"]]
    return f"{min(codes)}–{max(codes)}"


def computed_row(name: str, unit: str, given: Sources) -> dict[str, str]:
    """The row of a variable that the code makes: its words, filled with the numbers of the definitions."""
    factor = name.removeprefix(RISK_FACTOR) if name.startswith(RISK_FACTOR) else ""
    words, filled = given.words, _placeholders(given)
    spec = words["computed"][f"{RISK_FACTOR}x" if factor else name]
    source = "violence" if name in VIOLENCE_BEHIND else "risk_factors" if name.startswith("risk_") else None
    units = {part["score"]: part.get("unit", "adult") for part in given.classification.get(source, {}).values()}
    alias = "risk_cumulation" if source == "risk_factors" else name
    behind_it = scores_behind(alias, given.classification)
    if factor:
        rule = given.classification["risk_factors"][factor]
        behind_it, filled = [rule["score"]], filled | {"test": _test(rule["score"], rule["yes_when"]), "name": factor}
    scores = [given.scores[score, units[score]] for score in behind_it]
    nothing = {key: words["none"] for key in ("vragenlijst", "items", "norm")}
    alone = {"metingen": given.waves[0], "leeftijd": words["ages"]["all"], "sleutel": words["no_key"], **nothing}
    facts = behind(scores, given) if scores else {**alone, "kolommen": spec.get("kolommen", words["none"])}
    return {
        "variabele": name,
        "eenheid": words["units"][unit],
        **{key: spec[key].format(**filled) for key in ("omschrijving", "formule", "ontbrekend", "bereik", "bron")},
        "beter": words["better"][spec["beter"]] if "beter" in spec else words["none"],
        "versie": digest(given.classification[source]) if source else words["none"],
        **facts,
    }


def _placeholders(given: Sources) -> dict[str, str]:
    words, violence = given.words, given.classification["violence"]
    factors = [
        words["factor"].format(
            n=n,
            test=_test(factor["score"], factor["yes_when"]),
            kept=words["factor_kept"] if factor.get("keep") else "",
        )
        for n, factor in enumerate(given.classification["risk_factors"].values(), start=1)
    ]
    rules = {name: words["class_rule"].format(**_in_digits(spec)) for name, spec in violence.items()}
    parts = {"partner": "partner_violence", "abuse": "child_abuse"}
    known = {key: name for key, name in parts.items() if name in violence}
    return {
        **{key: violence[name]["score"] for key, name in known.items()},
        **{f"{key}_rule": rules[name] for key, name in known.items()},
        "first_wave": given.waves[0],
        "factors": "; ".join(factors),
        "n_factors": str(len(factors)),
        "thresholds": ", ".join(f"{study} {number}" for study, number in sorted(given.thresholds.items())),
    }


def _in_digits(spec: Mapping) -> dict[str, str]:
    return {key: value if isinstance(value, str) else plain(value) for key, value in spec.items()}
