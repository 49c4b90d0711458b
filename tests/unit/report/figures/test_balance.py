"""Figures of balance and overlap."""

import re
import warnings

from given.figures import BALANCE, painted
from given.labels import LABELS

from effectstudie.report.figures import balance, style


def test_love_data_takes_absolute_differences_and_leaves_out_undefined_ones():
    data = balance.love_data(BALANCE, LABELS)
    assert data.values.tolist() == [["Huisverbod", "vóór", 0.6], ["Huisverbod", "na", 0.1], ["Area: stad", "na", 0.3]]


def test_three_strategies_stand_two_by_two_and_nothing_collapses():
    data = balance.love_data(BALANCE, LABELS)
    long = data.assign(name=[f"Een kenmerk met een lange naam (onbekend) {place}" for place in range(len(data))])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn = [balance.love_plot(dict.fromkeys("abc"[:count], long), LABELS) for count in (2, 3)]
    heights = [float(re.search(rb'height="([\d.]+)pt"', svg)[1]) for svg in drawn]
    assert heights[1] > heights[0]


def test_every_characteristic_is_named_and_no_mark_has_the_colour_of_a_group(monkeypatch):
    data = balance.love_data(BALANCE, LABELS)
    axis = painted(monkeypatch, lambda: balance.love_plot({"a": data}, LABELS)).axes[0]
    names = list(data["name"].drop_duplicates())
    assert [label.get_text() for label in axis.get_yticklabels()] == names
    marks = [line for line in axis.lines if line.get_marker() != "None"]
    assert [line.get_xdata().tolist()[0] for line in marks] == [0.6, 0.1]
    assert not {line.get_color() for line in axis.lines} & {look["color"] for look in style.STYLE.values()}


def test_a_strategy_of_which_no_difference_may_be_told_has_an_empty_panel_and_stops_nothing():
    """A study of one couple: every covariate is of a few."""
    known = balance.love_data(BALANCE, LABELS)
    for panels in ({"a": known[:0]}, {"a": known[:0], "b": known[:0]}, {"a": known[:0], "b": known}):
        assert b"<svg" in balance.love_plot(panels, LABELS)
