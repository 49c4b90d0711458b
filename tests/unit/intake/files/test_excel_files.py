"""Exports as workbooks."""

import datetime
import re

import pytest
from given.read_files import NAMES, cells, csv_of, problems_of
from given.workbooks import Xml, changed, write_xlsx

from effectstudie.intake.files.readers import read_export

NA, UNCALCULATED = Xml('<c t="e"><v>#N/A</v></c>'), Xml("<c><f>MIN(3,1+1)</f></c>")
MEND = "an error of Excel; mend the formula, or empty the cell where there is no answer."
CALCULATE = "a formula without a result; open the workbook in Excel and save it, or paste the column as values."


def test_excel_cells_come_as_they_are(tmp_path):
    day = datetime.date(2016, 3, 4)
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["007", " Twente ", day], [None, None, None], [8, "99", True]])
    assert cells(path) == [["007", "Twente", day], [8.0, "99", True]]


def test_what_looks_like_a_formula_is_text_and_a_formula_is_its_value_or_is_named(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["=1+1", "@som", "+3"], ["-5", "\tx", 8.0]])
    assert cells(path) == [["=1+1", "@som", "+3"], ["-5", "x", 8.0]]
    text = "respondent_id,regio,cijfer\n=1+1,@som,+3\n-5,\tx,8\n"
    assert cells(csv_of(tmp_path, text)) == [["=1+1", "@som", "+3"], ["-5", "x", "8"]]
    with_value(path, "<f>4+4</f><v>8.0</v>")
    assert cells(path)[1] == ["-5", "x", 8.0]
    with_value(path, "<f>4+4</f>")
    assert problems_of(path) == [f"a.xlsx, row 2, column cijfer: cell C3 holds {CALCULATE}"]


def with_value(path, value):
    """The same workbook with another value, or formula, in the last cell."""
    change = lambda text: re.sub(r"<c>(<f>.*)?<v>8.0</v>", f"<c>{value}", text)  # noqa: E731
    changed(path, "xl/worksheets/sheet1.xml", change)


def test_faults_are_told_by_column_with_the_number_of_the_case_and_the_true_cell(tmp_path):
    rows = [
        ["1", "Twente", NA],
        [None, None, None],
        ["2", "Twente", UNCALCULATED],
        [None, NA, None],
        ["4", "#WAARDE!", NA],
    ]
    assert problems_of(write_xlsx(tmp_path / "a.xlsx", [NAMES, *rows])) == [
        f"a.xlsx, rows 3, 4, column regio, value '#N/A': cell B5 and others hold {MEND}",
        f"a.xlsx, rows 1, 4, column cijfer, value '#N/A': cell C2 and others hold {MEND}",
        f"a.xlsx, row 2, column cijfer: cell C4 holds {CALCULATE}",
    ]


def test_a_table_that_begins_elsewhere_has_its_own_header_and_rows(tmp_path):
    rows = [[None], [None, None, *NAMES], [None, None, "1", "Twente", 8], [None, None, "2", NA]]
    path = write_xlsx(tmp_path / "a.xlsx", rows)
    assert problems_of(path) == [f"a.xlsx, row 2, column regio, value '#N/A': cell D4 holds {MEND}"]


def test_a_fault_in_the_header_or_beside_it_has_the_letters_of_its_column(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [["respondent_id", "regio", NA], ["1", "Twente", 8, None, NA]])
    assert problems_of(path) == [
        f"a.xlsx, header, column C, value '#N/A': cell C1 holds {MEND}",
        f"a.xlsx, row 1, column E, value '#N/A': cell E2 holds {MEND}",
    ]


def test_faults_in_most_columns_have_one_cause(tmp_path):
    names = [f"tsi_{number:03d}" for number in range(20)]
    *first, rest = problems_of(write_xlsx(tmp_path / "a.xlsx", [names, [NA] * 20, [1] * 20]), names)
    assert [problem.split(":")[0] for problem in first] == [
        f"a.xlsx, row 1, column {name}, value '#N/A'" for name in names[:8]
    ]
    assert rest == f"a.xlsx: 12 more columns hold {MEND}"


def test_an_error_that_the_library_does_not_know_is_told_too(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["1", "Twente", Xml('<c t="e"><v>#SPILL!</v></c>')]])
    assert problems_of(path) == [f"a.xlsx, row 1, column C, value '#SPILL!': cell C2 holds {MEND}"]


def test_a_sheet_of_nothing_but_formulas_without_results_is_no_empty_file(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [[UNCALCULATED] * 2, [UNCALCULATED] * 2])
    assert problems_of(path) == [
        f"a.xlsx, header, column {column}: cell {column}1 and others hold {CALCULATE}" for column in "AB"
    ]


def test_a_sheet_whose_name_the_library_reads_otherwise_is_read(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["1", "Twente", 8]])
    changed(path, "xl/workbook.xml", lambda text: text.replace('name="Blad1"', 'name="R&amp;D\t&#233;"'))
    assert cells(path) == [["1", "Twente", 8]]


@pytest.mark.parametrize("text", ["#N/A", "#N/B", "#NV", "#DEEL/0!", "#WAARDE!", "#NAAM?", "#VERW!", "Err:509"])
def test_the_text_of_an_error_is_one(tmp_path, text):
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["1", text, 8]])
    assert problems_of(path) == [f"a.xlsx, row 1, column regio, value '{text}': cell B2 holds {MEND}"]


def test_a_text_that_only_begins_as_an_error_is_a_text(tmp_path):
    rows = [["#1", "Err", "#goed"], ["#NULL! ?", "E", "#"]]
    assert cells(write_xlsx(tmp_path / "a.xlsx", [NAMES, *rows])) == rows


def test_what_spss_writes_for_no_answer_is_none(tmp_path):
    rows = [["1", "Twente", "#NULL!"], ["2", Xml('<c t="e"><v>#NULL!</v></c>'), 8]]
    assert cells(write_xlsx(tmp_path / "a.xlsx", [NAMES, *rows])) == [["1", "Twente", None], ["2", None, 8]]


def test_a_second_sheet_with_rows_is_refused_and_a_hidden_one_is_called_so(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["1", "Twente", 8]])
    entry = '<sheet name="Lijst" sheetId="2" state="hidden" r:id="r1"/></sheets>'
    changed(path, "xl/workbook.xml", lambda text: text.replace("</sheets>", entry))
    names = "Blad1, Lijst (hidden)"
    assert problems_of(path) == [f"a.xlsx: has rows on more than one sheet ({names}); keep the one of the export."]


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        *(
            (code, False)
            for code in ("Standaard", "[Rood]Standaard;-Standard", "Estándar", "0 dagen", "# ##0 st", "Tekst")
        ),
        *(
            (code, True)
            for code in ("dd-mm-jjjj", "[$-413]d mmmm jjjj;@", "yyyymmdd", "d/m/yy hh:mm:ss.00", "TT.MM.JJJJ")
        ),
    ],
)
def test_a_format_is_of_dates_by_its_letters_and_not_by_its_words(tmp_path, code, is_date):
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["1", "Twente", Xml('<c s="1"><v>42433</v></c>')]])
    formats = f'<numFmts count="1"><numFmt numFmtId="170" formatCode="{code}"/></numFmts><cellXfs>'
    styles = lambda text: text.replace("<cellXfs>", formats).replace('numFmtId="14"', 'numFmtId="170"')  # noqa: E731
    changed(path, "xl/styles.xml", styles)
    (value,) = read_export(path, NAMES).frame["cijfer"]
    assert value == (datetime.date(2016, 3, 4) if is_date else 42433)


def test_a_workbook_with_a_password_and_an_old_one_are_told_apart(tmp_path):
    path, start = tmp_path / "a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600)
    path.write_bytes(start + "EncryptedPackage".encode("utf-16-le"))
    assert problems_of(path) == ["a.xlsx: has a password; save it without one, as .xlsx."]
    path.write_bytes(start)
    assert problems_of(path) == ["a.xlsx: is an old Excel file; save it as .xlsx."]
