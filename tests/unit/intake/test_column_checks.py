"""What is refused of an export, each in one sentence."""

import pandas as pd
import pytest
from given.raw_rows import CHILDREN, HOUSEHOLDS, ingest, problems_of, rows

from effectstudie.definitions.export_columns import columns_of
from effectstudie.intake.column_checks import canonical_names, names_of_nothing, unused_names
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
    thousands = "may be thousands or a fraction; write it without a mark for thousands."
    assert problems_of(rows(uren=["7", "1.000", "0.25"])) == [f", row 2, column uren, value '1.000': {thousands}"]
    assert problems_of(rows(uren=["7.000", "1.000", None])) == [
        f", rows 1, 2, column uren, values '7.000', '1.000': {thousands}"
    ]


def test_three_digits_behind_every_mark_are_decimals_as_programs_print_them():
    table = ingest(rows(uren=["7.000", "36.000", ".500"], tsi_1=[".000", "1.000", "3.000"])).table
    assert table["uren"].tolist() == [7, 36, 0.5] and table["tsi_1"].tolist() == [0, 1, 3]
    assert ingest(rows(uren=["7.000", "36.000", "8.000"], tsi_1=[".000", None, "3.000"])).table["uren"][1] == 36
    assert problems_of(rows(uren=["7.000", "2,000", ".500"])) == [
        ", row 2, column uren, value '2,000': has a decimal comma where the file has decimal points; write all in one "
        "way."
    ]


def test_ids_that_a_spreadsheet_rounded_are_refused_and_not_shown():
    assert problems_of(rows(respondent_id=["R1", "1,23E+05", "R3"])) == [
        ", row 2, column respondent_id: the id is a number that a spreadsheet rounded; export it as text."
    ]


def test_the_problems_of_a_column_are_one_with_the_first_rows():
    frame, columns = many()
    frame.loc[:8, "sims_4"] = [f"{code}" for code in range(6, 15)]
    assert problems_of(Export(frame), columns, ["kind_id"]) == [
        ", rows 1, 2, 3, 4, 5, 6, 7, 8 and 1 more, column sims_4, values '6', '7', '8', '9', '10', …: must be a whole "
        "number from 1 to 5; correct the export or add a row to the corrections file."
    ]


def test_a_word_for_nothing_in_several_columns_is_one_problem_of_the_file():
    frame, columns = many()
    frame.loc[2:3, "sims_1":"sims_3"] = "n.v.t."
    frame.loc[4, "sims_5"] = "."
    assert problems_of(Export(frame), columns, ["kind_id"]) == [
        ", rows 3, 4, column sims_1, value 'n.v.t.': stands in 6 cells of 3 columns, where the codebook does not allow "
        "it. Leave a cell without an answer empty, or give it one of the missing_codes of config/config.yaml.",
        ", row 5, column sims_5, value '.': must be a whole number from 1 to 5; correct the export or add a row to the "
        "corrections file.",
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [("zelden", "Is it a label? Export codes, or recode"), ("999", "Is it a code for no answer? It belongs in")],
)
def test_a_label_or_code_in_many_columns_is_one_problem_of_the_file(text, hint):
    frame, columns = many()
    frame.loc[4:6, "sims_1":"sims_9"] = text
    [problem] = problems_of(Export(frame), columns, ["kind_id"])
    where = f", rows 5, 6, 7, column sims_1, value '{text}': stands in 27 cells of 9 columns"
    assert problem.startswith(where if text == "999" else ", rows 5, 6, 7: most of its cells are no answers")
    assert text != "999" or hint in problem
    frame.loc[:, "sims_1":"sims_9"] = text
    [problem] = problems_of(Export(frame), columns, ["kind_id"])
    assert "stands in 180 cells of 9 columns" in problem and hint in problem


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
        ", rows 1, 2, 3, 4, 5, 6, 7, 8 and 12 more, column sims_4, value 'zelden': must be a whole number from 1 to 5. "
        "Is it a label instead of a code, or another column?"
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


def test_what_is_no_id_is_an_error_a_cause():
    assert problems_of(rows(huishouden_id=["H1", " ", None])) == [
        ", rows 2, 3, column huishouden_id: the id is empty; every row needs one."
    ]
    assert problems_of(rows(huishouden_id=["NULL", "n.v.t.", "12-3-2016"])) == [
        ", rows 1, 2, column huishouden_id: the id is a word or code for nothing.",
        ", row 3, column huishouden_id: the id is a date; a spreadsheet makes dates of some numbers, so export it as "
        "text.",
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
        ", rows 1, 2, column regio, values 'twente', '': is no region of config/config.yaml; known: Twente, Zeeland. "
        "Correct it, or add it there. Another spelling: 'twente' for 'Twente'?"
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
        ", rows 1, 2, column leeftijd, values '2', '13': SIMS is for children of 3-12, but it has answers here."
    ]


def test_a_name_of_a_column_that_is_not_there_is_found_with_what_may_be_meant():
    frame = pd.DataFrame(columns=["V12_01", "V13", "V14"])
    names = {"V12_1": "mansa_01", "V13": "mansa_02", "v14": "mansa_03", "Q": "x"}
    assert unused_names(frame, names, ["V12_01"]) == [
        ("V12_1", "V12_01"),
        ("Q", ""),
    ]


def test_a_line_that_fits_no_export_is_told_and_one_that_fits_one_measurement_is_not():
    rules = {
        "T0_volwassenen": {"variables": {"V1": "mansa_01", "V2": "mansa_02", "V3": "mansa_03"}},
        "T1_volwassenen": {"variables": {"V1": "mansa_01", "V2": "mansa_02"}},
        "T0_jeugd": {"variables": {"V1": "mansa_01"}},
    }
    unused = {
        "T0_volwassenen": [("V1", ""), ("V2", ""), ("V3", "V03")],
        "T1_volwassenen": [("V2", "")],
        "T0_jeugd": [],
    }
    after = "is no column of T0_volwassenen or of another measurement of it"
    assert names_of_nothing(rules, unused) == [
        f"config/variables.csv: raw_name V2, for mansa_02, {after}; mend the line or take it out.",
        f"config/variables.csv: raw_name V3, for mansa_03, {after} (did you mean V03?); mend the line or take it out.",
    ]


def test_a_name_of_the_list_is_known_in_other_capitals_too_and_the_exact_one_goes_first():
    columns = columns_of({"columns": {"geslacht": {"type": "code"}, "leeftijd": {"type": "number"}}})
    frame = pd.DataFrame(columns=["V12_1", "LEEFTIJD", "extra"])
    assert canonical_names(frame, columns, {"v12_1": "geslacht"}) == {
        "V12_1": "geslacht",
        "LEEFTIJD": "leeftijd",
        "v12_1": "geslacht",
    }
    exchanged = {"geslacht": "leeftijd", "leeftijd": "geslacht"}
    assert canonical_names(frame, columns, exchanged) == {"LEEFTIJD": "geslacht", **exchanged}
    assert (
        canonical_names(pd.DataFrame(columns=["geslacht"]), columns, {"GESLACHT": "leeftijd"}).get("geslacht") is None
    )
