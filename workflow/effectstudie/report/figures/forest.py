"""The forest plot of the first page: how much better or worse each outcome went with the approach."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from effectstudie.report.figures.lettering import SIZE, Sheet, width_of, wrapped
from effectstudie.report.figures.style import INK, MUTED, RULE, WIDTH, draw, tick, typeface

# Millimetres: a line of text, which is tighter than elsewhere so that twenty outcomes fit in two fifths of a page;
# between columns; the foot with the axis; the narrowest plot; and the widest that each column of texts may be.
LINE, GAP, FOOT, NARROWEST = 3.2, 2.5, 8.0, 34
WIDEST = {"title": 48, "word": 32, "natural": 42}
INDENT = 2.0
# SDs: an interval is drawn at most this far, unless an estimate or a margin lies further; the axis is at least this.
FURTHEST, NEAREST = 1.0, 0.5


def forest_figure(rows: pd.DataFrame, labels: Mapping) -> bytes:
    """Differences in change in SDs with their intervals, primary outcomes first, then by theme.

    `rows`, in their order: `theme, title, primary, value, ci_low, ci_high` (in SDs, above zero where the approach did
    better), `margin` (in SDs, or missing), `natural` (the difference in its own unit) and `word` (what is concluded).
    A row without a value has only its texts.
    """
    with typeface():
        layout = _layout(rows, labels)
    height = layout.head + fsum(line.height for line in layout.lines) + FOOT
    return draw(WIDTH, height, lambda figure: _paint(figure, layout, labels))


@dataclass(frozen=True)
class _Line:
    """A heading, or an outcome with its row and its texts in lines."""

    texts: dict[str, list[str]]
    row: Mapping | None = None

    @property
    def height(self) -> float:
        count = max(len(lines) for lines in self.texts.values())
        return LINE * count + (0.4 if self.row is None or count > 1 else 0)


@dataclass(frozen=True)
class _Layout:
    lines: list[_Line]
    # left edge of each column; the plot's too
    left: dict[str, float]
    plot: float
    sides: dict[str, list[str]]
    heads: dict[str, list[str]]
    head: float
    limit: float


def sections(rows: pd.DataFrame, labels: Mapping) -> list[tuple[str, list[dict]]]:
    """Headings with their rows: the primary outcomes, then each theme, in the order of the rows."""
    parts: dict[str, list[dict]] = {}
    for row in [*rows[rows["primary"]].to_dict("records"), *rows[~rows["primary"]].to_dict("records")]:
        parts.setdefault(labels["forest"]["primary"] if row["primary"] else row["theme"], []).append(row)
    return list(parts.items())


def _layout(rows: pd.DataFrame, labels: Mapping) -> _Layout:
    words, widths = labels["forest"], {}
    for name, widest in WIDEST.items():
        indent = INDENT if name == "title" else 0
        widths[name] = min(widest, indent + max(width_of(text) for text in rows[name]) + 0.5)
    widths["natural"] = min(widths["natural"], WIDTH - widths["title"] - widths["word"] - 3 * GAP - NARROWEST)
    plot = WIDTH - fsum(widths.values()) - 3 * GAP
    left = {"title": 0.0, "plot": widths["title"] + GAP}
    left["natural"] = left["plot"] + plot + GAP
    left["word"] = left["natural"] + widths["natural"] + GAP
    lines = []
    for heading, members in sections(rows, labels):
        lines.append(_Line({"title": [heading]}))
        for row in members:
            texts = {
                name: wrapped(row[name], widths[name] - (INDENT if name == "title" else 0)) or [""] for name in WIDEST
            }
            lines.append(_Line(texts, row))
    approach = labels["groups"]["approach"]
    # left of the plot stands nothing at this height, so that side may run on
    rooms = {"worse": plot / 2 + 8, "better": plot / 2}
    sides = {side: wrapped(words[side].format(approach=approach), room) for side, room in rooms.items()}
    heads = {name: wrapped(words[name], widths[name], SIZE, "semibold") for name in ("natural", "word")}
    head = LINE * max(len(lines) for lines in (*sides.values(), *heads.values())) + 1.5
    return _Layout(lines, left, plot, sides, heads, head, _limit(rows))


def _limit(rows: pd.DataFrame) -> float:
    """How far the axis goes to both sides: all estimates and margins lie within it, long intervals do not."""
    needed = np.nanmax([NEAREST, *(1.1 * rows["value"].abs()), *(1.1 * rows["margin"].abs())])
    ends = np.nanmax([NEAREST, *rows["ci_low"].abs(), *rows["ci_high"].abs()])
    return float(max(needed, min(ends * 1.05, FURTHEST)))


def _paint(figure: Figure, layout: _Layout, labels: Mapping) -> None:
    sheet = Sheet(figure)
    page = sheet.page()
    foot = sheet.height - FOOT
    centre, half = layout.left["plot"] + layout.plot / 2, layout.plot / 2
    _paint_head(sheet, layout, centre)
    top = layout.head
    for line in layout.lines:
        if line.row is None:
            sheet.text(0, top, line.texts["title"], LINE, fontweight="semibold")
            page.plot([0, layout.left["plot"] - GAP], [top + line.height - 0.1] * 2, color=RULE, linewidth=0.5)
        else:
            for name, lines in line.texts.items():
                left = layout.left[name] + (INDENT if name == "title" else 0)
                sheet.text(left, top + (line.height - LINE * len(lines)) / 2, lines, LINE)
            _paint_row(page, line, top, (centre, half / layout.limit), layout.limit)
        top += line.height
    page.plot([centre] * 2, [layout.head, foot], color=INK, linewidth=0.8, zorder=1)
    page.plot([centre - half, centre + half], [foot] * 2, color=MUTED, linewidth=0.6)
    step = next(step for step in (0.2, 0.5, 1, 2, 5, 10) if layout.limit / step <= 3)
    for count in range(-3, 4):
        mark = count * step
        if abs(mark) <= layout.limit:
            place = centre + mark * half / layout.limit
            page.plot([place] * 2, [foot, foot + 0.7], color=MUTED, linewidth=0.6)
            sheet.text(place, foot + 1, tick(mark, False), ha="center")
    sheet.text(centre, foot + 1 + LINE, labels["forest"]["axis"], ha="center", color=MUTED)
    _paint_key(sheet, page, foot + 1 + LINE, layout.left["plot"], labels)


def _paint_head(sheet: Sheet, layout: _Layout, centre: float) -> None:
    beside = {"worse": centre - 1.5, "better": centre + 1.5, **layout.left}
    looks = {"worse": {"ha": "right", "color": MUTED}, "better": {}}
    for name, lines in {**layout.sides, **layout.heads}.items():
        look = looks.get(name, {"fontweight": "semibold"})
        sheet.text(beside[name], layout.head - 1.2 - LINE * len(lines), lines, LINE, **look)


def _paint_row(page: Axes, line: _Line, top: float, scale: tuple[float, float], limit: float) -> None:
    row, middle, (centre, unit) = line.row, top + line.height / 2, scale
    if pd.notna(row["margin"]):
        reach = row["margin"] * unit
        page.fill_between([centre - reach, centre + reach], top + 0.25, top + line.height - 0.25, color=RULE,
                          linewidth=0, zorder=0)  # fmt: skip
    if pd.isna(row["value"]):
        return
    ends = [max(row["ci_low"], -limit), min(row["ci_high"], limit)]
    page.plot([centre + end * unit for end in ends], [middle] * 2, color=INK, linewidth=1.6 if row["primary"] else 1)
    for end, drawn, arrow in zip((row["ci_low"], row["ci_high"]), ends, "<>", strict=True):
        if end != drawn:
            page.plot(centre + drawn * unit, middle, color=INK, marker=arrow, markersize=3.5)
    mark, size = ("D", 4.5) if row["primary"] else ("o", 3.8)
    page.plot(centre + row["value"] * unit, middle, color=INK, marker=mark, markersize=size)


def _paint_key(sheet: Sheet, page: Axes, top: float, right: float, labels: Mapping) -> None:
    """What the band is, under the column of titles."""
    page.fill_between([0, 4], top + 0.5, top + LINE - 0.4, color=RULE, linewidth=0)
    sheet.text(5, top, wrapped(labels["forest"]["margin"], right - 5), color=MUTED)
