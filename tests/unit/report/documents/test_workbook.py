import re
import zipfile
from io import BytesIO

import pytest
from given.words import TEXTS

from effectstudie.report.documents.workbook import workbook
from effectstudie.report.figures.palette import read_palette

RECORD = {
    "study": {"title": "Uitkomsten & meer", "region_label": "Twente", "report_date": "2026-11-21"},
    "stamp": "Demonstratie",
    "run": "abc-123",
}
NUMBER = {"value": -12.5, "decimals": 1, "percent": False, "bare": False}
SHARE = {"value": 45.0, "decimals": 1, "percent": True, "bare": False}
BARE = {"value": 0.048, "decimals": 3, "percent": False, "bare": True}
SHEETS = {
    "tables": [
        {
            "number": "B2",
            "caption": "Gemiddelden",
            "head": ["Uitkomst", "M", "p"],
            "rows": [["=1+1", NUMBER, "–"], ["+31", SHARE, BARE], ["https://x.nl", "–", "<,001"]],
            "notes": ["–: niet getoond.", "@x"],
        }
    ],
    "figures": [{"number": "1", "caption": "Stroom", "head": ["Stap"], "rows": [["na matching"]], "notes": []}],
}


@pytest.fixture(scope="module")
def parts():
    file = zipfile.ZipFile(BytesIO(workbook(SHEETS, RECORD, TEXTS["workbook"], read_palette())))
    return {name: file.read(name).decode() for name in file.namelist()}


def sheet(parts, number):
    return parts[f"xl/worksheets/sheet{number}.xml"]


def test_the_same_tables_give_the_same_bytes_on_the_day_of_the_report(parts):
    again = [workbook(SHEETS, RECORD, TEXTS["workbook"], read_palette()) for _ in range(2)]
    assert again[0] == again[1]
    assert "2026-11-21T00:00:00Z" in parts["docProps/core.xml"]


def test_a_sheet_each_in_the_order_of_the_report_and_a_list_that_leads_to_them(parts):
    assert re.findall(r'<sheet name="([^"]*)"', parts["xl/workbook.xml"]) == ["Inhoud", "Tabel B2", "Figuur 1"]
    assert re.findall(r'location="([^"]*)"', sheet(parts, 1)) == ["'Tabel B2'!A1", "'Figuur 1'!A1"]
    assert all(re.findall(r'location="([^"]*)"', sheet(parts, number)) == ["'Inhoud'!A1"] for number in (2, 3))


def test_no_text_is_a_formula_a_link_or_a_number(parts):
    assert not any("<f>" in text for text in parts.values())
    assert not any("x.nl" in text for name, text in parts.items() if "_rels" in name)
    assert "=1+1" in parts["xl/sharedStrings.xml"] and "+31" in parts["xl/sharedStrings.xml"]


def test_numbers_stay_numbers_in_the_form_they_are_printed_in(parts):
    numbers = re.findall(r'<c r="\w+" s="\d+"><v>([^<]*)</v>', sheet(parts, 2))
    assert numbers == ["-12.5", "0.45", "0.048"]
    forms = re.findall(r'formatCode="([^"]*)"', parts["xl/styles.xml"])
    assert sorted(forms) == ["#,##0.0", "#,##0.0%", "#.000"]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_sheet_says_whose_numbers_it_has_and_keeps_its_heads_in_sight(parts, number):
    assert "Demonstratie" in sheet(parts, number) and "abc-123" in sheet(parts, number)  # on paper
    marks = re.findall(r"<t[^>]*>(Demonstratie – [^<]*abc-123)</t>", parts["xl/sharedStrings.xml"])
    assert len(marks) == 1
    assert 'state="frozen"' in sheet(parts, number)
    place = re.findall(r"<t[^>]*>([^<]*)</t>", parts["xl/sharedStrings.xml"]).index(marks[0])
    assert '<c r="A2" s="' in sheet(parts, number) and f"<v>{place}</v>" in sheet(parts, number)
