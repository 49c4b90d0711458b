import pandas as pd
import pytest

from effectstudie.quality.whole_cohort import check_cohort
from effectstudie.shared.errors import InputError

WAVES = ["T0", "T1", "T2"]
DAYS = {"T0": "2016-01-01", "T1": "2017-01-01", "T2": "2018-01-01"}


def adults(wave, *people):
    """Adults of a wave: id, household, age, sex. One answer makes the waves differ."""
    return _table(wave, ["respondent", "household", "leeftijd", "geslacht"], people)


def children(wave, *people):
    return _table(wave, ["respondent", "child", "household", "kind_leeftijd", "kind_geslacht"], people)


def youth(wave, *people):
    return _table(wave, ["child", "household", "leeftijd", "geslacht"], people)


def _table(wave, names, people):
    table = pd.DataFrame(people, columns=names)
    answer = float(WAVES.index(wave))
    return table.assign(afnamedatum=pd.Timestamp(DAYS[wave]), row=range(1, len(table) + 1), answer=answer)


HOUSEHOLDS = pd.DataFrame({"household": ["H1", "H2", "H3"], "row": [1, 2, 3]})
FIRST_WAVE = {
    "T0_volwassenen": adults("T0", ("R1", "H1", 30, 2), ("R2", "H1", 32, 1)),
    "T0_kinderen": children("T0", ("R1", "K1", "H1", 9, 1)),
    "T0_jeugd": youth("T0", ("K1", "H1", 9, 1)),
}


def check(**tables):
    """Warnings on the first wave with these tables added, or instead of its own."""
    return check_cohort({"huishoudens": HOUSEHOLDS, **FIRST_WAVE, **tables}, WAVES)


def problems_of(**tables):
    with pytest.raises(InputError) as raised:
        check(**tables)
    return str(raised.value).split("\n")


def test_a_cohort_without_contradictions_gives_no_warnings():
    warnings = check(
        T1_volwassenen=adults("T1", ("R2", "H1", 33, 1)),
        T2_volwassenen=adults("T2", ("R1", "H1", 32, 2), ("R2", "H1", 33, -9)),
        T2_kinderen=children("T2", ("R1", "K1", "H1", 11, 1), ("R2", "K1", "H1", 11, -9)),
    )
    assert warnings == []


def test_an_id_that_no_household_has_is_an_error():
    table = adults("T0", ("R3", "H8", 30, 2), ("R4", "H2", 30, 2), ("R5", "H9", 30, 2))
    assert problems_of(T0_volwassenen=table)[0] == (
        "T0_volwassenen, rows 1, 3, column huishouden_id: the household is not in huishoudens; "
        "add it there or mend the id."
    )


def test_a_wave_of_strangers_stops_the_run():
    strangers = adults("T1", ("R7", "H1", 30, 2), ("R8", "H2", 30, 2), ("R1", "H1", 31, 2))
    assert problems_of(T1_volwassenen=strangers) == [
        "T1_volwassenen, column respondent_id: 2 of its 3 ids are not in T0_volwassenen, so that these people cannot "
        "be linked. Are they written otherwise there, is it another column of ids, or the export of another cohort?"
    ]


def test_one_contradiction_in_many_rows_is_one_problem():
    people = [(f"R{number}", "H2", 30, 2) for number in range(3, 13)]
    first, later = adults("T0", *people), adults("T1", *((name, home, age, 1) for name, home, age, _ in people))
    assert problems_of(T0_volwassenen=first, T1_volwassenen=later, T0_kinderen=children("T0")) == [
        "T1_volwassenen, rows 1, 2, 3, 4, 5, 6, 7, 8 and 2 more, column geslacht, value 1 after 2: the sex differs "
        "from that in T0_volwassenen; correct one of the two."
    ]


def test_a_respondent_who_changes_household_is_an_error_even_after_a_missed_wave():
    assert problems_of(T2_volwassenen=adults("T2", ("R2", "H2", 34, 1))) == [
        "T2_volwassenen, row 1, column huishouden_id: the respondent was in another household in T0_volwassenen; "
        "correct one of the two."
    ]


def test_a_child_may_not_have_two_households_within_a_wave_or_over_questionnaires():
    assert problems_of(T0_kinderen=children("T0", ("R1", "K1", "H1", 9, 1), ("R2", "K1", "H2", 9, 1))) == [
        "T0_kinderen, row 2, column huishouden_id: the respondent was in another household in T0_volwassenen; "
        "correct one of the two.",
        "T0_kinderen, row 2, column huishouden_id: the child was in another household in T0_kinderen; "
        "correct one of the two.",
        "T0_jeugd, row 1, column huishouden_id: the child was in another household in T0_kinderen; "
        "correct one of the two.",
    ]


def test_a_later_wave_may_not_be_earlier_in_time():
    late = adults("T2", ("R1", "H1", 32, 2), ("R2", "H1", 34, 1))
    late["afnamedatum"] = [pd.Timestamp("2015-12-31"), pd.NaT]
    assert problems_of(T2_volwassenen=late)[0] == (
        "T2_volwassenen, row 1, column afnamedatum, value 2015-12-31 after 2016-01-01: "
        "the date is not later than that in T0_volwassenen; "
        "correct one of the two."
    )


def test_sex_may_not_differ_between_waves_or_questionnaires():
    assert problems_of(
        T1_volwassenen=adults("T1", ("R1", "H1", 31, -9), ("R2", "H1", 33, 2)), T0_jeugd=youth("T0", ("K1", "H1", 9, 2))
    ) == [
        "T1_volwassenen, row 2, column geslacht, value 2 after 1: "
        "the sex differs from that in T0_volwassenen; correct one of the two.",
        "T0_jeugd, row 1, column geslacht, value 2 after 1: "
        "the sex differs from that in T0_kinderen; correct one of the two.",
    ]


def test_sex_is_compared_past_a_wave_where_it_was_refused():
    problems = problems_of(
        T1_volwassenen=adults("T1", ("R1", "H1", 31, -9)), T2_volwassenen=adults("T2", ("R1", "H1", 32, 1))
    )
    assert problems == [
        "T2_volwassenen, row 1, column geslacht, value 1 after 2: "
        "the sex differs from that in T0_volwassenen; correct one of the two."
    ]


def test_nobody_gets_younger_and_a_year_of_birth_stays():
    assert problems_of(T1_volwassenen=adults("T1", ("R1", "H1", 29, 2), ("R2", "H1", 38, 1))) == [
        "T1_volwassenen, row 1, column leeftijd, value 29 after 30: "
        "the age is lower than that in T0_volwassenen; correct one of the two.",
        "T1_volwassenen, row 2, column leeftijd, value 38 after 32: "
        "the year of birth differs from that in T0_volwassenen; "
        "correct one of the two.",
    ]


def test_a_child_three_years_older_after_one_year_is_a_warning():
    warnings = check(T1_kinderen=children("T1", ("R1", "K1", "H1", 12, 1)), T2_jeugd=youth("T2", ("K1", "H1", 12, 1)))
    assert warnings == [
        {
            "kind": "age",
            "file": "T1_kinderen",
            "column": "kind_leeftijd",
            "about": "T0_kinderen",
            "count": 1,
            "rows": "1",
        }
    ]


@pytest.mark.parametrize("late", ["T1", "T2"])
def test_a_wave_file_that_is_a_copy_is_an_error_even_with_another_date(late):
    copy = FIRST_WAVE["T0_volwassenen"].assign(afnamedatum=pd.Timestamp(DAYS[late]))
    [problem] = [text for text in problems_of(**{f"{late}_volwassenen": copy.assign(answer=0.0)}) if "copy" in text]
    assert problem == f"{late}_volwassenen: is a copy of T0_volwassenen; put the right export in its place."


def test_a_copy_is_found_in_another_order_too():
    copy = FIRST_WAVE["T0_volwassenen"][::-1].assign(afnamedatum=pd.Timestamp(DAYS["T1"]))
    assert any("is a copy of T0_volwassenen" in text for text in problems_of(T1_volwassenen=copy))


def test_a_label_that_moves_to_another_code_between_waves_is_an_error():
    labels = {
        "T0_volwassenen": {"tsi_1": {"0": "nooit", "3": "vaak"}},
        "T1_volwassenen": {"tsi_1": {"0": "Vaak", "3": "nooit "}},
        "T1_jeugd": {"tsi_1": {"1": "nooit"}},
    }
    with pytest.raises(InputError) as raised:
        check_cohort({"huishoudens": HOUSEHOLDS, **FIRST_WAVE}, WAVES, labels)
    assert raised.value.problems == [
        "T1_volwassenen, column tsi_1: codes mean something else than in T0_volwassenen: 'Vaak' was 3 and is 0; "
        "'nooit ' was 0 and is 3; recode one of the two."
    ]


def test_more_than_two_adults_in_a_household_is_a_warning():
    people = [(f"R{number}", "H2", 40, 1) for number in range(3, 6)]
    first = adults("T0", ("R1", "H1", 30, 2), *((one, "H2", 39, 1) for one, *_ in people[:2]))
    warnings = check(T0_volwassenen=first, T1_volwassenen=adults("T1", *people, ("R1", "H1", 31, 2)))
    [warning] = warnings
    assert warning["kind"] == "many_adults" and warning["file"] == "T1_volwassenen" and warning["rows"] == "1, 2, 3"


def test_errors_show_no_ids_and_to_a_log_no_answers():
    with pytest.raises(InputError) as raised:
        check(T2_volwassenen=adults("T2", ("R1", "H9", 20, 1)))
    assert ", value 20 after 30: " in str(raised.value) and "value" not in raised.value.for_log
    text = str(raised.value)
    assert "R1" not in text
    assert "H9" not in text


def test_a_cohort_without_children_is_checked_on_its_adults():
    tables = {"huishoudens": HOUSEHOLDS, "T0_volwassenen": FIRST_WAVE["T0_volwassenen"]}
    assert check_cohort(tables, WAVES) == []
    with pytest.raises(InputError, match="the sex differs from that in T0_volwassenen"):
        check_cohort({**tables, "T1_volwassenen": adults("T1", ("R1", "H1", 31, 1))}, WAVES)
