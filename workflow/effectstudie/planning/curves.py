"""The figure: how the smallest difference that a study finds goes down with its households."""

from collections.abc import Mapping, Sequence

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from effectstudie.report.figures.lettering import LEADING, SIZE, Sheet, spread, width_of, wrapped
from effectstudie.report.figures.style import APPROACH, CONTROL, INK, MUTED, RULE, WIDTH, draw, tick, typeface

# Millimetres: the plot, what stands above and under it and left of it, and the widest that names right of it may be.
HEIGHT, TOP, FOOT, LEFT, WIDEST, GAP = 78.0, 9.0, 10.0, 9.0, 44.0, 3.0
# SDs: no larger difference is drawn, for hardly any approach does as much.
LARGEST = 1.5
# Of the outcomes that are named, one after the other.
LOOKS = (
    {"color": APPROACH, "linestyle": "-"}, {"color": CONTROL, "linestyle": (0, (4, 2))},
    {"color": INK, "linestyle": (0, (1, 1.5))},
)  # fmt: skip


def curves_figure(curves: pd.DataFrame, named: Mapping[str, str], now: int | None, words: Mapping[str, str]) -> bytes:
    """Lines of `difference_sd` over `households` (DETECTABLE), an outcome each; an SVG.

    `named`: the outcomes that are told apart → what they are called, the others are grey; `now`: households of the
    approach that there are. `words`: x, y, now, others.
    """
    curves = curves.dropna(subset="difference_sd")
    with typeface():
        room = min(WIDEST, max((width_of(name, SIZE, "semibold") for name in named.values()), default=0.0)) + 1
        names = {outcome: wrapped(name, room, SIZE, "semibold") for outcome, name in named.items()}
    return draw(WIDTH, TOP + HEIGHT + FOOT, lambda figure: _paint(figure, curves, names, room, now, words))


def _paint(
    figure: Figure,
    curves: pd.DataFrame,
    names: Mapping[str, Sequence[str]],
    room: float,
    now: int | None,
    words: Mapping[str, str],
) -> None:
    sheet = Sheet(figure)
    width = sheet.width - LEFT - GAP - room
    axis = sheet.axes(LEFT, TOP, width, HEIGHT)
    ends = curves["households"].agg(["min", "max"]).fillna(0)
    axis.set_xlim(ends["min"], max(ends["max"], ends["min"] + 1))
    highest = min(LARGEST, 1.05 * curves["difference_sd"].max()) if len(curves) else LARGEST
    axis.set_ylim(0, highest)
    lines = dict(list(curves.groupby("outcome", sort=False)))
    for name, line in lines.items():
        if name not in names:
            axis.plot(line["households"], line["difference_sd"], color=RULE, linewidth=1)
    drawn = [name for name in names if name in lines]
    for name, look in zip(drawn, _looks(len(drawn)), strict=True):
        axis.plot(lines[name]["households"], lines[name]["difference_sd"], linewidth=1.8, **look)
    _write_names(sheet, drawn, names, [float(lines[name]["difference_sd"].iloc[-1]) / highest for name in drawn], room)
    if now is not None and ends["min"] < now < ends["max"]:
        axis.axvline(now, color=MUTED, linewidth=0.8, linestyle=(0, (1, 1.5)), zorder=1)
        place = LEFT + width * (now - ends["min"]) / (ends["max"] - ends["min"])
        sheet.text(place, TOP - LEADING, words["now"], color=MUTED, ha="center" if place > 25 else "left")
    sheet.text(0, 0, words["y"], color=MUTED)
    sheet.text(LEFT + width, TOP + HEIGHT + FOOT - LEADING, words["x"], color=MUTED, ha="right")
    axis.yaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10]))
    axis.yaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value, False)))
    axis.grid(axis="y")
    axis.set_axisbelow(True)
    sns.despine(ax=axis, left=True)
    axis.tick_params(axis="both", length=0, labelsize=SIZE)


def _looks(count: int) -> list[Mapping]:
    return [LOOKS[place % len(LOOKS)] for place in range(count)]


def _write_names(
    sheet: Sheet, drawn: Sequence[str], names: Mapping[str, Sequence[str]], heights: Sequence[float], room: float
) -> None:
    """The names right of where their lines end, pushed apart where they would touch."""
    tallest = LEADING * max((len(names[name]) for name in drawn), default=1)
    places = spread(
        [TOP + HEIGHT * (1 - height) - tallest / 2 for height in heights], tallest + 0.6, 0, TOP + HEIGHT - tallest
    )
    for name, top, look in zip(drawn, places, _looks(len(drawn)), strict=True):
        sheet.text(sheet.width - room, top, names[name], color=look["color"], fontweight="semibold")
