"""Figures of classes and of what was asked once: what they show and hide, and that they can be read."""

import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from given.figures import BALANCE, NAN, WORDS, outside, painted, smallest_text, touching
from given.labels import LABELS

from effectstudie.definitions.outcomes import Outcome
from effectstudie.report.figures import balance, outcomes

SHARES = {"none": 25.0, "mild": 35.0, "severe": 40.0}
CELLS = [("none", "geen"), ("mild", "licht"), ("severe", "ernstig")]
LONG = [("none", "geen geweld in het hele jaar"), ("mild", "licht geweld"), ("severe", "ernstig of veelvuldig geweld")]
ASKED = {"variable": "x", "unit": "adult", "section": "help", "label": "tevredenheid", "decimals": 1}
MARK = Outcome(id="m", kind="mean", measure="rapportcijfer, 1-10", measured="follow_up", axis=(1, 10), **ASKED)
SHARE = Outcome(id="s", kind="percentage", measure="% van de ouders", measured="follow_up", **ASKED)


def classes(hidden=False, waves=("T0", "follow_up"), shares=SHARES):
    rows = [
        (group, wave, cell, NAN if hidden and group == "approach" else share)
        for group in ("approach", "control")
        for wave in waves
        for cell, share in shares.items()
    ]
    return pd.DataFrame(rows, columns=["group", "wave", "cell", "value"])


def once(approach, control, half=0.5):
    rows = [(group, value, value - half, value + half) for group, value in
            (("approach", approach), ("control", control))]  # fmt: skip
    return pd.DataFrame(rows, columns=["group", "value", "ci_low", "ci_high"])


DRAWINGS = {
    "stacked": lambda: outcomes.stacked_figure(classes(), CELLS, WORDS),
    "stacked once": lambda: outcomes.stacked_figure(classes(waves=["follow_up"]), CELLS, WORDS),
    "long names": lambda: outcomes.stacked_figure(classes(), LONG, WORDS),
    "small shares": lambda: outcomes.stacked_figure(classes(shares=SHARES | {"none": 1, "severe": 64}), CELLS, WORDS),
    "hidden classes": lambda: outcomes.stacked_figure(classes(hidden=True), CELLS, WORDS),
    "mark": lambda: outcomes.once_figure(once(7.6, 7.6), MARK, WORDS),
    "marks at the ends": lambda: outcomes.once_figure(once(10, 1), MARK, WORDS),
    "share": lambda: outcomes.once_figure(once(2.0, 1.0), SHARE, WORDS),
    "hidden mark": lambda: outcomes.once_figure(once(NAN, 6.9), MARK, WORDS),
    "love": lambda: balance.love_plot({"Strategie 1": balance.love_data(BALANCE, LABELS)}, LABELS),
}


@pytest.mark.parametrize("make", DRAWINGS.values(), ids=list(DRAWINGS))
def test_the_same_numbers_give_the_same_bytes_in_letters_of_at_least_eight_points(make):
    svg = make()
    assert svg == make()
    assert smallest_text(svg) >= 8


@pytest.mark.parametrize("make", DRAWINGS.values(), ids=list(DRAWINGS))
def test_a_figure_has_no_date_no_fonts_and_no_references_outside(make):
    text = make().decode()
    ET.fromstring(text)
    assert "<dc:date" not in text and "font-family" not in text and "<text" not in text
    assert 'href="http' not in text and "url(http" not in text


# matplotlib keeps marks of an axis beyond its ends, which it does not paint, so the love plot is not among these
@pytest.mark.parametrize("name", [name for name in DRAWINGS if name != "love"])
def test_no_text_touches_another_or_runs_off(name, monkeypatch):
    figure = painted(monkeypatch, DRAWINGS[name])
    assert touching(figure) == []
    assert outside(figure) == []


def test_a_group_without_shown_classes_has_no_bars(monkeypatch):
    assert len(painted(monkeypatch, DRAWINGS["hidden classes"]).axes[0].collections) == 2 * len(CELLS) + len(CELLS)
    assert texts(monkeypatch, "hidden classes").count(WORDS["not_shown"]) == 2
    shown = classes()
    partly = shown.assign(value=shown["value"].where((shown["group"] == "control") | (shown["cell"] == "mild")))
    assert outcomes.stacked_figure(partly, CELLS, WORDS) == DRAWINGS["hidden classes"]()


def texts(monkeypatch, name):
    return [text.get_text() for text in painted(monkeypatch, DRAWINGS[name]).texts]


def test_names_of_classes_stand_above_the_bar_and_get_a_colour_beside_them_where_they_have_no_room(monkeypatch):
    # a patch of colour is a part of the page that no bar is in
    parts = {name: len(painted(monkeypatch, DRAWINGS[name]).axes[0].collections) for name in DRAWINGS if "s" in name}
    assert parts["stacked"] == 4 * len(CELLS)
    assert parts["long names"] == parts["small shares"] == 5 * len(CELLS)
    for name, cells in (("stacked", CELLS), ("long names", LONG)):
        said = [text.lower() for text in texts(monkeypatch, name)]
        assert all(said.count(label) == 1 for _, label in cells)


def test_a_share_is_written_where_there_is_room_for_it(monkeypatch):
    assert texts(monkeypatch, "stacked").count("25%") == 4
    assert "1%" not in texts(monkeypatch, "small shares")


def test_a_hidden_mark_is_said_to_be_hidden_and_its_interval_is_not_drawn(monkeypatch):
    assert WORDS["not_shown"] in texts(monkeypatch, "hidden mark")
    other = once(NAN, 6.9).assign(ci_low=[2.0, 6.4], ci_high=[3.0, 7.4])
    assert outcomes.once_figure(other, MARK, WORDS) == DRAWINGS["hidden mark"]()


def test_a_small_percentage_is_not_drawn_large(monkeypatch):
    assert painted(monkeypatch, DRAWINGS["share"]).axes[0].get_xlim() == (0, 10)


def test_more_classes_than_shades_get_shades_that_differ(monkeypatch):
    five = {f"c{place}": 20.0 for place in range(5)}
    cells = [(cell, cell) for cell in five]
    figure = painted(monkeypatch, lambda: outcomes.stacked_figure(classes(shares=five), cells, WORDS))
    assert len({tuple(part.get_facecolor()[0]) for part in figure.axes[0].collections}) == 5
