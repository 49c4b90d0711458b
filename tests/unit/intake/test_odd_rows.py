"""Rows and questions of one export that look odd."""

import pandas as pd
from given.odd_answers import COLUMNS, ITEMS, answers, line

from effectstudie.definitions.export_columns import columns_of
from effectstudie.intake.odd_rows import odd_rows


def odd(table):
    return [(one["kind"], one["about"], one["count"], one["rows"]) for one in odd_rows(table, COLUMNS, "T0_jeugd")]


def test_answers_without_a_pattern_are_not_odd():
    assert odd(answers(50)) == []


def test_one_answer_to_all_of_two_questionnaires_is_odd_unless_it_is_the_lowest():
    table = answers(50)
    for name in ("SIS", "PPQ"):
        line(table, 4, name, 2.0)
        line(table, 7, name, 1.0)
    line(table, 9, "SIS", 3.0)
    assert odd(table) == [("line", "", 1, "5")]


def test_many_lines_in_one_questionnaire_are_odd_and_a_short_one_does_not_count():
    table = answers(50)
    for row in (3, 5, 6):
        line(table, row, "SIS", 2.0)
        line(table, row, "kort", 2.0)
    assert odd(table) == [("lines", "SIS", 3, "4, 6, 7")]


def test_two_rows_with_the_same_answers_are_odd_and_two_that_skipped_all_are_not():
    table = answers(50)
    table.loc[8, ITEMS] = table.loc[2, ITEMS]
    table.loc[[3, 9], ITEMS] = -9.0
    assert odd(table) == [("same_answers", "", 2, "3, 9"), ("no_answers", "", 2, "4, 10")]


def test_a_question_that_nobody_answered_or_everybody_alike_is_odd():
    table = answers(50).assign(SIS_2=float("nan"), SIS_3=2.0, PPQ_1=1.0)
    found = [(one["kind"], one["column"], one["count"]) for one in odd_rows(table, COLUMNS, "T0_jeugd")]
    assert found == [("no_answer", "SIS_2", 50), ("one_answer", "SIS_3", 50)]


def test_rows_without_a_date_or_an_age_are_odd():
    more = {"afnamedatum": {"type": "date"}, "leeftijd": {"type": "number"}}
    columns = {**COLUMNS, **columns_of({"columns": more})}
    table = answers(50).assign(afnamedatum=pd.Timestamp("2016-02-01"), leeftijd=9.0)
    table.loc[4, "afnamedatum"], table.loc[6, "leeftijd"] = pd.NaT, -9.0
    assert [(one["kind"], one["rows"]) for one in odd_rows(table, columns, "T0_jeugd")] == [
        ("no_date", "5"),
        ("no_age", "7"),
    ]
