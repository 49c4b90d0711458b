"""Tables of the appendix."""

import pandas as pd
from given.shown_values import HEADS, LABELS, NAN, values

from effectstudie.definitions.result_tables.scoring import RELIABILITY
from effectstudie.report.tables.appendix import effect_sizes, reliability, suppressed


def test_sizes_of_effects_are_bounds_from_the_settings():
    bounds = {"between": {"small": 0.01, "large": 0.14}, "repeated": {"small": 0.02, "large": 0.26}}
    table = effect_sizes(bounds, {"small": "klein", "large": "groot"}, HEADS["effect_sizes"])
    assert table.printed() == [["klein", "vanaf ,01", "vanaf ,02"], ["groot", "vanaf ,14", "vanaf ,26"]]


def test_reliability_stands_beside_the_published_one():
    frame = pd.DataFrame(
        [("cts2", "total", "totaal", "adult", "T0", 1812, 64, 0.905, 0.893, 0.914, 0.9),
         ("cts2", "other", "overig", "adult", "T0", 2, 3, NAN, NAN, NAN, None),
         ("cts2", "total", "totaal", "adult", "T1", 1500, 64, 0.905, 0.893, 0.914, 0.9),
         ("ace", "count", "aantal", "adult", "T0", 9, 9, 0.5, 0.1, 0.8, 0.7)],
        columns=RELIABILITY.names[:-1],
    )  # fmt: skip
    assert reliability(frame, {"cts2": "CTS2"}, LABELS, HEADS["instruments"]).printed() == [
        ["CTS2", "totaal", "volwassenen", "1.812", "64", ",91", "[,89;\u00a0,91]", ",90"],
        ["CTS2", "overig", "volwassenen", "2", "3", "–", "–", "–"],
    ]


def test_the_suppressed_list_says_what_is_hidden_and_not_why():
    frame = values(
        ("age", "young", "18-25", "adult", "approach", "T0", 51, NAN, NAN, "cell"),
        ("age", "young", "18-25", "adult", "rest", "T0", 51, NAN, NAN, "cell"),
        ("participation", "", "", "youth", "control", "follow_up", NAN, NAN, NAN, "size"),
    )
    table = suppressed(frame, {"age": "leeftijd"}, LABELS, HEADS["suppressed"])
    assert table.printed() == [
        ["Leeftijd", "18–25", "Multifocus", "T0"],
        ["Jeugdigen", "", "Controlegroep", "T2"],
    ]
