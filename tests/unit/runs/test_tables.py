"""Two versions of a table: every cell, row and column that differs is found, and none is made up."""

from given.two_runs import PRINTED

from effectstudie.runs.tables import changed_cells, read_table, same


def test_numbers_are_the_same_in_another_notation():
    assert same("1", "1.0") and same("0.05", "5e-2") and same("", "") and same("groot", "groot")
    assert not same("1", "1.0000001") and not same("", "0") and not same("groot", "klein")


def test_rows_and_columns_of_one_table_are_named():
    old, new = read_table("a,b,c\nx,1,2\ny,3,4\n"), read_table("a,b,d\nx,1,2\nz,3,4\n")
    found = changed_cells(old, new, ["a"])
    assert (list(found.removed), found.added[("z",)]["b"]) == ([("y",)], "3")
    assert (found.columns_removed, found.columns_added, found.cells) == (["c"], ["d"], [])


def test_a_row_that_occurs_twice_is_told_apart():
    found = changed_cells(read_table("a,b\nx,1\nx,2\n"), read_table("a,b\nx,1\nx,3\nx,4\n"))
    assert [(cell.key, cell.old, cell.new) for cell in found.cells] == [(("x", "2"), "2", "3")]
    assert list(found.added) == [("x", "3")]


def test_a_number_is_never_part_of_the_name_of_a_row():
    new = PRINTED["figure_safety"].replace("A,voor,0.4,2", "A,voor,0.5,2")
    found = changed_cells(read_table(PRINTED["figure_safety"]), read_table(new))
    assert [(cell.column, cell.old, cell.new) for cell in found.cells] == [("size", "0.4", "0.5")]


def test_a_column_of_numbers_in_which_one_is_missing_is_no_name_either():
    old, new = (read_table(f"a,ratio,n\nx,,1\nx,{ratio},2\n") for ratio in ("0.5", "0.6"))
    (cell,) = changed_cells(old, new).cells
    assert (cell.key, cell.column, cell.new) == (("x", "2"), "ratio", "0.6")
