import numpy as np
import pandas as pd
import pytest

from effectstudie.shared.persons.blocks import in_blocks, together


@pytest.mark.parametrize("ids", [["a", "b", "b", "c"], ["c", "b", "a", "b"]])
def test_blocks_hold_all_rows_of_an_id_in_every_table_once(ids):
    tables = {"one": pd.DataFrame({"id": ids, "row": range(4)}), "other": pd.DataFrame({"id": ["d", "b"]})}
    blocks = list(in_blocks(tables, "id", 2))
    assert [set(block["one"]["id"]) | set(block["other"]["id"]) for block in blocks] == [{"a", "b"}, {"c"}, {"d"}]
    assert sorted(row for block in blocks for row in block["one"]["row"]) == [0, 1, 2, 3]
    assert blocks[0]["one"]["row"].is_monotonic_increasing  # rows stay in their order
    assert len(list(in_blocks(tables, "id", 100))) == 1
    assert [len(block["one"]) for block in in_blocks({"one": tables["one"][:0]}, "id", 2)] == [0]


def test_categories_stay_categories_together_and_are_sorted():
    frames = [pd.DataFrame({"wave": pd.Categorical([wave])}) for wave in ("T1", "T0")]
    found = together([*frames, pd.DataFrame({"wave": ["T2"]})])["wave"]
    assert found.tolist() == ["T1", "T0", "T2"]
    assert np.array_equal(found.cat.codes, [1, 0, 2])
