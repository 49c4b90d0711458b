"""What figures are drawn of, and what is asked of every figure."""

import re
from collections.abc import Callable
from itertools import combinations

import pandas as pd
from given.labels import LABELS
from given.words import TEXTS
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from effectstudie.report.figures import style

# The words of the report with the names of a study.
WORDS = {**TEXTS["labels"], "groups": LABELS["groups"], "waves": LABELS["waves"], "phrases": LABELS["phrases"]}

NAN = float("nan")
BALANCE = pd.DataFrame(
    [
        ("thv", "", "all", -0.6),
        ("thv", "", "matched", 0.1),
        ("thv", "", "matched_unweighted", 0.2),
        ("area", "stad", "all", NAN),
        ("area", "stad", "matched", 0.3),
    ],
    columns=["covariate", "level", "sample", "smd"],
)


def painted(monkeypatch, make: Callable[[], bytes]) -> Figure:
    """The figure that `make` draws, before it becomes SVG."""
    made = []

    def remembered(**settings) -> Figure:
        made.append(Figure(**settings))
        return made[-1]

    with monkeypatch.context() as patch:
        patch.setattr(style, "Figure", remembered)
        make()
    (figure,) = made
    return figure


def texts_of(figure: Figure) -> dict[Text, list[float]]:
    """Every text of a figure that shows, with the edges of what is painted of it, in points."""
    canvas = FigureCanvasAgg(figure)
    figure.set_dpi(72)
    canvas.draw()
    shown = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return {text: list(Text.get_window_extent(text, canvas.get_renderer()).extents) for text in shown}


def touching(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts that lie over each other by more than the white within a line of text."""
    places = texts_of(figure).items()
    return [
        (one.get_text(), other.get_text())
        for (one, a), (other, b) in combinations(places, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > 0.3 and min(a[3], b[3]) - max(a[1], b[1]) > 1.5
    ]


def outside(figure: Figure) -> list[str]:
    """Texts that run off the figure."""
    width, height = (72 * inches for inches in figure.get_size_inches())
    return [
        text.get_text()
        for text, (left, low, right, high) in texts_of(figure).items()
        if left < -0.5 or low < -1 or right > width + 0.5 or high > height + 1
    ]


def smallest_text(svg: bytes) -> float:
    """Points of the smallest letters of an SVG, whose letters are paths of a hundredth of a point a unit."""
    return 100 * min(float(size) for size in re.findall(rb"scale\(([\d.]+) -[\d.]+\)", svg))
