"""Classification, outcomes and studies as far as a cohort has what they are made from."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from effectstudie.definitions.cohort import Cohort
from effectstudie.definitions.follow_up import follow_up_of
from effectstudie.definitions.instruments import score_names
from effectstudie.definitions.lineage import COMPUTED, ONLY_OF_A_STUDY, VIOLENCE_BEHIND
from effectstudie.shared.words import with_parts

Definitions = Mapping[str, Mapping[str, Any]]
# Variables that count the children of a family; only parents tell of all of them.
COUNTS_OF_CHILDREN, OF_PARENTS = {"n_children", "children_over_3"}, "kinderen"


def scores_of(instruments: Definitions) -> dict[str, set[str]]:
    """Every score with the units it exists for."""
    found: dict[str, set[str]] = {}
    for stem, definition in instruments.items():
        for unit, spec in definition["units"].items():
            for name in score_names(definition, spec):
                found.setdefault(f"{stem}.{name}", set()).add(unit)
    return found


def units_of(
    scores: Mapping[str, set[str]], variables: Definitions, computed: Mapping[str, str]
) -> dict[str, set[str]]:
    """Every score and variable of the classified data, with the units it exists for."""
    known = {name: {unit} for name, unit in computed.items()}
    for name, spec in variables.items():
        known.setdefault(name, set()).add(spec["unit"])
    return known | dict(scores)


def classification_of(
    classification: Mapping[str, Definitions], scores: Mapping[str, Collection[str]]
) -> dict[str, Definitions]:
    """The files of resources/classification without what rests on other scores than these, which have their units.

    A variable that looks at any of several scores looks at those that there are.
    """
    variables = {name: left for name, spec in classification["variables"].items() if (left := _variable(spec, scores))}
    variables = {name: spec for name, spec in variables.items() if spec.get("any_of", name) in variables}
    of_scores = {
        name: {key: spec for key, spec in classification[name].items() if spec["score"] in _of(spec, scores)}
        for name in ("violence", "risk_factors")
    }
    return {**classification, "variables": variables, **of_scores}


def _of(spec: Mapping[str, Any], scores: Mapping[str, Collection[str]]) -> set[str]:
    """The scores that exist for the unit of a definition; without one it is of adults."""
    return {name for name, units in scores.items() if spec.get("unit", "adult") in units}


def _variable(spec: Mapping[str, Any], scores: Mapping[str, Collection[str]]) -> dict[str, Any] | None:
    known = _of(spec, scores)
    if "when" in spec:
        when = _condition(spec["when"], known)
        return {**spec, "when": when} if when else None
    if "classes" in spec:
        left = [{**one, "when": _condition(one["when"], known)} if "when" in one else one for one in spec["classes"]]
        return {**spec, "classes": left} if all(one.get("when", True) for one in left) else None
    return dict(spec) if spec.get("score") is None or spec["score"] in known else None


def _condition(condition: Mapping[str, Any], scores: Collection[str]) -> dict[str, Any] | None:
    """What is left of a condition; None where that says nothing."""
    if "score" in condition:
        return dict(condition) if condition["score"] in scores else None
    if "scores" in condition:
        named = [name for name in condition["scores"] if name in scores]
        return {**condition, "scores": named} if named else None
    (kind,) = condition
    parts = [_condition(part, scores) for part in condition[kind]]
    left = [part for part in parts if part]
    return {kind: left} if left and (kind == "any" or len(left) == len(parts)) else None


def computed_of(violence: Mapping[str, Any], cohort: Cohort) -> dict[str, str]:
    """The variables that classify and select make of a cohort, with their units; `violence`: what there is of it."""
    absent = {name for name, parts in VIOLENCE_BEHIND.items() if not set(parts) & set(violence)}
    absent |= {"child_abuse_household"} if "child_abuse" not in violence else set()
    absent |= set() if OF_PARENTS in cohort.tables else COUNTS_OF_CHILDREN
    return {name: unit for name, unit in COMPUTED.items() if name not in absent}


def available(outcomes: Definitions, known: Mapping[str, set[str]]) -> dict[str, Mapping[str, Any]]:
    """The outcomes that a cohort can have."""
    known = {**known, **{name: {unit} for name, unit in ONLY_OF_A_STUDY.items()}}
    return {
        name: spec
        for name, spec in outcomes.items()
        if all(spec["unit"] in known.get(spec[key], ()) for key in ("variable", "about") if key in spec)
    }


def study_of(
    study: Mapping[str, Any],
    cohort: Cohort,
    outcomes: Collection[str],
    covariates: Collection[str],
    instruments: Collection[str],
    defined: Definitions,
) -> dict[str, Any]:
    """A study as far as its cohort has its outcomes, covariates, instruments and measurements.

    What is left out stands under `left_out`, by the key that names it; of outcomes with their labels, for `defined` are
    all that there are.
    """
    matching = study["matching"]
    lists = {key: outcomes for key in ("background", "problems", "outcomes")} | {"appendix": instruments}
    kept = {key: _kept(study[key], there) for key, there in lists.items() if key in study}
    strategies = {
        name: {**spec, **{key: _kept(spec[key], covariates) for key in ("covariates", "exact")}}
        for name, spec in matching["strategies"].items()
    }
    chosen = [name for spec in matching["strategies"].values() for key in ("covariates", "exact") for name in spec[key]]
    asked = study["follow_up"].get("waves", [])
    left_out = {
        "outcomes": {name: defined[name]["label"] for name in _lacking(study["outcomes"], outcomes) if name in defined},
        "covariates": _lacking(dict.fromkeys(chosen), covariates),
        "waves": _lacking(asked, cohort.waves),
    }
    texts = {"reason": with_parts(matching["reason"], cohort.conditions)}
    why = {key: with_parts(study[key], cohort.conditions) for key in ("why_groups_differ",) if key in study}
    return {
        **study,
        **kept,
        **why,
        "matching": {**matching, **texts, "strategies": strategies},
        "follow_up": follow_up_of(study["follow_up"], cohort.waves),
        **({"left_out": left_out} if any(left_out.values()) else {}),
    }


def _kept(names: Iterable[str], there: Collection[str]) -> list[str]:
    return [name for name in names if name in there]


def _lacking(names: Iterable[str], there: Collection[str]) -> list[str]:
    return [name for name in names if name not in there]
