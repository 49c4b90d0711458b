"""The flow: every box once, in letters that can be read on a telephone too."""

import pytest
from given.figures import TEXTS, WORDS, outside, painted, smallest_text, touching

from effectstudie.report.figures.descriptions import flow_alt
from effectstudie.report.figures.flow import Step, flow_figure

NOW = [
    Step(group, count, text)
    for group in ("approach", "control")
    for count, text in (("82", "in het cohort, met T0"), ("57", "na matching"), ("meer dan 46", "op T1 of T2"))
]
WHOLE = [
    Step("", "1.024", "huishoudens in het cohort"),
    Step("", "991", "met T0", ("412 met een andere aanpak, buiten beide groepen", "33 met een lege lijst")),
    Step("approach", "82", "met de aanpak", ("meer dan 20 niet gekoppeld: geen controle lijkt genoeg op hen",)),
    Step("approach", "57", "na matching"),
    Step("approach", "meer dan 46", "met een vervolgmeting, van wie de meesten op T1", ("minder dan 10 afgevallen",)),
    Step("control", "497", "huishoudens in regio’s waar de aanpak er niet was, en die T0 invulden", ("440 over",)),
    Step("control", "57", "na matching"),
]
KINDS = {"now": NOW, "whole": WHOLE}


@pytest.mark.parametrize("steps", KINDS.values(), ids=list(KINDS))
def test_the_same_steps_give_the_same_bytes_in_letters_of_at_least_eight_points(steps):
    svg = flow_figure(steps, WORDS)
    assert svg == flow_figure(steps, WORDS)
    assert smallest_text(svg) >= 8


@pytest.mark.parametrize("steps", KINDS.values(), ids=list(KINDS))
def test_no_text_touches_another_or_runs_off_and_it_fits_a_telephone(steps, monkeypatch):
    figure = painted(monkeypatch, lambda: flow_figure(steps, WORDS))
    assert touching(figure) == []
    assert outside(figure) == []
    assert figure.get_size_inches()[0] * 96 <= 390


@pytest.mark.parametrize("steps", KINDS.values(), ids=list(KINDS))
def test_texts_stay_within_their_box_and_boxes_apart(steps, monkeypatch):
    figure = painted(monkeypatch, lambda: flow_figure(steps, WORDS))
    boxes = [patch.get_window_extent() for patch in figure.axes[0].patches]
    assert len(boxes) == len(steps)
    for place, box in enumerate(boxes):
        assert [other for other in boxes[place + 1 :] if box.overlaps(other)] == []
    for text in figure.texts:
        area = text.get_window_extent()
        for box in (box for box in boxes if box.overlaps(area)):
            assert box.x0 < area.x0 and area.x1 < box.x1


@pytest.mark.parametrize("steps", KINDS.values(), ids=list(KINDS))
def test_every_number_and_every_reason_is_drawn_and_described(steps, monkeypatch):
    figure = painted(monkeypatch, lambda: flow_figure(steps, WORDS))
    written = " ".join(text.get_text() for text in figure.texts)
    said = flow_alt(steps, WORDS, TEXTS)
    for step in steps:
        assert f"{step.count} {step.text}" in said and all(reason in said for reason in step.left)
        assert step.count in written and step.text in written
        assert all(reason in written for reason in step.left)
