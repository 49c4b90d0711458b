import csv
import errno
import os
from pathlib import Path

import pandas as pd
import pytest

from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.persons.write import write_parquet
from effectstudie.shared.storage import (
    copy_files,
    csv_rows,
    dutch_csv,
    folder_replacement,
    harmless,
    read_csv,
    remove_if_half,
    replace_file,
    replace_folder,
    replacement,
    write_csv,
    write_dutch_csv,
)

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


def test_csv_for_excel_in_dutch_has_its_own_signs_and_no_formula(tmp_path):
    frame = pd.DataFrame({"=naam": ["een; twee", "@cmd"], "mean": [1 / 3, None], "n": [7, -8]})
    write_dutch_csv(frame, tmp_path / "t.csv")
    expected = "\ufeff'=naam;mean;n\n\"een; twee\";0,333333333333;7\n'@cmd;;-8\n"
    assert (tmp_path / "t.csv").read_bytes() == expected.encode()


def test_csv_has_points_commas_and_twelve_digits(tmp_path):
    frame = pd.DataFrame({"outcome": ["veiligheid", "één"], "mean": [1 / 3, None], "n": [7, 8]})
    write_csv(frame, tmp_path / "t.csv")
    expected = "outcome,mean,n\nveiligheid,0.333333333333,7\néén,,8\n"
    assert (tmp_path / "t.csv").read_bytes() == expected.encode()


FORMULAS = (
    *("=1+1", "=cmd|' /C calc'!A0", "+31 6", "-x", "-1+1", "-1;=x", "@SUM(A1)", "\t=1", "\n=1", "＝1", "＋1", "＠a"),
    *("-", "--1", "-1\n", '="a"', "=a,b"),
)
NO_FORMULAS = ("-0,5", "-12", "-1.234,5", "-4,0%", "−12 (19)", "–", "a=b", "'=1+1 is bedoeld", "", "1-2", " =1")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_in_a_csv_file_is_a_formula_and_each_comes_back_as_it_was(tmp_path, text):
    frame = pd.DataFrame({"reason": [text, "b"], text: [-0.5, None], "kind": pd.Categorical(["a", text])})
    write_csv(frame, tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [["reason", f"'{text}", "kind"], [f"'{text}", "-0.5", "a"], ["b", "", f"'{text}"]]
    again = read_csv(tmp_path / "t.csv")
    assert again["reason"].tolist() == [text, "b"] and again["kind"].tolist() == ["a", text]


@pytest.mark.parametrize(("text", "written"), [("a\r=1", "a\n=1"), ("a\r\n=1", "a\n=1"), ("\r=1", "'\n=1")])
def test_no_text_begins_a_row_of_its_own(tmp_path, text, written):
    write_csv(pd.DataFrame({"reason": [text], "n": [1]}), tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1:] == [[written, "1"]]
    assert [*csv_rows(dutch_csv([[harmless(text), "1"]]).decode())] == [[written, "1"]]


@pytest.mark.parametrize("text", NO_FORMULAS)
def test_negative_numbers_and_other_texts_stay_as_they_are(text):
    assert harmless(text) == text and harmless(-0.5) == -0.5


def test_a_writer_that_fails_leaves_the_earlier_file_and_nothing_else(tmp_path):
    (tmp_path / "t.csv").write_text("earlier")

    def fail_half_way(path):
        path.write_text("half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        replace_file(tmp_path / "t.csv", fail_half_way)
    assert (tmp_path / "t.csv").read_text() == "earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


@pytest.fixture
def told(monkeypatch):
    """Paths that the disk was waited for, and "moved" where something took its place."""
    events = []

    def synced(descriptor):
        events.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")))

    def moving(move):
        return lambda *paths: (move(*paths), events.append("moved"))

    monkeypatch.setattr(os, "fsync", synced)
    for name in ("replace", "rename"):
        monkeypatch.setattr(os, name, moving(getattr(os, name)))
    return events


def test_a_file_is_on_the_disk_before_it_takes_its_place_and_its_name_after(tmp_path, told):
    with replacement(tmp_path / "t.csv") as temporary:
        temporary.write_text("x")
    assert told == [temporary, "moved", tmp_path]


def test_so_is_all_that_is_in_a_folder(tmp_path, told):
    with folder_replacement(tmp_path / "render") as temporary:
        (temporary / "a.csv").write_text("x")
    assert set(told[:2]) == {temporary / "a.csv", temporary / ".files"}
    assert told[2:] == [temporary, "moved", tmp_path]


def test_a_network_disk_that_cannot_wait_for_a_folder_is_no_error_and_a_bad_disk_is(tmp_path, monkeypatch):
    def refuse(number, of_folders):
        def fsync(descriptor):
            if os.path.isdir(f"/proc/self/fd/{descriptor}") == of_folders:
                raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", fsync)

    refuse(errno.EINVAL, of_folders=True)
    write_csv(FRAME, tmp_path / "t.csv")
    for number, of_folders in ((errno.EIO, True), (errno.EIO, False), (errno.EINVAL, False)):
        refuse(number, of_folders)
        with pytest.raises(OSError, match=os.strerror(number)):
            write_csv(FRAME, tmp_path / "t.csv")


def test_of_two_writers_the_later_one_is_whole_and_the_earlier_one_changes_nothing(tmp_path):
    """As a job does whose run was killed alone: it goes on beside the same job of the next run."""
    earlier, later = (replacement(tmp_path / "t.csv") for _ in range(2))
    earlier.__enter__().write_text("earlier")
    with later as part:
        part.write_text("lat")
        with pytest.raises(FileNotFoundError):
            earlier.__exit__(None, None, None)
        assert not (tmp_path / "t.csv").exists()
        part.write_text("later")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"t.csv": "later"}


def test_what_a_killed_writer_left_goes_with_the_next_write_of_the_same_name_and_of_no_other(tmp_path):
    for name in (".t.csv.0123abcd.part", ".t.csv.gz.0123abcd.part", ".u.csv.0123abcd.part", ".t.csv.mine.part"):
        (tmp_path / name).write_text("half")
    (tmp_path / ".render.0123abcd.part").mkdir()
    write_csv(FRAME, tmp_path / "t.csv")
    replace_folder(tmp_path / "render", {})
    left = [".t.csv.gz.0123abcd.part", ".t.csv.mine.part", ".u.csv.0123abcd.part", "render", "t.csv"]
    assert sorted(path.name for path in tmp_path.iterdir()) == left


def test_a_folder_is_replaced_whole(tmp_path):
    replace_folder(tmp_path / "render", {"a.csv": b"1", "b.csv": b"2"})
    replace_folder(tmp_path / "render", {"a.csv": b"3"})
    written = {path.name: path.read_bytes() for path in (tmp_path / "render").iterdir()}
    assert written == {"a.csv": b"3", ".files": b"a.csv\n"}
    assert [path.name for path in tmp_path.iterdir()] == ["render"]


@pytest.mark.parametrize("gone", ["a.csv", ".files"])
def test_a_folder_of_which_a_file_is_gone_is_removed_and_a_whole_one_stays(tmp_path, gone):
    remove_if_half(tmp_path / "render")
    replace_folder(tmp_path / "render", {"a.csv": b"1", "b.csv": b"2"})
    (tmp_path / "render/.snakemake_timestamp").touch()
    remove_if_half(tmp_path / "render")
    assert (tmp_path / "render/b.csv").read_bytes() == b"2"
    (tmp_path / "render" / gone).unlink()
    remove_if_half(tmp_path / "render")
    assert list(tmp_path.iterdir()) == []


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
