import numpy as np
import pytest

from effectstudie.methods.regions.random_effects import random_effects


def test_regions_of_one_estimate_have_a_mean_and_no_spread():
    alike = [0.3, 0.1 + 0.2, 0.3], np.diag([0.1, 0.2, 0.3])
    found = random_effects(*alike, guarded=False)
    assert found.mean.value == pytest.approx(0.3)
    assert (found.mean.reason, found.tau) == ("spread", 0.0)
    assert random_effects(*alike).mean.se == pytest.approx((1 / 0.1 + 1 / 0.2 + 1 / 0.3) ** -0.5)


def test_two_estimates_that_happen_to_be_alike_are_no_proof():
    alike = [-3.18, -3.16], np.diag([8.0, 9.0])
    assert random_effects(*alike, guarded=False).mean.p < 0.01
    assert random_effects(*alike).mean.p > 0.3


def test_two_regions_say_nothing_of_a_next_one():
    found = random_effects([0.1, 0.5], np.diag([0.01, 0.01]))
    assert np.isnan(found.next_region).all()
    assert found.mean.df == 1


def test_the_order_of_regions_changes_nothing_but_the_order_of_shares():
    y, v = np.array([0.1, 0.9, 0.4, 0.3]), np.array([0.02, 0.05, 0.01, 0.03])
    one, other = random_effects(y, np.diag(v)), random_effects(y[::-1], np.diag(v[::-1]))
    assert one.mean.value == pytest.approx(other.mean.value, rel=1e-12)
    assert one.shares == pytest.approx(other.shares[::-1], rel=1e-9)


@pytest.mark.parametrize(
    ("values", "covariance"),
    [
        ([0.1], [[1.0]]),
        ([0.1, np.nan], np.eye(2)),
        ([0.1, 0.2], np.eye(3)),
        ([0.1, 0.2], [[1.0, 2.0], [2.0, 1.0]]),
        ([0.1, 0.2], [[1.0, 0.5], [0.1, 1.0]]),
    ],
)
def test_what_is_no_estimate_with_its_error_is_refused(values, covariance):
    with pytest.raises(ValueError, match="covariance"):
        random_effects(values, covariance)
