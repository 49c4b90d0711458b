"""Sets of studies against the studies: names that do not exist, and reports that would go out without each other."""

from collections.abc import Mapping, Sequence

from effectstudie.definitions.checks.content import check_names
from effectstudie.definitions.checks.studies import RESERVED_STUDIES
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.plans.resolve import DEFAULT_ESTIMAND
from effectstudie.definitions.strategies import Strategy
from effectstudie.shared.messages.sentences import say


def set_problems(
    sets: Mapping[str, Mapping], studies: Mapping[str, Mapping], outcomes: Mapping[str, Mapping]
) -> list[str]:
    """What only a set and its studies together can get wrong, one sentence a problem."""
    problems = []
    for name, spec in sets.items():
        path, members = f"config/sets/{name}.yaml", spec["studies"]
        if name in studies or name in RESERVED_STUDIES:
            problems.append(
                say(
                    "{path}: key set is '{name}', which is the name of a study or of a folder of results; choose "
                    "another.",
                    path=path,
                    name=name,
                )
            )
        unknown = check_names(path, "studies", members, studies, say("study"))
        like = [spec["placebo"]["like"]] if "placebo" in spec else []
        unknown += check_names(path, "placebo.like", like, members, say("study"))
        over_time = [id for id, outcome in outcomes_from(outcomes).items() if outcome.over_time]
        unknown += check_names(path, "primary", spec["primary"], over_time, say("outcome"))
        problems += unknown or _between(path, spec, studies)
    return problems


def _between(path: str, spec: Mapping, studies: Mapping[str, Mapping]) -> list[str]:
    """Studies of which a mean makes no sense, that do not count what those before them tell, or leave no controls."""
    members, problems = spec["studies"], _of_others(path, spec["studies"], studies)
    for place, study in enumerate(members):
        missing = [one for one in members[:place] if one not in studies[study].get("published_beside", [])]
        if missing:
            problems.append(
                say(
                    "config/studies/{study}.yaml: key published_beside does not name {missing}, whose reports go out "
                    "before or with this one by {path}; add them.",
                    study=study,
                    missing=missing,
                    path=path,
                )
            )
        matching = studies[study]["matching"]
        if spec["controls"] == "once" and Strategy.of(matching["strategies"][matching["selected"]]).weighted:
            problems.append(
                say(
                    "{path}: key controls is 'once', but {study} takes the whole pool, which leaves no controls for "
                    "another study; allowed: 'shared'.",
                    path=path,
                    study=study,
                )
            )
    return problems


def _of_others(path: str, members: Sequence[str], studies: Mapping[str, Mapping]) -> list[str]:
    """Studies whose effect is of others than that of the first: a mean of both would be of nobody."""
    of = {study: _whose(studies[study]) for study in members}
    others = [study for study in members if of[study] != of[members[0]]]
    if not others:
        return []
    return [
        say(
            "{path}: key studies holds {others}, whose effect is of others than that of {first}; allowed: studies with "
            "the same estimand (persons or households), and with design overlap all of them or none.",
            path=path,
            others=others,
            first=members[0],
        )
    ]


def _whose(study: Mapping) -> tuple[str, bool]:
    """Over whom a study estimates, and whether of those who could have been in either group."""
    matching = study["matching"]
    design = Strategy.of(matching["strategies"][matching["selected"]]).design
    return study.get("estimand", DEFAULT_ESTIMAND), design == "overlap"
