import pandas as pd
import pytest

from effectstudie.shared.persons.kept import Kept, digests_of_columns
from effectstudie.shared.persons.write import write_parquet


def table(path, **columns):
    frame = pd.DataFrame({"household": ["a", "b", "c"], "mark": [1.0, 2.0, None], "word": ["x", "y", "x"], **columns})
    write_parquet(frame.astype({"household": "str", "word": "str"}), path, list(frame.columns), ["household"])
    return digests_of_columns(path)


def test_a_column_has_another_digest_where_anything_in_it_differs(tmp_path):
    before = table(tmp_path / "a.parquet")
    assert table(tmp_path / "b.parquet") == before
    for name, values in {
        "household": ["a", "b", "d"],
        "mark": [1.0, 2.0, 3.0],
        "word": ["x", "x", "y"],
    }.items():
        after = table(tmp_path / "b.parquet", **{name: values})
        assert {column for column in before if before[column] != after[column]} == {name}
    # a type counts too, though the values stand there alike
    numbers = [
        table(tmp_path / "b.parquet", mark=pd.array([1, 2, 3], dtype=kind))["mark"] for kind in ("int64", "uint64")
    ]
    assert numbers[0] != numbers[1]


def test_rows_in_another_group_count(tmp_path, monkeypatch):
    monkeypatch.setattr("effectstudie.shared.persons.write._ROW_GROUP", 1)
    before = table(tmp_path / "a.parquet")
    after = table(tmp_path / "a.parquet", mark=[1.0, 2.0, 5.0])
    assert {name for name in before if before[name] != after[name]} == {"mark"}


@pytest.fixture
def make(tmp_path):
    """A part of one file in a new run; gives whether it was made."""
    file, program = tmp_path / "file", tmp_path / "program.py"
    program.write_text("1")

    def made(made_from, program_text="1", content="good"):
        program.write_text(program_text)
        kept = Kept(tmp_path / ".kept.json", [program])
        said = kept.part("one", made_from, [file], lambda: [file.write_text(content), made_from])
        kept.write()
        assert said == [4, made_from] and file.read_text() == "good"
        return kept.anew == ["one"]

    return made


def test_a_part_is_made_where_it_is_not_there_as_it_was_made(make, tmp_path):
    assert make("x") and not make("x") and not make("x")
    assert make("y") and make("x"), "only the parts of the last run are there"
    assert make("x", program_text="2") and not make("x", program_text="2")
    (tmp_path / "file").write_text("gooD")
    assert make("x", program_text="2")
    (tmp_path / "file").unlink()
    assert make("x", program_text="2")
    (tmp_path / ".kept.json").unlink()
    assert make("x", program_text="2")


def test_a_record_that_is_not_whole_is_none(make, tmp_path):
    make("x")
    whole = (tmp_path / ".kept.json").read_text()
    for left in ("", whole[:-9], "\x00" * 9):
        (tmp_path / ".kept.json").write_text(left)
        assert make("x") and not make("x")


def test_a_part_of_which_the_making_fails_is_not_noted(tmp_path):
    kept = Kept(tmp_path / ".kept.json")
    with pytest.raises(ZeroDivisionError):
        kept.part("one", "x", [tmp_path / "file"], lambda: 1 / 0)
    kept.write()
    assert not Kept(tmp_path / ".kept.json").has("one", "x", [])
