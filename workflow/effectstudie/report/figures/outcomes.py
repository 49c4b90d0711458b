"""Figures of the report as SVG bytes, drawn from treated values only.

The groups differ in colour, marker and line, so that they stay apart in grey and for colour-blind readers.
Bytes are the same on every run: fixed salt for ids, no date, letters as paths from the report's own font.
"""

from collections.abc import Mapping, Sequence

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from effectstudie.report.figures.style import INK, MUTED, SHADES, STYLE, draw, dress, tick
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import COMPARED, WAVES


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
    for group, shift in zip(COMPARED, (-0.035, 0.035), strict=True):
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
    dress(axis, formats.ranges(panel["measure"]), panel["title"], percentage=panel["percentage"])


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


def stacked_figure(values: pd.DataFrame, cells: Sequence[tuple[str, str]], labels: Mapping) -> bytes:
    """Stacked bars of a class outcome: one bar per group and measurement, classes from left to right.

    `cells`: (cell, label) from mildest to worst. A group without shown classes gets an empty bar that says so.
    """
    waves = [wave for wave in WAVES if (values["wave"] == wave).any()] or WAVES
    bars = [(group, wave) for group in COMPARED for wave in waves]
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
        axis.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value, True)))
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
        for place, group in enumerate(COMPARED):
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
        axis.set_xticks([0, 1], [labels["groups"][group] for group in COMPARED])
        dress(axis, formats.ranges(definition["measure"]), "", percentage=percentage)

    return draw(103, 52, paint)
