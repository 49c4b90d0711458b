"""A cell of an export becomes a number, a day, a text, or the reason that there is none."""

import datetime

import pandas as pd
import pytest
from given.raw_rows import HOUSEHOLDS, ingest, problems_of, rows

from effectstudie.definitions.export_columns import columns_of
from effectstudie.intake.cells import NOT_APPLICABLE, REFUSED
from effectstudie.intake.files.readers import Export


def column(name, values, user_missing=()):
    raw = rows(**{name: values})
    return ingest(Export(raw.frame, {name: user_missing})).table[name].tolist()


# --- answers


def test_a_missing_code_is_kept_apart_by_its_reason():
    assert column("tsi_1", ["99", 98, 2]) == [REFUSED, NOT_APPLICABLE, 2]
    assert column("tsi_1", [-9, "-8", 0.0]) == [REFUSED, NOT_APPLICABLE, 0]
    assert pd.Series(column("tsi_1", [None, float("nan"), 0])).isna().tolist() == [True, True, False]


def test_98_and_99_are_answers_where_the_codebook_allows_them():
    assert column("uren", ["99", 98, "-9"]) == [99, 98, REFUSED]


def test_what_spss_declares_missing_is_missing_even_where_the_codebook_allows_it():
    hours = column("uren", [98.0, 99.0, 40.0], user_missing=[(99.0, 99.0), (30.0, 50.0)])
    assert hours[:2] == [98, REFUSED]
    assert pd.isna(hours[2])


def test_spss_missing_text_is_missing():
    region = ingest(
        Export(pd.DataFrame({"huishouden_id": [1.0], "regio": ["ZZ"], "aanpak": ["ZZ"]}), {"aanpak": [("ZZ ", "ZZ ")]}),
        HOUSEHOLDS,
        ["huishouden_id"],
    ).table
    assert region["aanpak"].isna().all()
    assert region["regio"].tolist() == ["ZZ"]


@pytest.mark.parametrize(
    ("ids", "declared"),
    [
        (["R1", "ONB", "R3"], [("ONB ", "ONB ")]),
        ([1.0, 999.0, 3.0], [(999.0, 999.0)]),
        ([1.0, 950.0, 3.0], [(900.0, 999.0)]),
    ],
)
def test_an_id_that_spss_declares_missing_is_empty(ids, declared):
    raw = rows(respondent_id=ids)
    (problem,) = problems_of(Export(raw.frame, {"respondent_id": declared}))
    assert problem == ", row 2, column respondent_id: the id is empty; every row needs one."


def test_a_date_as_text_or_number_that_spss_declares_missing_is_none():
    dates = column("afnamedatum", ["2016-03-04", "onbekend", None], [("onbekend", "onbekend")])
    assert pd.Series(dates).isna().tolist() == [False, True, True]
    dates = column("afnamedatum", ["2016-03-04", 99999999.0, None], [(99999999.0, 99999999.0)])
    assert pd.Series(dates).isna().tolist() == [False, True, True]


def test_a_decimal_comma_is_a_decimal_point():
    assert column("uren", ["7,5", "0,5", " 8 "]) == [7.5, 0.5, 8]
    assert column("uren", ["7.5", "0.5", " 8 "]) == [7.5, 0.5, 8]


def test_numbers_are_numbers_as_spss_prints_them():
    assert column("uren", [".5", "7.", "2.00"]) == [0.5, 7, 2]
    assert column("uren", [",5", "7,", ",00"]) == [0.5, 7, 0]
    assert column("tsi_1", [".00", "2.00", "3."]) == [0, 2, 3]


def test_what_r_and_spss_write_for_no_answer_is_none_and_told():
    found = ingest(rows(uren=["NA", "8", "#NULL!"], afnamedatum=["NA", "2016-03-05", None], tsi_1=["NA", "1", "1"]))
    assert found.table[["uren", "afnamedatum", "tsi_1"]].isna().sum().tolist() == [2, 2, 1]
    assert [(one["kind"], one["about"], one["count"]) for one in found.warnings] == [
        ("no_answer_word", "NA", 3),
        ("no_answer_word", "#NULL!", 1),
    ]


@pytest.mark.parametrize(
    "value",
    [
        "2016-03-04",
        "4-3-2016",
        "04-03-2016 13:45",
        "2016-03-04T13:45:10Z",
        datetime.date(2016, 3, 4),
        datetime.datetime(2016, 3, 4, 13, 45),
        pd.Timestamp(2016, 3, 4, 1),
    ],
)
def test_a_date_is_the_same_day_in_every_format(value):
    assert column("afnamedatum", [value, None, pd.NaT])[0] == pd.Timestamp(2016, 3, 4)


# --- ids


def test_an_id_is_text_that_keeps_its_zeros_and_a_whole_number_has_no_decimals():
    assert column("respondent_id", ["007", 7.0, " R7 "]) == ["007", "7", "R7"]
    assert column("respondent_id", ["7.0", "8,0", "9.5"]) == ["7", "8", "9.5"]


def test_signs_that_are_no_part_of_an_id_are_left_out_and_told():
    found = ingest(rows(respondent_id=["R1\u200b", "'R2", "R3"]))
    assert found.table["respondent_id"].tolist() == ["R1", "R2", "R3"]
    assert [(one["kind"], one["column"], one["rows"]) for one in found.warnings] == [
        ("id_signs", "respondent_id", "1, 2")
    ]


def test_ids_are_as_other_exports_write_them():
    found = ingest(rows(), spellings={"respondent_id": {"R2": "r2"}})
    assert found.table["respondent_id"].tolist() == ["R1", "r2", "R3"]


def test_words_for_no_approach_are_read_as_empty_and_told():
    raw = Export(pd.DataFrame({"huishouden_id": ["A", "B"], "regio": ["X", "X"], "aanpak": ["geen", "M"]}))
    found = ingest(raw, HOUSEHOLDS, ["huishouden_id"], approaches=["M"])
    assert found.table["aanpak"].isna().tolist() == [True, False]
    assert [(one["kind"], one["about"], one["rows"]) for one in found.warnings] == [("no_approach", "geen", "1")]


def test_regions_and_approaches_may_be_codes_with_labels():
    frame = pd.DataFrame({"huishouden_id": ["A", "B", "C"], "regio": [1.0, 2.0, 1.0], "aanpak": [0.0, 3.0, 9.0]})
    labels = {"regio": {1.0: "Twente", 2.0: "Zeeland"}, "aanpak": {0.0: "geen", 3.0: "M"}}
    raw = Export(frame, {"aanpak": [(9.0, 9.0)]}, labels)
    table = ingest(raw, HOUSEHOLDS, ["huishouden_id"], regions=["Twente", "Zeeland"], approaches=["M"]).table
    assert table["regio"].tolist() == ["Twente", "Zeeland", "Twente"]
    assert table["aanpak"].fillna("").tolist() == ["", "M", ""]


def test_an_id_in_another_column_is_not_shown():
    """Columns that were exchanged, or moved by one."""
    ids = ["K-17b", "K-18b", "K-19b"]
    moved = rows(respondent_id=["20160304", "20160305", "20160306"], afnamedatum=ids, uren=["20170304", "7", "36 uur"])
    assert problems_of(moved) == [
        ", rows 1, 2, 3, column afnamedatum: must be a date (year-month-day or day-month-year); correct the export or "
        "add a row to the corrections file.",
        ", rows 1, 3, column uren, value '36 uur': must be a number from 0 to 120; correct the export or add a row to "
        "the corrections file.",
    ]
    own = rows(uren=["r1", "R1\u200b", '="R2"'])  # one of the file, however it is written
    assert "R1" not in problems_of(own)[0] and "R2" not in problems_of(own)[0]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([51630 + row for row in range(12)], ", values '51630', '51631', '51632', '51633', '51634', …"),
        ([51630 + 1_000 * row for row in range(12)], ""),
        ([13_676_083_200 + row for row in range(12)], ", values '13676083200', '13676083201', '13676083202', "),
    ],
)
def test_numbers_in_all_of_a_column_of_days_may_be_ids_if_they_are_no_days(values, told):
    """Days of Excel, numbers of people, and days of SPSS."""
    frame = pd.DataFrame({"kind_id": [f"K{row}" for row in range(12)], "datum": values}, dtype=object)
    columns = columns_of({"columns": {"kind_id": {"type": "id"}, "datum": {"type": "date"}}})
    [problem] = problems_of(Export(frame), columns, ["kind_id"])
    assert problem.startswith(f", rows 1, 2, 3, 4, 5, 6, 7, 8 and 4 more, column datum{told}")
    assert told or "value" not in problem


def test_numbers_in_all_of_a_column_of_codes_are_not_shown():
    ids = [*range(51630, 51636), *range(600_000, 600_006)]
    frame = pd.DataFrame({"kind_id": [f"{row + 100_000}" for row in range(12)], "code": ids}, dtype=object)
    columns = columns_of({"columns": {"kind_id": {"type": "id"}, "code": {"type": "code", "range": [0, 1]}}})
    [problem] = problems_of(Export(frame), columns, ["kind_id"])
    assert "column code: must be a whole number from 0 to 1. Is it a label" in problem
