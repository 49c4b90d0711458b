"""Exports as .csv."""

import pytest
from given.read_files import NAMES, cells, csv_of, problems_of

from effectstudie.intake.files.readers import read_export


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
