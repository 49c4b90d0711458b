import pandas as pd
import pyarrow.parquet as pq
import pytest

from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.persons import write
from effectstudie.shared.persons.read import read_persons
from effectstudie.shared.persons.write import parquet_parts, write_parquet

COLUMNS, KEY = ["unit", "unit_id", "value"], ["unit", "unit_id"]
TEXT = pd.DataFrame(
    {
        "unit": ["adult", "adult", "child"],
        "unit_id": ["00000000000000ff", "fedcba9876543210", "0a" * 8],
        "value": [1.0, 2.0, 3.0],
    }
)


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
    monkeypatch.setattr(write, "_GROUP_CELLS", 2 * len(COLUMNS))
    write_parquet(TEXT, tmp_path / "t.parquet", COLUMNS, KEY)
    metadata = pq.read_metadata(tmp_path / "t.parquet")
    assert [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)] == [2, 1]
    assert read_persons(tmp_path / "t.parquet")["value"].tolist() == [1.0, 2.0, 3.0]
