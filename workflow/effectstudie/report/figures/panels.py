"""One figure a theme: a small panel an outcome, each with the levels of both groups at both measurements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from effectstudie.definitions.outcomes import Norm
from effectstudie.report.figures.lettering import LEADING, SIZE, Sheet, spread, width_of, wrapped
from effectstudie.report.figures.style import INK, MUTED, STYLE, WIDTH, WIDTH_NARROW, draw, tick, typeface
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, WAVES

# Millimetres: between panels, for the numbers of the axis left of a panel, and its height without its words.
GUTTER, NUMBERS, HEIGHT = 4.5, 9.0, 30.0
MOST_COLUMNS = 4
# The groups left and right of the middle of a measurement, their values outside of them, half of the band of a bound.
SHIFT, BESIDE, BAND = 1.1, 2.5, 0.9
# A percentage is not drawn on a smaller scale than this: small ones would look like large ones.
SMALLEST_SCALE = 10.0


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One outcome of a theme, as it may be shown.

    `levels`: `group, wave, value, ci_low, ci_high, bound, bound_value`. Where a value may not be shown, it is
    missing, and `bound` may say on which side of `bound_value` it lies (`< 8%`), or is empty.
    `axis`: ends of the scale; without them it runs from 0 to the data.
    """

    title: str
    measure: str
    percentage: bool
    decimals: int
    levels: pd.DataFrame
    norm: Norm | None = None
    axis: tuple[float, float] | None = None

    def shown(self, value: float) -> str:
        """A level as it is printed."""
        return (formats.percent if self.percentage else formats.number)(value, self.decimals)

    def text(self, row: Mapping) -> str:
        """A row of `level` as it is printed: its value, or the bound that is said of it."""
        return self.shown(row["value"]) if pd.notna(row["value"]) else row["bound"]

    def level(self, group: str, wave: str) -> dict | None:
        """The row of a group at a measurement, where there is anything of it to show."""
        row = self._rows.get((group, wave))
        return row if row and (pd.notna(row["value"]) or row["bound"]) else None

    @cached_property
    def _rows(self) -> dict[tuple[str, str], dict]:
        return {(row["group"], row["wave"]): row for row in reversed(self.levels.to_dict("records"))}


def theme_figure(panels: Sequence[Panel], labels: Mapping) -> bytes:
    """Small multiples of the outcomes of a theme, as many beside each other as their titles allow."""
    with typeface():
        layout = _layout(panels, labels)
    height = _top(layout) + fsum(_heights(row)[2] for row in layout.rows())
    return draw(layout.width, height, lambda figure: _paint(figure, layout, panels, labels))


@dataclass(frozen=True)
class _Words:
    """What stands in words around a panel, in lines."""

    title: list[str]
    measure: list[str]
    missing: list[tuple[str, str]]


@dataclass(frozen=True)
class _Layout:
    width: float
    columns: int
    panel: float
    key: list[list[tuple[str, str]]]
    words: list[_Words]

    def rows(self) -> list[list[_Words]]:
        return [self.words[first : first + self.columns] for first in range(0, len(self.words), self.columns)]


def _layout(panels: Sequence[Panel], labels: Mapping) -> _Layout:
    width = WIDTH if len(panels) > 1 else WIDTH_NARROW
    rows = -(-len(panels) // MOST_COLUMNS)
    columns = -(-len(panels) // rows)
    longest = max(width_of(word, SIZE, "semibold") for panel in panels for word in panel.title.split())
    while columns > 1 and _panel_width(width, columns) < longest:
        columns -= 1
    panel = _panel_width(width, columns)
    return _Layout(width, columns, panel, _key(width, labels), [_words(one, panel, labels) for one in panels])


def _panel_width(width: float, columns: int) -> float:
    return (width - GUTTER * (columns - 1)) / columns


def _words(panel: Panel, width: float, labels: Mapping) -> _Words:
    missing = [
        (group, line) for group in COMPARED for text in not_shown(panel, group, labels) for line in wrapped(text, width)
    ]
    measure = wrapped(formats.ranges(panel.measure), width)
    return _Words(wrapped(panel.title, width, SIZE, "semibold"), measure, missing)


def not_shown(panel: Panel, group: str, labels: Mapping) -> list[str]:
    """What is said in words of a group, in full or at one measurement, of which nothing may be shown."""
    words, name = labels["panels"], labels["groups"][group]
    gone = [wave for wave in WAVES if panel.level(group, wave) is None]
    if len(gone) == len(WAVES):
        return [words["hidden"].format(group=name)]
    return [words["hidden_at"].format(group=name, wave=labels["waves"][wave]) for wave in gone]


def _key(width: float, labels: Mapping) -> list[list[tuple[str, str]]]:
    """Lines of the key above the panels: (group or empty, text)."""
    words = labels["panels"]
    waves = {"t0": labels["waves"]["T0"], "t1": labels["waves"]["follow_up"]}
    items = [*((group, labels["groups"][group]) for group in COMPARED), ("", words["key"].format(**waves))]
    lines: list[list[tuple[str, str]]] = [[]]
    for item in items:
        if lines[-1] and fsum(map(_key_width, [*lines[-1], item])) > width:
            lines.append([])
        lines[-1].append(item)
    return lines


def _key_width(item: tuple[str, str]) -> float:
    group, text = item
    return width_of(text, SIZE, "semibold" if group else "normal") + (9 if group else 0)


def _top(layout: _Layout) -> float:
    return LEADING * len(layout.key) + 3


def _heights(row: Sequence[_Words]) -> tuple[float, float, float]:
    """Of a row of panels: what stands above the frame, what stands under it, and all of it."""
    above = LEADING * max(len(words.title) + len(words.measure) for words in row) + 2
    under = 5 + LEADING * max(len(words.missing) for words in row) + 2.5
    return above, under, above + HEIGHT + under


def _paint(figure: Figure, layout: _Layout, panels: Sequence[Panel], labels: Mapping) -> None:
    sheet = Sheet(figure)
    _paint_key(sheet, layout.key)
    top, rest = _top(layout), iter(panels)
    for row in layout.rows():
        above, _, height = _heights(row)
        for column, words in enumerate(row):
            left = column * (layout.panel + GUTTER)
            sheet.text(left, top, words.title, fontweight="semibold")
            sheet.text(left, top + LEADING * len(words.title), words.measure, color=MUTED)
            axis = sheet.axes(left + NUMBERS, top + above, layout.panel - NUMBERS, HEIGHT)
            _paint_panel(axis, next(rest), layout.panel - NUMBERS, labels)
            for line, (group, text) in enumerate(words.missing):
                place = top + above + HEIGHT + 5 + LEADING * line
                sheet.text(left, place, text, color=STYLE[group]["color"])
        top += height


def _paint_key(sheet: Sheet, lines: Sequence[Sequence[tuple[str, str]]]) -> None:
    page = sheet.page()
    for number, line in enumerate(lines):
        left, top, middle = 0.0, LEADING * number, LEADING * (number + 0.5)
        for group, text in line:
            if group:
                look = STYLE[group]
                page.plot([left, left + 4], [middle] * 2, color=look["color"], linestyle=look["linestyle"])
                page.plot(left + 2, middle, color=look["color"], marker=look["marker"])
                sheet.text(left + 5, top, text, color=look["color"], fontweight="semibold")
            else:
                sheet.text(left, top, text, color=MUTED)
            left += _key_width((group, text))


def _ends(panel: Panel) -> tuple[float, float]:
    """The ends of the value axis: of the scale, or from 0 to a little above the highest that is drawn."""
    if panel.axis:
        return panel.axis
    shown = panel.levels[panel.levels["value"].notna()]
    bounds = panel.levels.loc[panel.levels["value"].isna() & (panel.levels["bound"] != ""), "bound_value"]
    highest = max([*shown["value"], *shown["ci_high"].dropna(), *bounds, panel.norm.value if panel.norm else 0, 0])
    if not panel.percentage:
        return 0, 1.1 * highest or 1
    upward = any(_upward(bound) for bound in panel.levels["bound"])
    return 0, 100 if upward else min(100, max(1.1 * highest, SMALLEST_SCALE))


def _upward(bound: str) -> bool:
    return bound.startswith((">", "≥"))


def _paint_panel(axis: Axes, panel: Panel, width: float, labels: Mapping) -> None:
    low, high = _ends(panel)
    line = LEADING / HEIGHT * (high - low)
    axis.set_ylim(low, high)
    axis.set_xlim(0, width)
    beside = [
        max((width_of(panel.text(row), SIZE, "semibold") for g in COMPARED if (row := panel.level(g, wave))), default=0)
        for wave in WAVES
    ]
    left, right = (BESIDE + text + 0.8 for text in beside)
    places = dict(zip(WAVES, (left, width - right), strict=True))
    for wave, side in zip(WAVES, (-1, 1), strict=True):
        _write_values(axis, panel, wave, (places[wave] + side * BESIDE, "right" if side < 0 else "left"), line)
    for group, shift in zip(COMPARED, (-SHIFT, SHIFT), strict=True):
        _paint_group(axis, panel, group, {wave: place + shift for wave, place in places.items()})
    axis.set_xticks(list(places.values()), [labels["waves"][wave] for wave in WAVES])
    _dress(axis, panel, line, labels)


def _write_values(axis: Axes, panel: Panel, wave: str, place: tuple[float, str], line: float) -> None:
    """Values beside the points of a measurement, outside of them, pushed apart where they would touch."""
    low, high = axis.get_ylim()
    rows = [row for group in reversed(COMPARED) if (row := panel.level(group, wave))]
    heights = [row["value"] if pd.notna(row["value"]) else row["bound_value"] for row in rows]
    moved = spread(heights, line, low + 0.45 * line, high - 0.45 * line)
    for row, height in zip(rows, moved, strict=True):
        # white behind it keeps the lines of the grid and of the norm out of the digits
        axis.text(
            place[0], height, panel.text(row), ha=place[1], va="center", fontsize=SIZE, fontweight="semibold",
            color=STYLE[row["group"]]["color"], bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.2},
        )  # fmt: skip


def _paint_group(axis: Axes, panel: Panel, group: str, places: Mapping[str, float]) -> None:
    low, high = axis.get_ylim()
    look, known = STYLE[group], []
    for wave, place in places.items():
        row = panel.level(group, wave)
        if row is None:
            continue
        if pd.isna(row["value"]):
            ends = (row["bound_value"], high) if _upward(row["bound"]) else (low, row["bound_value"])
            axis.fill_between([place - BAND, place + BAND], *ends, color=look["color"], alpha=0.25, linewidth=0)
            continue
        known.append((wave, place, row["value"]))
        if pd.notna(row["ci_low"]) and pd.notna(row["ci_high"]):
            # an interval that goes on outside the scale ends at its edge
            ends = [max(row["ci_low"], low), min(row["ci_high"], high)]
            axis.plot([place] * 2, ends, color=look["color"], linewidth=0.9)
    if len(known) == len(WAVES):
        points = [(place, value) for _, place, value in known]
        axis.plot(*zip(*points, strict=True), color=look["color"], linestyle=look["linestyle"], linewidth=1.2)
    for wave, place, value in known:
        face = "white" if wave == "T0" else look["color"]
        axis.plot(place, value, color=look["color"], marker=look["marker"], markerfacecolor=face, markersize=4.5,
                  clip_on=False)  # fmt: skip


def _dress(axis: Axes, panel: Panel, line: float, labels: Mapping) -> None:
    low, high = axis.get_ylim()
    locator = MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10])
    marks = [mark for mark in locator.tick_values(low, high) if low <= mark <= high]
    if panel.norm:
        norm = panel.norm.value
        axis.axhline(norm, color=INK, linewidth=0.8, linestyle=(0, (1, 1.5)), zorder=1)
        marks = [mark for mark in marks if abs(mark - norm) > 1.6 * line]
        axis.annotate(
            labels["panels"]["norm"].format(value=panel.shown(norm)), (0, norm), xycoords=("axes fraction", "data"),
            xytext=(-3, 0), textcoords="offset points", ha="right", va="center", fontsize=SIZE, color=INK,
            linespacing=1.0,
        )  # fmt: skip
    axis.yaxis.set_major_locator(FixedLocator(marks))
    axis.yaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value, panel.percentage)))
    axis.grid(axis="y")
    axis.set_axisbelow(True)
    sns.despine(ax=axis, left=True)
    axis.tick_params(axis="both", length=0, labelsize=SIZE)
