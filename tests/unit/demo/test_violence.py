import numpy as np

from effectstudie.demo.violence import EDGES, codes, incidents


def test_answer_codes_and_incidents_follow_the_same_borders():
    # just under once a year, once, twice, 4, 8, 15 and 30 times a year
    frequency = np.log([0.6, 1, 2, 4, 8, 15, 30])
    assert list(codes(frequency)) == [2, 3, 4, 5, 6, 7, 8]
    assert list(incidents(frequency)) == [0, 1, 2, 4, 8, 15, 25]


def test_an_act_that_is_far_from_yearly_never_happened():
    assert list(codes(np.array([EDGES[0] - 2]))) == [1]
