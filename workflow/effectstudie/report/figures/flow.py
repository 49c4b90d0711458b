"""The flow of households, from the cohort to the follow-up."""

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from effectstudie.report.figures.style import INK, MUTED, STYLE, draw


def flow_figure(columns: Mapping[str, Sequence[str]], steps: Sequence[str], names: Mapping[str, str]) -> bytes:
    """Boxes from the cohort to the follow-up. `columns`: group → the number of each step as printed."""

    def paint(figure: Figure) -> None:
        axis = figure.subplots()
        axis.set_xlim(0, 100)
        axis.set_ylim(0, 100)
        axis.axis("off")
        for centre, (group, numbers) in zip((46, 82), columns.items(), strict=True):
            color = STYLE[group]["color"]
            axis.text(centre, 97, names[group], ha="center", va="top", color=color, fontweight="semibold")
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
