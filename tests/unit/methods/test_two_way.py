from math import isnan

import numpy as np
import pytest

from effectstudie.methods.two_way import two_way

# 47 changes; car::Anova(lm(change ~ group * risk), type = 3) with effect coding (R 4.2.2, car 3.1-1):
# set.seed(5); group and risk drawn with .35 and .30; change rounded to two digits.
GROUP = "caaccacaaccccccccacaaacccccacaccccccccccacacaca"
RISK = "nynnnyyynnnnnnnyyyyynyyyynynynynnyynnnnyynnynnn"
CHANGE = [
    -1.38, -0.17, -0.21, 4.39, 0.56, 5.07, -1.78, 1.66, -2.77, 2.26, -0.34, -0.19, 0.7, -3.41, 2.56, -1.74,
    1.49, -0.28, -1.02, -4.31, -0.91, -1.82, -0.84, -0.61, -0.68, 1.04, 0.1, 1.24, -0.47, 2.92, 0.36, 0.57,
    -1.69, 1.5, -5.23, 2.93, -0.07, 2.03, -2.13, 7.16, 0.58, -0.23, -1.57, 2.78, -3.19, 1.67, 2.7,
]  # fmt: skip
# F and p of group, risk and their interaction
CAR = [
    (0.214733275679134, 0.645419585140009),
    (0.00558845014188759, 0.940755604485076),
    (0.254594243983083, 0.616434592409559),
]


def arrays(order=slice(None)):
    group, risk = np.array(list(GROUP)) == "a", np.array(list(RISK)) == "y"
    return np.array(CHANGE)[order], group[order], risk[order]


def test_unbalanced_cells_give_the_type_iii_tests_of_car():
    for effect, expected in zip(two_way(*arrays()), CAR, strict=True):
        assert (effect.f, effect.p) == pytest.approx(expected, rel=1e-8)
        assert (effect.df1, effect.df2, effect.reason) == (1, 43, "")


def test_the_order_of_rows_does_not_matter():
    for effect, other in zip(two_way(*arrays()), two_way(*arrays(np.argsort(CHANGE))), strict=True):
        figures = [(one.f, one.p, one.partial_eta_squared, *one.ci90) for one in (effect, other)]
        assert figures[0] == pytest.approx(figures[1], rel=1e-10)


def test_the_interaction_of_two_by_two_by_hand():
    # cell means 1, 3, 5, 7 with two units each, one below and one above
    y = np.array([0.0, 2, 2, 4, 4, 6, 6, 8])
    first, second = np.repeat([True, False], 4), np.tile(np.repeat([True, False], 2), 2)
    # error 8 x 1 / 4 = 2; first factor 8 x 2^2 = 32, so F = 16; second 8 x 1^2 = 8, so F = 4
    assert [effect.f for effect in two_way(y, first, second)] == pytest.approx([16, 4, 0], abs=1e-12)


@pytest.mark.parametrize(
    ("y", "first", "second", "reason", "note"),
    [
        ([1.0, 2, 3], [1, 1, 0], [1, 0, 1], "pairs", "a combination of group and risk status has nobody"),
        ([1.0, 2, 3, 4], [1, 1, 0, 0], [1, 0, 1, 0], "pairs", "no degrees of freedom are left for error"),
        ([0.1] * 8, [1] * 4 + [0] * 4, [1, 1, 0, 0] * 2, "spread", "the change does not vary within the cells"),
    ],
)
def test_what_is_undefined_is_said_and_is_no_number(y, first, second, reason, note):
    for effect in two_way(np.array(y), np.array(first, dtype=bool), np.array(second, dtype=bool)):
        assert isnan(effect.f) and isnan(effect.p)
        assert (effect.reason, effect.note) == (reason, note)
