import zipfile

import pandas as pd
import pyreadstat
import pytest
import xlsxwriter

from effectstudie.intake.files.beside import texts_beside
from effectstudie.privacy.cleared import Cleared
from effectstudie.privacy.naming_columns import text_problems
from effectstudie.shared.errors import InputError

NAMING = "bel Fatima op 06-11223344"


def kinds_in(path):
    """What is said of a file, place and kind."""
    problems = text_problems(texts_beside(path.read_bytes(), path.name), path.name, Cleared())
    assert all("06-1122" not in problem and "Fatima" not in problem for problem in problems)
    return {problem.partition(": seems to hold ")[0].partition(", ")[2] for problem in problems}


def workbook(path, change):
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Export")
    sheet.write_row(0, 0, ["kind_id", "geslacht"])
    sheet.write_row(1, 0, ["K1", 2])
    change(book, sheet)
    book.close()
    return path


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("a comment", lambda book, sheet: sheet.write_comment(1, 1, NAMING)),
        ("a comment", lambda book, sheet: sheet.write_comment(1, 1, "vraag 3", {"author": "fatima@voorbeeld.nl"})),
        ("properties of the file", lambda book, sheet: book.set_properties({"author": "Fatima Bakker"})),
        ("properties of the file", lambda book, sheet: book.set_properties({"comments": NAMING})),
        ("properties of the file", lambda book, sheet: book.set_custom_property("contact", NAMING)),
        ("the name of a sheet or range", lambda book, sheet: book.add_worksheet("Fatima Bakker")),
        ("a sheet beside its cells", lambda book, sheet: sheet.set_header(f"&C{NAMING}")),
        ("a sheet beside its cells", lambda book, sheet: sheet.data_validation(
            1, 1, 1, 1, {"validate": "any", "input_title": "wie", "input_message": NAMING})),
        ("a drawing or its description", lambda book, sheet: sheet.insert_textbox(3, 3, NAMING)),
        ("a sheet beside its cells", lambda book, sheet: sheet.write_url(5, 5, "mailto:fatima@voorbeeld.nl")),
    ],
)  # fmt: skip
def test_whatever_is_written_beside_the_cells_of_a_workbook_is_read(tmp_path, place, change):
    assert place in kinds_in(workbook(tmp_path / "T1_jeugd.xlsx", change))


def test_a_workbook_without_such_texts_says_nothing(tmp_path):
    path = workbook(tmp_path / "T1_jeugd.xlsx", lambda book, sheet: sheet.write_comment(1, 1, "2 = vrouw"))
    assert kinds_in(path) == set()


def rewritten(path, part, text):
    """The workbook with another text in a part."""
    with zipfile.ZipFile(path) as parts:
        files = {name: parts.read(name) for name in parts.namelist()}
    files[part] = text(files[part])
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in files.items():
            parts.writestr(name, content)
    return path


@pytest.mark.parametrize("tag", ["r", "x:r"])
def test_a_number_that_is_cut_into_pieces_of_another_colour_is_read_as_one(tmp_path, tag):
    path = workbook(tmp_path / "T1_jeugd.xlsx", lambda book, sheet: sheet.write_comment(1, 1, "06-11223344"))
    part = "xl/comments1.xml"
    cut = f"06-112</t></{tag}><{tag}><t>23344".encode()
    assert "a comment" in kinds_in(rewritten(path, part, lambda text: text.replace(b"06-11223344", cut)))


def test_texts_of_an_ods_are_read_and_its_cells_are_not(tmp_path):
    path = tmp_path / "T1_jeugd.ods"
    cell = "<table:table-cell><text:p>{}</text:p>{}</table:table-cell>"
    note = f"<office:annotation><dc:creator>x</dc:creator><text:p>{NAMING}</text:p></office:annotation>"
    for name, content, found in (
        ("content.xml", f'<table:table table:name="Fatima Bakker">{cell.format("K1", "")}</table:table>', True),
        ("content.xml", f'<table:table table:name="Export">{cell.format("K1", note)}</table:table>', True),
        ("content.xml", f'<table:table table:name="Export">{cell.format(NAMING, "")}</table:table>', False),
        ("meta.xml", "<meta:initial-creator>Fatima Bakker</meta:initial-creator>", True),
    ):
        with zipfile.ZipFile(path, "w") as parts:
            parts.writestr(name, content)
        assert bool(kinds_in(path)) == found, content


@pytest.mark.parametrize(
    ("place", "options"),
    [
        ("file label", {"file_label": NAMING}),
        ("note", {"note": NAMING}),
        ("label of column 2", {"column_labels": ["Kind", NAMING]}),
        ("label of a value of column 2", {"variable_value_labels": {"geslacht": {1.0: NAMING}}}),
    ],
)
def test_labels_and_notes_of_spss_are_read(tmp_path, place, options):
    path = tmp_path / "T1_jeugd.sav"
    frame = pd.DataFrame({"kind_id": ["K1"], "geslacht": [1.0]})
    pyreadstat.write_sav(frame, str(path), **options)
    assert kinds_in(path) == {place}
    pyreadstat.write_sav(frame, str(path), column_labels=["Kind", "Geslacht van het kind"], file_label="Jeugd, T1")
    assert kinds_in(path) == set()


def test_a_csv_has_nothing_beside_its_cells():
    assert texts_beside(b"kind_id,geslacht\n", "T1_jeugd.csv") == []


def test_a_damaged_file_is_one_sentence():
    for name in ("T1_jeugd.sav", "T1_jeugd.xlsx"):
        with pytest.raises(InputError, match=f"{name}: is no complete"):
            texts_beside(b"PK\x03\x04 and no more", name)
