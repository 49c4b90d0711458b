"""Columns of a form, and the items that they are."""

from given.answered import definition

from effectstudie.definitions.instruments import form_columns


def test_odd_columns_are_own_acts_and_even_ones_the_same_act_by_the_partner():
    columns = form_columns(definition("cts2")["forms"]["adult"])
    assert columns["own", 7] == "cts2_07"
    assert columns["partner", 7] == "cts2_08"
    assert len(set(columns.values())) == 78


def test_the_childs_witness_items_are_moved_behind_the_parents_neglect_items():
    columns = form_columns(definition("ctspc")["forms"]["child"])
    assert (columns["child", 22], columns["child", 28], columns["child", 42]) == ("ctspck_22", "ctspck_23", "ctspck_37")


def test_listed_columns_are_numbered_from_one():
    form = {"views": {"own": {"columns": ["a", "b"]}}}
    assert form_columns(form) == {("own", 1): "a", ("own", 2): "b"}
