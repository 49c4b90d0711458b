"""Corrections are applied in order, and refused where they do not fit."""

import pandas as pd
import pytest
from given.raw_rows import CHILDREN, fixes, ingest, problems_of, rows

from effectstudie.intake.files.readers import Export

# --- answers


def test_a_correction_that_changes_nothing_is_refused():
    assert problems_of(rows(), corrections=fixes(("R1", "uren", "36", "36"))) == [
        "corrections, line 2 (T0_volwassenen.csv, column uren): its new value is its old value, so it mends nothing; "
        "take it out."
    ]


# --- corrections


def test_corrections_are_applied_in_order_and_counted():
    result = ingest(
        rows(uren=[36.0, "7,5", "abc"], geslacht=["1.0", 2.0, "2"]),
        corrections=fixes(
            ("R1", "uren", "36", "38"),
            ("R1", "uren", "38", "40"),
            ("R2", "uren", "7.5", ""),
            ("R3", "uren", "abc", "12,5"),
            ("R1", "geslacht", "1", "2"),
            ("R2", "afnamedatum", "5-3-2016", "2016-04-05"),
        ),
    )
    assert len(result.corrections) == 6
    made = {"row": 1, "column": "uren", "reason": "typfout", "who": "AB", "date": "2026-01-02"}
    assert result.corrections[0] == made
    assert result.table["uren"].tolist()[::2] == [40, 12.5]
    assert pd.isna(result.table["uren"][1])
    assert result.table["geslacht"].tolist() == [2, 2, 2]
    assert result.table["afnamedatum"][1] == pd.Timestamp(2016, 4, 5)


def test_a_correction_fills_an_empty_cell_and_mends_an_id():
    raw = rows(uren=["36", None, "0"], huishouden_id=[1.0, "", 2.0])
    result = ingest(raw, corrections=fixes(("R2", "uren", "", "12"), ("R2", "huishouden_id", "", "01")))
    assert result.table["uren"].tolist() == [36, 12, 0]
    assert result.table["huishouden_id"].tolist() == ["1", "01", "2"]


def test_corrections_that_do_not_fit_are_all_named():
    wrong = fixes(
        ("R9", "uren", "36", "38"), ("R1", "uur", "36", "38"), ("R1", "uren", "37", "38"), ("R2", "uren", "", "8")
    )
    old = "the export does not hold the old value in row"
    assert problems_of(rows(), corrections=wrong) == [
        "corrections, line 2 (T0_volwassenen.csv, column uren): its id hits 0 rows; it must hit one.",
        "corrections, line 3 (T0_volwassenen.csv, column uur): the export has no such column; the column's name in the "
        "codebook is needed.",
        f"corrections, line 4 (T0_volwassenen.csv, column uren): {old} 1; has it been mended already?",
        f"corrections, line 5 (T0_volwassenen.csv, column uren): {old} 2; has it been mended already?",
    ]


def test_a_corrected_value_is_checked_like_any_other():
    [problem] = problems_of(rows(), corrections=fixes(("R1", "geslacht", "1", "3")))
    assert problem.startswith(", row 1, column geslacht, value '3': must be one of 1, 2")


def test_a_row_with_two_ids_is_named_by_both():
    report = {"kind_id": ["K1", "K1", None], "respondent_id": ["R1", 2.0, "R3"], "leeftijd": [4, 5, 6]}
    raw = Export(pd.DataFrame({**report, "sims_1": [1, 1, 1], "sims_2": [1, 1, 1]}))
    key = ["respondent_id", "kind_id"]
    mended = fixes(("2|K1", "leeftijd", "5", "4"), ("R3|", "kind_id", "", "K3"))
    assert ingest(raw, CHILDREN, key, corrections=mended).table["leeftijd"].tolist() == [4, 4, 6]


@pytest.mark.parametrize("written", ["r2", "R2\u200b", "'R2"])
def test_an_id_in_another_spelling_is_found_where_one_row_has_it(written):
    result = ingest(rows(), corrections=fixes((written, "geslacht", "2", "1")))
    assert result.table["geslacht"].tolist() == [1, 1, 2]
    assert [one["kind"] for one in result.warnings] == (["id_correction"] if written == "r2" else [])


def test_an_id_that_may_be_of_two_rows_is_refused():
    [problem] = problems_of(rows(respondent_id=["7", "07", "R3"]), corrections=fixes(("007", "geslacht", "2", "1")))
    assert problem.endswith("its id hits 2 rows; it must hit one.")


def test_an_id_that_a_spreadsheet_spoiled_is_told():
    [problem] = problems_of(rows(), corrections=fixes(("1,2E+05", "geslacht", "2", "1")))
    assert problem.endswith("it must hit one. A spreadsheet may have rounded it or made a date of it.")


def test_a_correction_may_have_another_decimal_mark_than_the_export():
    table = ingest(
        rows(uren=["36", "7.5", "0.5"], tsi_1=["2.00", "1.00", "0.00"]),
        corrections=fixes(("R1", "uren", "36", "12,5"), ("R2", "uren", "7,5", "8"), ("R1", "tsi_1", "2", "1,0")),
    ).table
    assert table["uren"].tolist() == [12.5, 8, 0.5] and table["tsi_1"].tolist() == [1, 1, 0]
    three = rows(uren=["7.000", "36.000", ".500"])
    assert ingest(three, corrections=fixes(("R1", "uren", "7", "7,5"))).table["uren"].tolist() == [7.5, 36, 0.5]


def test_what_may_be_thousands_in_a_correction_is_refused():
    assert problems_of(rows(uren=["36", "7", "0"]), corrections=fixes(("R1", "uren", "36", "1.500"))) == [
        ", row 1, column uren, value '1.500': may be thousands or a fraction; write it without a mark for thousands."
    ]
