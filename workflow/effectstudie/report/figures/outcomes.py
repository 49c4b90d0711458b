"""Figures of outcomes that have no panel: classes as stacked bars, and what was asked at one measurement.

Drawn from treated values only.
"""

from collections.abc import Mapping, Sequence
from math import fsum

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from effectstudie.definitions.outcomes import Outcome
from effectstudie.report.figures.lettering import LEADING, SIZE, Sheet, width_of, wrapped
from effectstudie.report.figures.panels import SMALLEST_SCALE
from effectstudie.report.figures.style import INK, MUTED, RULE, SHADES, STYLE, WIDTH, WIDTH_NARROW, draw, tick, typeface
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, WAVES

# Millimetres: a bar, between bars, between groups, the foot with the axis, and a row of a point with its interval.
BAR, BETWEEN, APART, FOOT, ROW = 5.2, 1.0, 3.0, 5.5, 6.0
# Behind a text, to keep the lines of the grid out of its letters.
WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 0.2}


def stacked_figure(
    values: pd.DataFrame,
    cells: Sequence[tuple[str, str]],
    labels: Mapping,
    instead: Mapping[tuple[str, str], str] | None = None,
) -> bytes:
    """Stacked bars of a class outcome: one bar per group and measurement, classes from left to right.

    `cells`: (cell, label) from mildest to worst. In the place of a bar that may not be shown stands what may be said of
    it (`instead`: of a group and measurement), or that nothing may.
    """
    waves = [wave for wave in WAVES if (values["wave"] == wave).any()] or list(WAVES)
    bars = [(group, wave, _shares(values, group, wave, cells)) for group in COMPARED for wave in waves]
    with typeface():
        names = max(width_of(labels["groups"][group], SIZE, "semibold") for group in COMPARED)
        left = names + max(width_of(labels["waves"][wave]) for wave in waves) + 5
        # room for half of the number at the end of the axis
        scale = (WIDTH - left - 4) / 100
        heads = _heads(cells, bars[0][2], left, scale)
    top = LEADING * len({line for _, line, *_ in heads}) + 1
    height = top + len(bars) * (BAR + BETWEEN) + APART + FOOT
    shades = SHADES[-len(cells) :] if len(cells) <= len(SHADES) else _more_shades(len(cells))

    def paint(figure: Figure) -> None:
        sheet = Sheet(figure)
        page = sheet.page()
        _paint_heads(sheet, page, heads, shades)
        place = top
        for number, (group, wave, shares) in enumerate(bars):
            place += APART if number == len(waves) else 0
            middle = place + (BAR - LEADING) / 2
            if wave == waves[0]:
                sheet.text(0, middle, labels["groups"][group], color=STYLE[group]["color"], fontweight="semibold")
            sheet.text(left - 2, middle, labels["waves"][wave], ha="right")
            if shares:
                _paint_bar(sheet, page, shares, shades, (left, place), scale)
            else:
                said = (instead or {}).get((group, wave)) or labels["not_shown"]
                sheet.text(left + 1, middle, said, color=MUTED, bbox=WHITE)
            place += BAR + BETWEEN
        for mark in (0, 50, 100):
            at = left + mark * scale
            page.plot([at, at], [top - 0.5, place], color=RULE, linewidth=0.6, zorder=0)
            sheet.text(at, place + 0.5, tick(mark, True), ha="center", color=MUTED)

    return draw(WIDTH, height, paint)


def _shares(values: pd.DataFrame, group: str, wave: str, cells: Sequence[tuple[str, str]]) -> list[float]:
    """The percentages of a bar in the order of `cells`; empty where one of them may not be shown."""
    shares = values[(values["group"] == group) & (values["wave"] == wave)].set_index("cell")["value"]
    return [] if shares.empty or shares.isna().any() else [shares[cell] for cell, _ in cells]


def _more_shades(count: int) -> list[str]:
    return sns.light_palette(SHADES[-1], count + 1).as_hex()[1:]


def _heads(
    cells: Sequence[tuple[str, str]], shares: Sequence[float], left: float, scale: float
) -> list[tuple[float, int, str, bool]]:
    """Class names, each (left edge, line, name, with a swatch); above the first bar where all have the room."""
    names = [formats.capital(label) for _, label in cells]
    wide = [width_of(name) for name in names]
    if shares and all(room * scale >= width + 1 for room, width in zip(shares, wide, strict=True)):
        starts = [left + scale * fsum(shares[:place]) for place in range(len(shares))]
        return [
            (start + (share * scale - width) / 2, 0, name, False)
            for start, share, width, name in zip(starts, shares, wide, names, strict=True)
        ]
    heads, at, line = [], 0.0, 0
    for name, width in zip(names, wide, strict=True):
        if at and at + 5 + width > WIDTH:
            at, line = 0.0, line + 1
        heads.append((at, line, name, True))
        at += 5 + width + 5
    return heads


def _paint_heads(
    sheet: Sheet, page: Axes, heads: Sequence[tuple[float, int, str, bool]], shades: Sequence[str]
) -> None:
    for (left, line, name, swatch), shade in zip(heads, shades, strict=True):
        top = LEADING * line
        if swatch:
            page.fill_between([left, left + 4], top + 0.6, top + LEADING - 0.4, color=shade, linewidth=0)
        sheet.text(left + (5 if swatch else 0), top, name)


def _paint_bar(
    sheet: Sheet, page: Axes, shares: Sequence[float], shades: Sequence[str], corner: tuple[float, float], scale: float
) -> None:
    """One bar; a share is written in its part where there is room for it."""
    left, top = corner
    for share, shade in zip(shares, shades, strict=True):
        width, text = share * scale, formats.percent(share)
        page.fill_between([left, left + width], top, top + BAR, facecolor=shade, edgecolor="white", linewidth=1)
        if width_of(text, SIZE, "semibold") + 1 <= width:
            color = "white" if shade == shades[-1] else INK
            sheet.text(
                left + width / 2, top + (BAR - LEADING) / 2, text, ha="center", color=color, fontweight="semibold"
            )
        left += width


def once_figure(values: pd.DataFrame, outcome: Outcome, labels: Mapping) -> bytes:
    """Means or percentages of the groups at one measurement, with 95 % intervals. `values`: treated rows."""
    with typeface():
        measure = wrapped(formats.ranges(outcome.measure), WIDTH_NARROW)
        left = max(width_of(labels["groups"][group], SIZE, "semibold") for group in COMPARED) + 4
    top = LEADING * len(measure) + 1
    shown = values[values["value"].notna()].set_index("group")

    def paint(figure: Figure) -> None:
        sheet = Sheet(figure)
        sheet.text(0, 0, measure, color=MUTED)
        axis = sheet.axes(left, top, WIDTH_NARROW - left - 4, ROW * len(COMPARED))
        axis.set_xlim(*_ends(shown, outcome))
        axis.set_ylim(len(COMPARED), 0)
        for place, group in enumerate(COMPARED):
            middle = top + ROW * (place + 0.5) - LEADING / 2
            sheet.text(0, middle, labels["groups"][group], color=STYLE[group]["color"], fontweight="semibold")
            if group in shown.index:
                _paint_once(axis, shown.loc[group], place + 0.5, group, outcome)
            else:
                sheet.text(left + 1, middle, labels["not_shown"], color=MUTED, bbox=WHITE)
        axis.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
        axis.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value, outcome.kind == "percentage")))
        axis.grid(axis="x")
        axis.set_axisbelow(True)
        axis.set_yticks([])
        sns.despine(ax=axis, left=True)
        axis.tick_params(axis="both", length=0, labelsize=SIZE)

    return draw(WIDTH_NARROW, top + ROW * len(COMPARED) + FOOT, paint)


def _ends(shown: pd.DataFrame, outcome: Outcome) -> tuple[float, float]:
    if outcome.axis:
        return outcome.axis
    highest = max([*shown["value"], *shown["ci_high"].dropna(), 0])
    return 0, min(100, max(1.1 * highest, SMALLEST_SCALE)) if outcome.kind == "percentage" else 1.1 * highest or 1


def _paint_once(axis: Axes, row: pd.Series, place: float, group: str, outcome: Outcome) -> None:
    """A point, its interval, and its value beside that, on the side where there is more room."""
    (low, high), color = axis.get_xlim(), STYLE[group]["color"]
    ends = [row["value"], row["value"]]
    if row[["ci_low", "ci_high"]].notna().all():
        ends = [max(row["ci_low"], low), min(row["ci_high"], high)]
        axis.plot(ends, [place] * 2, color=color, linewidth=0.9)
    face = "white" if outcome.measured == "T0" else color
    axis.plot(row["value"], place, color=color, marker=STYLE[group]["marker"], markerfacecolor=face, clip_on=False)
    right = high - ends[1] >= ends[0] - low
    show = formats.percent if outcome.kind == "percentage" else formats.number
    axis.annotate(
        show(row["value"], outcome.decimals), (ends[1 if right else 0], place), xytext=(5 if right else -5, -2.7),
        textcoords="offset points", ha="left" if right else "right", fontsize=SIZE, color=color,
        fontweight="semibold", bbox=WHITE,
    )  # fmt: skip
