"""What is refused of a file in any format."""

import pandas as pd
import pyreadstat
import pytest
from given.read_files import NAMES, csv_of, problems_of
from given.workbooks import write_xlsx


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
