import numpy as np
import pandas as pd
import pytest

from effectstudie.errors import EffectstudieError
from effectstudie.persons import id_ranges, of_units, read_of_unit, read_persons, together
from effectstudie.storage import parquet_parts, write_parquet

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


def test_ranges_of_ids_hold_every_unit_once(tmp_path):
    write_parquet(TEXT, tmp_path / "t.parquet", COLUMNS, KEY)
    table = read_persons(tmp_path / "t.parquet")
    ranges = list(id_ranges(7, size=2))
    assert (ranges[0][0], ranges[-1][1], len(ranges)) == (0, 2**64 - 1, 4)
    assert [len(of_units(table, "adult", *ids)) for ids in ranges] == [1, 0, 0, 1]
    assert [frame["value"].tolist() for frame in read_of_unit(tmp_path / "t.parquet", "child", ["value"])] == [[3.0]]


def test_categories_stay_categories_together_and_are_sorted():
    frames = [pd.DataFrame({"wave": pd.Categorical([wave])}) for wave in ("T1", "T0")]
    found = together([*frames, pd.DataFrame({"wave": ["T2"]})])["wave"]
    assert found.tolist() == ["T1", "T0", "T2"]
    assert np.array_equal(found.cat.codes, [1, 0, 2])
