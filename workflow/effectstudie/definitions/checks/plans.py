"""What can be wrong with a plan: as a file, and against the study that it is of. Sentences, one a problem."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from effectstudie.definitions.checks.content import check_names
from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.plans.departures import departures, without_difference
from effectstudie.definitions.plans.resolve import DEFAULT_ESTIMAND, planned_outcomes
from effectstudie.definitions.plans.versions import first_broken, followed, plan_paths, versions_of
from effectstudie.shared.messages.sentences import say


class Files(Protocol):
    """What reads files and keeps their problems."""

    project: Path
    checks: bool
    problems: list[str]

    def read(self, path: str, schema: str, must: Mapping[str, str] | None = None) -> Any: ...


def read_plans(files: Files, studies: Sequence[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The plans and the frozen plans of studies that have them, each against its schema and a frozen one its hash."""
    plans, frozen = {}, {}
    for study in studies:
        path, frozen_path = plan_paths(study)
        there = [(files.project / one).exists() for one in (path, frozen_path)]
        if there == [False, True]:
            files.problems.append(
                say("{path}: is gone, and {frozen_path} is there; put it back.", path=path, frozen_path=frozen_path)
            )
        if there[0]:
            plans[study] = files.read(path, "plan", must={"study": study})
        if there[1]:
            before = len(files.problems)
            frozen[study] = files.read(frozen_path, "frozen_plan", must={"study": study})
            if files.checks and len(files.problems) == before:
                files.problems += frozen_problems(frozen_path, frozen[study])
    return plans, frozen


def frozen_problems(path: str, content: Mapping[str, Any]) -> list[str]:
    """A frozen plan that was edited."""
    broken = first_broken(versions_of(content))
    if broken is None:
        return []
    return [
        say(
            "{path}: version {version} is not what was frozen, for its SHA-256 does not fit; put the "
            "file back as it was, and write what differs from the plan under departures of the plan "
            "itself.",
            path=path,
            version=broken.version,
        )
    ]


def plan_problems(path: str, plan: Mapping[str, Any], outcomes: Mapping[str, Outcome]) -> list[str]:
    """Names in a plan that do not exist, and outcomes that nothing can be planned for. `outcomes`: all there are."""
    problems = check_names(path, "primary", plan["primary"], outcomes, say("outcome"))
    problems += check_names(path, "secondary", plan["secondary"], outcomes, say("outcome"))
    problems += [
        say("{path}: key secondary names '{name}', which primary names too; name it once.", path=path, name=name)
        for name in plan["secondary"]
        if name in plan["primary"]
    ]
    problems += [
        say(
            "{path}: key primary names '{name}', whose change nothing tests; allowed: a mean or "
            "percentage at both measurements.",
            path=path,
            name=name,
        )
        for name in plan["primary"]
        if name in outcomes and not outcomes[name].over_time
    ]
    margins = plan.get("margins", {})
    problems += check_names(path, "margins", margins, planned_outcomes(plan), say("planned outcome"))
    problems += [
        say(
            "{path}: key margins names '{name}', which has no key better in config/outcomes.yaml; add it there.",
            path=path,
            name=name,
        )
        for name in margins
        if name in outcomes and not outcomes[name].better
    ]
    problems += [
        say(
            "{path}: key departures.{place}.date is '{date}'; allowed: a day that exists.",
            path=path,
            place=place,
            date=one["date"],
        )
        for place, one in enumerate(plan.get("departures", []))
        if not _is_day(one["date"])
    ]
    return problems


def departure_problems(path: str, plan: Mapping[str, Any], frozen: Mapping | None, now: Mapping) -> list[str]:
    """Reasons for departures that there are not. `now`: the plan in force."""
    written = plan.get("departures", [])
    if frozen is None:
        return [say("{path}: key departures is for a plan that was frozen; take it out.", path=path)] if written else []
    found = departures(followed(versions_of(frozen)).plan, now, written)
    differing = [one.key for one in found if one.key != "other"] or say("nothing")
    return [
        say(
            "{path}: key departures names '{key}', which is as the frozen plan has it; what differs: "
            "{differing}; take it out, or write other and say under told what differed.",
            path=path,
            key=key,
            differing=differing,
        )
        for key in without_difference(found, written)
    ]


def contradictions(path: str, plan: Mapping[str, Any], study: Mapping) -> list[str]:
    """What a plan says otherwise than the settings of its study: it cannot be frozen so, for those would be done."""
    settings = f"config/studies/{study['study']}.yaml"
    matching, strategies = study["matching"], plan["strategies"]
    pairs = [
        ("estimand", plan["estimand"], "estimand", study.get("estimand", DEFAULT_ESTIMAND)),
        ("strategies.selected", strategies["selected"], "matching.selected", matching["selected"]),
        (
            "strategies.beside",
            sorted(strategies["beside"]),
            say("the other strategies of matching"),
            sorted(set(matching["strategies"]) - {matching["selected"]}),
        ),
    ]
    problems = [
        say(
            "{path}: key {key} is {planned}, and {settings} has {done} ({where}); make them the same.",
            path=path,
            key=key,
            planned=planned or say("none"),
            settings=settings,
            done=done or say("none"),
            where=where,
        )
        for key, planned, where, done in pairs
        if planned != done
    ]
    absent = study.get("left_out", {}).get("outcomes", ())
    unknown = say("is not among outcomes of {settings}; add it there, or take it out", settings=settings)
    lacking = say("the waves and tables of the cohort in config/config.yaml do not give; take it out")
    return problems + [
        say(
            "{path}: names the outcome '{name}', which {why}.",
            path=path,
            name=name,
            why=lacking if name in absent else unknown,
        )
        for name in planned_outcomes(plan)
        if name not in study["outcomes"]
    ]


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
