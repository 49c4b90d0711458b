"""The plan that a report follows, and how it departs from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from effectstudie.definitions.plans.departures import Departure, departures
from effectstudie.definitions.plans.resolve import planned_outcomes
from effectstudie.definitions.plans.versions import Version, followed, versions_of


@dataclass(frozen=True)
class Registered:
    """A frozen plan with all its versions, the oldest first, and the departures from the one that is followed."""

    versions: tuple[Version, ...]
    departures: tuple[Departure, ...]

    @property
    def version(self) -> Version:
        """The one that is followed."""
        return followed(self.versions)

    @property
    def plan(self) -> Mapping[str, Any]:
        return self.version.plan

    def exploratory(self, outcomes: Sequence[str]) -> list[str]:
        """Which of these outcomes the plan does not name."""
        planned = planned_outcomes(self.plan)
        return [name for name in outcomes if name not in planned]


def registered(files: Sequence[Mapping[str, Any]], now: Mapping[str, Any] | None) -> Registered | None:
    """None where no plan was frozen.

    `files`: contents of the plan's file and of the frozen one, in this order, as far as they are there; `now`: the plan
    in force.
    """
    if len(files) < 2 or now is None:
        return None
    written, frozen = files
    versions = versions_of(frozen)
    found = departures(followed(versions).plan, now, written.get("departures", []))
    return Registered(versions, tuple(found))
