import pytest

from effectstudie.definitions.lists import digest_in
from effectstudie.intake.files.lists import read_list
from effectstudie.shared.errors import InputError
from effectstudie.shared.vocabulary import CORRECTION_FIELDS

LINES = [
    ",".join(CORRECTION_FIELDS),
    "T1_jeugd,K1,leeftijd,9,10,typfout,AB,2026-01-02",
    "",
    "T0_jeugd,007,leeftijd,NA,,één typfout,AB,2026-01-02",
]


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8-sig"), (";", "cp1252"), ("\t", "utf-16")])
def test_the_rows_of_one_export_are_read_with_their_lines_however_they_were_saved(tmp_path, delimiter, encoding):
    path = tmp_path / "corrections.csv"
    path.write_bytes("\r\n".join(LINES).replace(",", delimiter).encode(encoding))
    read = read_list(path, "T0_jeugd", digest_in(path.read_bytes(), "T0_jeugd"), CORRECTION_FIELDS)
    assert list(read.columns) == list(CORRECTION_FIELDS)
    assert read.index.tolist() == [2]
    assert read.loc[2, ["id", "old_value", "new_value", "reason"]].tolist() == ["007", "NA", "", "één typfout"]


def test_no_file_has_no_rows_and_another_than_the_run_began_with_is_refused(tmp_path):
    assert read_list(None, "T0_jeugd", "", CORRECTION_FIELDS) is None
    path = tmp_path / "corrections.csv"
    assert read_list(path, "T0_jeugd", digest_in(b"", "T0_jeugd"), CORRECTION_FIELDS) is None
    path.write_text("\n".join(LINES))
    with pytest.raises(InputError, match="corrections.csv: was changed"):
        read_list(path, "T0_jeugd", digest_in(b"", "T0_jeugd"), CORRECTION_FIELDS)
