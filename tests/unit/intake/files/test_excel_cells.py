"""What is seen of a workbook before its values are read: its sheets, their faults, and how far they reach."""

import zipfile

import pytest
from given.read_files import NAMES
from given.workbooks import Xml, changed, write_xlsx

from effectstudie.intake.files import excel_cells
from effectstudie.intake.files.excel_cells import FAILED, UNCALCULATED, letters, sheets_of
from effectstudie.shared.errors import InputError

SHEET, WORKBOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
FORMULA, NA = "<f>MIN(3,1+1)</f>", '<c t="e"><v>#N/A</v></c>'


def faults_of(path):
    (sheet,) = sheets_of(path.read_bytes(), "a.xlsx")
    return {(row, *place): value for place, (rows, value) in sheet.faults.items() for row in rows}


def refused(path):
    with pytest.raises(InputError) as raised:
        sheets_of(path.read_bytes(), "a.xlsx")
    (problem,) = raised.value.problems
    return problem


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (NA, (FAILED, "#N/A")),
        ("<c s=\"0\" t = 'e' ><v>#REF!</v></c>", (FAILED, "#REF!")),
        (f'<c t="e">{FORMULA}<v>#DIV/0!</v></c>', (FAILED, "#DIV/0!")),
        ('<c t="e"><v><![CDATA[#NUM!]]></v></c>', (FAILED, "#NUM!")),
        ('<c t="e"><!-- ? --><v>&#35;N/A</v></c>', (FAILED, "#N/A")),
        ('<c t="e"/>', (FAILED, "")),
        (f'<c t="e">{FORMULA}<v>#NULL!</v></c>', (FAILED, "#NULL!")),
        (f"<c>{FORMULA}</c>", (UNCALCULATED, "")),
        (f"<c>{FORMULA}<v/></c>", (UNCALCULATED, "")),
        (f"<c>{FORMULA}<v> </v></c>", (UNCALCULATED, "")),
        (f'<c t="str">{FORMULA}<v></v></c>', (UNCALCULATED, "")),
        ('<c><f t="shared" si="0"/></c>', (UNCALCULATED, "")),
        ('<c><f t="array" ref="C2:C9">ROW(A1:A8)</f></c>', (UNCALCULATED, "")),
        ('<c t="e"><v>#NULL!</v></c>', None),
        (f"<c>{FORMULA}<v>0</v></c>", None),
        ('<c t="inlineStr"><is><t>f</t></is></c>', None),
        ('<c s="1"/>', None),
    ],
)
def test_a_cell_without_a_value_that_counts_is_seen_however_it_is_written(tmp_path, cell, fault):
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["1", "Twente", 8], ["2", None, Xml(cell)]])
    assert faults_of(path) == ({(3, 3, fault[0]): fault[1]} if fault else {})


def with_prefix(text):
    for tag in ("worksheet", "sheetData", "row", "c", "v", "f", "is", "t"):
        text = (
            text.replace(f"<{tag}>", f"<x:{tag}>").replace(f"<{tag} ", f"<x:{tag} ").replace(f"<{tag}/", f"<x:{tag}/")
        )
        text = text.replace(f"</{tag}>", f"</x:{tag}>")
    return text.replace(" xmlns=", " xmlns:x=")


def strict(text):
    return text.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/x")


@pytest.mark.parametrize("change", [with_prefix, strict, str])
@pytest.mark.parametrize("target", ["worksheets/sheet1.xml", "/xl/worksheets/Blad.xml", "data/uit voer.xml"])
def test_a_sheet_is_found_under_every_name_and_namespace(tmp_path, change, target):
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["1", "Twente", Xml(NA)]])
    changed(path, SHEET, change, named=target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    changed(path, "xl/_rels/workbook.xml.rels", lambda text: text.replace("worksheets/sheet1.xml", target))
    assert faults_of(path) == {(2, 3, FAILED): "#N/A"}


def test_a_workbook_that_lies_elsewhere_in_its_file_is_read(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["1", "Twente", Xml(NA)]])
    changed(path, "_rels/.rels", lambda text: text.replace("xl/workbook.xml", "/workbook.xml"))
    for part in (SHEET, WORKBOOK, "xl/_rels/workbook.xml.rels", "xl/styles.xml"):
        changed(path, part, str, named=part.removeprefix("xl/"))
    assert faults_of(path) == {(2, 3, FAILED): "#N/A"}


def test_a_cell_stands_where_its_reference_says_also_in_a_row_with_gaps(tmp_path):
    row = Xml('<c r="A7" t="str"><v>x</v></c><c r="AB7" t="e"><v>#N/A</v></c><c t="e"><v>#REF!</v></c>')
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, [row], [Xml(NA)]])
    assert faults_of(path) == {(7, 28, FAILED): "#N/A", (7, 29, FAILED): "#REF!", (8, 1, FAILED): "#N/A"}
    assert [letters(number) for number in (1, 26, 27, 28, 703, 16384)] == ["A", "Z", "AA", "AB", "AAA", "XFD"]


def test_zeros_of_a_program_that_leaves_calculating_to_excel_are_no_results(tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx", [NAMES, ["1", Xml(f"<c>{FORMULA}<v>0</v></c>"), Xml(f"<c>{FORMULA}<v>2</v></c>")]]
    )
    assert faults_of(path) == {}
    changed(path, WORKBOOK, lambda text: text.replace("</workbook>", '<calcPr fullCalcOnLoad="1"/></workbook>'))
    assert faults_of(path) == {(2, 2, UNCALCULATED): ""}


def test_hidden_sheets_are_sheets_and_those_without_values_are_told_apart(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["1", "Twente", 8]])
    entry = '<sheet name="Lijst" sheetId="2" state="{}" r:id="r1"/></sheets>'
    for state in ("hidden", "veryHidden"):
        changed(path, WORKBOOK, lambda text, state=state: text.replace("</sheets>", entry.format(state)))
    found = [(sheet.name, sheet.hidden, sheet.values) for sheet in sheets_of(path.read_bytes(), "a.xlsx")]
    assert found == [("Blad1", False, 6), ("Lijst", True, 6), ("Lijst", True, 6)]
    (empty,) = sheets_of(write_xlsx(tmp_path / "b.xlsx", [[None, Xml('<c s="1"/>')]]).read_bytes(), "b.xlsx")
    assert (empty.values, empty.faults) == (0, {})


@pytest.mark.parametrize(
    "value", ["<v>1</v>", '<is><t xml:space="preserve"> </t></is>', "<is><t/></is>", "<v/>", "<v>#N/A</v>"]
)
def test_a_cell_far_from_the_rest_is_named_and_makes_no_table(tmp_path, value):
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["1", "Twente", 8], [Xml(f'<c r="XFD1048576">{value}</c>')]])
    assert "a.xlsx: reaches to XFD1048576 with " in refused(path)
    assert "a table of 1048576 by 16384 cells, more than an export does" in refused(path)


def test_cells_far_away_in_two_directions_are_both_named(tmp_path):
    rows = [[Xml(f'<c r="{place}"><v>1</v></c>')] for place in ("A1", "XFD1", "B4000")]
    assert "reaches to B4000 and XFD1 with 3 values only" in refused(write_xlsx(tmp_path / "a.xlsx", rows))


def test_a_far_cell_that_is_only_formatted_and_a_dimension_that_lies_are_nothing(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["1", "Twente", 8], [Xml('<c r="XFD1048576" s="1"/>')]])
    changed(path, SHEET, lambda text: text.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'))
    (sheet,) = sheets_of(path.read_bytes(), "a.xlsx")
    assert sheet.values == 6


def with_shared(path, text):
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/sharedStrings.xml", f"<sst><si><t>{text}</t></si></sst>")
    return path


def test_a_text_that_many_cells_share_counts_as_often(tmp_path):
    cell = Xml('<c t="s"><v>0</v></c>')
    path = with_shared(write_xlsx(tmp_path / "a.xlsx", [NAMES, [cell]]), "x" * 40_000)
    assert refused(path).startswith("a.xlsx: cell A2 holds 40000 letters, more than an export does")
    path = with_shared(write_xlsx(tmp_path / "b.xlsx", [NAMES, *[[cell] * 60] * 60]), "x" * 32_000)
    assert refused(path).startswith("a.xlsx: holds more than 100000000 letters")


def test_a_workbook_that_would_fill_the_memory_is_refused_by_what_its_directory_says(tmp_path, monkeypatch):
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["1", "Twente", 8]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/image1.png", bytes(3 << 20))
    assert len(sheets_of(path.read_bytes(), "a.xlsx")) == 1
    monkeypatch.setattr(excel_cells, "_UNPACKED", 2 << 20)
    assert refused(path).startswith("a.xlsx: unpacks to 3 MB, more than an export does")


@pytest.mark.parametrize("part", [SHEET, WORKBOOK])
def test_what_declares_entities_is_no_workbook(tmp_path, part):
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["1", "Twente", 8]])
    changed(path, part, lambda text: text.replace("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>'))
    assert refused(path) == "a.xlsx: is no complete Excel file (declares a document type); export it again."


@pytest.mark.parametrize("change", [lambda text: text[:-40], lambda text: text.replace("<c", '<c r="ZZZZ1"', 1)])
def test_a_sheet_that_is_damaged_is_one_sentence(tmp_path, change):
    path = changed(write_xlsx(tmp_path / "a.xlsx", [NAMES, ["1", "Twente", 8]]), SHEET, change)
    assert refused(path).startswith("a.xlsx: is no complete Excel file (")


@pytest.mark.parametrize(
    ("part", "kind"), [("xl/workbook.bin", "a binary workbook (.xlsb)"), ("content.xml", "an OpenDocument file")]
)
def test_a_workbook_of_another_format_is_named(tmp_path, part, kind):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr(part, "")
    assert refused(path) == f"a.xlsx: is {kind}; save it as .xlsx."
