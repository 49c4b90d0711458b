"""The look of every figure: sizes, colours, axes, and bytes that do not depend on the machine."""

from collections.abc import Callable
from io import BytesIO

import matplotlib as mpl
import seaborn as sns
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from effectstudie.report.figures import fonts
from effectstudie.report.figures.palette import read_palette
from effectstudie.shared import formats

MILLIMETRE = 1 / 25.4
_PALETTE = read_palette()
INK, MUTED, RULE = _PALETTE["pages"]["ink"], _PALETTE["figures"]["muted"], _PALETTE["figures"]["rule"]
APPROACH, CONTROL = _PALETTE["pages"]["accent"], _PALETTE["figures"]["control"]

STYLE = {
    "approach": {"color": APPROACH, "marker": "o", "linestyle": "-", "markerfacecolor": APPROACH},
    "control": {"color": CONTROL, "marker": "s", "linestyle": (0, (4, 2)), "markerfacecolor": "white"},
}

SHADES = [*_PALETTE["figures"]["shades"], APPROACH]

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
    for name in ("SourceSansPro-Regular", "SourceSansPro-Semibold"):
        font_manager.fontManager.addfont(fonts.path(name))
    with mpl.rc_context({**sns.axes_style("ticks"), **SETTINGS, "font.family": ["Source Sans Pro"]}):
        figure = Figure(figsize=(width * MILLIMETRE, height * MILLIMETRE), layout="constrained")
        painter(figure)
        buffer = BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def dress(axis: Axes, ylabel: str, title: str, percentage: bool) -> None:
    """Dutch numbers on the value axis, lines behind them, and the title above what the axis shows."""
    axis.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axis.yaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value, percentage)))
    axis.grid(axis="y")
    axis.set_axisbelow(True)
    axis.set_title(f"{title}\n{ylabel}" if title else ylabel, fontsize=8.5, pad=8, linespacing=1.4)
    sns.despine(ax=axis, left=True)
    axis.tick_params(axis="y", length=0)


def tick(value: float, percentage: bool) -> str:
    """A number beside an axis."""
    text = formats.number(value, 0 if float(value).is_integer() else 1)
    return text + "%" if percentage else text
