import datetime

import pandas as pd
import pyreadstat
import pytest
from given.workbooks import write_xlsx

from effectstudie.intake.files.readers import read_export
from effectstudie.shared.errors import InputError

NAMES = ["respondent_id", "regio", "cijfer"]


def csv_of(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "T0_volwassenen.csv"
    path.write_bytes(text.encode(encoding))
    return path


def problems_of(path, expected=NAMES):
    with pytest.raises(InputError) as raised:
        read_export(path, expected)
    return raised.value.problems


def cells(path):
    return read_export(path, NAMES).frame.to_numpy().tolist()


# --- CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_delimiter_encoding_and_line_ends_make_no_difference(tmp_path, delimiter, encoding, newline):
    lines = [["respondent_id", "regio", "cijfer"], ["007", "Fryslân", "8"], ["008", "Súdwest", ""]]
    text = "".join(delimiter.join(line) + newline for line in lines)
    assert cells(csv_of(tmp_path, text, encoding)) == [["007", "Fryslân", "8"], ["008", "Súdwest", None]]


def test_the_delimiter_is_the_one_that_gives_the_expected_names(tmp_path):
    path = csv_of(tmp_path, 'respondent_id;regio;"cijfer";"a,b,c,d,e"\n1;Twente;7,5;x\n')
    assert list(read_export(path, NAMES).frame.columns) == ["respondent_id", "regio", "cijfer", "a,b,c,d,e"]


def test_quoted_cells_hold_delimiters_quotes_and_newlines(tmp_path):
    text = 'respondent_id,regio,cijfer\n1,"Gooi, en ""Vecht""\n\nstreek",7\n2,Twente\u2028\x0bOost,8\n'
    assert cells(csv_of(tmp_path, text)) == [
        ["1", 'Gooi, en "Vecht"\n\nstreek', "7"],
        ["2", "Twente\u2028\x0bOost", "8"],
    ]


def test_blanks_around_text_and_names_go_and_text_of_blanks_is_none(tmp_path):
    path = csv_of(tmp_path, " respondent_id ;regio;cijfer\n 1 ;Twente   ;   \n")
    assert cells(path) == [["1", "Twente", None]]
    assert list(read_export(path, NAMES).frame.columns) == NAMES


def test_text_that_means_nothing_to_dutch_readers_stays_text(tmp_path):
    path = csv_of(tmp_path, "respondent_id;regio;cijfer\n0012;NA;None\n1e5;nan;null\n")
    assert cells(path) == [["0012", "NA", "None"], ["1e5", "nan", "null"]]


def test_empty_lines_and_a_delimiter_at_the_end_are_no_cells(tmp_path):
    path = csv_of(tmp_path, "respondent_id;regio;cijfer;\n\n1;Twente;7;\n;;;\n2;Twente;8;\n\n")
    assert cells(path) == [["1", "Twente", "7"], ["2", "Twente", "8"]]


def test_every_short_or_long_row_is_listed(tmp_path):
    path = csv_of(tmp_path, "respondent_id;regio;cijfer\n1;Gooi;en;Vecht\n2;Twente;8\n3;Twe")
    assert problems_of(path) == [
        "T0_volwassenen.csv, row 1: has 4 cells, the header has 3; quote text with a delimiter.",
        "T0_volwassenen.csv, row 3: has 2 cells, the header has 3; the file is truncated, or a delimiter is missing.",
    ]


def test_a_file_that_ends_inside_quotes_is_truncated(tmp_path):
    [problem] = problems_of(csv_of(tmp_path, 'respondent_id;regio;cijfer\n1;"Twente'))
    assert problem.startswith("T0_volwassenen.csv: is no well-formed CSV file")
    assert "the file is truncated" in problem


def test_garbled_letters_are_refused(tmp_path):
    [problem] = problems_of(csv_of(tmp_path, "respondent_id;regio;cijfer\n1;FryslÃ¢n;2\n"))
    assert problem == "T0_volwassenen.csv: has garbled letters (Ã¢); export it as UTF-8."


@pytest.mark.parametrize("content", [b"respondent_id\n\x81\x8d\n", "respondent_id\n1\n".encode("utf-16")])
def test_other_encodings_are_refused(tmp_path, content):
    path = tmp_path / "T0_volwassenen.csv"
    path.write_bytes(content)
    message = "T0_volwassenen.csv: is neither UTF-8 nor Windows-1252 text; export it again as UTF-8."
    assert problems_of(path) == [message]


def test_a_column_with_values_needs_a_name(tmp_path):
    path = csv_of(tmp_path, "respondent_id;;cijfer\n1;x;2\n")
    assert problems_of(path) == ["T0_volwassenen.csv, column 2: has values but no name; name it, or leave it out."]


# --- all formats


def test_a_column_twice_is_an_error_in_csv_and_excel(tmp_path):
    message = "column cijfer occurs twice; keep one."
    assert problems_of(csv_of(tmp_path, "cijfer,regio,cijfer\n1,2,3\n")) == [f"T0_volwassenen.csv: {message}"]
    workbook = write_xlsx(tmp_path / "T0_jeugd.xlsx", [["cijfer", "regio", "cijfer"], [1, 2, 3]])
    assert problems_of(workbook) == [f"T0_jeugd.xlsx: {message}"]


@pytest.mark.parametrize("suffix", [".sav", ".csv", ".xlsx"])
def test_an_empty_file_is_refused(tmp_path, suffix):
    path = tmp_path / f"T0_jeugd{suffix}"
    path.touch()
    assert problems_of(path) == [f"T0_jeugd{suffix}: the file is empty; export it again."]


def test_a_file_with_a_header_alone_is_refused(tmp_path):
    pyreadstat.write_sav(pd.DataFrame({"cijfer": [1.0]})[:0], str(tmp_path / "a.sav"))
    for path in (
        tmp_path / "a.sav",
        csv_of(tmp_path, "respondent_id;regio;cijfer\n"),
        csv_of(tmp_path, "\n \n"),
        write_xlsx(tmp_path / "a.xlsx", [NAMES]),
        write_xlsx(tmp_path / "b.xlsx", []),
    ):
        assert problems_of(path) == [f"{path.name}: the file has no rows; export it again."]


def test_a_truncated_spss_or_excel_file_is_refused(tmp_path):
    whole = tmp_path / "whole.sav"
    pyreadstat.write_sav(pd.DataFrame({"cijfer": [1.5] * 50}), str(whole))
    (tmp_path / "a.sav").write_bytes(whole.read_bytes()[:-16])
    assert problems_of(tmp_path / "a.sav")[0].startswith("a.sav: is no complete SPSS file (")
    workbook = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["1", "Twente", 8]])
    workbook.write_bytes(workbook.read_bytes()[:-100])
    assert problems_of(workbook)[0].startswith("a.xlsx: is no complete Excel file (")


def test_excel_cells_come_as_they_are(tmp_path):
    day = datetime.date(2016, 3, 4)
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["007", " Twente ", day], [None, None, None], [8, "99", True]])
    assert cells(path) == [["007", "Twente", day], [8.0, "99", True]]


# --- SPSS


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "T0_volwassenen.sav"
    frame = pd.DataFrame(
        {
            "respondent_id": [1.0, 2.0, 3.0],
            "regio": ["Twente", "", "NVT"],
            "cijfer": [2.0, 8.0, 99.0],
            "afnamedatum": [datetime.date(2016, 3, 4), None, datetime.date(2016, 3, 5)],
        }
    )
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels={"cijfer": "Cijfer voor de hulp"},
        variable_value_labels={"cijfer": {2.0: "slecht"}},
        missing_ranges={"cijfer": [{"lo": 7, "hi": 9}, 99], "regio": ["NVT"]},
    )
    return path


def test_spss_values_stay_codes_and_declared_missing_values_are_handed_on(labelled):
    export = read_export(labelled)
    assert export.frame["cijfer"].tolist() == [2.0, 8.0, 99.0]
    assert export.frame["regio"].tolist() == ["Twente", None, "NVT"]
    assert export.frame["afnamedatum"].tolist() == [datetime.date(2016, 3, 4), None, datetime.date(2016, 3, 5)]
    assert export.user_missing == {"cijfer": [(7.0, 9.0), (99.0, 99.0)], "regio": [("NVT", "NVT")]}


def test_reading_leaves_the_export_untouched(labelled):
    before = labelled.read_bytes()
    read_export(labelled)
    assert labelled.read_bytes() == before
