import numpy as np
import pandas as pd
import pytest
from given.odd_answers import COLUMNS, ITEMS, line

from effectstudie.quality.odd_waves import never_given, odd_waves

WAVES = ["T0", "T1"]


RANDOM = np.random.default_rng(1)


def answers(n):
    """n rows of answers without any pattern, a person each."""
    table = pd.DataFrame(RANDOM.integers(1, 4, (n, len(ITEMS))), columns=ITEMS, dtype=float)
    table[[name for name in ITEMS if name.startswith("ja")]] = 1.0
    return table.assign(row=range(1, n + 1), child=[f"K{i}" for i in range(n)], household=[f"H{i}" for i in range(n)])


def later(table):
    """The same people a year on: much the same answers."""
    late = table.copy()
    changed = RANDOM.random((len(table), len(ITEMS))) < 0.3
    late[ITEMS] = np.where(changed, answers(len(table))[ITEMS], table[ITEMS])
    return late


def waves(early, late, **more):
    households = pd.DataFrame({"household": [f"H{i}" for i in range(400)], "row": range(1, 401)})
    households = households.assign(melddatum=pd.Timestamp("2016-01-01"), aanpak=more.pop("aanpak", None))
    tables = {"huishoudens": households, "T0_jeugd": early, "T1_jeugd": late, **more}
    for name in tables:
        if name != "huishoudens":
            tables[name] = tables[name].assign(afnamedatum=tables[name].get("afnamedatum", pd.Timestamp("2016-02-01")))
    return [
        (one["kind"], one["file"], one["column"], one["about"], one["count"], one["rows"])
        for one in odd_waves(tables, {name: COLUMNS for name in tables}, WAVES)
    ]


def test_a_second_wave_like_the_first_is_not_odd():
    table = answers(200)
    assert waves(table, later(table)[::-1]) == []


def test_a_person_who_repeats_all_answers_is_odd_and_one_who_has_none_is_not():
    table = answers(50)
    table.loc[5, ITEMS] = 1.0
    late = later(table)
    late.loc[[3, 5], ITEMS] = table.loc[[3, 5], ITEMS]
    assert waves(table, late) == [("repeated", "T1_jeugd", "", "T0_jeugd", 1, "4")]


@pytest.mark.parametrize("order", [[*range(1, 12), 0], [11, *range(11)], [1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10]])
def test_columns_that_were_moved_or_exchanged_are_odd(order):
    names = [name for name in ITEMS if name.startswith("PPQ")]
    often = np.array([0.1, 0.8, 0.3, 0.6, 0.2, 0.9, 0.4, 0.7, 0.1, 0.5, 0.9, 0.3])  # some questions get higher answers
    table, late = (answers(200).assign(**dict.fromkeys(names, 1.0)) for _ in range(2))
    for one in (table, late):
        one[names] += RANDOM.random((200, 12)) < often
    assert waves(table, late) == []
    late[names] = late[[names[place] for place in order]].to_numpy()
    assert waves(table, late) == [("moved", "T1_jeugd", "PPQ_1", "PPQ, T0_jeugd", 12, "")]


def test_a_question_that_was_turned_round_is_odd():
    table = answers(200)
    late = later(table).assign(SIS_3=4 - table["SIS_3"], PPQ_1=4 - table["PPQ_1"], PPQ_2=4 - table["PPQ_2"])
    assert waves(table, late) == [
        ("against", "T1_jeugd", "SIS_3", "SIS, T0_jeugd", 1, ""),
        ("against", "T1_jeugd", "PPQ_1, PPQ_2", "PPQ, T0_jeugd", 2, ""),
    ]


def test_an_answer_that_vanishes_from_a_questionnaire_is_odd():
    table = answers(200)
    sis = [name for name in ITEMS if name.startswith("SIS")]
    late = later(table)
    late[sis] = late[sis].replace(3.0, 2.0)
    assert waves(table, late) == [("absent", "T1_jeugd", "SIS_1", "SIS: 3", 2000, "")]


def test_a_wave_of_less_than_half_the_rows_is_odd():
    table = answers(200)
    assert waves(table, later(table)[:100]) == []
    assert waves(table, later(table)[:99]) == [("few_rows", "T1_jeugd", "", "T0_jeugd", 99, "")]


def test_people_whom_another_file_should_know_are_odd():
    table = answers(50)
    adults = pd.DataFrame({"respondent": ["R1", "R2"], "household": ["H1", "H2"], "row": [1, 2]})
    found = waves(table, later(table), T0_volwassenen=adults, T1_volwassenen=adults.assign(respondent=["R1", "R9"]))
    assert found == [("stranger", "T1_volwassenen", "", "T0_volwassenen", 1, "2")]


def test_who_was_asked_before_the_report_is_odd():
    table = answers(50).assign(afnamedatum=pd.Timestamp("2016-02-01"))
    table.loc[6, "afnamedatum"] = pd.Timestamp("2015-12-31")
    assert waves(table, later(table)) == [("before_report", "T0_jeugd", "afnamedatum", "", 1, "7")]


def test_answers_that_nobody_gave_are_listed():
    table = answers(20)
    line(table, slice(None), "SIS", 2.0)
    assert never_given({"T0_jeugd": table}, {"T0_jeugd": COLUMNS}).to_dict("records") == [
        {
            **{"file": "T0_jeugd", "questionnaire": "SIS", "questions": "1 … 10", "codes": "1, 3", "labels": "1; 3"},
            **{"lowest": 1, "highest": 3, "answers": 200},
        }
    ]
