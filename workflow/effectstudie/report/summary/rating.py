"""How secure the answer is: a rating from 1 to 5, as high as the weakest of the points in config/rating.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from effectstudie.disclosure.shown import Shown
from effectstudie.report.table import Number, Table, number_columns, text_columns
from effectstudie.report.values import find
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED

# From the highest; a rule has a limit for each but the last.
RATINGS = (5, 4, 3, 2, 1)
# Decimals of the facts as they are printed.
DECIMALS = {"balance": 2, "loss": 0, "invented": 0, "households": 0}


class Bound(float):
    """A number of which only is known that it is no better than this."""


@dataclass(frozen=True)
class Point:
    """One point: how high a rating it allows, and the fact behind it as it is printed."""

    name: str
    label: str
    rating: int
    fact: str


@dataclass(frozen=True)
class Rating:
    """The lowest rating of the points, and the points in the order of the file."""

    points: tuple[Point, ...]

    @property
    def rating(self) -> int:
        return min(point.rating for point in self.points)

    @property
    def weakest(self) -> list[Point]:
        """The points that keep the rating where it is."""
        return [point for point in self.points if point.rating == self.rating]


def rate(rules: Mapping[str, Any], facts: Mapping[str, Any], words: Mapping[str, str]) -> Rating:
    """The rating of a study by the rules of config/rating.yaml.

    `facts`: a point's name → number, yes or no, or a way; `words`: how yes, no and ways are said.
    A number that is not known allows no more than the lowest rating: what cannot be seen is not sure.
    """
    points = []
    for name, rule in rules.items():
        if name != "words":
            fact = facts[name]
            points.append(Point(name, rule["label"], _allowed(rule, fact), _said(name, fact, words)))
    return Rating(tuple(points))


def _allowed(rule: Mapping[str, Any], fact: Any) -> int:
    if isinstance(fact, bool):
        return rule["yes" if fact else "no"]
    if isinstance(fact, str):
        return rule[fact]
    limits, sign = (rule["at_most"], 1) if "at_most" in rule else (rule["at_least"], -1)
    reached = (rating for rating, limit in zip(RATINGS, limits, strict=False) if sign * fact <= sign * limit)
    return next(reached, RATINGS[-1])


def _said(name: str, fact: Any, words: Mapping[str, str]) -> str:
    if isinstance(fact, bool):
        return words["yes" if fact else "no"]
    if isinstance(fact, str):
        return words[fact]
    if pd.isna(fact):
        return words["unknown"]
    text = formats.number(fact, DECIMALS[name])
    text = f"{text}%" if name in ("loss", "invented") else text
    if isinstance(fact, Bound):
        return words["at_least" if name == "households" else "at_most"].format(fact=text)
    return text


def rated_facts(
    shown: Shown, selected: str, matched_on: tuple[str, ...], planned: bool, invented_share: float
) -> dict[str, Any]:
    """The facts of a study, from what may be shown of it.

    `selected`: the strategy, `matched_on` its covariates; `planned`: whether primary outcomes were frozen in a plan;
    `invented_share`: percentage of the outcomes that rest on an invented key or norm.
    """
    sizes = {
        (group, wave): find(shown.values, outcome="participation", unit="household", group=group, wave=wave)
        for group in COMPARED
        for wave in ("T0", "follow_up")
    }
    n = {place: row["n"] if row else float("nan") for place, row in sizes.items()}
    balance = shown.balance[selected]
    of_matched = balance[(balance["sample"] == "matched") & balance["covariate"].isin(matched_on)]
    later = {group: _at_least(sizes[group, "follow_up"]) for group in COMPARED}
    lost = [_like(later[group], 100 * (1 - later[group] / n[group, "T0"])) for group in COMPARED]
    return {
        "design": "matched",
        "households": min(later.values()),
        "balance": _worst([*of_matched["smd"].abs().dropna(), *map(Bound, of_matched["at_most"].dropna())]),
        "loss": max(lost),
        "plan": planned,
        "clustering": len(shown.estimates) > 0,
        "invented": invented_share,
    }


def _at_least(size: Mapping | None) -> float:
    """A size, or what it is at least where few were lost."""
    if size is None or pd.isna(size["n"]):
        return Bound(size["bound_value"] + 1) if size and size["bound"] == "more" else float("nan")
    return size["n"]


def _like(known: float, number: float) -> float:
    """The number, as a bound where it follows from one."""
    return Bound(number) if isinstance(known, Bound) else number


def _worst(differences: list[float]) -> float:
    return max(differences, default=float("nan"))


def rules_table(rules: Mapping[str, Any], found: Rating, words: Mapping[str, Any]) -> Table:
    """What each rating asks of each point, with the fact of this study and what it allows."""
    rows = [
        [
            f"{rules[point.name]['label']} ({rules[point.name]['unit']})",
            *(_asks(rules[point.name], rating, words) for rating in RATINGS[:-1]),
            point.fact,
            Number(point.rating),
        ]
        for point in found.points
    ]
    heads = words["rules_head"]
    ratings = [heads["rating"].format(rating=rating) for rating in RATINGS[:-1]]
    return Table([*text_columns(heads["point"], *ratings, heads["fact"]), *number_columns(heads["allowed"])], rows)


def _asks(rule: Mapping[str, Any], rating: int, words: Mapping[str, Any]) -> str:
    """What a point must be for a rating; a dash where no way allows just that."""
    for kind, sign in (("at_most", "≤"), ("at_least", "≥")):
        if kind in rule:
            limit = rule[kind][RATINGS.index(rating)]
            return f"{sign}{formats.NBSP}{formats.number(limit, 0 if float(limit).is_integer() else 2)}"
    ways = [words[name] for name, allowed in rule.items() if allowed == rating]
    return formats.joined(ways) if ways else formats.ABSENT
