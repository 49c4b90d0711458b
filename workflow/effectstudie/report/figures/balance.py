"""Figures on the matching: differences before and after it, and overlap of the propensity scores."""

from collections.abc import Mapping

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from effectstudie.disclosure.shown import DIFFERENCE_LIMIT
from effectstudie.report.figures.style import INK, MUTED, RULE, SETTINGS, STYLE, draw, tick
from effectstudie.shared import formats
from effectstudie.shared.vocabulary import LARGE_DIFFERENCE, SMALL_DIFFERENCE

SAMPLES = ("approach_all", "pool", "approach_matched", "control_matched")
TAILS = ["p10", "p90"]


def overlap_figure(panels: Mapping[str, pd.DataFrame], labels: Mapping) -> bytes:
    """Percentiles of the scores as far as they may be shown, a panel a strategy. `panels`: label → `Shown.overlaps`."""
    samples = [name for name in SAMPLES if any(name in set(data["sample"]) for data in panels.values())]

    def paint(figure: Figure) -> None:
        axes = figure.subplots(1, len(panels), squeeze=False, sharey=True)
        for axis, (title, data) in zip(axes.flat, panels.items(), strict=True):
            for row in data.itertuples():
                place = samples.index(row.sample)
                color = STYLE["approach" if row.sample.startswith("approach") else "control"]["color"]
                if {*TAILS} <= set(data):
                    axis.plot([row.p10, row.p90], [place, place], color=color, linewidth=1.2)
                axis.barh(place, row.p75 - row.p25, left=row.p25, height=0.5, color=color, alpha=0.35, linewidth=0)
                axis.plot([row.p50, row.p50], [place - 0.25, place + 0.25], color=color, linewidth=2)
            axis.set_title(title, fontweight="semibold")
            axis.set_ylim(len(samples) - 0.5, -0.5)
            axis.set_yticks(range(len(samples)), [labels["overlap"][name] for name in samples])
            axis.xaxis.set_major_formatter(
                FuncFormatter(lambda value, _: formats.number(value, 0 if value % 1 == 0 else 1))
            )
            axis.grid(axis="x")
            axis.set_axisbelow(True)
            sns.despine(ax=axis, left=True)
            axis.tick_params(axis="y", length=0)
        figure.supxlabel(labels["overlap_axis"], fontsize=SETTINGS["font.size"])

    return draw(151, 15 + 10 * len(samples), paint)


def love_plot(panels: Mapping[str, pd.DataFrame], labels: Mapping) -> bytes:
    """|SMD| per covariate before and after matching, two strategies side by side, with lines at the limits of sizes.

    `panels`: label of the strategy → `love_data` of its balance. Differences are capped
    (`Shown.balance`); those at the cap are marked.
    """
    lines = [len(panel["name"].unique()) for panel in panels.values()]
    # a strategy of which no difference may be told keeps an empty panel
    heights = [max(1, *lines[place : place + 2]) for place in range(0, len(lines), 2)]
    furthest = max(0.3, *(panel["size"].max() for panel in panels.values() if len(panel)), 0.0)

    edge = f"≥{formats.NBSP}{formats.number(DIFFERENCE_LIMIT, 1)}"

    def paint(figure: Figure) -> None:
        # an axis that others share shows no numbers above them, and beside an empty place there would be none
        axes = figure.subplots(
            len(heights), min(2, len(panels)), squeeze=False, sharex=len(heights) == 1, height_ratios=heights
        )
        for empty in axes.flat[len(panels) :]:
            empty.remove()
        for place, (axis, (title, data)) in enumerate(zip(axes.flat, panels.items(), strict=False)):
            for border, line in ((SMALL_DIFFERENCE, (0, (1, 1.5))), (LARGE_DIFFERENCE, (0, (4, 2)))):
                axis.axvline(border, color=MUTED, linewidth=0.8, linestyle=line, zorder=0)
            order = list(data["name"].drop_duplicates())
            for far in data[data["size"] >= DIFFERENCE_LIMIT].to_dict("records"):
                axis.annotate(
                    edge, (DIFFERENCE_LIMIT, order.index(far["name"])), xytext=(-6, 0), ha="right", va="center",
                    textcoords="offset points", fontsize=8, color=INK,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
                )  # fmt: skip
            wide = data.pivot(index="name", columns="sample", values="size").reindex(order)
            for row, (_, line) in enumerate(wide.iterrows()):
                axis.plot(line, [row] * len(line), color=RULE, linewidth=1.2, zorder=1)
            # both samples hold both groups, so these marks differ in shape and not in the colour of a group
            for sample, look in (("all", {"marker": "D", "markerfacecolor": "white"}), ("matched", {"marker": "o"})):
                name = labels["samples"][sample]
                sizes = wide.reindex(columns=[name])[name]
                axis.plot(sizes, range(len(sizes)), color=INK, linestyle="none", label=name, zorder=2, **look)
            axis.set_yticks(range(len(order)), order)
            handles, names = axis.get_legend_handles_labels()
            axis.set_title(title, fontweight="semibold")
            axis.set_xlim(-0.03 * furthest, 1.05 * furthest)
            axis.set_ylim(heights[place // 2] - 0.5, -0.5)
            axis.set(xlabel="", ylabel="")
            axis.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value, False)))
            axis.grid(axis="y")
            sns.despine(ax=axis, left=True)
            axis.tick_params(axis="y", length=0)
        figure.legend(handles, names, loc="outside upper left", ncols=2)
        figure.supxlabel(labels["smd"], fontsize=SETTINGS["font.size"])

    return draw(151, 26 + 5.4 * sum(heights) + 12 * (len(heights) - 1), paint)


def love_data(balance: pd.DataFrame, labels: Mapping) -> pd.DataFrame:
    """`name, sample, size` (|SMD|) of a balance table, in its order; undefined differences are left out.

    Only of the samples that the figure shows: before and after matching.
    """
    known = balance[balance["smd"].notna() & balance["sample"].isin(labels["samples"])]
    covariates = known["covariate"].map(lambda name: formats.capital(labels["covariates"].get(name, name)))
    levels = known["level"].fillna("").astype(str)
    return pd.DataFrame(
        {
            "name": [f"{name}: {level}" if level else name for name, level in zip(covariates, levels, strict=True)],
            "sample": known["sample"].map(labels["samples"]).to_numpy(),
            "size": known["smd"].abs().to_numpy(),
        }
    )
