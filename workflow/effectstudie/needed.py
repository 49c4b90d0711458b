"""Which scores the classification is made from. No pandas here: every job of a run reads the configuration."""

from collections.abc import Iterator, Mapping


def scores_needed(violence: Mapping, variables: Mapping, risk_factors: Mapping) -> list[str]:
    """Names of the scores that classify_cohort looks at, sorted."""
    suffixes = ("", ".minor", ".severe", ".minor.known", ".severe.known")
    named = [f"{spec['score']}{suffix}" for spec in violence.values() for suffix in suffixes]
    named += [name for spec in variables.values() for name in variable_scores(spec)]
    for spec in risk_factors.values():
        bounds = (".at_least", ".at_most") if spec.get("bounds") else ()
        named += [f"{spec['score']}{suffix}" for suffix in ("", *bounds)]
    return sorted(set(named))


def variable_scores(spec: Mapping) -> list[str]:
    """Names of the scores that a variable is made from."""
    conditions = [spec["when"]] if "when" in spec else [one["when"] for one in spec.get("classes", []) if "when" in one]
    return [*([spec["score"]] if "score" in spec else []), *(name for one in conditions for name in scores_in(one))]


def scores_in(condition: Mapping) -> Iterator[str]:
    """Names of the scores that a condition looks at."""
    for part in condition.get("any", []) + condition.get("all", []):
        yield from scores_in(part)
    yield from condition.get("scores", [])
    if "score" in condition:
        yield condition["score"]
