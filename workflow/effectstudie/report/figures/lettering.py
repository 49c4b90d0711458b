"""Texts in a figure that is laid out in millimetres: how wide they are, where a line breaks, what pushes what aside."""

from collections.abc import Sequence
from functools import cache
from math import fsum
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from effectstudie.report.figures.style import INK, MILLIMETRE

# Points. No text of a figure is smaller than this on paper.
SIZE = 8
# From one line of text of SIZE to the next, in millimetres.
LEADING = 3.45
_POINT = 72 * MILLIMETRE


@cache
def width_of(text: str, size: float = SIZE, weight: str = "normal") -> float:
    """Millimetres that a text takes on one line. Ask inside `draw`, which sets the typeface."""
    font = FontProperties(size=size, weight=weight)
    return text_to_path.get_text_width_height_descent(text, font, ismath=False)[0] / _POINT


def wrapped(text: str, width: float, size: float = SIZE, weight: str = "normal") -> list[str]:
    """Lines of at most `width` millimetres, broken at spaces; a word that is wider has a line of its own."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines if text else []


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """The places moved as little as needed to lie at least `gap` apart, between `low` and `high`, in their order.

    Neighbours that are too near share the room: each cluster is laid around its own middle.
    """

    def first(cluster: Sequence[int]) -> float:
        length = gap * (len(cluster) - 1)
        middle = fsum(places[one] for one in cluster) / len(cluster)
        return max(low, min(middle - length / 2, high - length))

    order = sorted(range(len(places)), key=lambda one: places[one])
    clusters: list[list[int]] = []
    for one in order:
        clusters.append([one])
        while len(clusters) > 1 and first(clusters[-1]) - gap < first(clusters[-2]) + gap * (len(clusters[-2]) - 1):
            lower, upper = clusters[-2:]
            clusters[-2:] = [lower + upper]
    moved = list(places)
    for cluster in clusters:
        for step, one in enumerate(cluster):
            moved[one] = first(cluster) + step * gap
    return moved


class Sheet:
    """A figure as a sheet of paper: places in millimetres from its left and upper edge."""

    def __init__(self, figure: Figure):
        # what is laid out here by hand, matplotlib must not move
        figure.set_layout_engine("none")
        self.figure = figure
        self.width, self.height = (inches / MILLIMETRE for inches in figure.get_size_inches())

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Axes whose frame stands there."""
        return self.figure.add_axes(
            (left / self.width, 1 - (top + height) / self.height, width / self.width, height / self.height)
        )

    def page(self) -> Axes:
        """Axes over the whole sheet, in its millimetres, without anything that shows: for marks and lines."""
        axis = self.axes(0, 0, self.width, self.height)
        axis.set_xlim(0, self.width)
        axis.set_ylim(self.height, 0)
        axis.axis("off")
        return axis

    def text(self, left: float, top: float, lines: str | Sequence[str], leading: float = LEADING, **style: Any) -> None:
        """Lines of text under each other, from `top`, each on its own baseline so that lines of columns agree."""
        for number, line in enumerate([lines] if isinstance(lines, str) else lines):
            baseline = top + (number + 0.5) * leading + 0.95
            look = {"fontsize": SIZE, "color": INK, "va": "baseline", **style}
            self.figure.text(left / self.width, 1 - baseline / self.height, line, **look)
