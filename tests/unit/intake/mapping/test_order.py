import numpy as np

from effectstudie.intake.mapping.order import aligned, is_ordered, is_sound, runs

NO = -np.inf


def parts(*names):
    return [tuple(name.split()) for name in names]


def test_columns_are_aligned_in_their_order_and_what_does_not_fit_is_left_out():
    scores = np.array([[0.5, NO, NO], [NO, NO, NO], [0.5, 0.5, NO], [NO, NO, 0.5]])
    assert aligned(scores) == {0: 0, 1: 2, 2: 3}
    assert aligned(np.array([[NO, 0.5], [0.5, NO]])) in ({0: 1}, {1: 0})


def test_most_columns_have_to_stand_in_order_for_order_to_tell():
    assert is_ordered([]) and is_ordered([4, 2]) and is_ordered([0, 1, 2, 5])
    assert not is_ordered([0, 5, 1, 4, 2])


def test_runs_are_of_one_kind():
    assert runs(["a", "a", "b", "a"]) == [range(0, 2), range(2, 3), range(3, 4)] and runs([]) == []


def test_a_run_is_sound_as_one_piece():
    names = parts("sex", "v 1", "v 2", "v 3", "other")
    found = {0: 0, 1: 1, 2: 2, 3: 3}
    assert is_sound(range(1, 4), found, names, 5) and is_sound(range(0, 1), found, names, 5)
    assert not is_sound(range(1, 5), found, names, 5)  # one has no column


def test_a_number_that_is_left_out_or_a_name_without_one_breaks_a_run():
    skipped = parts("v 1", "v 2", "v 4")
    assert not is_sound(range(3), {0: 0, 1: 1, 2: 2}, skipped, 3)
    strange = parts("v 1", "status", "v 2")
    assert not is_sound(range(3), {0: 0, 1: 1, 2: 2}, strange, 3)
    # what stands between, and is none of them, does no harm where numbers tell
    assert is_sound(range(3), {0: 0, 1: 2, 2: 3}, parts("v 1", "status", "v 2", "v 3"), 3)
    assert not is_sound(range(3), {0: 0, 1: 2, 2: 3}, parts("a", "status", "b", "c"), 3)


def test_a_few_columns_have_to_be_hemmed_in_on_both_sides():
    names = parts("first", "strange", "one", "last")
    assert not is_sound(range(1, 2), {0: 0, 1: 2, 2: 3}, names, 3)
    assert is_sound(range(1, 2), {0: 0, 1: 1, 2: 2}, parts("first", "one", "last"), 3)
