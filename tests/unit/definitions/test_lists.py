"""A list is read however a spreadsheet saved it."""

import pytest

from effectstudie.definitions.lists import digest_in, digest_of, numbered_rows, rows_of

HEADER = ["file", "column", "old", "new", "reason"]
ROW = dict(zip(HEADER, ["T0_jeugd", "sis_01", "0", "1", "één code"], strict=True))
LINES = "file,column,old,new,reason\nT0_jeugd,sis_01,0,1,één code\n"


@pytest.mark.parametrize(
    "content",
    [
        LINES.encode(),
        LINES.encode("utf-8-sig"),
        b"\xef\xbb\xbf" + LINES.encode("utf-8-sig"),
        LINES.replace(",", ";").replace("\n", "\r\n").encode("cp1252"),
        LINES.replace(",", "\t").encode("utf-16"),
        LINES.replace(",", " ; ").replace("\n", ";;\n").encode(),
        "".join(f'"{line}"\n' for line in LINES.splitlines()).encode(),
    ],
    ids=["plain", "mark", "two marks", "Dutch Excel", "Unicode text", "empty cells behind", "a line as one cell"],
)
def test_a_list_says_the_same_however_it_was_saved(content):
    assert rows_of(content) == (HEADER, [ROW])
    assert digest_in(content, "T0_jeugd") == digest_of([ROW], "T0_jeugd")


def test_a_row_keeps_its_line_and_tells_of_cells_that_are_missing_or_too_many():
    header, rows = numbered_rows(b"a;b\n;\n1\n1;2;3\n\n4;5\n")
    assert header == ["a", "b"]
    assert rows == {3: {"a": "1", "b": None}, 4: {"a": "1", "b": "2", None: ["3"]}, 6: {"a": "4", "b": "5"}}
    assert rows_of(b"") == ([], [])


@pytest.mark.parametrize(("day", "read"), [("21-11-2026", "2026-11-21"), ("1/2/2026", "2026-02-01"), ("gisteren",) * 2])
def test_a_day_as_dutch_excel_writes_it(day, read):
    assert rows_of(f"file;date\nT0_jeugd;{day}\n".encode())[1][0]["date"] == read


def test_a_spoiled_list_has_a_digest_of_its_own():
    assert digest_in(b"\x81", "T0_jeugd") == "cannot be read"
