"""Tables of outcomes and of their tests."""

import pandas as pd
from given.labels import LABELS
from given.shown_values import NAN, values

from effectstudie.report.tables.outcomes import outcome_means, outcome_tests


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
    rows = outcome_means(frame, outcomes, ["violence", "income"], LABELS).values.tolist()
    assert rows[0] == ["Totaal geweld", "Multifocus", "51", "109", "95", "49", "47", "61"]
    assert rows[3] == ["Laag inkomen", "Controlegroep", "71", "52%", "–", "–", "–", "–"]


def test_tests_are_printed_with_their_interval_and_size():
    tests = pd.DataFrame(
        [
            ("violence", "mixed_anova", "time", 110, 38.2, 1, 108, 0.0002, 0.281, 0.17, 0.38, "groot", 0.094),
            ("violence", "mixed_anova", "group", 110, 0.5, 1, 108, 0.48, 0.004, NAN, NAN, None, NAN),
            ("violence", "mixed_anova", "interaction", 110, NAN, NAN, NAN, NAN, NAN, NAN, NAN, None, NAN),
        ],
        columns=["outcome", "analysis", "effect", "n", "value", "df1", "df2", "p", "effect_value", "ci_low", "ci_high",
                 "size_word", "ges"],
    )  # fmt: skip
    table = outcome_tests(tests, {"violence": {"label": "geweld"}}, ["violence"], LABELS)
    rows = [[cell.replace("\u00a0", " ") for cell in row] for row in table.values.tolist()]
    assert rows == [
        ["Totaal geweld", "Meting", "110", "F(1; 108) = 38,20", "< ,001", ",28", "[,17; ,38]", ",09", "groot"],
        ["Totaal geweld", "Groep", "110", "F(1; 108) = 0,50", ",480", ",00", "–", "–", "–"],
    ]
