import numpy as np
import pytest

from effectstudie.demo.ratings import alpha


def test_alpha_of_two_equal_items_is_one():
    assert alpha(np.array([[1.0, 1.0], [2.0, 2.0], [4.0, 4.0]])) == pytest.approx(1)


def test_alpha_by_hand():
    # variances 1 and 1, total 2, 4, 3 has variance 1: 2 x (1 - 2) = -2; with items 1 2 3 / 1 3 2: total 2, 5, 5: var 3
    assert alpha(np.array([[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]])) == pytest.approx(2 * (1 - 2 / 3))
