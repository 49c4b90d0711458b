import datetime
from dataclasses import replace

import pandas as pd
import pyreadstat
import pytest
from given.workbooks import write_xlsx

from effectstudie.definitions.export_columns import columns_of
from effectstudie.intake.cells import NOT_APPLICABLE, REFUSED
from effectstudie.intake.corrections import read_corrections
from effectstudie.intake.files.readers import Export, read_export
from effectstudie.intake.ingest import ingest_table, shuffled_order
from effectstudie.shared.errors import InputError
from effectstudie.shared.vocabulary import CORRECTION_FIELDS

MISSING = {"refused": [99, -9], "not_applicable": [98, -8]}
ADULTS = columns_of(
    {
        "columns": {
            "respondent_id": {"type": "id", "questionnaire": "Administratie"},
            "huishouden_id": {"type": "id", "questionnaire": "Administratie"},
            "afnamedatum": {"type": "date", "questionnaire": "Administratie"},
            "geslacht": {"type": "code", "values": {1: "man", 2: "vrouw"}, "questionnaire": "Achtergrond"},
            "uren": {"type": "number", "range": [0, 120], "questionnaire": "Achtergrond"},
            "tsi_1": {"type": "code", "range": [0, 3], "questionnaire": "TSI"},
            "toelichting": {"type": "free_text", "required": False},
            "cijfer": {"type": "number", "range": [1, 10], "required": False},
        }
    }
)
HOUSEHOLDS = columns_of(
    {"columns": {"huishouden_id": {"type": "id"}, "regio": {"type": "text"}, "aanpak": {"type": "text"}}}
)
CHILDREN = columns_of(
    {
        "columns": {
            "kind_id": {"type": "id"},
            "respondent_id": {"type": "id"},
            "leeftijd": {"type": "number", "range": [0, 18]},
        },
        "item_blocks": [
            {"pattern": "sims_{}", "first": 1, "last": 2, "type": "code", "range": [1, 5], "label": "{}"}
            | {"applies": {"age": [3, 12]}, "questionnaire": "SIMS"}
        ],
    }
)
ROWS = {
    "respondent_id": ["R1", "R2", "R3"],
    "huishouden_id": ["H1", "H1", "H2"],
    "afnamedatum": ["2016-03-04", "2016-03-05", "2016-03-06"],
    "geslacht": ["1", "2", "2"],
    "uren": ["36", "7,5", "0"],
    "tsi_1": ["0", "3", "1"],
}


def rows(without=(), **changed):
    frame = pd.DataFrame({**ROWS, **changed}, dtype=object)
    return Export(frame.drop(columns=list(without)))


def ingest(raw, columns=ADULTS, key=("respondent_id",), **options):
    return ingest_table(raw, "T0_volwassenen.csv", columns, key, MISSING, **options)


def problems_of(raw, *arguments, **options):
    with pytest.raises(InputError) as raised:
        ingest(raw, *arguments, **options)
    return [problem.removeprefix("T0_volwassenen.csv") for problem in raised.value.problems]


def column(name, values, user_missing=()):
    raw = rows(**{name: values})
    return ingest(Export(raw.frame, {name: user_missing})).table[name].tolist()


def fixes(*changes, file="T0_volwassenen"):
    """Corrections of (id, column, old, new), on lines 2, 3, ..."""
    return pd.DataFrame(
        [[file, *change, "typfout", "AB", "2026-01-02"] for change in changes], columns=CORRECTION_FIELDS
    )


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


def test_a_decimal_comma_is_a_decimal_point():
    assert column("uren", ["7,5", "0,5", " 8 "]) == [7.5, 0.5, 8]
    assert column("uren", ["7.5", "0.5", " 8 "]) == [7.5, 0.5, 8]


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


def test_capitals_in_a_name_make_no_difference():
    raw = Export(rows().frame.rename(columns={"geslacht": "GESLACHT", "tsi_1": "TSI_1"}))
    assert ingest(raw).table["geslacht"].tolist() == [1, 2, 2]


def test_another_export_is_one_problem():
    raw = Export(pd.DataFrame({"respondent_id": ["R1"], **{f"x{number}": ["1"] for number in range(10)}}))
    assert problems_of(raw) == [
        ": holds 1 of the 6 columns of its codebook. Is it the export of another questionnaire, or are its columns "
        "named otherwise? Those names belong in config/variables.csv. Missing: huishouden_id, afnamedatum, geslacht, "
        "uren, tsi_1. In no codebook: x0, x1, x2, x3, x4, x5, x6, x7 and 2 more."
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


def test_answers_that_spss_was_told_are_none_are_odd():
    raw = Export(rows().frame, {"tsi_1": [(3, 9)]})
    found = ingest(raw)
    assert found.table["tsi_1"].isna().tolist() == [False, True, False]
    assert [(one["kind"], one["column"], one["about"]) for one in found.warnings] == [("declared", "tsi_1", "3")]


def test_a_correction_that_changes_nothing_is_refused():
    assert problems_of(rows(), corrections=fixes(("R1", "uren", "36", "36"))) == [
        "corrections, line 2 (T0_volwassenen.csv, column uren): its new value is its old value, so it mends nothing; "
        "take it out."
    ]


def test_a_date_far_from_the_others_is_an_error():
    [problem] = problems_of(rows(afnamedatum=["2016-03-04", "1016-03-05", "2016-03-06"]))
    assert problem == (
        ", row 2, column afnamedatum, value '1016-03-05': lies more than 10 years from most dates of the file; "
        "correct it."
    )


def labelled(labels):
    return Export(rows().frame, labels={"V1": labels})


def test_labels_that_the_codebook_gives_to_other_codes_are_refused():
    assert problems_of(labelled({1.0: "Vrouw ", 2.0: "man", 99.0: "weigert"}), names={"V1": "geslacht"}) == [
        f", column geslacht: the export calls code {code} '{label}', which is code {meant} in the codebook; "
        "recode the column to the codebook, or mend the labels."
        for code, label, meant in ((1, "Vrouw ", 2), (2, "man", 1))
    ]


def test_labels_in_other_words_are_odd_and_kept():
    columns = {**ADULTS, "V1": replace(ADULTS["geslacht"], name="V1", required=False)}
    raw = Export(rows(V1=["1", "2", "1"]).frame, labels={"V1": {1.0: "MAN", 2.0: "vrouwelijk", 99.0: "weigert"}})
    found = ingest(raw, columns)
    assert found.labels == {"V1": {"1": "MAN", "2": "vrouwelijk"}}
    assert found.warnings == [
        {"kind": "label", "file": "T0_volwassenen", "column": "V1", "about": "2: vrouwelijk", "count": 1, "rows": ""}
    ]


def test_answers_are_on_the_screen_and_not_in_the_log():
    with pytest.raises(InputError) as raised:
        ingest(rows(uren=["36", "geheim", "0"]))
    assert "value 'geheim'" in str(raised.value)
    assert raised.value.for_log.startswith("T0_volwassenen.csv, row 2, column uren: must be a number from 0 to 120;")


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


@pytest.mark.parametrize("value", ["03/04/2016", "31-02-2016", "4-3-16", "42433", "gisteren"])
def test_a_date_in_no_known_order_is_an_error(value):
    [problem] = problems_of(rows(afnamedatum=[value, None, None]))
    assert problem.startswith(
        f", row 1, column afnamedatum, value '{value}': must be a date (year-month-day or day-month-year); correct"
    )


def test_every_problem_of_a_file_comes_at_once():
    wrong = {"respondent_id": ["R1", "R1", None], "geslacht": ["3", "x", "1"], "afnamedatum": ["?", None, None]}
    raw = rows(without=["tsi_1"], **wrong)
    found = problems_of(raw, corrections=fixes(("R9", "uren", "1", "2")))
    assert [problem.split(":")[0] for problem in found] == [
        "",
        "corrections, line 2 (T0_volwassenen.csv, column uren)",
        ", row 1, column afnamedatum, value '?'",
        ", row 1, column geslacht, value '3'",
        ", row 2, column geslacht, value 'x'",
        ", row 3, column respondent_id",
        ", row 2, column respondent_id",
    ]


# --- columns


def test_the_table_has_the_codebook_s_columns_in_its_order_and_the_case_number():
    table = ingest(Export(rows(toelichting=["a", "b", "c"]).frame[::-1][["toelichting", *reversed(ROWS)]])).table
    assert list(table.columns) == [*ROWS, "cijfer", "row"]
    assert table["row"].tolist() == [1, 2, 3]
    assert table["respondent_id"].tolist() == ["R3", "R2", "R1"]
    assert table["cijfer"].isna().all()


def test_unknown_columns_are_reported_and_left_out():
    result = ingest(rows(duur=[1, 2, 3], opmerking=["", "", ""]))
    assert result.unmapped == ["duur", "opmerking"]
    assert "duur" not in result.table


def test_missing_columns_are_named_with_their_questionnaire():
    assert problems_of(rows(without=["geslacht", "uren", "tsi_1"])) == [
        ": the questionnaire Achtergrond lacks columns geslacht, uren; add them to the export, or the name there to "
        "config/variables.csv.",
        ": the questionnaire TSI lacks column tsi_1; add it to the export, or the name there to config/variables.csv.",
    ]


def test_names_of_the_export_become_those_of_the_codebook():
    raw = rows()
    renamed = Export(raw.frame.rename(columns={"tsi_1": "V12_1_T1"}), {"V12_1_T1": [(3.0, 3.0)]})
    result = ingest(renamed, names={"V12_1_T1": "tsi_1", "V13": "not_there"})
    assert result.table["tsi_1"].tolist()[::2] == [0, 1]
    assert pd.isna(result.table["tsi_1"][1])
    assert result.unmapped == []


def test_two_columns_with_one_meaning_are_refused():
    assert problems_of(rows(V12=[1, 1, 1]), names={"V12": "tsi_1"}) == [
        ": columns tsi_1, V12 are all named tsi_1; leave out all but one, or mend config/variables.csv."
    ]


# --- ids


def test_an_id_is_text_that_keeps_its_zeros_and_a_whole_number_has_no_decimals():
    assert column("respondent_id", ["007", 7.0, " R7 "]) == ["007", "7", "R7"]
    assert column("respondent_id", ["7.0", "8,0", "9.5"]) == ["7", "8", "9.5"]


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


def test_the_corrections_of_one_export_are_read_with_their_lines(tmp_path):
    path = tmp_path / "corrections.csv"
    lines = [
        ",".join(CORRECTION_FIELDS),
        "T1_jeugd,K1,leeftijd,9,10,typfout,AB,2026-01-02",
        "",
        "T0_jeugd,007,leeftijd,NA,,typfout,AB,2026-01-02",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    read = read_corrections(path, "T0_jeugd")
    assert list(read.columns) == list(CORRECTION_FIELDS)
    assert read.index.tolist() == [2]
    assert read.loc[2, ["id", "old_value", "new_value"]].tolist() == ["007", "NA", ""]


# --- the same from every format


def test_spss_csv_and_excel_give_the_same_table(tmp_path):
    days = [datetime.date(2016, 3, 4), None, datetime.date(2016, 3, 6)]
    frame = pd.DataFrame(
        {
            "respondent_id": ["007", "008", "009"],
            "huishouden_id": [1.0, 2.0, 2.0],
            "afnamedatum": days,
            "geslacht": [1.0, 2.0, 99.0],
            "uren": [7.5, 98.5, None],
            "tsi_1": [3.0, 98.0, -9.0],
            "toelichting": ["één; twee", "", "drie"],
        }
    )
    pyreadstat.write_sav(frame, str(tmp_path / "a.sav"), missing_ranges={"geslacht": [98, 99], "tsi_1": [98, 99]})
    texts = {
        "utf-8.csv": (frame.to_csv(index=False, float_format="%g"), "utf-8"),
        "bom.csv": (frame.to_csv(index=False, sep=";"), "utf-8-sig"),
        "dutch.csv": (frame.to_csv(index=False, sep=";", decimal=",").replace("2016-03-04", "4-3-2016"), "cp1252"),
    }
    for name, (text, encoding) in texts.items():
        (tmp_path / name).write_bytes(text.encode(encoding))
    records = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    records[0][5] = "3"  # Excel people type text
    write_xlsx(tmp_path / "a.xlsx", [list(frame.columns), *records])
    tables = {
        path.name: ingest(read_export(path, ADULTS)).table for path in sorted(tmp_path.iterdir()) if path.is_file()
    }
    expected = tables.pop("a.sav")
    assert expected["huishouden_id"].tolist() == ["1", "2", "2"]
    assert expected["geslacht"].tolist() == [1, 2, REFUSED]
    assert expected["tsi_1"].tolist() == [3, NOT_APPLICABLE, REFUSED]
    assert len(tables) == 4
    for table in tables.values():
        pd.testing.assert_frame_equal(table, expected)


# --- the shuffle


def test_the_shuffle_hangs_on_the_seed_and_the_ids_not_on_the_rows():
    ids = pd.Series(["H1", "H2", "H3", "H2"])
    order = shuffled_order(ids, seed=1)
    assert sorted(order.drop(3)) == [1, 2, 3]
    assert order[1] == order[3]
    assert shuffled_order(ids[::-1], seed=1).sort_index().tolist() == order.tolist()
    assert len({tuple(shuffled_order(ids, seed)) for seed in range(20)}) > 1
