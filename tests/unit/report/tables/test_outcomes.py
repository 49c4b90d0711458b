import pandas as pd
from given.words import TEXTS

from effectstudie.definitions.result_tables.scoring import RELIABILITY
from effectstudie.report.tables.appendix import effect_sizes, reliability, suppressed
from effectstudie.report.tables.matching import balance
from effectstudie.report.tables.outcomes import outcome_means, outcome_tests
from effectstudie.report.tables.sample import background, participants

LABELS = {
    "groups": {"approach": "Multifocus", "control": "Controlegroep"},
    "waves": {"T0": "T0", "follow_up": "T2"},
    "units": {"household": "huishoudens", "adult": "volwassenen", "child": "kinderen", "youth": "jeugdigen"},
    "effects": {"time": "Meting", "group": "Groep", "interaction": "Groep × meting"},
    "forms": {"adult": "volwassenen"},
    "titles": {"violence": "totaal geweld"},
}
HEADS = TEXTS["heads"]
NAN = float("nan")
COLUMNS = ["outcome", "cell", "label", "unit", "group", "wave", "n", "value", "sd", "status"]


def values(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


def test_sizes_of_effects_are_bounds_from_the_settings():
    bounds = {"between": {"small": 0.01, "large": 0.14}, "repeated": {"small": 0.02, "large": 0.26}}
    table = effect_sizes(bounds, {"small": "klein", "large": "groot"}, HEADS["effect_sizes"])
    assert table.printed() == [["klein", "vanaf ,01", "vanaf ,02"], ["groot", "vanaf ,14", "vanaf ,26"]]


def test_participants_are_counted_by_group_and_measurement():
    frame = values(
        ("participation", "", "", "household", "approach", "T0", 51, 51, NAN, ""),
        ("participation", "", "", "household", "control", "T0", 61, 61, NAN, ""),
        ("participation", "", "", "youth", "approach", "T0", NAN, NAN, NAN, "size"),
    )
    table = participants(frame, LABELS, HEADS["participants"])
    assert [column.head for column in table.columns] == [
        "Deelnemers", "Multifocus, T0", "Multifocus, T2", "Controlegroep, T0", "Controlegroep, T2"
    ]  # fmt: skip
    assert table.printed()[0] == ["Huishoudens", "51", "–", "61", "–"]
    assert table.printed()[3] == ["Jeugdigen", "–", "–", "–", "–"]


def test_background_has_a_row_per_class_and_one_verdict_per_block():
    frame = values(
        ("participation", "", "", "adult", "approach", "T0", 64, 64, NAN, ""),
        ("participation", "", "", "adult", "control", "T0", 71, 71, NAN, ""),
        ("age", "young", "18-25 jaar", "adult", "approach", "T0", 64, 25.0, NAN, ""),
        ("age", "old", "ouder", "adult", "approach", "T0", 64, 75.0, NAN, ""),
        ("age", "young", "18-25 jaar", "adult", "control", "T0", 71, NAN, NAN, "cell"),
        ("age", "old", "ouder", "adult", "control", "T0", 71, NAN, NAN, "partner"),
    )
    tests = pd.DataFrame(
        [("age", "group", "T0", 0.004), ("age", "group", "follow_up", 0.9)], columns=["outcome", "effect", "wave", "p"]
    )
    outcomes = {"age": {"label": "Leeftijd", "unit": "adult", "kind": "class", "decimals": 1, "measure": "%"}}
    assert background(frame, tests, outcomes, ["age"], LABELS, HEADS["background"]).printed() == [
        ["Aantal volwassenen", "", "64", "71", ""],
        ["Leeftijd", "18–25 jaar", "25,0%", "–", "p<.01"],
        ["Leeftijd", "ouder", "75,0%", "–", ""],
    ]


def test_background_without_a_test_shows_a_dash():
    frame = values(("age", "", "leeftijd", "child", "approach", "T0", 29, 10.45, 4.0, ""))
    outcomes = {"age": {"label": "Leeftijd", "unit": "child", "kind": "mean", "decimals": 1, "measure": "jaar"}}
    tests = pd.DataFrame(columns=["outcome", "effect", "wave", "p"])
    table = background(frame, tests, outcomes, ["age"], LABELS, HEADS["background"])
    assert table.printed()[1] == ["Leeftijd", "jaar", "10,5", "–", "–"]


def test_outcome_table_gives_no_standard_deviation_of_percentages():
    frame = values(
        ("violence", "", "geweld", "household", "approach", "T0", 51, 108.5, 95.2, ""),
        ("violence", "", "geweld", "household", "approach", "follow_up", 49, 47.0, 60.5, ""),
        ("income", "", "inkomen", "adult", "control", "T0", 71, 52.1, 50.3, ""),
    )
    outcomes = {
        "violence": {"label": "geweld", "kind": "mean", "decimals": 0},
        "income": {"label": "laag inkomen", "kind": "percentage", "decimals": 0},
    }
    rows = outcome_means(frame, outcomes, ["violence", "income"], LABELS, HEADS["means"]).printed()
    assert rows[0] == ["Totaal geweld", "Multifocus", "51", "109", "95", "49", "47", "61"]
    assert rows[3] == ["Laag inkomen", "Controlegroep", "71", "52%", "–", "–", "–", "–"]


def test_tests_are_printed_with_their_interval_and_size():
    tests = pd.DataFrame(
        [
            ("violence", "mixed_anova", "time", 110, 38.2, 1, 108, 0.0002, 0.281, 0.17, 0.38, "large", 0.094),
            ("violence", "mixed_anova", "group", 110, 0.5, 1, 108, 0.48, 0.004, NAN, NAN, None, NAN),
            ("violence", "mixed_anova", "interaction", 110, NAN, NAN, NAN, NAN, NAN, NAN, NAN, None, NAN),
        ],
        columns=["outcome", "analysis", "effect", "n", "value", "df1", "df2", "p", "effect_value", "ci_low", "ci_high",
                 "size_word", "ges"],
    )  # fmt: skip
    outcomes, sizes = {"violence": {"label": "geweld"}}, TEXTS["sizes"]
    table = outcome_tests(tests, outcomes, ["violence"], LABELS, HEADS["tests"], sizes)
    rows = [[cell.replace("\u00a0", " ") for cell in row] for row in table.printed()]
    assert rows == [
        ["Totaal geweld", "Meting", "110", "F(1; 108) = 38,20", "< ,001", ",28", "[,17; ,38]", ",09", "groot"],
        ["Totaal geweld", "Groep", "110", "F(1; 108) = 0,50", ",480", ",00", "–", "–", "–"],
    ]


def test_balance_shows_differences_and_no_means():
    frame = pd.DataFrame(
        [("thv", "", "all", 0.98, 0.2, 5.571, NAN), ("thv", "", "matched", 0.98, 0.97, -0.004, NAN),
         ("children", "ja", "matched", 0.5, 0.4, 0.2, 1.125)],
        columns=["covariate", "level", "sample", "mean_approach", "mean_control", "smd", "variance_ratio"],
    )  # fmt: skip
    assert balance(frame, {"thv": "huisverbod"}, HEADS["balance"], "{number} of meer").printed() == [
        ["Huisverbod", "1,2 of meer", "0,00", "–"],
        ["Children: ja", "–", "0,20", "1,13"],
    ]


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


def test_the_suppressed_list_gives_the_reason():
    frame = values(
        ("age", "young", "18-25", "adult", "approach", "T0", 51, NAN, NAN, "cell"),
        ("age", "young", "18-25", "adult", "rest", "T0", 51, NAN, NAN, "cell"),
        ("participation", "", "", "youth", "control", "follow_up", NAN, NAN, NAN, "size"),
    )
    reasons = {"cell": "aantal kleiner dan {minimum_cell}", "size": "groepsgrootte kleiner dan {minimum_cell}"}
    privacy = {"minimum_cell": 5, "minimum_group": 10}
    table = suppressed(frame, {"age": {"label": "leeftijd"}}, LABELS, reasons, privacy, HEADS["suppressed"])
    assert table.printed() == [
        ["Leeftijd", "18–25", "Multifocus", "T0", "aantal kleiner dan 5"],
        ["Jeugdigen", "", "Controlegroep", "T2", "groepsgrootte kleiner dan 5"],
    ]
