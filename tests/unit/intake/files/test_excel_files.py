"""Exports as workbooks."""

import datetime
import re
import zipfile

from given.read_files import NAMES, cells, csv_of, problems_of
from given.workbooks import write_xlsx


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
    assert problems_of(path) == [
        "a.xlsx, row 2, column cijfer: cell C3 holds a formula without a result; open the workbook in Excel and save it, "
        "or paste the column as values."
    ]


def with_value(path, value):
    """The same workbook with another value, or formula, in the last cell."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = re.sub(rb"<c>(<f>.*)?<v>8.0</v>", f"<c>{value}".encode(), sheet)
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
