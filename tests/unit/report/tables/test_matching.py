"""Tables on the matching."""

import pandas as pd
from given.shown_values import HEADS, NAN
from given.words import TEXTS

from effectstudie.report.tables.matching import balance
from effectstudie.shared.formats import NBSP


def frame(*rows):
    columns = ["covariate", "level", "sample", "mean_approach", "mean_control", "smd", "variance_ratio"]
    return pd.DataFrame(rows, columns=columns).assign(step="")


def printed(**frames):
    labels = {"thv": "huisverbod", "score": "score"}
    return [
        [cell.replace(NBSP, " ") for cell in row]
        for row in balance(frames, labels, HEADS["balance"], TEXTS["counts"]).printed()
    ]


def test_balance_shows_differences_and_no_means():
    one = frame(
        ("thv", "", "all", 0.98, 0.2, 5.571, NAN), ("thv", "", "matched", 0.98, 0.97, -0.004, NAN),
        ("children", "ja", "matched", 0.5, 0.4, 0.2, 1.125),
    )  # fmt: skip
    assert printed(one=one) == [["Huisverbod", "1,2 of meer", "0,00"], ["Children: ja", "–", "0,20 (1,13)"]]


def test_strategies_share_a_row_where_the_groups_were_equally_far_apart_before():
    one = frame(("thv", "", "all", 1, 0, 0.4, NAN), ("thv", "", "matched", 1, 1, 0.1, 1.2))
    two = frame(("thv", "", "all", 1, 0, 0.4, NAN), ("thv", "", "matched", 1, 1, -0.3, NAN))
    other = frame(("thv", "", "all", 1, 0, 0.5, NAN), ("thv", "", "matched", 1, 1, 0.0, NAN))
    assert printed(one=one, two=two) == [["Huisverbod", "0,40", "0,10 (1,20)", "−0,30"]]
    assert printed(one=one, two=two, other=other) == [
        ["Huisverbod (one en two)", "0,40", "0,10 (1,20)", "−0,30", ""],
        ["Huisverbod (other)", "0,50", "", "", "0,00"],
    ]


def test_a_covariate_of_one_strategy_leaves_the_others_empty_and_every_cell_has_a_head():
    one = frame(("thv", "", "all", 1, 0, 0.4, NAN), ("thv", "", "matched", 1, 1, 0.1, NAN))
    two = frame(("score", "", "all", 1, 0, 2.0, NAN), ("score", "", "matched", 1, 1, 1.5, NAN))
    assert printed(one=one, two=two) == [
        ["Huisverbod", "0,40", "0,10", ""], ["Score", "1,2 of meer", "", "1,2 of meer"],
    ]  # fmt: skip
    table = balance({"one": one, "two": two}, {}, HEADS["balance"], TEXTS["counts"])
    assert [column.head for column in table.columns] == ["Kenmerk", "Vóór matching", "Na, one", "Na, two"]
    assert {len(row) for row in table.rows} == {len(table.columns)}


def test_a_difference_of_a_few_is_printed_in_steps():
    one = frame(("thv", "", "all", 1, 0, NAN, NAN), ("thv", "", "matched", 1, 1, NAN, NAN)).assign(
        step=["over", "between"]
    )
    assert printed(one=one) == [["Huisverbod", "meer dan 0,25", "0,10 tot 0,25"]]
