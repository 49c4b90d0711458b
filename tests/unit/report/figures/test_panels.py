"""The panels of a theme: what they show, hide and say, whatever the outcomes."""

from itertools import pairwise

import pandas as pd
import pytest
from given.figures import NAN, TEXTS, WORDS, outside, painted, smallest_text, texts_of, touching

from effectstudie.definitions.outcomes import Norm
from effectstudie.report.figures.descriptions import theme_alt
from effectstudie.report.figures.lettering import spread
from effectstudie.report.figures.panels import Panel, theme_figure
from effectstudie.report.figures.style import STYLE, WIDTH

PLACES = [("approach", "T0"), ("approach", "follow_up"), ("control", "T0"), ("control", "follow_up")]


def panel(title, levels, half=3.0, **more):
    """`levels`: approach at T0 and follow-up, control at both: a number, a bound as (text, number), or None."""
    rows = []
    for (group, wave), level in zip(PLACES, levels, strict=True):
        hidden = level is None or isinstance(level, tuple)
        value = NAN if hidden else level
        bound, limit = level if isinstance(level, tuple) else ("", NAN)
        # an interval that came along with a hidden value may not show either
        low, high = (11.11, 22.22) if hidden else (value - half, value + half)
        rows.append((group, wave, value, low, high, bound, limit))
    frame = pd.DataFrame(rows, columns=["group", "wave", "value", "ci_low", "ci_high", "bound", "bound_value"])
    base = {"measure": "score op een lijst, 25-65", "percentage": False, "decimals": 1}
    return Panel(title=title, levels=frame, **{**base, **more})


SHARE = {"percentage": True, "decimals": 0, "measure": "% van de huishoudens"}
PANELS = [
    panel("Totaal geweld", [112.4, 52.1, 108.0, 60.3], 20, decimals=0),
    panel("Traumaklachten", [46.8, 46.7, 46.9, 46.6], norm=Norm(46.75, "het gemiddelde"), axis=(25, 65)),
    panel("Klachten van kinderen", [("< 8%", 8.0), ("< 8%", 8.0), 34.0, 8.0], **SHARE),
    panel("Tevredenheid met de hulp", [("> 92%", 92.0), 100.0, 99.0, ("> 92%", 92.0)], **SHARE),
    panel("Werkloosheid", [None, None, 41.0, 38.0], **SHARE),
    panel("Zich minder bekwaam voelen als opvoeder van jonge kinderen", [31.2, 31.2, 31.2, None], axis=(15, 60)),
    panel("Verantwoordelijkheidsgevoel", [1234.5, 3.0, 1234.5, 3.1]),
    panel("Letsel", [0.4, 0.0, 0.6, 1.0], 0.3, **SHARE),
    panel("Risicofactoren", [4.25, 3.15, 4.24, 3.14], 0.4, decimals=2, norm=Norm(0.1, "de norm")),
]
COUNTS = [1, 2, 4, 7, 9]


@pytest.mark.parametrize("count", COUNTS)
def test_the_same_panels_give_the_same_bytes_in_letters_of_at_least_eight_points(count):
    svg = theme_figure(PANELS[:count], WORDS)
    assert svg == theme_figure(PANELS[:count], WORDS)
    assert smallest_text(svg) >= 8


@pytest.mark.parametrize("panels", [*(PANELS[:count] for count in COUNTS), *([one] for one in PANELS)])
def test_no_text_touches_another_or_runs_off(panels, monkeypatch):
    figure = painted(monkeypatch, lambda: theme_figure(panels, WORDS))
    assert touching(figure) == []
    assert outside(figure) == []


@pytest.mark.parametrize("one", PANELS, ids=lambda one: one.title)
def test_no_value_lies_over_a_whisker_a_point_or_a_slope(one, monkeypatch):
    figure = painted(monkeypatch, lambda: theme_figure([one], WORDS))
    boxes = texts_of(figure)
    axis = figure.axes[-1]
    written = [boxes[text] for text in axis.texts if text.get_text() in {one.text(r) for r in shown(one)}]
    assert len(written) == len(shown(one))
    groups = {look["color"] for look in STYLE.values()}
    lines = [axis.transData.transform(line.get_xydata()) for line in axis.lines if line.get_color() in groups]
    for left, _, right, _ in written:
        assert all(points[:, 0].max() < left or points[:, 0].min() > right for points in lines)


def shown(one):
    return [row for place in PLACES if (row := one.level(*place))]


@pytest.mark.parametrize("one", PANELS, ids=lambda one: one.title)
def test_all_that_a_panel_shows_is_in_its_description(one, monkeypatch):
    figure = painted(monkeypatch, lambda: theme_figure([one], WORDS))
    said = theme_alt([one], WORDS, TEXTS)
    for row in shown(one):
        assert f"op {WORDS['waves'][row['wave']]} {one.text(row)}" in said
        assert one.text(row) in [text.get_text() for text in figure.axes[-1].texts]
    if one.norm:
        assert f"De norm is {one.shown(one.norm.value)}" in said
    assert one.title in said


def test_what_is_hidden_is_neither_drawn_nor_said_but_named(monkeypatch):
    hidden = PANELS[4]
    figure = painted(monkeypatch, lambda: theme_figure([hidden], WORDS))
    colours = {line.get_color() for line in figure.axes[-1].lines}
    assert STYLE["control"]["color"] in colours and STYLE["approach"]["color"] not in colours
    sentence = "Multifocus: niet te tonen"
    assert sentence in [text.get_text() for text in figure.texts]
    assert sentence in theme_alt([hidden], WORDS, TEXTS)
    other = hidden.levels.assign(ci_low=lambda rows: rows["ci_low"].where(rows["value"].notna(), 5.0))
    moved = Panel(title=hidden.title, levels=other, **SHARE)
    assert theme_figure([moved], WORDS) == theme_figure([hidden], WORDS)


def test_a_bound_is_a_band_towards_the_side_that_it_says(monkeypatch):
    for one, ends in ((PANELS[2], (0, 8)), (PANELS[3], (92, 100))):
        axis = painted(monkeypatch, lambda one=one: theme_figure([one], WORDS)).axes[-1]
        heights = axis.collections[0].get_paths()[0].vertices[:, 1]
        assert (heights.min(), heights.max()) == ends


def test_before_is_open_and_after_is_filled_in_the_colour_of_the_group(monkeypatch):
    axis = painted(monkeypatch, lambda: theme_figure(PANELS[:1], WORDS)).axes[-1]
    marks = [line for line in axis.lines if line.get_marker() != "None"]
    faces = [(line.get_color(), line.get_markerfacecolor() == "white") for line in marks]
    assert faces == [(look["color"], before) for look in STYLE.values() for before in (True, False)]


def test_a_small_percentage_is_not_drawn_large_and_none_above_a_hundred(monkeypatch):
    ends = {
        one.title: painted(monkeypatch, lambda one=one: theme_figure([one], WORDS)).axes[-1].get_ylim()
        for one in PANELS
        if one.percentage
    }
    assert ends["Letsel"] == (0, 10)
    assert ends["Tevredenheid met de hulp"] == (0, 100)
    assert all(high <= 100 for _, high in ends.values())


def test_a_full_theme_fills_the_width_and_a_long_word_gets_the_room_that_it_needs(monkeypatch):
    long = [panel("Slachtofferschapservaringendagboek " * 2, [1.0, 2.0, 3.0, 4.0])] * 4
    few, many = (painted(monkeypatch, lambda p=p: theme_figure(p, WORDS)) for p in (long, PANELS[:4]))
    assert few.get_size_inches()[0] * 25.4 == pytest.approx(WIDTH)
    assert few.get_size_inches()[1] > many.get_size_inches()[1]
    assert outside(few) == []


def test_places_are_pushed_apart_no_further_than_needed():
    assert spread([5, 1], 2, 0, 10) == [5, 1]
    assert spread([5.0, 5.2], 2, 0, 10) == pytest.approx([4.1, 6.1])
    assert spread([0.0, 0.1, 9.9, 10.0], 2, 0, 10) == pytest.approx([0, 2, 8, 10])
    moved = spread([1, 1.1, 2.9, 3], 1, 0, 10)
    assert all(high - low >= 0.999 for low, high in pairwise(sorted(moved)))
