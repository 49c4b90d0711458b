"""Colours, markers and axes of the figures."""

import re

import pytest
from matplotlib.ft2font import FT2Font

from effectstudie.report.figures import fonts, style


def test_the_groups_differ_in_marker_and_line_as_well_as_colour():
    approach, control = style.STYLE["approach"], style.STYLE["control"]
    assert all(approach[key] != control[key] for key in ("color", "marker", "linestyle", "markerfacecolor"))


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("group", ["approach", "control"])
def test_colours_of_values_keep_the_contrast_of_text(group):
    assert 1.05 / (luminance(style.STYLE[group]["color"]) + 0.05) >= 4.5


@pytest.mark.parametrize(("value", "text"), [(40.0, "40%"), (2.5, "2,5%"), (0.0, "0%")])
def test_axes_read_dutch(value, text):
    assert style.tick(value, True) == text


@pytest.mark.parametrize("label", [r"Kosten $\foo$ {0.a}", r"$1 tot $2, \$ x_1^2 5% <b>&amp;</b>"])
def test_every_sign_of_a_label_is_drawn_as_it_is_written(label):
    def paint(figure):
        axis = figure.add_subplot()
        axis.plot([0, 1], label=label)
        axis.legend()
        axis.set_title(label)
        axis.set_yticks([0, 1], [label, ""])
        axis.set_xticks([])
        axis.annotate(label, (0.5, 0.5))
        figure.supxlabel(label)

    drawn = re.findall(r'<use xlink:href="#SourceSansPro-Regular-([0-9a-f]+)"', style.draw(240, 120, paint).decode())
    signs = {glyph: chr(sign) for sign, glyph in FT2Font(fonts.path("SourceSansPro-Regular")).get_charmap().items()}
    text = "".join(signs[int(glyph, 16)] for glyph in drawn)
    assert text.replace(" ", "") == label.replace(" ", "") * 5
