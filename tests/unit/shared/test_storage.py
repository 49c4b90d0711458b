import pandas as pd
import pytest

from effectstudie.shared.storage import replace_file, replace_folder, write_csv


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
