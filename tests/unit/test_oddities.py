import pandas as pd

from effectstudie.codebook import columns_of
from effectstudie.oddities import odd_answers

COLUMNS = columns_of(
    {
        "columns": {"kind_id": {"type": "id"}},
        "item_blocks": [
            {"pattern": "sis_{}", "first": 1, "last": 10, "type": "code", "range": [1, 3], "label": "{}"}
            | {"questionnaire": "SIS"},
            {"pattern": "ja_{}", "first": 1, "last": 10, "type": "code", "values": {1: "ja", 2: "nee"}, "label": "{}"},
            {"pattern": "kort_{}", "first": 1, "last": 9, "type": "code", "range": [1, 3], "label": "{}"},
        ],
    }
)


def table(*answers):
    """Rows with these ten answers to SIS; twos everywhere else."""
    sis = pd.DataFrame(answers, columns=[f"sis_{number}" for number in range(1, 11)], dtype=float)
    return sis.reindex(columns=list(COLUMNS), fill_value=2.0)


def test_a_straight_line_through_many_questions_is_odd_unless_it_is_the_lowest_answer():
    varied = [1, 2, 3] * 3 + [1]
    assert odd_answers(table([2] * 10, [3] * 10, [1] * 10, [2] * 9 + [-9], varied), COLUMNS, "T0_jeugd") == [
        {"file": "T0_jeugd", "column": "sis_1", "what": "the same answer to all 10 questions of SIS", "count": 2}
    ]


def test_an_extreme_that_nobody_gave_is_odd():
    assert odd_answers(table([1, 2] * 5, [1] * 10), COLUMNS, "T0_jeugd") == [
        {
            "file": "T0_jeugd",
            "column": "sis_1",
            "what": "nobody gave the answer 3 to any question of SIS",
            "count": 2,
        }
    ]


def test_a_questionnaire_that_nobody_answered_is_not_odd():
    assert odd_answers(table([None] * 10, [-8] * 10), COLUMNS, "T0_jeugd") == []
