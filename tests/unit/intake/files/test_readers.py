"""What is refused of a file in any format."""

import hashlib
from types import SimpleNamespace

import pandas as pd
import pyreadstat
import pytest
from given.read_files import NAMES, csv_of, problems_of
from given.workbooks import write_xlsx

from effectstudie.intake.files import readers
from effectstudie.intake.files.readers import read_export
from effectstudie.shared.errors import InputError
from effectstudie.shared.storage import sha256


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


@pytest.mark.parametrize("suffix", [".sav", ".csv", ".xlsx"])
def test_what_is_parsed_are_the_bytes_whose_sha256_was_asked_for(tmp_path, suffix, monkeypatch):
    def written(name, mark):
        path = tmp_path / f"{name}{suffix}"
        if suffix == ".sav":
            pyreadstat.write_sav(pd.DataFrame({"cijfer": [mark]}), str(path))
        elif suffix == ".xlsx":
            write_xlsx(path, [["cijfer"], [mark]])
        else:
            path.write_text(f"cijfer\n{mark}\n")
        return path

    def hash_and_replace(content):
        digest = hashlib.sha256(content)
        if other.exists():
            other.replace(path)
        return digest

    path, other = written("T0_jeugd", 7.0), written("another", 8.0)
    meant = sha256(path)
    monkeypatch.setattr(readers, "hashlib", SimpleNamespace(sha256=hash_and_replace))
    content = readers.read_bytes(path, meant)
    assert [float(cell) for cell in read_export(path, ["cijfer"], content).frame["cijfer"]] == [7]
    with pytest.raises(InputError, match="T0_jeugd.*: was changed while the run was under way"):
        readers.read_bytes(path, meant)
