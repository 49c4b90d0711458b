"""The flow of households, from the cohort to the follow-up, and who was left out on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from effectstudie.report.figures.lettering import LEADING, Sheet, wrapped
from effectstudie.report.figures.style import MUTED, STYLE, WIDTH_NARROW, draw, typeface
from effectstudie.shared.vocabulary import COMPARED

# Millimetres. Narrow enough for a telephone: the groups stand beside each other, what was left out under its box.
GUTTER, PAD, ARROW, SIDE = 5.0, 1.3, 5.5, 5.0
COLUMN = (WIDTH_NARROW - GUTTER) / 2


@dataclass(frozen=True)
class Step:
    """A box of the flow: whose (a group, or empty for all together), how many as printed, and who they are.

    `left`: who does not go on to the next box, and why; a text each.
    """

    group: str
    count: str
    text: str
    left: tuple[str, ...] = ()


def flow_figure(steps: Sequence[Step], labels: Mapping) -> bytes:
    """Boxes downwards: those of all together over the whole width, then a column for each group."""
    with typeface():
        columns = _columns(steps)
    shared = _height(columns[""])
    height = shared + LEADING + 1.5 + max(_height(columns[group]) for group in COMPARED)
    return draw(WIDTH_NARROW, height, lambda figure: _paint(figure, columns, shared, labels))


@dataclass(frozen=True)
class _Box:
    """A step in lines: beside its number, and of who is left out after it."""

    count: str
    text: list[str]
    left: list[str]
    last: bool

    @property
    def height(self) -> float:
        return 2 * PAD + LEADING * (1 + len(self.text))

    @property
    def below(self) -> float:
        """From under the box to the next one."""
        words = LEADING * len(self.left) + 2 if self.left else 0
        return words if self.last else max(ARROW, words + 1)


def _columns(steps: Sequence[Step]) -> dict[str, list[_Box]]:
    columns: dict[str, list[_Box]] = {group: [] for group in ("", *COMPARED)}
    for group, boxes in columns.items():
        width = COLUMN if group else WIDTH_NARROW
        own = [step for step in steps if step.group == group]
        for place, step in enumerate(own):
            # the last box of all together goes on in the columns of the groups
            last = bool(group) and place == len(own) - 1
            # never wider than a column: beside it goes the arrow to the other group
            left = [line for text in step.left for line in wrapped(text, COLUMN - SIDE)]
            boxes.append(_Box(step.count, wrapped(step.text, width - 2 * PAD - 1), left, last))
    return columns


def _height(boxes: Sequence[_Box]) -> float:
    return fsum(box.height + box.below for box in boxes) + 0.5


def _paint(figure: Figure, columns: Mapping[str, Sequence[_Box]], shared: float, labels: Mapping) -> None:
    sheet = Sheet(figure)
    page = sheet.page()
    starts = {group: place * (COLUMN + GUTTER) for place, group in enumerate(COMPARED)}
    _paint_boxes(sheet, page, columns[""], (0, 0.3), WIDTH_NARROW, MUTED, list(starts.values()))
    for group, left in starts.items():
        color = STYLE[group]["color"]
        sheet.text(left, shared, labels["groups"][group], color=color, fontweight="semibold")
        _paint_boxes(sheet, page, columns[group], (left, shared + LEADING + 1), COLUMN, color, [left])


def _paint_boxes(
    sheet: Sheet, page: Axes, boxes: Sequence[_Box], start: tuple[float, float], width: float, color: str,
    onward: Sequence[float],
) -> None:  # fmt: skip
    """Boxes under each other from `start`. `onward`: left edges of the columns that the last one goes on to."""
    left, top = start
    for place, box in enumerate(boxes):
        frame = FancyBboxPatch(
            (left + 0.3, top), width - 0.6, box.height, boxstyle="round,pad=0,rounding_size=1", facecolor="white",
            edgecolor=color, linewidth=1,
        )  # fmt: skip
        page.add_patch(frame)
        sheet.text(left + PAD + 0.5, top + PAD, box.count, fontweight="semibold")
        sheet.text(left + PAD + 0.5, top + PAD + LEADING, box.text)
        top += box.height
        if not box.last:
            ahead = onward if place == len(boxes) - 1 else [left]
            for beside in ahead:
                _paint_arrow(page, beside + 2.5, top + 0.4, top + box.below - 0.4)
        sheet.text(left + SIDE, top + 0.8, box.left, color=MUTED)
        top += box.below


def _paint_arrow(page: Axes, place: float, top: float, bottom: float) -> None:
    page.plot([place, place], [top, bottom - 0.8], color=MUTED, linewidth=0.9)
    page.plot(place, bottom - 0.8, color=MUTED, marker="v", markersize=3.5)
