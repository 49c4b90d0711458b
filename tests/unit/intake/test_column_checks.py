"""What is refused of an export, each in one sentence."""

import pandas as pd
import pytest
from given.raw_rows import CHILDREN, HOUSEHOLDS, ingest, problems_of, rows

from effectstudie.definitions.export_columns import columns_of
from effectstudie.intake.files.readers import Export

# --- answers


def test_one_file_has_one_decimal_mark():
    raw = rows(uren=["7,5", "1.5", "0,5"], cijfer=["8,0", "7.5", ""])
    where = "has a decimal point where the file has decimal commas; write all in one way."
    assert problems_of(raw) == [
        f", row 2, column uren, value '1.5': {where}",
        f", row 2, column cijfer, value '7.5': {where}",
    ]


def test_three_digits_behind_a_mark_may_be_thousands():
    assert problems_of(rows(uren=["7", "1.000", "0.125"])) == [
        ", row 2, column uren, value '1.000': may be thousands or a fraction; write it without a mark for thousands."
    ]


def test_ids_that_a_spreadsheet_rounded_are_refused_and_not_shown():
    assert problems_of(rows(respondent_id=["R1", "1,23E+05", "R3"])) == [
        ", row 2, column respondent_id: the id is a number that a spreadsheet rounded; export it as text."
    ]


def test_a_text_that_means_nothing_is_no_name():
    raw = Export(pd.DataFrame({"huishouden_id": ["A", "B"], "regio": ["Twente", "Twente"], "aanpak": ["geen", None]}))
    assert problems_of(raw, HOUSEHOLDS, ["huishouden_id"]) == [
        ", row 1, column aanpak, value 'geen': means that there is none; leave the cell empty."
    ]


def test_a_name_has_one_spelling():
    approaches = ["Samen Verder", "samen  verder", "Multifocus"]
    raw = Export(pd.DataFrame({"huishouden_id": list("ABC"), "regio": ["Twente"] * 3, "aanpak": approaches}))
    assert problems_of(raw, HOUSEHOLDS, ["huishouden_id"]) == [
        ", column aanpak: Samen Verder and samen  verder are one name in different spellings; write one of them."
    ]


def test_another_export_is_one_problem():
    raw = Export(pd.DataFrame({"respondent_id": ["R1"], **{f"x{number}": ["1"] for number in range(10)}}))
    assert problems_of(raw) == [
        ": holds 1 of the 6 columns of its codebook. Is it the export of another questionnaire, or are its columns "
        "named otherwise? Those names belong in config/variables.csv, and `make map RAW=…` drafts them. Missing: "
        "huishouden_id, afnamedatum, geslacht, uren, tsi_1. In no codebook: x0, x1, x2, x3, x4, x5, x6, x7 and 2 more."
    ]


def many(n=20):
    items = {f"sims_{number}": ["1"] * n for number in range(1, 13)}
    frame = pd.DataFrame({"kind_id": [f"K{row}" for row in range(n)], **items}, dtype=object)
    block = {"pattern": "sims_{}", "first": 1, "last": 12, "type": "code", "range": [1, 5], "label": "{}"}
    return frame, columns_of({"columns": {"kind_id": {"type": "id"}}, "item_blocks": [block | {"questionnaire": "S"}]})


def test_a_row_of_another_file_is_one_problem():
    frame, columns = many()
    frame.loc[3, "sims_1":] = "vraag"
    frame.loc[5, "sims_2"] = "6"
    assert problems_of(Export(frame), columns, ["kind_id"]) == [
        ", row 4: most of its cells are no answers; is it a second header, or a row of another file? Take it out.",
        ", row 6, column sims_2, value '6': must be a whole number from 1 to 5; correct the export or add a row to the "
        "corrections file.",
    ]


def test_a_column_of_labels_is_one_problem():
    frame, columns = many()
    frame["sims_4"] = "zelden"
    assert problems_of(Export(frame), columns, ["kind_id"]) == [
        ", column sims_4, value 'zelden' and so on: 20 rows must be a whole number from 1 to 5. Is it a label "
        "instead of a code, or another column?"
    ]


def test_an_id_that_slipped_into_another_column_is_not_shown():
    [problem] = problems_of(rows(afnamedatum=["2016-03-04", "R2", "2016-03-06"]))
    assert problem.startswith(", row 2, column afnamedatum: must be a date")


def test_a_date_far_from_the_others_is_an_error():
    [problem] = problems_of(rows(afnamedatum=["2016-03-04", "1016-03-05", "2016-03-06"]))
    assert problem == (
        ", row 2, column afnamedatum, value '1016-03-05': lies more than 10 years from most dates of the file; "
        "correct it."
    )


@pytest.mark.parametrize("value", ["vrouw", "1.000,5", "1e1", "nan", "inf", "0x1", "1 2", True])
def test_text_in_a_number_is_an_error(value):
    assert problems_of(rows(uren=["1", value, "2"])) == [
        f", row 2, column uren, value '{value}': must be a number from 0 to 120; "
        "correct the export or add a row to the corrections file."
    ]


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("geslacht", "3", "one of 1, 2"),
        ("tsi_1", "4", "a whole number from 0 to 3"),
        ("tsi_1", "1.5", "a whole number from 0 to 3"),
        ("uren", "-1", "a number from 0 to 120"),
        ("uren", "121", "a number from 0 to 120"),
    ],
)
def test_a_code_outside_the_codebook_is_an_error(name, value, allowed):
    [problem] = problems_of(rows(**{name: ["1", "2", value]}))
    assert problem.startswith(f", row 3, column {name}, value '{value}': must be {allowed}; correct the export")


@pytest.mark.parametrize("value", ["03/04/2016", "31-02-2016", "4-3-16", "42433", "gisteren"])
def test_a_date_in_no_known_order_is_an_error(value):
    [problem] = problems_of(rows(afnamedatum=[value, None, None]))
    assert problem.startswith(
        f", row 1, column afnamedatum, value '{value}': must be a date (year-month-day or day-month-year); correct"
    )


# --- columns


def test_missing_columns_are_named_with_their_questionnaire():
    assert problems_of(rows(without=["geslacht", "uren", "tsi_1"])) == [
        ": the questionnaire Achtergrond lacks columns geslacht, uren; add them to the export, or the name there to "
        "config/variables.csv.",
        ": the questionnaire TSI lacks column tsi_1; add it to the export, or the name there to config/variables.csv.",
    ]


def test_two_columns_with_one_meaning_are_refused():
    assert problems_of(rows(V12=[1, 1, 1]), names={"V12": "tsi_1"}) == [
        ": columns tsi_1, V12 are all named tsi_1; leave out all but one, or mend config/variables.csv."
    ]


# --- ids


def test_an_id_twice_in_a_wave_is_an_error_that_does_not_show_it():
    assert problems_of(rows(respondent_id=[1.0, "2", "1"])) == [
        ", row 3, column respondent_id: same id as row 1; an id may occur once."
    ]


def test_an_empty_id_is_an_error():
    assert problems_of(rows(huishouden_id=["H1", " ", None])) == [
        ", row 2, column huishouden_id: the id is empty; every row needs one.",
        ", row 3, column huishouden_id: the id is empty; every row needs one.",
    ]


def test_a_child_may_be_reported_on_by_two_adults_but_once_by_each():
    report = {"kind_id": ["K1", "K1", "K1"], "respondent_id": ["R1", "R2", "R1"], "leeftijd": [4, 4, 4]}
    raw = Export(pd.DataFrame({**report, "sims_1": [1, 1, 1], "sims_2": [1, 1, 1]}))
    assert problems_of(raw, CHILDREN, ["respondent_id", "kind_id"]) == [
        ", row 3, column respondent_id, kind_id: same id as row 1; an id may occur once."
    ]


def households(**changed):
    frame = {"huishouden_id": ["H1", "H2"], "regio": ["Twente", "Twente  "], "aanpak": ["", None]}
    return Export(pd.DataFrame({**frame, **changed}, dtype=object))


def test_a_household_in_two_approaches_is_an_error():
    twice = ["H1", "H1"]
    assert problems_of(households(huishouden_id=twice, aanpak=["", "M"]), HOUSEHOLDS, ["huishouden_id"]) == [
        ", row 2, column huishouden_id: same id as row 1; a household is in one approach at the most."
    ]
    assert problems_of(households(huishouden_id=twice), HOUSEHOLDS, ["huishouden_id"]) == [
        ", row 2, column huishouden_id: same id as row 1; an id may occur once."
    ]


def test_an_unknown_region_is_an_error_and_blanks_around_it_are_not():
    table = ingest(households(), HOUSEHOLDS, ["huishouden_id"], regions=["Twente"]).table
    assert table["regio"].tolist() == ["Twente", "Twente"]
    assert table["aanpak"].isna().all()
    wrong = households(regio=["twente", None])
    assert problems_of(wrong, HOUSEHOLDS, ["huishouden_id"], regions=["Twente", "Zeeland"]) == [
        f", row {row}, column regio, value '{value}': is no region of config/config.yaml; known: Twente, Zeeland."
        for row, value in ((1, "twente"), (2, ""))
    ]


def test_a_child_outside_the_ages_of_a_questionnaire_may_not_have_answered_it():
    raw = Export(
        pd.DataFrame(
            {
                "kind_id": ["K1", "K2", "K3", "K4", "K5"],
                "respondent_id": ["R1"] * 5,
                "leeftijd": [2, 13, 12, 2, 99],
                "sims_1": [1, None, 1, 98, 1],
                "sims_2": [None, 5, 1, None, 1],
            }
        )
    )
    assert problems_of(raw, CHILDREN, ["kind_id"], age_column="leeftijd") == [
        f", row {row}, column leeftijd, value '{age}': SIMS is for children of 3-12, but it has answers here."
        for row, age in ((1, 2), (2, 13))
    ]
