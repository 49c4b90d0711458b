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


def test_rows_of_one_wrong_size_are_one_problem(tmp_path):
    text = "respondent_id;regio;cijfer\n" + "1;Gooi;en;Vecht\n" * 10 + "respondent_id;regio;cijfer\n" * 2
    assert problems_of(csv_of(tmp_path, text)) == [
        "T0_volwassenen.csv, rows 1, 2, 3, 4, 5, 6, 7, 8 and 2 more: has 4 cells, the header has 3; quote text with a "
        "delimiter.",
        "T0_volwassenen.csv, rows 11, 12: is the header again; take it out, or part the files that stand behind each "
        "other.",
    ]


@pytest.mark.parametrize("before", ["\ufeff", "\ufeff\ufeff", "\ufeff" * 3])
@pytest.mark.parametrize("quote", ["", '"'])
def test_byte_order_marks_are_no_part_of_a_name(tmp_path, before, quote):
    path = csv_of(tmp_path, f"{before}{quote}respondent_id{quote};regio;cijfer\u200b\n1;Twente;7\n")
    assert list(read_export(path, NAMES).frame.columns) == NAMES


def test_a_mark_before_windows_1252_is_no_part_of_a_name(tmp_path):
    path = csv_of(tmp_path, "")
    path.write_bytes(b"\xef\xbb\xbf" + "respondent_id;regio;cijfer\n1;Frysl\u00e2n;7\n".encode("cp1252"))
    assert cells(path) == [["1", "Fryslân", "7"]]


WORDS = ["Één gezin", "vóór elkaar", "financiën, ideeën", "foto’s", "café", "naïeve", "coöperatie"]


@pytest.mark.parametrize("word", WORDS)
def test_letters_of_a_macintosh_are_refused_and_those_of_windows_are_not(tmp_path, word):
    text = f"respondent_id;regio;cijfer\n1;Twente;{word} hier\n"
    assert cells(csv_of(tmp_path, text, "cp1252")) == [["1", "Twente", f"{word} hier"]]
    assert problems_of(csv_of(tmp_path, text, "mac_roman")) == [
        "T0_volwassenen.csv: its letters with accents are those of a Macintosh, neither UTF-8 nor Windows-1252; export "
        "it again as UTF-8 (in Excel: CSV UTF-8)."
    ]


@pytest.mark.parametrize("word", ["één gezin", "Één", "financiën", "café", "naïeve", "coöperatie"])
def test_letters_of_dos_are_refused(tmp_path, word):
    [problem] = problems_of(csv_of(tmp_path, f"respondent_id;regio;cijfer\n1;Twente;{word}\n", "cp850"))
    assert "those of DOS" in problem


@pytest.mark.parametrize("text", ["‘t huis’", "„zo” en “zo”", "man – vrouw", "€ 7 • 8…", "Šimon’s œuvre", "zei: ‚ja’"])
def test_signs_of_windows_are_no_letters_of_another_machine(tmp_path, text):
    path = csv_of(tmp_path, f"respondent_id;regio;cijfer\n1;Twente;{text}\n", "cp1252")
    assert cells(path) == [["1", "Twente", text]]


def test_a_very_long_text_is_told_with_its_row(tmp_path):
    text = f"respondent_id;regio;cijfer\n1;Twente;7\n2;{'x' * 131_073};8\n"
    assert problems_of(csv_of(tmp_path, text)) == [
        "T0_volwassenen.csv, row 2: holds a text of over 131,072 letters, or a quote before it that is never closed; "
        "shorten the text, leave its column out, or mend the quote."
    ]
    [problem] = problems_of(csv_of(tmp_path, text.replace("regio", "x" * 131_073)))
    assert problem.startswith("T0_volwassenen.csv, header: holds a text of over 131,072 letters")
