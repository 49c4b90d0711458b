import numpy as np
import pandas as pd
import pytest

from effectstudie.shared.errors import EffectstudieError
from effectstudie.shared.persons.read import (
    parts_of_unit,
    read_households,
    read_narrow,
    read_persons,
    read_unit,
    single_where_exact,
)
from effectstudie.shared.persons.write import write_parquet

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


def test_an_id_that_is_missing_is_refused(tmp_path):
    write_parquet(TEXT.assign(household=[None, "0b" * 8, None]), tmp_path / "t.parquet", [*COLUMNS, "household"], KEY)
    with pytest.raises(EffectstudieError, match="column household holds another id than a pseudonym"):
        read_persons(tmp_path / "t.parquet")


def test_of_some_households_and_the_approach_the_rows_are_read_as_they_stand(tmp_path):
    homes = ["a" * 16, "b" * 16, "c" * 16]
    table = TEXT.assign(household=homes, role=["pool", "approach", "pool"])
    write_parquet(table, tmp_path / "t.parquet", list(table), KEY)
    found = read_households(tmp_path / "t.parquet", {homes[2]})
    pd.testing.assert_frame_equal(found, table[1:].reset_index(drop=True), check_dtype=False)
    assert read_households(tmp_path / "t.parquet", set(), ["value", "unit"]).to_dict("list") == {
        "value": [2.0],
        "unit": ["adult"],
    }


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


@pytest.mark.parametrize(
    ("values", "kind"), [([1.0, np.nan, -np.inf], np.float32), ([0.1, 1.0], np.float64), ([2.0**24 + 1], np.float64)]
)
def test_numbers_are_in_single_precision_where_that_changes_none(values, kind):
    values = np.array(values)
    found = single_where_exact(values)
    assert found.dtype == kind
    np.testing.assert_array_equal(found, values)
