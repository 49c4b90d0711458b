"""The look of every figure: sizes, colours, axes, and bytes that do not depend on the machine."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

import matplotlib as mpl
import seaborn as sns
from matplotlib import font_manager
from matplotlib.figure import Figure

from effectstudie.report.figures import fonts
from effectstudie.report.figures.palette import read_palette
from effectstudie.shared import formats

MILLIMETRE = 1 / 25.4
# Of a figure, in millimetres: over the whole page, and of one that has its notes beside it.
WIDTH, WIDTH_NARROW = 160, 103
_PALETTE = read_palette()
INK, MUTED, RULE = _PALETTE["pages"]["ink"], _PALETTE["figures"]["muted"], _PALETTE["figures"]["rule"]
FACE = _PALETTE["typefaces"]["sans"].split(",")[0].strip('"')
APPROACH, CONTROL = _PALETTE["pages"]["accent"], _PALETTE["figures"]["control"]

STYLE = {
    "approach": {"color": APPROACH, "marker": "o", "linestyle": "-", "markerfacecolor": APPROACH},
    "control": {"color": CONTROL, "marker": "s", "linestyle": (0, (4, 2)), "markerfacecolor": "white"},
}

# Of classes, lightest first: no colour of a group, for in a bar both groups have them.
SHADES = [*_PALETTE["figures"]["shades"], MUTED]

SETTINGS = {
    "svg.hashsalt": "effectstudie",
    "svg.fonttype": "path",
    "font.size": 8.5,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.titlesize": 9,
    "axes.titleweight": "normal",
    "axes.titlelocation": "left",
    "axes.unicode_minus": True,
    "grid.color": RULE,
    "grid.linewidth": 0.5,
    "text.color": INK,
    "text.parse_math": False,  # a $ in a label is a dollar
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "legend.frameon": False,
    "lines.linewidth": 1.6,
    "lines.markersize": 5.5,
}


def draw(width: float, height: float, painter: Callable[[Figure], None]) -> bytes:
    """Let `painter` fill a figure of `width` by `height` millimetres; the SVG as bytes."""
    with typeface():
        figure = Figure(figsize=(width * MILLIMETRE, height * MILLIMETRE), layout="constrained")
        painter(figure)
        buffer = BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


@contextmanager
def typeface() -> Iterator[None]:
    """Within this, texts have the report's typeface, so that they can be measured before there is a figure."""
    for weight in ("Regular", "Semibold"):
        font_manager.fontManager.addfont(fonts.path(f"{FACE.replace(' ', '')}-{weight}"))
    with mpl.rc_context({**sns.axes_style("ticks"), **SETTINGS, "font.family": [FACE]}):
        yield


def tick(value: float, percentage: bool) -> str:
    """A number beside an axis."""
    text = formats.number(value, 0 if float(value).is_integer() else 1)
    return text + "%" if percentage else text
