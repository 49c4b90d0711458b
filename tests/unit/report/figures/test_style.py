"""Colours, markers and axes of the figures."""

import pytest

from effectstudie.report.figures import style


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
