"""What a published report tells, as a file for the audit of another one of its cohort, and of a later version."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from effectstudie.disclosure.audit.system import Fact, System
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.shown import Shown
from effectstudie.disclosure.values import key_of


@dataclass
class Told:
    """`system`: facts, of which nothing is hidden; `numbers`: key → of how many people, and the number or percentage or
    mean that is printed; a size has no people but itself.
    """

    system: System
    numbers: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def as_json(self, with_truth: bool) -> dict[str, Any]:
        """`with_truth`: also the counts as they are, in a file that stays inside."""
        facts = [{"terms": dict(fact.terms), "low": fact.low, "high": fact.high} for fact in self.system.facts]
        content = {"most": self.system.most, "facts": facts, "numbers": {k: list(v) for k, v in self.numbers.items()}}
        return content | ({"truth": self.system.truth} if with_truth else {})

    @classmethod
    def of_json(cls, content: Mapping[str, Any]) -> "Told":
        facts = [Fact(one["terms"], one["low"], one["high"]) for one in content["facts"]]
        system = System(dict(content.get("truth", {})), dict(content["most"]), facts)
        return cls(system, {key: (n, value) for key, (n, value) in content["numbers"].items()})


def numbers_of(
    shown: Shown, system: System, withheld: Collection[str], descriptives: pd.DataFrame, levels: pd.DataFrame
) -> dict[str, tuple[float, float]]:
    """The numbers of a report that a later version is compared with.

    `descriptives`, `levels`: as measured; the report rounds of how many people its numbers are.
    """
    everyone = _sizes(descriptives, ["outcome", "group", "wave"])
    pairs = _sizes(levels, ["outcome", "group"])
    found: dict[str, tuple[float, float]] = {}
    for row in shown.values[shown.values["value"].notna() & shown.values["outcome"].ne("participation")].to_dict(
        "records"
    ):
        n = everyone[row["outcome"], row["group"], row["wave"]] if row["n"] == row["n"] else 0  # not told of how many
        found[key_of(row)] = (float(n), float(row["value"]))
    for row in shown.levels.to_dict("records"):
        n = float(pairs[row["outcome"].partition(".")[0], row["group"]])
        for end in ("t0", "follow_up"):
            if row[f"mean_{end}"] == row[f"mean_{end}"]:
                found[f"level/{row['outcome']}/{row['group']}/{end}"] = (n, float(row[f"mean_{end}"]))
    sizes = {key for key in system.keys if key.startswith("size/")} - set(withheld)
    found |= {key: (1.0, float(system.truth[key.removeprefix("size/")])) for key in sorted(sizes)}
    return found


def _sizes(table: pd.DataFrame, place: list[str]) -> dict[tuple[str, ...], float]:
    """Of how many people each outcome is; the classes of one are of the same."""
    whole = table.assign(outcome=table["outcome"].str.partition(".")[0])
    return whole.groupby(place)["n"].max().to_dict()


def changed_by_few(
    earlier: Mapping[str, tuple[float, float]],
    now: Mapping[str, tuple[float, float]],
    shares: Collection[str],
    limits: Limits,
) -> list[str]:
    """Keys of numbers that differ from an earlier version by what a few people make: beside it they tell of these.

    Of sizes and percentages (`shares`: outcomes of which the numbers are percentages) the people that differ are
    counted. What lies behind a mean cannot be: one that is of as many people tells of a few. Those who came or went are
    a group, of which neither is told where it is small.
    """
    found = []
    for key, (n, value) in now.items():
        before = earlier.get(key)
        if before is None or before == (n, value):
            continue
        kind, outcome = (key.split("/") + [""])[:2]
        if kind == "size":
            few = limits.is_small(abs(value - before[1]))
        elif outcome.partition(".")[0] in shares:
            people = abs(round(value * n / 100) - round(before[1] * before[0] / 100))
            few = people < limits.minimum_cell or abs(n - before[0]) in range(1, limits.minimum_group)
        else:
            few = abs(n - before[0]) < limits.minimum_group
        if few:
            found.append("/".join(key.split("/")[:3]) if kind == "level" else key)
    return sorted(set(found))
