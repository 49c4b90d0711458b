from math import inf, isnan, nan, sqrt

import numpy as np
import pytest
from given.effect_rows import random_waves
from given.household_rows import untested, with_ones

from effectstudie.methods.clustered.cr2 import cr2
from effectstudie.methods.effect.all_waves import all_waves

pytestmark = pytest.mark.filterwarnings("error")


def changes(y):
    return y[:, 1:].mean(axis=1) - y[:, 0]


def difference(values, treated):
    return values[treated == 1].mean() - values[treated == 0].mean()


def close(first, second, rel=1e-6):
    names = ("value", "se", "df", "t")
    return [getattr(first, name) for name in names] == pytest.approx([getattr(second, name) for name in names], rel=rel)


def regressed_mean(y, treated, seen, missing):
    """Per group the mean of a wave that some missed, by the line on the other wave, of one slope, in who have both."""
    both = ~np.isnan(y[:, missing])
    off = [y[both & (treated == g)] - y[both & (treated == g)].mean(axis=0) for g in (0, 1)]
    x, z = np.concatenate(off)[:, seen], np.concatenate(off)[:, missing]
    slope = (x @ z) / (x @ x)
    means = []
    for g in (0, 1):
        mine = treated == g
        further = y[mine, seen].mean() - y[mine & both, seen].mean()
        means.append(y[mine & both, missing].mean() + slope * further)
    return means


def test_complete_waves_by_hand():
    # changes of the treated 2 and 6, mean 4, variance 8; of the others 0, 1, 2, mean 1, variance 1
    y = np.array([[1, 2, 4.0], [3, 10, 8], [5, 6, 4], [2, 1, 5], [7, 10, 8]])
    found = all_waves(y, [1, 1, 0, 0, 0], range(5))
    assert (found.value, found.se) == pytest.approx((3, sqrt(8 / 2 + 1 / 3)))
    assert (found.n, found.clusters, found.note) == (5, 5, "")


@pytest.mark.parametrize("waves", [2, 3, 4])
def test_complete_waves_are_the_test_of_the_mean_change(waves):
    y, treated, household = random_waves(waves, waves=waves, missing=0)
    found = all_waves(y, treated, household)
    assert found.value == pytest.approx(difference(changes(y), treated))
    assert close(found, cr2(changes(y), with_ones(treated), household, 1), 1e-9)


@pytest.mark.parametrize("missing", [0, 1])
def test_one_wave_that_some_missed_is_filled_by_the_regression_on_the_other(missing):
    # of two waves the likelihood falls apart: its mean is that of the line of those who have both (Anderson 1957)
    y, treated, household = random_waves(11, n=50, waves=2, missing=0)
    y[y[:, 1 - missing] > 0.4, missing] = nan
    means = regressed_mean(y, treated, 1 - missing, missing)
    other = difference(y[:, 1 - missing], treated)
    want = means[1] - means[0] - other if missing == 1 else other - (means[1] - means[0])
    found = all_waves(y, treated, household)
    assert found.value == pytest.approx(want, rel=1e-6)
    both = ~np.isnan(y).any(axis=1)
    assert found.value != pytest.approx(difference(changes(y[both]), treated[both]), rel=0.01)
    assert (found.n, found.clusters) == (50, 25)


def test_who_left_because_of_their_start_bring_no_change_about():
    # nobody changes; of the treated the high ones leave, so that the mean of who is there falls
    y, treated, household = random_waves(12, n=200, waves=2, missing=0)
    y[:, 1] = y[:, 0] + np.random.default_rng(1).normal(size=200) * 0.1
    y[(treated == 1) & (y[:, 0] > 0.3), 1] = nan
    fallen = np.nanmean(y[treated == 1, 1]) - y[treated == 1, 0].mean()
    assert fallen < -0.5
    found = all_waves(y, treated, household)
    assert abs(found.value) < 0.06
    assert found.se < 0.06


@pytest.mark.parametrize("seed", range(4))
def test_order_of_rows_changes_nothing_at_all(seed):
    y, treated, household = random_waves(seed)
    y = np.round(y, 1)  # with ties
    order = np.random.default_rng(seed).permutation(len(y))
    assert repr(all_waves(y, treated, household)) == repr(all_waves(y[order], treated[order], household[order]))


def test_other_codes_of_households_change_nothing():
    y, treated, household = random_waves(5)
    assert close(all_waves(y, treated, household), all_waves(y, treated, 2**60 - household), 1e-12)


def test_who_lives_with_whom_changes_the_test_and_not_the_value():
    y, treated, household = random_waves(5)
    found, singles = all_waves(y, treated, household), all_waves(y, treated, range(60))
    assert singles.value == pytest.approx(found.value)
    assert singles.se != pytest.approx(found.se, rel=1e-3)
    assert (found.clusters, singles.clusters) == (30, 60)


@pytest.mark.parametrize(("unit", "origin"), [(1e6, 0), (1e-6, 0), (10, 1e4), (-1, 0)])
def test_another_unit_of_the_outcome_changes_no_test(unit, origin):
    y, treated, household = random_waves(6)
    first, second = all_waves(y, treated, household), all_waves(unit * y + origin, treated, household)
    assert second.value == pytest.approx(unit * first.value, rel=1e-6)
    assert (second.se, second.df) == pytest.approx((abs(unit) * first.se, first.df), rel=1e-6)


def test_later_waves_may_change_places():
    y, treated, household = random_waves(7, waves=4)
    assert close(all_waves(y, treated, household), all_waves(y[:, [0, 3, 1, 2]], treated, household))
    assert not close(all_waves(y, treated, household), all_waves(y[:, [1, 0, 2, 3]], treated, household), 0.01)


def test_what_every_group_gains_at_a_wave_is_no_effect():
    y, treated, household = random_waves(8)
    first = all_waves(y, treated, household)
    assert close(all_waves(y + [0, 3, -2], treated, household), first)
    # and what the treated gain at one of two later waves counts half
    assert all_waves(y + np.outer(treated, [0, 0, 3]), treated, household).value == pytest.approx(first.value + 1.5)
    assert all_waves(y + np.outer(treated, [3, 0, 0]), treated, household).value == pytest.approx(first.value - 3)


def test_the_other_group_as_treated_turns_the_sign():
    y, treated, household = random_waves(9)
    first, second = all_waves(y, treated, household), all_waves(y, 1 - treated, household)
    assert (second.value, second.se, second.df) == pytest.approx((-first.value, first.se, first.df), rel=1e-6)


def test_persons_without_any_wave_are_not_there():
    y, treated, household = random_waves(10)
    more = np.vstack([np.full((2, 3), nan), y])
    found = all_waves(more, [0, 1, *treated], [2000, 2001, *household])
    assert repr(found) == repr(all_waves(y, treated, household))
    assert (found.n, found.clusters) == (60, 30)


def test_a_person_of_one_wave_counts():
    y, treated, household = random_waves(10, missing=0)
    once = np.vstack([y, [[nan, 9, nan]]])
    found = all_waves(once, [*treated, 1], [*household, 3000])
    assert found.n == 61
    assert found.value > all_waves(y, treated, household).value + 0.01


@pytest.mark.parametrize("wave", [0, 1, 2])
def test_a_wave_that_a_group_did_not_attend_leaves_no_effect(wave):
    y, treated, household = random_waves(13)
    for gone in (treated >= 0, treated == 1, (treated == 0) & (np.arange(60) > 2)):
        some = y.copy()
        some[gone, wave] = nan
        found = all_waves(some, treated, household)
        assert untested(found) and isnan(found.value)
        assert (found.reason, found.note) == ("pairs", "a group has fewer than 2 persons at a wave")


def test_two_waves_that_four_persons_share_leave_no_effect():
    y, treated, household = random_waves(14, missing=0)
    y[4:34, 1] = y[34:, 2] = nan
    found = all_waves(y, treated, household)
    assert untested(found) and isnan(found.value)
    assert (found.reason, found.note) == ("pairs", "fewer than 5 persons have two of the waves")
    y[4, 1] = 0.5
    assert all_waves(y, treated, household).reason != "pairs"


def test_waves_that_are_one_leave_no_effect():
    y, treated, household = random_waves(15)
    y[:, 2] = 2 * y[:, 1] + 1
    found = all_waves(y, treated, household)
    assert untested(found) and isnan(found.value)
    assert found.reason == "fit"


@pytest.mark.parametrize(("difference", "reason"), [(1e-4, "fit"), (0.05, "")])
def test_waves_that_are_nearly_one(difference, reason):
    y, treated, household = random_waves(15, missing=0)
    y[:, 2] = y[:, 1] + difference * np.random.default_rng(1).normal(size=60)
    assert all_waves(y, treated, household).reason == reason


@pytest.mark.parametrize("value", [0, 0.1, 1e6 / 3])
def test_a_wave_without_variation_leaves_no_effect(value):
    y, treated, household = random_waves(16)
    y[:, 1] = np.where(np.isnan(y[:, 1]), nan, value)
    found = all_waves(y, treated, household)
    assert untested(found) and isnan(found.value)
    assert found.reason == "spread"
    y[:, 1] += treated  # it varies between the groups only
    found = all_waves(y, treated, household)
    assert untested(found) and isnan(found.value)
    assert found.reason == "fit"


def test_one_household_has_no_test():
    y, treated, _ = random_waves(17)
    found = all_waves(y, treated, np.ones(60, dtype=int))
    assert untested(found)
    assert (found.reason, found.n, found.clusters) == ("households", 60, 1)
    found = all_waves(y, treated, np.where(treated == 1, 1, np.arange(60) + 2))  # all treated in one
    assert untested(found)
    assert found.reason == "households"


@pytest.mark.parametrize("treated", [np.zeros(60), np.ones(60)])
def test_one_group_has_no_effect(treated):
    y, _, household = random_waves(18)
    found = all_waves(y, treated, household)
    assert untested(found) and isnan(found.value)
    assert found.reason == "pairs"


def test_nobody_has_no_effect():
    for found in (all_waves(np.empty((0, 3)), [], []), all_waves(np.full((4, 2), nan), [0, 0, 1, 1], range(4))):
        assert untested(found) and isnan(found.value)
        assert (found.n, found.clusters, found.reason) == (0, 0, "pairs")


@pytest.mark.parametrize("seed", range(4))
def test_yes_and_no_and_skewed_counts_have_an_effect(seed):
    y, treated, household = random_waves(seed + 20, n=100)
    for other in (np.where(np.isnan(y), nan, (y > 1) * 100.0), np.round(np.exp(1.5 * y))):
        found = all_waves(other, treated, household)
        assert found.reason == "" and found.se > 0


def test_wrong_rows_are_refused():
    y, treated, household = random_waves(19)
    infinite = y.copy()
    infinite[3, 1] = inf
    for wrong in (y[:, 0], y[:, :1], infinite):
        with pytest.raises(ValueError, match="expected one row per person"):
            all_waves(wrong, treated, household)
    for wrong in (treated + 1, treated * nan, treated[1:]):
        with pytest.raises(ValueError, match="treated"):
            all_waves(y, wrong, household)
    for wrong in (household[1:], household * nan):
        with pytest.raises(ValueError, match="household"):
            all_waves(y, treated, wrong)
