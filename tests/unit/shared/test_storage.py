import pandas as pd
import pytest

from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.persons.write import write_parquet
from effectstudie.shared.storage import copy_files, replace_file, replace_folder, write_csv

FRAME = pd.DataFrame({"household": ["b", "a"], "value": [2.0, 1.0]})


def test_a_table_is_written_in_the_order_of_its_key(tmp_path):
    write_parquet(FRAME, tmp_path / "new/table.parquet", ["household", "value"], ["household"])
    written = pd.read_parquet(tmp_path / "new/table.parquet")
    assert written.to_numpy().tolist() == [["a", 1.0], ["b", 2.0]]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["table.parquet"]


def test_the_same_table_gives_the_same_bytes_whatever_the_order_of_its_rows(tmp_path):
    write_parquet(FRAME, tmp_path / "one.parquet", ["household", "value"], ["household"])
    write_parquet(FRAME[::-1], tmp_path / "two.parquet", ["household", "value"], ["household"])
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


def test_other_columns_than_promised_are_refused(tmp_path):
    with pytest.raises(EffectstudieError) as raised:
        write_parquet(FRAME, tmp_path / "t.parquet", ["household", "score"], ["household"])
    message = "t.parquet: the table has columns ['household', 'value'], but ['household', 'score'] were promised."
    assert str(raised.value).endswith(message)
    assert not (tmp_path / "t.parquet").exists()


def test_a_key_twice_is_refused_without_showing_it(tmp_path):
    with pytest.raises(EffectstudieError) as raised:
        write_parquet(pd.concat([FRAME, FRAME]), tmp_path / "t.parquet", ["household", "value"], ["household"])
    assert str(raised.value).endswith("t.parquet: 2 rows have the same household; each may occur once.")


def test_csv_has_points_commas_and_twelve_digits(tmp_path):
    frame = pd.DataFrame({"outcome": ["veiligheid", "één"], "mean": [1 / 3, None], "n": [7, 8]})
    write_csv(frame, tmp_path / "t.csv")
    expected = "outcome,mean,n\nveiligheid,0.333333333333,7\néén,,8\n"
    assert (tmp_path / "t.csv").read_bytes() == expected.encode()


def test_a_writer_that_fails_leaves_the_earlier_file_and_nothing_else(tmp_path):
    (tmp_path / "t.csv").write_text("earlier")

    def fail_half_way(path):
        path.write_text("half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        replace_file(tmp_path / "t.csv", fail_half_way)
    assert (tmp_path / "t.csv").read_text() == "earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


def test_a_folder_is_replaced_whole(tmp_path):
    replace_folder(tmp_path / "render", {"a.csv": b"1", "b.csv": b"2"})
    replace_folder(tmp_path / "render", {"a.csv": b"3"})
    assert {path.name: path.read_bytes() for path in (tmp_path / "render").iterdir()} == {"a.csv": b"3"}
    assert [path.name for path in tmp_path.iterdir()] == ["render"]


def test_a_folder_that_cannot_be_filled_leaves_the_earlier_one(tmp_path):
    replace_folder(tmp_path / "render", {"a.csv": b"1"})
    with pytest.raises(TypeError):
        replace_folder(tmp_path / "render", {"a.csv": b"2", "b.csv": None})
    assert (tmp_path / "render/a.csv").read_bytes() == b"1"


def test_files_go_to_the_paths_of_their_names(tmp_path):
    write_csv(FRAME, tmp_path / "x/b.csv")
    copy_files(tmp_path / "x", [tmp_path / "y/b.csv"])
    assert (tmp_path / "y/b.csv").read_bytes() == (tmp_path / "x/b.csv").read_bytes()
    with pytest.raises(FileNotFoundError):
        copy_files(tmp_path / "x", [tmp_path / "y/c.csv"])
    assert [path.name for path in (tmp_path / "y").iterdir()] == ["b.csv"]
