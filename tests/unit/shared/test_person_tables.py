import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from effectstudie.shared import person_tables
from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.person_tables import (
    as_text,
    in_blocks,
    parquet_parts,
    parts_of_unit,
    read_narrow,
    read_persons,
    read_unit,
    single_where_exact,
    together,
    write_parquet,
)

COLUMNS, KEY = ["unit", "unit_id", "value"], ["unit", "unit_id"]
TEXT = pd.DataFrame(
    {
        "unit": ["adult", "adult", "child"],
        "unit_id": ["00000000000000ff", "fedcba9876543210", "0a" * 8],
        "value": [1.0, 2.0, 3.0],
    }
)


def test_ids_are_numbers_and_names_categories_and_in_the_file_both_are_text_again(tmp_path):
    write_parquet(TEXT, tmp_path / "text.parquet", COLUMNS, KEY)
    found = read_persons(tmp_path / "text.parquet")
    assert found["unit_id"].tolist() == [255, 0xFEDCBA9876543210, 0x0A0A0A0A0A0A0A0A]
    assert found["unit"].cat.categories.tolist() == ["adult", "child"]
    write_parquet(found[::-1], tmp_path / "numbers.parquet", COLUMNS, KEY, KEY)
    assert (tmp_path / "numbers.parquet").read_bytes() == (tmp_path / "text.parquet").read_bytes()


def test_an_id_that_is_no_pseudonym_is_refused(tmp_path):
    write_parquet(TEXT.assign(unit_id=["H1", "H2", "H3"]), tmp_path / "t.parquet", COLUMNS, KEY)
    with pytest.raises(EffectstudieError, match="column unit_id holds another id than a pseudonym"):
        read_persons(tmp_path / "t.parquet")


def test_parts_make_the_same_file_as_the_whole_and_must_be_in_order(tmp_path):
    write_parquet(TEXT, tmp_path / "whole.parquet", COLUMNS, KEY)
    with parquet_parts(tmp_path / "parts.parquet", COLUMNS, KEY) as add:
        add(TEXT[1::-1])
        add(TEXT[2:])
    assert (tmp_path / "parts.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()
    with (
        pytest.raises(EffectstudieError, match="its parts are not in the order of unit, unit_id"),
        parquet_parts(tmp_path / "wrong.parquet", COLUMNS, KEY) as add,
    ):
        add(TEXT[2:])
        add(TEXT[:2])
    assert not (tmp_path / "wrong.parquet").exists()


def test_a_wide_table_lies_in_groups_of_few_rows_and_is_read_as_one(tmp_path, monkeypatch):
    monkeypatch.setattr(person_tables, "_GROUP_CELLS", 2 * len(COLUMNS))
    write_parquet(TEXT, tmp_path / "t.parquet", COLUMNS, KEY)
    metadata = pq.read_metadata(tmp_path / "t.parquet")
    assert [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)] == [2, 1]
    assert read_persons(tmp_path / "t.parquet")["value"].tolist() == [1.0, 2.0, 3.0]


@pytest.mark.parametrize("ids", [["a", "b", "b", "c"], ["c", "b", "a", "b"]])
def test_blocks_hold_all_rows_of_an_id_in_every_table_once(ids):
    tables = {"one": pd.DataFrame({"id": ids, "row": range(4)}), "other": pd.DataFrame({"id": ["d", "b"]})}
    blocks = list(in_blocks(tables, "id", 2))
    assert [set(block["one"]["id"]) | set(block["other"]["id"]) for block in blocks] == [{"a", "b"}, {"c"}, {"d"}]
    assert sorted(row for block in blocks for row in block["one"]["row"]) == [0, 1, 2, 3]
    assert blocks[0]["one"]["row"].is_monotonic_increasing  # rows stay in their order
    assert len(list(in_blocks(tables, "id", 100))) == 1
    assert [len(block["one"]) for block in in_blocks({"one": tables["one"][:0]}, "id", 2)] == [0]


def test_numbers_are_in_single_precision_only_where_that_changes_none(tmp_path):
    table = TEXT.assign(share=[0.1, np.nan, 0.5], value=[1.0, np.nan, -8.0])
    write_parquet(table, tmp_path / "t.parquet", [*COLUMNS, "share"], KEY)
    found = read_narrow(tmp_path / "t.parquet", ["unit_id", "value", "share", "unit"])
    assert list(found.columns) == ["unit_id", "value", "share", "unit"]
    assert (found["value"].dtype, found["share"].dtype) == (np.float32, np.float64)
    assert found["share"].tolist()[::2] == [0.1, 0.5]
    assert found["value"].tolist()[::2] == [1, -8]


def test_rows_of_a_kind_of_unit_are_read_by_themselves(tmp_path):
    write_parquet(TEXT, tmp_path / "t.parquet", COLUMNS, KEY)
    parts = list(parts_of_unit(tmp_path / "t.parquet", ["value"], "child"))
    assert [part["value"].tolist() for part in parts] == [[3.0]]
    found = read_unit(tmp_path / "t.parquet", unit="adult")
    assert (list(found.columns), found["value"].tolist()) == (COLUMNS, [1.0, 2.0])
    nobody = read_unit(tmp_path / "t.parquet", ["unit_id", "value"], unit="youth")
    assert (list(nobody.columns), len(nobody)) == (["unit_id", "value"], 0)


def test_categories_stay_categories_together_and_are_sorted():
    frames = [pd.DataFrame({"wave": pd.Categorical([wave])}) for wave in ("T1", "T0")]
    found = together([*frames, pd.DataFrame({"wave": ["T2"]})])["wave"]
    assert found.tolist() == ["T1", "T0", "T2"]
    assert np.array_equal(found.cat.codes, [1, 0, 2])


def test_categories_become_text_and_what_is_missing_stays_so():
    column = pd.Series(pd.Categorical(["b", None, "a"], ["c", "b", "a"]), index=[3, 5, 7])
    pd.testing.assert_series_equal(as_text(column), pd.Series(["b", None, "a"], index=[3, 5, 7], dtype="str"))


@pytest.mark.parametrize(
    ("values", "kind"), [([1.0, np.nan, -np.inf], np.float32), ([0.1, 1.0], np.float64), ([2.0**24 + 1], np.float64)]
)
def test_numbers_are_in_single_precision_where_that_changes_none(values, kind):
    values = np.array(values)
    found = single_where_exact(values)
    assert found.dtype == kind
    np.testing.assert_array_equal(found, values)


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
