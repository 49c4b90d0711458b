"""Figures on who is compared: the flow of households, and how far the propensity scores of the groups overlap."""

from collections.abc import Mapping, Sequence

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from effectstudie import formats
from effectstudie.figures import INK, MUTED, SETTINGS, STYLE, draw

SAMPLES = ("approach_all", "pool", "approach_matched", "control_matched")


def treat_overlap(overlap: pd.DataFrame, minimum_group: int) -> pd.DataFrame:
    """Percentiles of samples that are large enough, to one decimal. `overlap`: balance.OVERLAP_COLUMNS."""
    large = overlap[overlap["n"] >= minimum_group].reset_index(drop=True)
    return large.drop(columns="n").round(1)


def overlap_figure(panels: Mapping[str, pd.DataFrame], labels: Mapping) -> bytes:
    """Percentiles of the scores before and after matching, a panel a strategy. `panels`: label → `treat_overlap`."""

    def paint(figure: Figure) -> None:
        axes = figure.subplots(1, len(panels), squeeze=False, sharey=True)
        for axis, (title, data) in zip(axes.flat, panels.items(), strict=True):
            for row in data.itertuples():
                place = SAMPLES.index(row.sample)
                color = STYLE["approach" if row.sample.startswith("approach") else "control"]["color"]
                axis.plot([row.p10, row.p90], [place, place], color=color, linewidth=1.2)
                axis.barh(place, row.p75 - row.p25, left=row.p25, height=0.5, color=color, alpha=0.35, linewidth=0)
                axis.plot([row.p50, row.p50], [place - 0.25, place + 0.25], color=color, linewidth=2)
            axis.set_title(title, fontweight="semibold")
            axis.set_ylim(len(SAMPLES) - 0.5, -0.5)
            axis.set_yticks(range(len(SAMPLES)), [labels["overlap"][name] for name in SAMPLES])
            axis.xaxis.set_major_formatter(
                FuncFormatter(lambda value, _: formats.number(value, 0 if value % 1 == 0 else 1))
            )
            axis.grid(axis="x")
            axis.set_axisbelow(True)
            sns.despine(ax=axis, left=True)
            axis.tick_params(axis="y", length=0)
        figure.supxlabel(labels["overlap_axis"], fontsize=SETTINGS["font.size"])

    return draw(151, 55, paint)


def flow_figure(columns: Mapping[str, Sequence[str]], labels: Mapping) -> bytes:
    """Boxes from the cohort to the follow-up. `columns`: group → the number of each step as printed."""

    def paint(figure: Figure) -> None:
        axis = figure.subplots()
        axis.set_xlim(0, 100)
        axis.set_ylim(0, 100)
        axis.axis("off")
        steps = list(labels["flow"].values())
        for centre, (group, numbers) in zip((46, 82), columns.items(), strict=True):
            color = STYLE[group]["color"]
            axis.text(centre, 97, labels["groups"][group], ha="center", va="top", color=color, fontweight="semibold")
            for place, text in enumerate(numbers):
                height = 76 - 33 * place
                axis.text(
                    centre, height, text, ha="center", va="center", color=INK,
                    bbox={"boxstyle": "round,pad=0.55", "facecolor": "white", "edgecolor": color, "linewidth": 1.1},
                )  # fmt: skip
                if place:
                    axis.annotate(
                        "",
                        (centre, height + 8),
                        (centre, height + 25),
                        arrowprops={"arrowstyle": "-|>", "color": MUTED},
                    )
        for place, step in enumerate(steps):
            axis.text(0, 76 - 33 * place, step, va="center", color=MUTED)

    return draw(151, 62, paint)
