"""What differs between a frozen plan and what is in force, with the reasons that people gave."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Any

from effectstudie.definitions.follow_up import FIRST
from effectstudie.definitions.plans.resolve import planned_outcomes
from effectstudie.definitions.strategies import Strategy

# What stands on the side that does not have a key.
ABSENT = "absent"
# `what` of a departure that no setting shows; `told` says it.
OTHER = "other"
# Words beside the plan: another word for the same is no departure.
WORDS = ("labels", "margin_sources")
# What stands below this is one rule each.
RULES = "risk_factors."
_KNOWN = {field.name for field in fields(Strategy)} - {"label"}
_DEFAULTS = {
    field.name: list(field.default) if isinstance(field.default, tuple) else field.default
    for field in fields(Strategy)
    if field.default is not MISSING and field.name != "label"
}
# Keys that plans of before have not, with what they did then.
_NEWER = {"follow_up_rule": FIRST, "follow_up_days": None}


@dataclass(frozen=True)
class Departure:
    """`key`: of resolve.resolved, with dots, or OTHER; `reason`: empty where nobody gave one."""

    key: str
    planned: Any
    done: Any
    reason: str = ""
    date: str = ""


def departures(
    frozen: Mapping[str, Any], now: Mapping[str, Any], written: Sequence[Mapping[str, str]] = ()
) -> list[Departure]:
    """Every difference between two plans (resolve.resolved), then what people told that no setting shows.

    `written`: what, reason and date of each, from the plan's file. What is of a key is of all keys below it; where two
    fit, the longer one counts.
    """
    told = [Departure(OTHER, ABSENT, one["told"], one["reason"], one["date"]) for one in written if _is_other(one)]
    return [_with_reason(found, written) for found in _differences(frozen, now)] + told


def without_difference(found: Sequence[Departure], written: Sequence[Mapping[str, str]]) -> list[str]:
    """Keys for which people gave a reason and where nothing differs."""
    keys = [one["what"] for one in written if not _is_other(one)]
    return [key for key in keys if not any(_covers(key, departure.key) for departure in found)]


def _is_other(one: Mapping[str, str]) -> bool:
    return one["what"] == OTHER


def _covers(what: str, key: str) -> bool:
    return f"{key}.".startswith(f"{what}.")


def _with_reason(found: Departure, written: Sequence[Mapping[str, str]]) -> Departure:
    fitting = [one for one in written if _covers(one["what"], found.key)]
    if not fitting:
        return found
    given = max(fitting, key=lambda one: len(one["what"]))
    return Departure(found.key, found.planned, found.done, given["reason"], given["date"])


def _differences(frozen: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Departure]:
    # of an outcome in one of the two the list of outcomes says it
    both = set(planned_outcomes(frozen)) & set(planned_outcomes(now))
    sides = [_comparable(plan, both) for plan in (frozen, now)]
    yield from _between("", *sides)


def _comparable(plan: Mapping[str, Any], outcomes: set[str]) -> dict[str, Any]:
    """Without words, with these outcomes only, and with the keys of a strategy that there are today.

    A key that is newer than the plan has its default in it.
    """
    of_outcomes = {
        part: {name: value for name, value in plan[part].items() if name in outcomes}
        for part in ("margins", "outcomes")
    }
    strategies = {
        name: {key: value for key, value in {**_DEFAULTS, **strategy}.items() if key in _KNOWN}
        for name, strategy in plan["strategies"].items()
    }
    kept = {key: value for key, value in {**_NEWER, **plan}.items() if key not in WORDS}
    return {**kept, **of_outcomes, "strategies": strategies}


def _between(above: str, frozen: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Departure]:
    for name in dict.fromkeys([*frozen, *now]):
        key, planned, done = f"{above}{name}", frozen.get(name, ABSENT), now.get(name, ABSENT)
        if isinstance(planned, Mapping) and isinstance(done, Mapping) and above != RULES:
            yield from _between(f"{key}.", planned, done)
        elif planned != done:
            yield Departure(key, planned, done)
