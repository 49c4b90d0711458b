import pandas as pd
from given.shown_values import HEADS, LABELS, NAN, values
from given.words import TEXTS

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.report.tables.outcomes import outcome_means, outcome_tests


def test_outcome_table_gives_no_standard_deviation_of_percentages():
    frame = values(
        ("violence", "", "geweld", "household", "approach", "T0", 51, 108.5, 95.2, ""),
        ("violence", "", "geweld", "household", "approach", "follow_up", 49, 47.0, 60.5, ""),
        ("income", "", "inkomen", "adult", "control", "T0", 71, 52.1, 50.3, ""),
    )
    outcomes = outcomes_from({
        "violence": {"label": "geweld", "kind": "mean", "decimals": 0},
        "income": {"label": "laag inkomen", "kind": "percentage", "decimals": 0},
    })  # fmt: skip
    table = outcome_means(frame, outcomes, ["violence", "income"], LABELS, HEADS["means"])
    assert [[cell.replace("\u00a0", " ") for cell in row] for row in table.printed()] == [
        ["Totaal geweld", "109 ± 95 (51)", "47 ± 61 (49)", "–", "–"],
        ["Laag inkomen", "–", "–", "52% (71)", "–"],
    ]
    heads = ["Uitkomst", "Multifocus T0", "Multifocus T2", "Controlegroep T0", "Controlegroep T2"]
    assert [column.head for column in table.columns] == heads


def test_of_a_value_that_may_not_be_shown_the_number_of_people_stays():
    frame = values(
        ("income", "", "inkomen", "adult", "approach", "T0", 51, NAN, NAN, "cell"),
        ("income", "", "inkomen", "adult", "control", "T0", NAN, NAN, NAN, "group"),
    )
    outcomes = outcomes_from({"income": {"label": "laag inkomen", "kind": "percentage", "decimals": 0}})
    ((_, approach, _, control, _),) = outcome_means(frame, outcomes, ["income"], LABELS, HEADS["means"]).printed()
    assert (approach.replace("\u00a0", " "), control) == ("– (51)", "–")


def test_tests_are_printed_with_their_interval_and_size():
    tests = pd.DataFrame(
        [
            ("violence", "mixed_anova", "time", 110, 38.2, 1, 108, 0.0002, 0.281, 0.17, 0.38, "large", 0.094),
            ("violence", "mixed_anova", "group", 110, 0.5, 1, 108, 0.48, 0.004, NAN, NAN, None, NAN),
            ("violence", "mixed_anova", "interaction", 110, NAN, NAN, NAN, NAN, NAN, NAN, NAN, None, NAN),
        ],
        columns=["outcome", "analysis", "effect", "n", "value", "df1", "df2", "p", "effect_value", "ci_low", "ci_high",
                 "size_word", "ges"],
    ).assign(coarse=[False, True, False])  # fmt: skip
    words = HEADS["tests"], TEXTS["sizes"]
    table = outcome_tests(tests, outcomes_from({"violence": {"label": "geweld"}}), ["violence"], LABELS, *words)
    rows = [[cell.replace("\u00a0", " ") for cell in row] for row in table.printed()]
    assert rows == [
        ["Totaal geweld", "Meting", "110", "F(1; 108) = 38,20", "< ,001", ",28", "[,17; ,38]", ",09", "groot"],
        ["Totaal geweld", "Groep", "110", "F(1; 108) = 0,50", "≥ ,05", ",00", "–", "–", "–"],
    ]
