"""From which scores a variable is made. No pandas here: every job of a run reads the configuration."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from effectstudie.definitions.instruments import form_columns, scale_items
from effectstudie.shared.messages.sentences import say


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
    """Names of the scores that a variable is made from; none of one that is made from another variable (`any_of`)."""
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


# The sums among them, with the variables that they are the sum of.
SUMS = {"total_violence": ("cts2.partner_violence", "child_abuse_household")}

# Those that add up what the persons of a household have, with the variable of these.
OF_PERSONS = {"child_abuse_household": "ctspc.child_abuse"}

# Keys of a scale that is not simply the sum of its answers.
OTHERWISE_SCORED = frozenset({"op", "code", "weights", "rescale", "moves", "tables", "forms", "views"})

# The form that children fill in themselves; how many of them there are is told apart from how many children.
OWN_FORM = "youth"

# Variables that classify and select make, each with its unit; all others are named by a definition file.
COMPUTED = {
    **dict.fromkeys(VIOLENCE_BEHIND, "household"),
    "household_restraining_order": "household",
    "n_children": "household",
    "restraining_order": "adult",
    "children_over_3": "adult",
}

# The one column of an export that a computed variable is read from.
READ_FROM = {"household_restraining_order": "thv", "restraining_order": "thv"}

# A risk factor of a household, before the name that risk_factors.yaml gives it.
RISK_FACTOR = "risk_factor_"

ONLY_OF_A_STUDY = {"risk_cumulation": "household"}


def scores_behind(variable: str, cohort: Mapping[str, Mapping]) -> list[str]:
    """The scores that a variable is made from. `cohort` has variables, violence and risk_factors."""
    if variable in VIOLENCE_BEHIND:
        return [cohort["violence"][part]["score"] for part in VIOLENCE_BEHIND[variable] if part in cohort["violence"]]
    if variable in ONLY_OF_A_STUDY:
        return [spec["score"] for spec in cohort["risk_factors"].values()]
    spec = cohort["variables"].get(variable, {})
    if "any_of" in spec:
        return scores_behind(spec["any_of"], cohort)
    return [variable] if "." in variable else variable_scores(spec)


def parts_of(variable: str, instruments: Mapping[str, Mapping]) -> tuple[str, ...]:
    """The variables that a variable is the sum of, by definition or by its questions; none of one that is no sum."""
    instrument, _, scale = variable.partition(".")
    scales = instruments.get(instrument, {}).get("scales", {})
    parts = scales.get(scale, {}).get("total_of") or _by_questions(scale, scales)
    return SUMS.get(variable, tuple(f"{instrument}.{part}" for part in parts))


def _by_questions(scale: str, scales: Mapping[str, Mapping]) -> tuple[str, ...]:
    """The fewest other scales that have each of its questions once, and no others."""
    whole, inside = _added(scales).get(scale, set()), _inside(scale, scales)
    for size in range(2, len(inside) + 1):
        for some in combinations(inside, size):
            if (
                sum(map(len, (inside[one] for one in some))) == len(whole)
                and set().union(*map(inside.get, some)) == whole
            ):
                return some
    return ()


def shared_questions(variable: str, instruments: Mapping[str, Mapping]) -> tuple[tuple[str, ...], ...]:
    """Variables that tell, beside this one, the total of some of its questions: one with some of these, which leaves
    the others, unless these are a scale too, or two that have all of them, and some twice.
    """
    instrument, _, scale = variable.partition(".")
    scales = instruments.get(instrument, {}).get("scales", {})
    whole, inside = _added(scales).get(scale, set()), _inside(scale, scales)
    left = {one: whole - questions for one, questions in inside.items()}
    found = [(one,) for one in inside if left[one] not in inside.values()]
    found += [
        pair
        for pair in combinations(inside, 2)
        if set().union(*map(inside.get, pair)) == whole and inside[pair[0]] & inside[pair[1]]
    ]
    return tuple(tuple(f"{instrument}.{one}" for one in some) for some in found)


def largest_answer(variable: str, instruments: Mapping[str, Mapping]) -> float:
    """The largest answer to a question of an instrument; 0 of what is of none."""
    return instruments.get(variable.partition(".")[0], {}).get("answers", [0])[-1]


def _inside(scale: str, scales: Mapping[str, Mapping]) -> dict[str, set[int]]:
    """The scales that have some of the questions of this one, and no others."""
    added = _added(scales)
    return {name: questions for name, questions in added.items() if scale in added and questions < added[scale]}


def _added(scales: Mapping[str, Mapping]) -> dict[str, set[int]]:
    """The scales that are the sum of their answers as they were given, with their questions."""
    plain = {name: scale for name, scale in scales.items() if "items" in scale and not scale.keys() & OTHERWISE_SCORED}
    return {name: set(scale_items(scale)) for name, scale in plain.items()}


def persons_of(variable: str, variables: Mapping[str, Mapping]) -> str:
    """The variable of persons that a variable of a household adds up, or asks whether anybody has; else empty."""
    return OF_PERSONS.get(variable, variables.get(variable, {}).get("any_of", ""))


def same_source(variable: str, covariates: Mapping[str, Mapping], cohort: Mapping[str, Mapping]) -> tuple[str, ...]:
    """The covariates that are made from the scores, or the column, that a variable is made from, and from no others.

    `covariates`: covariates.yaml; `cohort`: see `scores_behind`.
    """
    own = _sources(variable, cohort)
    return tuple(name for name, spec in covariates.items() if own and _sources(spec["variable"], cohort) == own)


def _sources(variable: str, cohort: Mapping[str, Mapping]) -> set[str]:
    return {READ_FROM[variable]} if variable in READ_FROM else set(scores_behind(variable, cohort))


def only_youth_answers(variable: str, instruments: Mapping[str, Mapping]) -> bool:
    """Whether a variable is a score that only children who fill in a form themselves have."""
    instrument, _, scale = variable.removesuffix(".t").partition(".")
    definition = instruments.get(instrument, {})
    spec = definition.get("scales", {}).get(scale)
    return spec is not None and set(spec.get("forms", definition["forms"])) == {OWN_FORM}


def answers_behind(variable: str, cohort: Mapping[str, Mapping]) -> set[tuple[str, int]]:
    """Instrument and number of every item that a variable is made from. `cohort`: as for invented."""
    return {
        (score.split(".")[0], number)
        for score in scores_behind(variable, cohort)
        for number in _items(cohort["instruments"][score.split(".")[0]]["scales"], score.split(".")[1])
    }


def columns_behind(variables: Iterable[str], cohort: Mapping[str, Mapping]) -> dict[str, list[str]]:
    """Table → the columns of its exports that these variables are made from. `cohort`: as for invented."""
    items = {item for variable in variables for item in answers_behind(variable, cohort)}
    columns: dict[str, set[str]] = {}
    for instrument in {name for name, _ in items}:
        for form in cohort["instruments"][instrument]["forms"].values():
            found = {column for (_, number), column in form_columns(form).items() if (instrument, number) in items}
            found |= {form[key] for key in ("age", "sex") if key in form and found}
            columns.setdefault(form["table"], set()).update(found)
    return {table: sorted(found) for table, found in sorted(columns.items()) if found}


def called_otherwise(named: Mapping[str, Mapping], cohort: Mapping[str, Mapping]) -> dict[str, str]:
    """What people may call a covariate or an outcome, in small letters → its name.

    Its label, its variable, and the column of the exports where it is made from one. `named`: the file that names them;
    `cohort`: as for invented.
    """
    found: dict[str, str] = {}
    for name, spec in named.items():
        variable = spec["variable"]
        columns = {one for of_table in columns_behind([variable], cohort).values() for one in of_table}
        columns |= {READ_FROM[variable]} if variable in READ_FROM else set()
        for called in (spec["label"], variable, *(columns if len(columns) == 1 else ())):
            found.setdefault(called.casefold(), name)
    return found


def _items(scales: Mapping[str, Mapping], name: str) -> Iterator[int]:
    if "total_of" in scales[name]:
        for part in scales[name]["total_of"]:
            yield from _items(scales, part)
    else:
        yield from scale_items(scales[name])


def invented(variable: str, cohort: Mapping[str, Mapping], norms: Mapping[str, str]) -> Iterator[str]:
    """What a variable rests on that is illustrative: keys of instruments, and norm tables of T scores.

    `cohort` has instruments besides what scores_behind needs; `norms` the status of the norm of an instrument.
    """
    scores = scores_behind(variable, cohort)
    for instrument in sorted({score.split(".")[0] for score in scores}):
        if cohort["instruments"][instrument]["key"]["status"] == "illustrative":
            yield say(
                "the illustrative key of {instrument} (a file in resources/instruments/licensed takes its place)",
                instrument=instrument,
            )
        of_norm = any(score.startswith(f"{instrument}.") and score.endswith(".t") for score in scores)
        if of_norm and norms.get(instrument, "illustrative") == "illustrative":
            yield say(
                "the illustrative norm of {instrument} (a table in resources/norms/licensed takes its place)",
                instrument=instrument,
            )
