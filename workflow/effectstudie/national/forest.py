"""The forest plot of one outcome: each region, their mean, a next region, and regions without an approach."""

from collections.abc import Iterator, Mapping
from math import floor, log10
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from effectstudie.national.across import Across
from effectstudie.report.figures.lettering import SIZE, Sheet, width_of, wrapped
from effectstudie.report.figures.style import INK, MUTED, RULE, WIDTH_NARROW, draw, typeface
from effectstudie.report.prose.effect import verdict_text
from effectstudie.report.values import estimate_cell
from effectstudie.shared import formats

# Millimetres: a line of text, above and below a row, between columns, the axis, and the widest column of names.
LINE, PAD, GAP, AXIS, NAMES = 3.45, 0.5, 2.0, 8.5, 31.0
# Times what the axis has to hold: an interval is drawn so far at most.
FURTHEST = 1.8
STEPS = (1, 2, 5, 10)


def rows_of(across: Across) -> pd.DataFrame:
    """`kind` (region, mean, next, placebo), `name`, `value`, `ci_low`, `ci_high`, `word`: the data of the figure."""
    words, nan = across.words, float("nan")
    rows: list[dict[str, Any]] = [
        {"kind": "region", "name": name, **{key: row[key] for key in ("value", "ci_low", "ci_high")}}
        | {"word": verdict_text(row, words["effect"])}
        for name, row in across.regions.items()
    ]
    if row := across.mean:
        mean = {key: row[key] for key in ("value", "ci_low", "ci_high")}
        rows.append({"kind": "mean", "name": words["mean_row"], **mean, "word": verdict_text(row, words["effect"])})
        if not pd.isna(row["next_low"]):
            ends = {"ci_low": row["next_low"], "ci_high": row["next_high"]}
            rows.append({"kind": "next", "name": words["next_row"], "value": nan, **ends, "word": ""})
    rows += [
        {"kind": "placebo", "name": name, "value": value, "ci_low": nan, "ci_high": nan, "word": ""}
        for name, value in across.placebo.items()
    ]
    return pd.DataFrame(rows, columns=["kind", "name", "value", "ci_low", "ci_high", "word"])


def forest_figure(across: Across) -> bytes:
    """In units of the outcome, the favourable side to the right; an arrow where an interval goes on."""
    with typeface():
        sheet = _Rows(across)
        height = sheet.foot + AXIS + LINE * sum(len(lines) for lines, _ in sheet.key)
    return draw(WIDTH_NARROW, height, sheet.paint)


def forest_alt(across: Across) -> str:
    """What the figure says, for who does not see it."""
    words = across.words["alt_of_regions"]
    items = [
        words["region"].format(name=name, estimate=estimate_cell(row, across.outcome.decimals))
        if name in across.known
        else words["hidden"].format(name=name)
        for name, row in across.regions.items()
    ]
    said = [words["forest"].format(title=across.title, items="; ".join(items))]
    if across.mean:
        said.append(words["mean"].format(estimate=estimate_cell(across.mean, across.outcome.decimals)))
        if not pd.isna(across.mean["next_low"]):
            said.append(words["next"].format(ci=across.interval(across.mean["next_low"], across.mean["next_high"])))
    if across.band:
        said.append(words["band"].format(low=across.said(across.band[0]), high=across.said(across.band[1])))
    if across.placebo:
        ends = across.interval(min(across.placebo.values()), max(across.placebo.values()))
        said.append(words["dots"].format(count=len(across.placebo), ci=ends))
    return " ".join(said)


class _Rows:
    """Where everything stands, in millimetres."""

    def __init__(self, across: Across):
        self.across, self.words = across, across.words["forest"]
        rows = rows_of(across)
        lines = [row for row in rows.to_dict("records") if row["kind"] != "placebo"]
        if across.placebo or across.band:
            lines.append({"kind": "placebo", "name": across.words["placebo_row"], "value": float("nan")})
        texts = [str(estimate_cell(row, across.outcome.decimals)) if self._told(row) else "" for row in lines]
        hidden = [self.words["hidden"] if row["kind"] == "region" and not text else text
                  for row, text in zip(lines, texts, strict=True)]  # fmt: skip
        names = min(NAMES, max(width_of(row["name"], weight="semibold") for row in lines) + 0.5)
        # a long interval breaks behind its value
        beside = min(30.0, max(width_of(text, weight="semibold") for text in [*hidden, self.words["natural"]]) + 0.5)
        self.left, self.right = names + GAP, WIDTH_NARROW - beside - GAP
        self.centre, self.half = (self.left + self.right) / 2, (self.right - self.left) / 2
        self.limit = self._limit(rows)
        self.lines, top = [], 2 * LINE + 1.5
        for row, text in zip(lines, hidden, strict=True):
            weight = "semibold" if row["kind"] == "mean" else "normal"
            name, said = wrapped(row["name"], names, SIZE, weight), wrapped(text, beside)
            height = LINE * max(len(name), len(said), 1) + 2 * PAD
            self.lines.append((row, name, said, top, height))
            top += height
        self.foot = top + 0.5
        key = [("margin", across.outcome.margin is not None), ("band", across.band is not None),
               ("dots", bool(across.placebo))]  # fmt: skip
        self.key = [(wrapped(self.words[name], WIDTH_NARROW - 7), name) for name, there in key if there]

    @staticmethod
    def _told(row: Mapping[str, Any]) -> bool:
        return row["kind"] in ("region", "mean") and not pd.isna(row["value"])

    def _limit(self, rows: pd.DataFrame) -> float:
        """How far the axis goes to both sides: all that is a point or a border, and intervals as far as they go."""
        margin = self.across.outcome.margin or 0.0
        points = [*rows["value"].abs(), *(abs(end) for end in self.across.band or ()), margin]
        needed = 1.12 * float(np.nanmax([*points, 10.0**-self.across.outcome.decimals]))
        ends = float(np.nanmax([needed, *rows["ci_low"].abs(), *rows["ci_high"].abs()]))
        return min(1.05 * ends, FURTHEST * needed) if ends > needed else needed

    def at(self, value: float) -> float:
        """Where a value stands; one beyond the axis at its end."""
        turned = self.across.turn * max(min(value, self.limit), -self.limit)
        return self.centre + turned * self.half / self.limit

    def paint(self, figure: Figure) -> None:
        sheet = Sheet(figure)
        page, words, top = sheet.page(), self.words, self.lines[0][3]
        if margin := self.across.outcome.margin:
            page.fill_between(sorted((self.at(-margin), self.at(margin))), top, self.foot, color=RULE, linewidth=0)
        if self.across.band:
            for end in self.across.band:
                page.plot([self.at(end)] * 2, [top, self.foot], color=MUTED, linewidth=0.9, linestyle=(0, (3, 2)))
        page.plot([self.centre] * 2, [top - 0.5, self.foot], color=INK, linewidth=0.8)
        sheet.text(self.centre - 1.5, LINE + 0.6, words["worse"], ha="right", color=MUTED)
        sheet.text(self.centre + 1.5, LINE + 0.6, words["better"])
        sheet.text(self.right + GAP, LINE + 0.6, words["natural"], fontweight="semibold")
        for row, name, said, start, height in self.lines:
            if row["kind"] == "mean":
                page.plot([0, WIDTH_NARROW], [start] * 2, color=RULE, linewidth=0.6)
            weight = "semibold" if row["kind"] == "mean" else "normal"
            sheet.text(0, start + (height - LINE * len(name)) / 2, name, LINE, fontweight=weight)
            sheet.text(self.right + GAP, start + (height - LINE * len(said)) / 2, said, LINE, fontweight=weight)
            self._mark(page, row, start + height / 2)
        self._axis(sheet, page)

    def _mark(self, page: Axes, row: Mapping[str, Any], middle: float) -> None:
        if row["kind"] == "placebo":
            for value in self.across.placebo.values():
                page.plot(self.at(value), middle, color=MUTED, marker="o", markersize=3, markerfacecolor="white",
                          markeredgewidth=0.8)  # fmt: skip
            return
        if pd.isna(row["ci_low"]):
            return
        ends = [self.at(row[name]) for name in ("ci_low", "ci_high")]
        for name, end in zip(("ci_low", "ci_high"), ends, strict=True):
            if abs(row[name]) > self.limit:
                arrow = ">" if end > self.centre else "<"
                page.plot(end, middle, color=INK, marker=arrow, markersize=3.2)
        if row["kind"] == "mean":
            value = self.at(row["value"])
            page.fill([ends[0], value, ends[1], value], [middle, middle - 1.5, middle, middle + 1.5], color=INK,
                      linewidth=0)  # fmt: skip
            return
        page.plot(ends, [middle] * 2, color=INK, linewidth=0.8 if row["kind"] == "next" else 1.2)
        if row["kind"] == "region":
            page.plot(self.at(row["value"]), middle, color=INK, marker="s", markersize=3.8)

    def _axis(self, sheet: Sheet, page: Axes) -> None:
        page.plot([self.left, self.right], [self.foot] * 2, color=MUTED, linewidth=0.6)
        for mark, label in _ticks(self.limit):
            page.plot([self.at(mark)] * 2, [self.foot, self.foot + 0.7], color=MUTED, linewidth=0.6)
            sheet.text(self.at(mark), self.foot + 0.9, label, ha="center")
        sheet.text(self.centre, self.foot + 0.9 + LINE, self.across.unit("2").strip(), ha="center", color=MUTED)
        top = self.foot + AXIS
        for lines, name in self.key:
            middle = top + LINE / 2
            if name == "margin":
                page.fill_between([0, 4], middle - 1.2, middle + 1.2, color=RULE, linewidth=0)
            elif name == "band":
                page.plot([0, 4.5], [middle] * 2, color=MUTED, linewidth=0.9, linestyle=(0, (3, 2)))
            else:
                page.plot(2, middle, color=MUTED, marker="o", markersize=3, markerfacecolor="white",
                          markeredgewidth=0.8)  # fmt: skip
            sheet.text(6, top, lines, LINE, color=MUTED)
            top += LINE * len(lines)


def _ticks(limit: float) -> Iterator[tuple[float, str]]:
    """Round numbers along the axis, two or three to each side."""
    power = 10.0 ** floor(log10(limit / 2.2))
    step = next(size * power for size in STEPS if limit / (size * power) < 3)
    decimals = max(0, -floor(log10(step) + 1e-9))
    for count in range(-2, 3):
        if abs(count * step) <= limit:
            yield count * step, formats.number(count * step, decimals)
