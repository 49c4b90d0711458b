import numpy as np

from effectstudie.demo.draws import bisect, by_rank, quota_counts, stream


def test_quota_add_up_and_the_largest_remainder_gets_the_seat_left():
    # 7 x .5, .3, .2 = 3.5, 2.1, 1.4: the seat left goes to .5
    assert quota_counts({"a": 50, "b": 30, "c": 20}, 7) == {"a": 4, "b": 2, "c": 1}


def test_first_value_goes_to_the_lowest_scores():
    assert list(by_rank(np.array([0.9, 0.1, 0.5]), {"low": 1, "high": 2})) == ["high", "low", "high"]


def test_streams_of_other_names_or_seeds_differ_and_of_the_same_do_not():
    draw = [stream(*args).random() for args in ((1, "a"), (1, "a"), (1, "b"), (2, "a"))]
    assert draw[0] == draw[1] and len(set(draw)) == 3


def test_bisection_finds_where_an_increasing_function_meets_the_target():
    assert abs(bisect(lambda x: x**3, 8, 0, 10) - 2) < 1e-5
