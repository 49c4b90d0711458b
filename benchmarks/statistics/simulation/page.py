"""docs/simulaties.md from the results; its text is in page.md.j2, names in words.nl.yaml."""

import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import fmean

import pandas as pd
import yaml

from effectstudie.shared.templates import environment
from simulation import generator
from simulation.conditions import PLAN

FOLDER = Path(__file__).parent
CELL = ["condition", "design"]
WIDTH = 118
# Conditions in which the groups differ in what is not measured, or that T0 cannot tell apart.
UNFAIR = ("loss_later", "peak", "usual_level")


class Results:
    """What the template asks for: figures, and tables of them with their Monte Carlo errors between brackets."""

    def __init__(self, folder: Path) -> None:
        analyses = pd.concat([pd.read_csv(folder / f"{name}.csv") for name in ("analyses", "moderation")])
        self._analyses = analyses.set_index([*CELL, "analysis"]).sort_index()
        self._judgements = pd.read_csv(folder / "judgements.csv").set_index([*CELL, "kind", "judgement"]).sort_index()
        self._words = yaml.safe_load((FOLDER / "words.nl.yaml").read_text(encoding="utf-8"))
        self.studies, self.outcomes = int(analyses["studies"].max()), int(analyses["outcomes"].max())

    def figure(self, condition: str, design: str, analysis: str, name: str) -> float:
        """Bias, coverage or rejected; NaN where the cell has none."""
        key = (condition, design, analysis)
        return float(self._analyses.loc[key, name]) if key in self._analyses.index else float("nan")

    def over(self, conditions: Sequence[str], designs: Sequence[str], analysis: str, name: str) -> list[float]:
        """The figures of these cells, as far as they are there."""
        found = [self.figure(c, d, analysis, name) for c in conditions for d in designs]
        return [value for value in found if value == value]

    def said(self, condition: str, design: str, kind: str, judgement: str, name: str = "share") -> float:
        """Share of outcomes of which this is said, or (`wrong`) said where it is not so; 0 where it never was."""
        key = (condition, design, kind, judgement)
        return float(self._judgements.loc[key, name]) if key in self._judgements.index else 0.0

    def where_fair(self, analysis: str, name: str) -> list[float]:
        """The figures of all cells in which the groups differ only in what is measured."""
        return [self.figure(c, d, analysis, name) for d, names in PLAN.items() for c in names if c not in UNFAIR]

    def untrue(self, kind: str) -> list[float]:
        """In the same cells, how often something is said that is not so."""
        return [self.wrong(c, d, kind) for d, names in PLAN.items() for c in names if c not in UNFAIR]

    def untrue_anywhere(self, kind: str) -> list[float]:
        """The same of every cell."""
        return [self.wrong(c, d, kind) for d, names in PLAN.items() for c in names]

    def judged(self, conditions: Sequence[str], designs: Sequence[str], kind: str, judgement: str) -> list[float]:
        """How often this is said in each of these cells."""
        return [self.said(c, d, kind, judgement) for c in conditions for d in designs]

    def wrong(self, condition: str, design: str, kind: str) -> float:
        """Share of outcomes of which something is said that is not so."""
        return float(self._judgements.loc[(condition, design, kind), "wrong"].sum())

    def largest_error(self, name: str) -> float:
        """The largest Monte Carlo error of a figure, among the main analysis and the estimate."""
        rows = self._analyses.loc[self._analyses.index.get_level_values("analysis").isin(["main", "att"])]
        return float(rows[f"{name}_error"].max())

    def by_design(self, condition: str, name: str, analyses: Sequence[str], designs: Sequence[str] = ()) -> str:
        """One condition: a row for each analysis, a column for each design (all that have it)."""
        designs = designs or [design for design, conditions in PLAN.items() if condition in conditions]
        rows = [[self._words["analyses"][a], *(self._cell(condition, d, a, name) for d in designs)] for a in analyses]
        return _table(["analyse", *(self._words["designs"][d] for d in designs)], rows)

    def by_condition(self, design: str, conditions: Sequence[str], analyses: Sequence[str], name: str) -> str:
        """One design: a row for each analysis, a column for each condition."""
        rows = [[self._words["analyses"][a], *(self._cell(c, design, a, name) for c in conditions)] for a in analyses]
        return _table(["analyse", *(self._words["conditions"][c] for c in conditions)], rows)

    def verdicts(self, kind: str, judgements: Sequence[str], cells: Iterable[tuple[str, str]]) -> str:
        """A row for each cell: how often each thing is said, with a star where it may be untrue, and what is wrong."""
        rows = []
        for condition, design in cells:
            shares = [self.said(condition, design, kind, one) for one in judgements]
            untrue = [self.said(condition, design, kind, one, "wrong") > 0 for one in judgements]
            named = [self._words["conditions"][condition], self._words["designs"][design]]
            told = [f"{percent(x)}{' ✗' if wrong else ''}" for x, wrong in zip(shares, untrue, strict=True)]
            rows.append([*named, *told, percent(self.wrong(condition, design, kind))])
        heads = [self._words["judgements"][one] for one in judgements]
        return _table(["waarheid", "gezinnen", *heads, "onwaar"], rows, left=2)

    def _cell(self, condition: str, design: str, analysis: str, name: str) -> str:
        value, error = (self.figure(condition, design, analysis, x) for x in (name, f"{name}_error"))
        return in_sd(value, error) if name == "bias" else percent(value, error)


def percent(share: float, error: float | None = None) -> str:
    """Whole percents; behind it between brackets the error."""
    if share != share:
        return "–"
    return f"{100 * share:.0f}{_bracketed(error, lambda x: f'{100 * x:.0f}')}"


def in_sd(value: float, error: float | None = None) -> str:
    """Two decimals, as Dutch has them, with a sign; behind it between brackets the error."""
    if value != value:
        return "–"
    sign = "" if round(value, 2) == 0 else "−" if value < 0 else "+"
    return f"{sign}{abs(value):.2f}{_bracketed(error, lambda x: f'{x:.2f}')}".replace(".", ",")


def _bracketed(error: float | None, shown: Callable[[float], str]) -> str:
    if error is None:
        return ""
    return f" ({shown(error) if error == error else '–'})"


def span(values: Sequence[float]) -> str:
    """From the lowest to the highest, in whole percents."""
    low, high = percent(min(values)), percent(max(values))
    return low if low == high else f"{low} tot {high}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> str:
    rule = ["---"] * left + ["---:"] * (len(head) - left)
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def _filled(block: str) -> str:
    """A paragraph in lines of a width; tables, lists, titles and comments as they are."""
    plain = not block.startswith(("|", "- ", "#", "<"))
    return textwrap.fill(" ".join(block.split()), WIDTH, break_on_hyphens=False) if plain else block


def write_page(results: Path, path: Path) -> None:
    """Write the page from the CSV in `results`."""
    templates = environment(FOLDER, escape=False)
    templates.filters |= {"percent": percent, "sd": in_sd, "span": span, "mean": fmean}
    text = templates.get_template("page.md.j2").render(r=Results(results), plan=PLAN, generator=generator)
    path.write_text("\n\n".join(_filled(block) for block in re.split(r"\n{2,}", text.strip())) + "\n", encoding="utf-8")
