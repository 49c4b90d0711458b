"""power.html: what a study could find with how many households, for those who plan it. It stays inside.

Every number is printed here, so the template only places texts.
"""

import base64
from collections.abc import Mapping, Sequence
from math import isnan
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from effectstudie.definitions.outcomes import Outcome
from effectstudie.definitions.plans.planning import FEWEST_FAMILIES, FEWEST_PAIRS, Planning
from effectstudie.disclosure.planning.door import DECIMALS
from effectstudie.disclosure.shown import Count
from effectstudie.planning.curves import curves_figure
from effectstudie.planning.detectable import MOST_HOUSEHOLDS, differences
from effectstudie.shared import formats
from effectstudie.shared.templates import environment

# Without a plan: so many outcomes are named in the figure and told in words.
FIRST = 3
# Points of a line.
POINTS = 24
# A difference between percentages cannot be larger.
WHOLE = 100


def power_record(
    *,
    study: Mapping[str, Any],
    outcomes: Mapping[str, Outcome],
    primary: Sequence[str],
    planning: Planning,
    start: pd.DataFrame,
    found: pd.DataFrame,
    families: Count,
    limits: Mapping[str, int],
    synthetic: bool,
    words: Mapping[str, Any],
) -> dict[str, Any]:
    """All that the page says: texts, tables as heads and rows of printed cells, and the figure.

    `primary`: of the plan, or none; `start`, `found`: detectable.planned and .differences, the latter with the
    households that there are among its numbers; `families`: those; `words`: power.nl.yaml with the report's labels.
    """
    page = _Page(study, outcomes, planning, start, found, families, words)
    named = [name for name in primary if name in outcomes] or list(outcomes)[:FIRST]
    chosen = words["chosen"]["plan" if set(primary) & outcomes.keys() else "first"]
    return {
        "study": {key: study[key] for key in ("study", "title", "region_label")},
        "approach": study["approach"]["label"],
        "stamp": " – ".join([words["inside"], *([words["stamp"]] if synthetic else [])]),
        "have": page.have(),
        "counted": words["counted"]["one" if planning.ratio == 1 else "more"].format(ratio=_ratio(planning.ratio)),
        "chosen": chosen,
        "told": [page.told(name) for name in named],
        "figure": page.figure(named, chosen),
        "tables": {
            "natural": page.grid("natural"),
            "now": page.needed(),
            "start": page.starts(),
            "settings": page.settings(),
            "standard": page.grid("standard"),
        },
        "assumptions": page.assumptions(limits),
    }


def power_html(record: Mapping[str, Any], templates: str | Path, style: str) -> str:
    """The page as one HTML file. `templates`: folder with power.html.j2; `style`: CSS."""
    return environment(templates).get_template("power.html.j2").render(**record, style=Markup(style))


class _Page:
    """What the parts of the page share."""

    def __init__(
        self,
        study: Mapping[str, Any],
        outcomes: Mapping[str, Outcome],
        planning: Planning,
        start: pd.DataFrame,
        found: pd.DataFrame,
        families: Count,
        words: Mapping[str, Any],
    ):
        self.approach, self.outcomes, self.planning, self.words = study["approach"]["label"], outcomes, planning, words
        self.start, self.families = start, families
        self.rows = start.set_index("outcome").to_dict("index")
        self.found = found.set_index(["outcome", "households"])
        self.now = families.number if families.kind == "exact" and families.number else None
        self.often = _often(planning.power, words["often"])

    def have(self) -> str:
        said, number = self.words["have"], self.families.number
        kind = self.families.kind if number else "none"
        verb = said["verbs"]["one" if number == 1 else "more"]
        return said[kind].format(
            approach=self.approach, families=self._families(number), number=formats.number(number), verb=verb
        )

    def told(self, name: str) -> dict[str, str]:
        """An outcome in words: what the study finds of it, and what its margin asks."""
        said, row, outcome = self.words["finds"], self.rows[name], self.outcomes[name]
        sentences = [said["hidden"]]
        if not row["hidden"]:
            households = self.now or self.planning.households[len(self.planning.households) // 2]
            least = self._difference(name, households, "difference", unit=True)
            pattern = said["nothing" if least is None else "now" if self.now else "with"]
            filled = {"families": self._families(households), "often": self.often, "difference": least}
            sentences = [pattern.format(**filled), *self._margin(row, outcome, households)]
        return {
            "label": self._name(name),
            "measure": formats.ranges(outcome.measure),
            "text": " ".join(sentences),
        }

    def _margin(self, row: Mapping[str, Any], outcome: Outcome, households: int) -> list[str]:
        if isnan(row["margin"]):
            return []
        needed = row["needed"]
        kind = "never" if isnan(needed) else "reached" if needed <= households else "needed"
        number = {"never": MOST_HOUSEHOLDS, "reached": households}.get(kind, needed)
        filled = {"margin": self._with_unit(outcome, row["margin"]), "families": self._families(number)}
        return [self.words["finds"][kind].format(**filled)]

    def figure(self, named: Sequence[str], chosen: str) -> dict[str, Any]:
        """The figure with its caption, notes and alternative text."""
        said, sizes = self.words["figure"], self.planning.households
        first, last = sizes[0], max(sizes[-1], sizes[0] + 1)
        grid = sorted({round(first + (last - first) * place / POINTS) for place in range(POINTS + 1)})
        curves = differences(self.start, grid, self.planning)
        labels = {name: self._name(name) for name in named}
        written = {**said, "now": said["now"].format(number=formats.number(self.now or 0))}
        return {
            "caption": said["caption"].format(often=self.often),
            "notes": said["notes"].format(chosen=chosen),
            "alt": said["alt"].format(items=" ".join(self._items(curves, labels, (first, last)))),
            "source": "data:image/svg+xml;base64,"
            + base64.b64encode(curves_figure(curves, labels, self.now, written)).decode("ascii"),
        }

    def _items(self, curves: pd.DataFrame, labels: Mapping[str, str], ends: tuple[int, int]) -> list[str]:
        """What a sighted reader sees of the lines: where they begin and end."""
        said, sizes = self.words["figure"], curves.set_index(["outcome", "households"])["difference_sd"].unstack()
        items = []
        for name, label in labels.items():
            known = {number: sizes.loc[name, number] for number in ends if not isnan(sizes.loc[name, number])}
            told = [
                said["end"].format(difference=_sd(value), families=self._families(number))
                for number, value in known.items()
            ]
            if told:
                items.append(said["item"].format(label=label, ends=formats.joined(told)))
        others = sizes.loc[[name for name in sizes.index if name not in labels], list(ends)].dropna()
        if len(others):
            low, high = ([_sd(number) for number in others.agg(how)] for how in ("min", "max"))
            first, last = map(formats.number, ends)
            filled = {"low": low[0], "high": high[0], "lowest": low[1], "highest": high[1]}
            items.append(said["others"].format(n=len(others), first=first, last=last, **filled))
        return items

    def grid(self, kind: str) -> dict[str, Any]:
        """The differences by number of households, in units (`natural`) or in SDs (`standard`)."""
        said, sizes = self.words["tables"], self.planning.households
        heads = [said["natural"]["households"].format(number=formats.number(number)) for number in sizes]
        column = {"natural": "difference", "standard": "difference_sd"}[kind]
        rows = [
            [
                self._name(name, with_points=kind == "natural"),
                *(self._difference(name, number, column) or self.words["absent"] for number in sizes),
            ]
            for name in self.outcomes
        ]
        return {
            "caption": said[kind]["caption"].format(often=self.often),
            "head": [said["natural"]["head"], *heads],
            "rows": rows,
        }

    def needed(self) -> dict[str, Any]:
        """What the study as it is could find, where it has families, and how many the margins ask."""
        said = self.words["tables"]["now" if self.now else "needed"]
        rows = []
        for name, outcome in self.outcomes.items():
            row = self.rows[name]
            now = [self._difference(name, self.now, of) for of in ("difference", "change")] if self.now else []
            margin = None if isnan(row["margin"]) else _printed(outcome, row["margin"])
            asked = [self._needed(row, of) for of in ("needed", "needed_change")]
            cells = [cell or self.words["absent"] for cell in (*now, margin, *asked)]
            rows.append([self._name(name, with_points=True), *cells])
        caption = said["caption"].format(families=self._families(self.now or 0))
        return {"caption": caption, "head": said["head"], "rows": rows}

    def _needed(self, row: Mapping[str, Any], of: str) -> str | None:
        if row["hidden"] or isnan(row["margin"]):
            return None
        never = self.words["tables"]["more"].format(number=formats.number(MOST_HOUSEHOLDS))
        return never if isnan(row[of]) else formats.number(row[of])

    def starts(self) -> dict[str, Any]:
        said = self.words["tables"]["start"]
        return {"caption": said["caption"], "head": said["head"], "rows": [self._start(name) for name in self.outcomes]}

    def _start(self, name: str) -> list[str]:
        row, said = self.rows[name], self.words["tables"]["start"]
        if row["hidden"]:
            return [self._name(name), *[self.words["absent"]] * (len(said["head"]) - 1)]
        sd = formats.number(row["sd"], self.outcomes[name].decimals + 1)
        per_household, size = (formats.number(row[key], DECIMALS) for key in ("per_household", "cluster_size"))
        told = said["all"] if row["basis"] == "all" and self.now and self.now >= FEWEST_FAMILIES else "{value}"
        icc = self.words["absent"] if isnan(row["icc"]) else formats.coefficient(row["icc"], DECIMALS)
        sources = {key: said.get(row[f"{key}_from"], "{value}") for key in ("correlation", "lost")}
        later = said.get(row["sd_follow_up_from"], "{value}").format(
            value=formats.number(row["sd_follow_up"], self.outcomes[name].decimals + 1)
        )
        correlation = sources["correlation"].format(value=formats.coefficient(row["correlation"], DECIMALS))
        lost = sources["lost"].format(value=_percent(row["lost"]))
        counts = [formats.number(row[key]) for key in ("households", "n")]
        return [self._name(name), *counts, sd, later, told.format(value=per_household), size, icc, correlation, lost]

    def settings(self) -> dict[str, Any]:
        """Each setting with its value, whether somebody chose it, and how many outcomes rest on it."""
        said, planning = self.words["tables"]["settings"], self.planning
        values = {
            "power": _percent(planning.power),
            "ratio": _ratio(planning.ratio),
            "households": formats.joined([formats.number(number) for number in planning.households]),
            "correlation": formats.coefficient(planning.correlation),
            "lost": _percent(planning.lost),
        }
        rows = []
        for name, value in values.items():
            source = said["given" if name in planning.given else "default"]
            rows.append([said["names"][name], value, source, self._used(name)])
        return {"caption": said["caption"], "head": said["head"], "rows": rows}

    def _used(self, name: str) -> str:
        said = self.words["tables"]["settings"]
        if name not in ("correlation", "lost"):
            return said["every"]
        used = [not row["hidden"] and row[f"{name}_from"] != "cohort" for row in self.rows.values()]
        kind = "none" if not any(used) else "one" if sum(used) == 1 else "more"
        return said["outcomes"][kind].format(number=formats.number(sum(used)))

    def assumptions(self, limits: Mapping[str, int]) -> list[str]:
        said = self.words["assumptions"]
        enough = self.now is not None and self.now >= FEWEST_FAMILIES
        made_up = said["approach" if enough else "all"]
        filled = made_up.format(families=self._families(self.now or 0), fewest=FEWEST_FAMILIES)
        over_time = said["over_time"].format(fewest=FEWEST_PAIRS)
        plain = [said[name] for name in ("estimate", "matching", "alone")]
        return [said["spread"], filled, said["likeness"], over_time, *plain, said["small"].format(**limits)]

    def _difference(self, name: str, households: int | None, column: str, unit: bool = False) -> str | None:
        """As it is printed; None where no difference is found, or only one that there cannot be."""
        value, outcome = self.found.loc[(name, households), column], self.outcomes[name]
        natural = self.found.loc[(name, households), column.removesuffix("_sd")]
        if isnan(value) or (outcome.kind == "percentage" and natural >= WHOLE):
            return None
        if column.endswith("_sd"):
            return _sd(value)
        return self._with_unit(outcome, value) if unit else _printed(outcome, value)

    def _with_unit(self, outcome: Outcome, value: float) -> str:
        if outcome.kind != "percentage":
            return _printed(outcome, value)
        return self.words["points"].format(number=_printed(outcome, value))

    def _name(self, name: str, with_points: bool = False) -> str:
        """What the report calls it; `with_points`: what stands behind it is in points, of a percentage."""
        called = formats.capital(self.words["titles"].get(name, self.outcomes[name].label))
        points = with_points and self.outcomes[name].kind == "percentage"
        return self.words["tables"]["points"].format(label=called) if points else called

    def _families(self, number: float) -> str:
        said = self.words["families"]
        return said["one" if number == 1 else "more"].format(number=formats.number(number))


def _often(power: float, words: Mapping[str, str]) -> str:
    """`8 van de 10 keer`, or `85 van de 100 keer`."""
    percent = _percent(power)
    tens = percent.endswith("0%") and "," not in percent
    return words["tens" if tens else "hundreds"].format(times=percent[:-2] if tens else percent[:-1])


def _percent(share: float) -> str:
    """A share of 1 as a percentage, with a decimal where it has one."""
    whole = formats.rounded(100 * share, 1) % 1 == 0
    return formats.percent(100 * share, 0 if whole else 1)


def _ratio(ratio: float) -> str:
    return formats.number(ratio, 0 if float(ratio).is_integer() else 1)


def _printed(outcome: Outcome, value: float) -> str:
    return formats.number(value, outcome.decimals)


def _sd(value: float) -> str:
    return formats.number(value, DECIMALS)
