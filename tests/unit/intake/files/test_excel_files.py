"""Exports as workbooks."""

import datetime

from given.read_files import NAMES, cells
from given.workbooks import write_xlsx


def test_excel_cells_come_as_they_are(tmp_path):
    day = datetime.date(2016, 3, 4)
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["007", " Twente ", day], [None, None, None], [8, "99", True]])
    assert cells(path) == [["007", "Twente", day], [8.0, "99", True]]
