import xml.etree.ElementTree as ET

import pandas as pd
from given.figures import BALANCE, NAN
from given.labels import LABELS

from effectstudie.report.figures import balance, outcomes, style


def means(hidden=False):
    rows = [("approach", "T0", 9.0, 7.0, 11.0), ("approach", "follow_up", 4.0, -1.0, 9.0),
            ("control", "T0", NAN if hidden else 9.0, 6.0, 12.0), ("control", "follow_up", 3.5, NAN, NAN)]  # fmt: skip
    return pd.DataFrame(rows, columns=["group", "wave", "value", "ci_low", "ci_high"])


def panel(**more):
    base = {"title": "", "measure": "glazen per week", "decimals": 0, "percentage": False, "norm": None, "axis": None}
    return {**base, "values": means(), **more}


def classes(hidden=False):
    rows = [
        (group, wave, cell, NAN if hidden and group == "approach" else share)
        for group in ("approach", "control")
        for wave in ("T0", "follow_up")
        for cell, share in (("none", 0.0), ("mild", 40.0), ("severe", 60.0))
    ]
    return pd.DataFrame(rows, columns=["group", "wave", "cell", "value"])


CELLS = [("none", "geen"), ("mild", "licht"), ("severe", "ernstig")]


def drawings():
    love = {"Strategie 1": balance.love_data(BALANCE, LABELS)}
    return [
        outcomes.outcome_figure([panel(norm={"value": 5, "label": "norm"})], LABELS),
        outcomes.outcome_figure([panel(title=str(place), percentage=True) for place in range(3)], LABELS),
        outcomes.stacked_figure(classes(), CELLS, LABELS),
        balance.love_plot(love, LABELS),
    ]


def test_the_same_numbers_give_the_same_bytes():
    assert drawings() == drawings()


def test_a_figure_has_no_date_no_fonts_and_no_references_outside():
    for svg in drawings():
        ET.fromstring(svg)
        text = svg.decode()
        assert "<dc:date" not in text and "font-family" not in text and "<text" not in text
        assert 'href="http' not in text and "url(http" not in text


def test_hidden_groups_are_left_out_of_the_drawing():
    shown = outcomes.outcome_figure([panel()], LABELS)
    hidden = outcomes.outcome_figure([panel(values=means(hidden=True))], LABELS)
    assert len(hidden) < len(shown)
    nothing = means().assign(value=NAN, ci_low=NAN, ci_high=NAN)
    ET.fromstring(outcomes.outcome_figure([panel(values=nothing)], LABELS))


def test_a_group_without_shown_classes_has_no_bars():
    shown, hidden = (outcomes.stacked_figure(classes(h), CELLS, LABELS).decode() for h in (False, True))
    dark = style.SHADES[-1]
    assert hidden.count(f"fill: {dark}") < shown.count(f"fill: {dark}")
