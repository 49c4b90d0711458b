"""From which scores a variable is made. No pandas here: every job of a run reads the configuration."""

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


# Variables of a household that classify makes of violence, each with the parts of violence.yaml that it rests on.
VIOLENCE_BEHIND = {
    "violence_class": ("partner_violence", "child_abuse"),
    "total_violence": ("partner_violence", "child_abuse"),
    "child_abuse_household": ("child_abuse",),
}


# Variables that classify and select make, each with its unit; all others are named by a definition file.
COMPUTED = {
    **dict.fromkeys(VIOLENCE_BEHIND, "household"),
    "household_restraining_order": "household",
    "n_children": "household",
    "restraining_order": "adult",
    "children_over_3": "adult",
}

ONLY_OF_A_STUDY = {"risk_cumulation": "household"}


def scores_behind(variable: str, cohort: Mapping[str, Mapping]) -> list[str]:
    """The scores that a variable is made from. `cohort` has variables, violence and risk_factors."""
    if variable in VIOLENCE_BEHIND:
        return [cohort["violence"][part]["score"] for part in VIOLENCE_BEHIND[variable]]
    if variable in ONLY_OF_A_STUDY:
        return [spec["score"] for spec in cohort["risk_factors"].values()]
    return [variable] if "." in variable else variable_scores(cohort["variables"].get(variable, {}))


def invented(variable: str, cohort: Mapping[str, Mapping], norms: Mapping[str, str]) -> Iterator[str]:
    """What a variable rests on that is illustrative: keys of instruments, and norm tables of T scores.

    `cohort` has instruments besides what scores_behind needs; `norms` the status of the norm of an instrument.
    """
    scores = scores_behind(variable, cohort)
    for instrument in sorted({score.split(".")[0] for score in scores}):
        if cohort["instruments"][instrument]["key"]["status"] == "illustrative":
            yield f"the illustrative key of {instrument} (a file in resources/instruments/licensed takes its place)"
        of_norm = any(score.startswith(f"{instrument}.") and score.endswith(".t") for score in scores)
        if of_norm and norms.get(instrument, "illustrative") == "illustrative":
            yield f"the illustrative norm of {instrument} (a table in resources/norms/licensed takes its place)"
