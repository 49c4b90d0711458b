"""Figures of the report as SVG bytes, drawn from treated values only.

The groups differ in colour, marker and line, so that they stay apart in grey and for colour-blind readers.
Bytes are the same on every run: fixed salt for ids, no date, letters as paths from the report's own font.
"""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from effectstudie import fonts, formats
from effectstudie.disclosure import DIFFERENCE_LIMIT
from effectstudie.tables import GROUPS, WAVES

MILLIMETRE = 1 / 25.4
INK, MUTED, RULE = "#1f2a30", "#56646b", "#d3d9dc"
STYLE = {
    "approach": {"color": "#0b4f6c", "marker": "o", "linestyle": "-", "markerfacecolor": "#0b4f6c"},
    "control": {"color": "#b8560a", "marker": "s", "linestyle": (0, (4, 2)), "markerfacecolor": "white"},
}
SHADES = ["#dfe8ec", "#8fb3c3", "#0b4f6c"]
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


def outcome_figure(panels: Sequence[Mapping], labels: Mapping) -> bytes:
    """Means with 95 % intervals at T0 and follow-up, one panel per outcome (at most two columns).

    A panel: `title` (empty for a single one), `measure`, `decimals`, `percentage`, `values` (treated rows of
    one outcome), `norm` (`{value, label}`) or None, and `axis` (ends of the scale) or None: from 0 to the data.
    """
    columns = min(2, len(panels))
    lines = -(-len(panels) // columns)

    def paint(figure: Figure) -> None:
        axes = figure.subplots(lines, columns, squeeze=False)
        for axis, panel in zip(axes.flat, panels, strict=False):
            _paint_means(axis, panel, labels)
        for axis in axes.flat[len(panels) :]:
            axis.set_visible(False)
        handles = {
            name: line for axis in axes.flat for line, name in zip(*axis.get_legend_handles_labels(), strict=True)
        }
        # the name of a norm is long: beside the groups it runs off a narrow figure
        norms = [panel["norm"]["label"] for panel in panels if panel["norm"]]
        order = sorted(handles, key=lambda name: name in norms)
        columns_of_legend = 1 if norms and columns == 1 else 3
        figure.legend(
            [handles[name] for name in order], order, loc="outside upper left", ncols=columns_of_legend, handlelength=3
        )

    return draw(151, 10 + 60 * lines, paint) if columns > 1 else draw(103, 58, paint)


def _paint_means(axis: Axes, panel: Mapping, labels: Mapping) -> None:
    values = panel["values"]
    highest = max([*values["value"].dropna(), *values["ci_high"].dropna(), (panel["norm"] or {"value": 0})["value"], 0])
    low, high = panel["axis"] or (0, 1.08 * highest or 1)
    axis.set_ylim(low, high)
    for group, shift in zip(GROUPS, (-0.035, 0.035), strict=True):
        own = values[(values["group"] == group) & values["value"].notna()].set_index("wave")
        if own.empty:
            continue
        shown = own.reindex([wave for wave in WAVES if wave in own.index])
        places = [WAVES.index(wave) + shift for wave in shown.index]
        error = [shown["value"] - shown["ci_low"].clip(lower=0), shown["ci_high"] - shown["value"]]
        axis.errorbar(
            places, shown["value"], yerr=[part.fillna(0).clip(lower=0) for part in error],
            label=labels["groups"][group], capsize=2.5, elinewidth=0.9, markeredgewidth=1.3, **STYLE[group],
        )  # fmt: skip
    for wave, place, side in (("T0", -0.12, "right"), ("follow_up", 1.12, "left")):
        _write_values(axis, values[values["wave"] == wave], panel, place, side, 0.085 * (high - low))
    if panel["norm"]:
        axis.axhline(
            panel["norm"]["value"], color=INK, linewidth=0.9, linestyle=(0, (1, 1.5)), label=panel["norm"]["label"]
        )
    axis.set_xlim(-0.45, 1.45)
    axis.set_xticks([0, 1], [labels["waves"][wave] for wave in WAVES])
    _dress(axis, formats.ranges(panel["measure"]), panel["title"], percentage=panel["percentage"])


def _write_values(axis: Axes, values: pd.DataFrame, panel: Mapping, place: float, side: str, gap: float) -> None:
    """The printed values beside the points, pushed apart where they would be nearer than `gap`."""
    show = formats.percent if panel["percentage"] else formats.number
    rows = values[values["value"].notna()].sort_values(["value", "group"], ascending=[False, True]).to_dict("records")
    heights = [row["value"] for row in rows]
    if len(heights) == 2 and heights[0] - heights[1] < gap:
        middle = sum(heights) / 2
        heights = [middle + gap / 2, middle - gap / 2]
    for row, height in zip(rows, heights, strict=True):
        axis.text(
            place, height, show(row["value"], panel["decimals"]), ha=side, va="center",
            color=STYLE[row["group"]]["color"], fontweight="semibold",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip


def _dress(axis: Axes, ylabel: str, title: str, percentage: bool) -> None:
    axis.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axis.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value, percentage)))
    axis.grid(axis="y")
    axis.set_axisbelow(True)
    axis.set_title(f"{title}\n{ylabel}" if title else ylabel, fontsize=8.5, pad=8, linespacing=1.4)
    sns.despine(ax=axis, left=True)
    axis.tick_params(axis="y", length=0)


def _tick(value: float, percentage: bool) -> str:
    text = formats.number(value, 0 if float(value).is_integer() else 1)
    return text + "%" if percentage else text


def stacked_figure(values: pd.DataFrame, cells: Sequence[tuple[str, str]], labels: Mapping) -> bytes:
    """Stacked bars of a class outcome: one bar per group and measurement, classes from left to right.

    `cells`: (cell, label) from mildest to worst. A group without shown classes gets an empty bar that says so.
    """
    waves = [wave for wave in WAVES if (values["wave"] == wave).any()] or WAVES
    bars = [(group, wave) for group in GROUPS for wave in waves]
    shades = SHADES[-len(cells) :] if len(cells) <= len(SHADES) else sns.light_palette(SHADES[-1], len(cells)).as_hex()

    def paint(figure: Figure) -> None:
        axis = figure.subplots()
        for place, (group, wave) in enumerate(bars):
            own = values[(values["group"] == group) & (values["wave"] == wave)].set_index("cell")["value"]
            left, place = 0.0, place + (0.35 if group == "control" else 0)
            if own.empty or own.isna().any():
                axis.text(1, place, labels["not_shown"], va="center", color=MUTED)
                continue
            for (cell, label), shade in zip(cells, shades, strict=True):
                width = own[cell]
                axis.barh(
                    place, width, left=left, color=shade, edgecolor="white", linewidth=1, height=0.72,
                    label=formats.capital(label),
                )  # fmt: skip
                if width >= 5:
                    dark = shade == SHADES[-1]
                    axis.text(
                        left + width / 2, place, formats.percent(width), ha="center", va="center",
                        color="white" if dark else INK, fontweight="semibold",
                    )  # fmt: skip
                left += width
        places = [place + (0.35 if group == "control" else 0) for place, (group, _) in enumerate(bars)]
        names = [f"{labels['groups'][group]}, {labels['waves'][wave]}" for group, wave in bars]
        axis.set_yticks(places, names)
        axis.invert_yaxis()
        axis.set_xlim(0, 100)
        axis.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value, True)))
        sns.despine(ax=axis, left=True)
        axis.tick_params(axis="y", length=0)
        handles, names = axis.get_legend_handles_labels()
        legend = dict(zip(names, handles, strict=True))
        figure.legend(legend.values(), legend.keys(), loc="outside upper left", ncols=len(cells), handlelength=1.2)

    return draw(151, 25 + 8 * len(bars), paint)


def once_figure(values: pd.DataFrame, definition: Mapping, labels: Mapping) -> bytes:
    """Means or percentages of the groups at one measurement, with 95 % intervals. `values`: treated rows."""

    def paint(figure: Figure) -> None:
        axis = figure.subplots()
        highest = max([*values["value"].dropna(), *values["ci_high"].dropna(), 0])
        axis.set_ylim(*(definition.get("axis") or (0, 1.08 * highest or 1)))
        percentage = definition["kind"] == "percentage"
        show = formats.percent if percentage else formats.number
        for place, group in enumerate(GROUPS):
            own = values[values["group"] == group]
            if own.empty or own["value"].isna().any():
                axis.text(place, sum(axis.get_ylim()) / 2, labels["not_shown"], ha="center", color=MUTED, wrap=True)
                continue
            row = own.iloc[0]
            error = [[max(row["value"] - row["ci_low"], 0)], [max(row["ci_high"] - row["value"], 0)]]
            known = row[["ci_low", "ci_high"]].notna().all()
            axis.errorbar(
                [place], [row["value"]], yerr=error if known else None, capsize=2.5, elinewidth=0.9,
                markeredgewidth=1.3, **STYLE[group],
            )  # fmt: skip
            axis.text(
                place + 0.08, row["value"], show(row["value"], definition["decimals"]), va="center",
                color=STYLE[group]["color"], fontweight="semibold",
            )  # fmt: skip
        axis.set_xlim(-0.5, 1.5)
        axis.set_xticks([0, 1], [labels["groups"][group] for group in GROUPS])
        _dress(axis, formats.ranges(definition["measure"]), "", percentage=percentage)

    return draw(103, 52, paint)


def love_plot(panels: Mapping[str, pd.DataFrame], labels: Mapping) -> bytes:
    """|SMD| per covariate before and after matching, strategies side by side, with lines at .1 and .25.

    `panels`: label of the strategy → `love_data` of its balance. Differences are capped
    (`disclosure.cap_differences`); those at the cap are marked.
    """
    heights = max(len(panel["name"].unique()) for panel in panels.values())
    furthest = max(0.3, *(panel["size"].max() for panel in panels.values()))

    edge = f"≥{formats.NBSP}{formats.number(DIFFERENCE_LIMIT, 1)}"

    def paint(figure: Figure) -> None:
        axes = figure.subplots(1, len(panels), squeeze=False, sharex=True)
        for axis, (title, data) in zip(axes.flat, panels.items(), strict=True):
            for border, line in ((0.1, (0, (1, 1.5))), (0.25, (0, (4, 2)))):
                axis.axvline(border, color=MUTED, linewidth=0.8, linestyle=line, zorder=0)
            order = list(data["name"].drop_duplicates())
            for far in data[data["size"] >= DIFFERENCE_LIMIT].to_dict("records"):
                axis.annotate(
                    edge, (DIFFERENCE_LIMIT, order.index(far["name"])), xytext=(-6, 0), ha="right", va="center",
                    textcoords="offset points", fontsize=7.5, color=INK,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
                )  # fmt: skip
            wide = data.pivot(index="name", columns="sample", values="size").reindex(order)
            for place, (_, line) in enumerate(wide.iterrows()):
                axis.plot(line, [place] * len(line), color=RULE, linewidth=1.2, zorder=1)
            before, after = labels["samples"]["all"], labels["samples"]["matched"]
            sns.scatterplot(
                data, x="size", y="name", hue="sample", style="sample", ax=axis, zorder=2, s=34, linewidth=0,
                palette={before: STYLE["control"]["color"], after: STYLE["approach"]["color"]},
                markers={before: "D", after: "o"}, hue_order=[before, after], style_order=[before, after],
            )  # fmt: skip
            handles, names = axis.get_legend_handles_labels()
            axis.get_legend().remove()
            axis.set_title(title, fontweight="semibold")
            axis.set_xlim(-0.03 * furthest, 1.05 * furthest)
            axis.set_ylim(heights - 0.5, -0.5)
            axis.set(xlabel="", ylabel="")
            axis.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value, False)))
            axis.grid(axis="y")
            sns.despine(ax=axis, left=True)
            axis.tick_params(axis="y", length=0)
        figure.legend(handles, names, loc="outside upper left", ncols=2)
        figure.supxlabel(labels["smd"], fontsize=SETTINGS["font.size"])

    return draw(151, 26 + 5.4 * heights, paint)


def love_data(balance: pd.DataFrame, labels: Mapping) -> pd.DataFrame:
    """`name, sample, size` (|SMD|) of a balance table, in its order; undefined differences are left out."""
    known = balance[balance["smd"].notna()]
    covariates = known["covariate"].map(lambda name: formats.capital(labels["covariates"].get(name, name)))
    levels = known["level"].fillna("").astype(str)
    return pd.DataFrame(
        {
            "name": [f"{name}: {level}" if level else name for name, level in zip(covariates, levels, strict=True)],
            "sample": known["sample"].map(labels["samples"]).to_numpy(),
            "size": known["smd"].abs().to_numpy(),
        }
    )
