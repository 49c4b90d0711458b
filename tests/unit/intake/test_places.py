from effectstudie.intake.places import rows_told


def test_rows_are_told_in_their_order_and_the_rest_is_counted():
    assert rows_told([3]) == "row 3"
    assert rows_told([8, 3, 5]) == "rows 3, 5, 8"
    assert rows_told(range(1, 12)) == "rows 1, 2, 3, 4, 5, 6, 7, 8 and 3 more"
