import pandas as pd
import pytest

from effectstudie.definitions.result_tables.table import COUNT, NUMBER, TEXT, YES_NO, ResultTable, one_of, write_tables

TABLE = ResultTable(
    "study/table.csv", {"id": TEXT, "size": one_of(["small", "large"]), "p": NUMBER, "n": COUNT, "risk": YES_NO}
)
ROW = {"id": "a", "size": "small", "p": 0.5, "n": 3, "risk": True}


def frame(*rows):
    return pd.DataFrame([ROW | row for row in rows], columns=TABLE.names)


def test_a_frame_that_fits_is_written_and_so_are_gaps_and_a_table_without_rows(tmp_path):
    for fits in (frame({}), frame({}, {"size": None, "p": float("nan"), "n": None}), frame({"size": ""}), frame()):
        assert TABLE.problems(fits) == []
    write_tables({"one": frame({})}, {"one": tmp_path / "one.csv"}, {"one": TABLE})
    assert (tmp_path / "one.csv").read_text() == "id,size,p,n,risk\na,small,0.5,3,True\n"


def test_files_of_a_table_are_read_together_and_none_is_an_empty_table(tmp_path):
    paths = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for path, name in zip(paths, "ab", strict=True):
        TABLE.write(frame({"id": name}), path)
    assert list(TABLE.read(paths)["id"]) == ["a", "b"]
    nothing = TABLE.read([])
    assert TABLE.problems(nothing) == [] and nothing.empty


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"size": "groot"}, "column size holds 'groot'; allowed: small, large"),
        ({"n": 2.5}, "column n holds 2.5; allowed: count"),
        ({"n": -1}, "column n holds -1; allowed: count"),
        ({"p": "0.5"}, "column p holds '0.5'; allowed: number"),
        ({"p": True}, "column p holds True; allowed: number"),
        ({"risk": 1}, "column risk holds 1; allowed: yes_no"),
        ({"id": 7}, "column id holds 7; allowed: text"),
    ],
)
def test_what_a_column_may_not_hold_is_an_error_where_it_is_written(tmp_path, change, said):
    path = tmp_path / "one.csv"
    with pytest.raises(ValueError, match="study/table.csv: " + said):
        TABLE.write(frame(change), path)
    assert not path.exists()


def test_columns_have_to_be_there_in_their_order():
    assert TABLE.problems(frame({})[["id", "p", "size", "n", "risk"]])[0].startswith("study/table.csv: the columns are")


def test_typed_rows_have_the_types_of_the_table():
    typed = TABLE.typed([{"id": "a", "size": "", "n": 3, "risk": False}])
    assert [dtype.kind for dtype in typed.dtypes[["p", "n", "risk"]]] == ["f", "i", "b"]
    assert typed["size"].isna().all() and TABLE.problems(typed) == []
