"""Departures from the plan: what was planned, what was done, and why. `words`: plan in the texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from effectstudie.definitions.plans.departures import ABSENT, OTHER, Departure
from effectstudie.report.table import Table, text_columns
from effectstudie.report.values import Named
from effectstudie.shared import formats


@dataclass(frozen=True)
class PlanNames:
    """What the report calls what a plan names: outcomes, strategies and covariates, by id."""

    outcomes: Named
    strategies: Named
    covariates: Named
    words: Mapping[str, Any]

    def outcome(self, name: str) -> str:
        return self.outcomes.get(name, name)

    def strategy(self, name: str) -> str:
        return self.strategies.get(name, name)

    def key(self, key: str) -> str:
        """A key of a plan as a reader calls it; a key that has no words is printed as it is."""
        part, *below = key.split(".")
        pattern = self.words["keys"].get(part)
        if pattern is None:
            return key
        named = {
            "margins": self.outcomes,
            "outcomes": self.outcomes,
            "strategies": self.strategies,
            **self.words["names"],
        }.get(part, {})
        of = self.words["parts"].get(part, {})
        name, last = (below[0], below[-1]) if below else ("", "")
        filled = pattern.format(name=named.get(name, name), part=of.get(last, last))
        # a strategy that is there on one side only has no part
        return formats.capital(named.get(name, name) if part == "strategies" and len(below) == 1 else filled)

    def value(self, key: str, value: Any, other: Any) -> str:
        """A value of a key; `other`: what the other side has."""
        part, last = key.split(".")[0], key.split(".")[-1]
        if value == ABSENT:
            return self.words["absent"]
        if part == "strategies" and other == ABSENT and isinstance(value, Mapping):
            return self.words["present"]
        if value is None or value == []:
            return self.words["nothing"]
        if isinstance(value, Mapping):
            return formats.joined([self._rule(rule, number) for rule, number in value.items()])
        if isinstance(value, list):
            return formats.joined([self._one(last, item) for item in value])
        return self._one(last, value)

    def _rule(self, rule: str, number: Any) -> str:
        return self.words["rules"].get(rule, f"{rule} {{number}}").format(number=self._one("", number))

    def _one(self, kind: str, value: Any) -> str:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return formats.number(value, max(0, -int(Decimal(repr(value)).normalize().as_tuple().exponent)))
        named: Named = {
            "primary": self.outcomes,
            "secondary": self.outcomes,
            "selected": self.strategies,
            "covariates": self.covariates,
            "exact": self.covariates,
        }.get(kind, self.words["values"].get(kind, {}))
        return named.get(value, str(value))


def departures_table(found: Sequence[Departure], names: PlanNames) -> Table:
    """One row per departure."""
    words = names.words
    rows = []
    for one in found:
        reason = words["dated"].format(reason=one.reason, date=formats.long_date(one.date)) if one.reason else ""
        if one.key == OTHER:
            cells = [words["other"], formats.ABSENT, str(one.done)]
        else:
            cells = [names.key(one.key), names.value(one.key, one.planned, one.done),
                     names.value(one.key, one.done, one.planned)]  # fmt: skip
        rows.append([*cells, reason or words["no_reason"]])
    return Table(text_columns(*words["head"]), rows)
