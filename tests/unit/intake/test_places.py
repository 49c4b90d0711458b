from effectstudie.intake.places import quoted, rows_told, values_told
from effectstudie.shared.messages.sentences import for_log, for_screen


def test_the_first_rows_and_how_many_more():
    assert rows_told([3]) == "row 3"
    assert rows_told([5, 3]) == "rows 3, 5"
    assert rows_told(range(1, 13)) == "rows 1, 2, 3, 4, 5, 6, 7, 8 and 4 more"


def test_values_are_for_the_screen_each_once():
    told = f"a{values_told(['x', 'y', 'x'])}: b"
    assert for_screen(told) == "a, values 'x', 'y': b" and for_log(told) == "a: b"
    assert for_screen(values_told("abcdefg")) == ", values 'a', 'b', 'c', 'd', 'e', …"
    assert values_told([]) == "" and for_screen(values_told([7])) == ", value '7'"


def test_a_long_value_is_cut_short_and_what_is_not_seen_is_shown():
    assert quoted("x" * 41) == f"'{'x' * 37}...'"
    assert quoted("a\u200b") == "'a[U+200B]'"
