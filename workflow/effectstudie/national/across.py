"""One outcome over the regions: what is known of it, turned so that more is better where sentences ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any

import pandas as pd

from effectstudie.definitions.outcomes import Outcome
from effectstudie.national.inputs import NationalInputs, Study
from effectstudie.report.prose.wording import unit_of_difference
from effectstudie.report.values import find
from effectstudie.shared import formats

# Of a normal distribution, so many SDs to both sides hold 95 of 100.
NORMAL_95 = 1.96
Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Across:
    """`regions`: name of a study's region → its row of `ShownRegions.regions`, the value missing where it is hidden;
    `mean`: its row of `together`, None without one; `placebo`: region without an approach → value; `spread`: of these.
    """

    outcome: Outcome
    title: str
    regions: Mapping[str, Row]
    mean: Row | None
    placebo: Mapping[str, float]
    spread: Row | None
    words: Mapping[str, Any]

    @property
    def known(self) -> dict[str, Row]:
        return {name: row for name, row in self.regions.items() if not isnan(row["value"])}

    @property
    def turn(self) -> int:
        """What a value is multiplied with, so that more is better."""
        return -1 if self.outcome.better == "lower" else 1

    @property
    def band(self) -> tuple[float, float] | None:
        """Where 95 of 100 regions without an approach would lie."""
        if self.spread is None:
            return None
        reach = NORMAL_95 * self.spread["sd"]
        return self.spread["mean"] - reach, self.spread["mean"] + reach

    @property
    def outside(self) -> list[str]:
        """Regions of which the estimate lies outside of that."""
        return [name for name, row in self.known.items() if self._beyond(row["value"], row["value"])]

    @property
    def clear(self) -> list[str]:
        """Those of them of which the whole interval does."""
        return [name for name, row in self.known.items() if self._beyond(row["ci_low"], row["ci_high"])]

    def _beyond(self, low: float, high: float) -> bool:
        return self.band is not None and (high < self.band[0] or low > self.band[1])

    @property
    def one_way(self) -> bool:
        """Whether the regions, two or more, all point the same way."""
        turned = [row["value"] for row in self.known.values()]
        return len(turned) > 1 and (min(turned) > 0 or max(turned) < 0)

    @property
    def apart(self) -> bool:
        """Whether regions differ by more than matters: tau of three or more; of two how far they are apart."""
        margin, values = self.outcome.margin, [row["value"] for row in self.known.values()]
        if margin is None or self.mean is None:
            return False
        return (max(values) - min(values) if len(values) == 2 else self.mean["tau"]) > margin

    def said(self, value: float) -> str:
        """A number with its sign, in decimals of the outcome."""
        return formats.number(value, self.outcome.decimals)

    def unit(self, printed: str) -> str:
        of_measure = self.words["units_in_sentences"].get(self.outcome.measure)
        return unit_of_difference(of_measure, self.outcome.kind, printed, self.words)

    def amount(self, value: float) -> str:
        """How large, with its unit: `12 incidenten per jaar`."""
        printed = self.said(abs(value))
        return f"{printed}{self.unit(printed)}"

    def interval(self, low: float, high: float) -> str:
        return self.words["interval"].format(low=self.said(low), high=self.said(high))


def all_across(inputs: NationalInputs, studies: Mapping[str, Study]) -> list[Across]:
    """The outcomes that any study estimated and that have a better side, in the order of `inputs.outcomes`."""
    shown, words, found = inputs.shown, inputs.words, []
    main = shown.together[shown.together["controls"] == inputs.set["controls"]]
    for name, outcome in inputs.outcomes.items():
        rows = shown.regions[shown.regions["outcome"] == name].to_dict("records")
        if not rows or not outcome.better:
            continue
        dots = shown.placebo[shown.placebo["outcome"] == name]
        found.append(
            Across(
                outcome=outcome,
                title=formats.capital(words["titles"].get(name, outcome.label)),
                regions={studies[row["study"]].name: row for row in rows},
                mean=find(main, outcome=name),
                placebo=dict(zip(dots["region"], dots["value"], strict=True)),
                spread=find(shown.spread, outcome=name),
                words=words,
            )
        )
    return found


def in_sds(across: Across, primary: bool) -> dict[str, Any] | None:
    """A row of the report's forest plot: the mean in SDs at T0, turned; None without a mean."""
    row, outcome = across.mean, across.outcome
    if row is None or pd.isna(row["sd_value"]):
        return None
    low, high = sorted(across.turn * row[name] + 0.0 for name in ("sd_low", "sd_high"))
    printed = across.said(row["value"])
    short = (across.words["units_in_sentences"].get(outcome.measure) or {}).get("short")
    unit = formats.NBSP + short if short else across.unit(printed)
    return {
        "outcome": outcome.id,
        "theme": across.words["labels"]["sections"][outcome.section],
        "title": across.title,
        "primary": primary,
        "value": across.turn * row["sd_value"] + 0.0,
        "ci_low": low,
        "ci_high": high,
        "margin": row["sd_margin"],
        "natural": f"{printed}{unit} ({across.interval(row['ci_low'], row['ci_high'])})",
        "word": across.words["effect"]["verdicts"][row["verdict"]] if row["verdict"] else "",
    }
