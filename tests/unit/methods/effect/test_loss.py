from math import inf, isnan, nan

import numpy as np
import pytest

from effectstudie.methods.effect.loss import staying_weights, tipping_point

pytestmark = pytest.mark.filterwarnings("error")

# Of the treated with start 0 stay 8 of 10, with start 1 4 of 10; of the others 15 of 20 and 10 of 20
TWO_STARTS = ((True, 0, 8, 2), (True, 1, 4, 6), (False, 0, 15, 5), (False, 1, 10, 10))


def two_starts():
    """Stayed, treated and start."""
    parts = [([True] * stay + [False] * lost, treated, start) for treated, start, stay, lost in TWO_STARTS]
    stayed = np.concatenate([np.array(one) for one, _, _ in parts])
    treated, start = (np.concatenate([np.full(len(one[0]), one[k]) for one in parts]) for k in (1, 2))
    return stayed, treated, start.astype(float)


def random_starts(seed=1, n=120):
    """Stayed, treated, start and follow-up (NaN for the lost): who start high are lost more often."""
    rng = np.random.default_rng(seed)
    treated = np.arange(n) % 3 == 0
    before = rng.normal(6, 1.5, n)
    stayed = rng.random(n) < 1 / (1 + np.exp(-1.2 + 0.3 * (before - 6) * (1 + treated)))
    after = np.where(stayed, 2 + 0.7 * before + treated + rng.normal(size=n), nan)
    return stayed, treated, before, after


def effect_of(before, after, treated, weights=None):
    weights = np.ones(len(before)) if weights is None else weights
    means = [np.average((after - before)[treated == side], weights=weights[treated == side]) for side in (True, False)]
    return means[0] - means[1]


def filled(before, after, treated, shift):
    """Follow-up with that of the lost by numpy's line of their group, and `shift` more for those of the treated."""
    out = after.copy()
    for side in (True, False):
        kept, gone = (treated == side) & ~np.isnan(after), (treated == side) & np.isnan(after)
        out[gone] = np.polyval(np.polyfit(before[kept], after[kept], 1), before[gone]) + side * shift
    return out


def test_weights_of_two_starts_by_hand():
    # treated: 12 of 20 stay, .6 / .8 and .6 / .4; others: 25 of 40, .625 / .75 and .625 / .5
    stayed, treated, start = two_starts()
    found = staying_weights(stayed, treated, start)
    by_hand = {(True, 0): 0.75, (True, 1): 1.5, (False, 0): 0.625 / 0.75, (False, 1): 1.25}
    want = [by_hand[bool(t), int(x)] if s else 0 for s, t, x in zip(stayed, treated, start, strict=True)]
    assert found.weights.tolist() == pytest.approx(want)
    assert (found.note, found.reason) == ("", "")


def test_who_stayed_start_like_all_of_their_group():
    stayed, treated, start = two_starts()
    weights = staying_weights(stayed, treated, start).weights
    for side in (True, False):
        mine = treated == side
        assert np.average(start[mine], weights=weights[mine]) == pytest.approx(start[mine].mean())
        assert weights[mine].sum() == pytest.approx(stayed[mine].sum())
        assert start[mine & stayed].mean() != pytest.approx(start[mine].mean(), abs=0.05)


def test_a_start_of_many_values_comes_near_too():
    stayed, treated, before, _ = random_starts(2, n=3000)
    weights = staying_weights(stayed, treated, before).weights
    for side in (True, False):
        mine = treated == side
        gap = abs(before[mine & stayed].mean() - before[mine].mean())
        assert gap > 0.1
        assert np.average(before[mine], weights=weights[mine]) == pytest.approx(before[mine].mean(), abs=gap / 5)


def test_weights_are_those_of_the_likelihood():
    # at its top, stayed and fitted agree in sum and in sum with the start; fitted of the lost from those who stayed
    stayed, treated, before, _ = random_starts(4)
    weights = staying_weights(stayed, treated, before).weights
    for side in (True, False):
        mine = treated == side
        fitted = stayed[mine & stayed].size / mine.sum() / weights[mine & stayed]
        slope, level = np.polyfit(before[mine & stayed], np.log(fitted / (1 - fitted)), 1)
        expected = 1 / (1 + np.exp(-level - slope * before[mine]))
        assert expected.sum() == pytest.approx(stayed[mine].sum())
        assert expected @ before[mine] == pytest.approx(before[mine & stayed].sum())


def test_one_start_for_all_needs_no_weights():
    stayed, treated, _ = two_starts()
    found = staying_weights(stayed, treated, np.full(60, 0.1))
    assert found.weights.tolist() == np.where(stayed, 1.0, 0.0).tolist()


def test_order_unit_and_kind_of_the_rows_do_not_matter():
    stayed, treated, before, _ = random_starts(4)
    first = staying_weights(stayed, treated, before).weights
    order = np.random.default_rng(4).permutation(len(before))
    assert staying_weights(stayed[order], treated[order], before[order]).weights == pytest.approx(first[order])
    assert staying_weights(stayed, treated, 100 - 7 * before).weights == pytest.approx(first)
    assert staying_weights(stayed, treated, before + 1e6).weights == pytest.approx(first, rel=1e-6)
    whole = staying_weights(stayed.astype(int), treated.astype(int), before).weights
    assert whole.tolist() == first.tolist()
    assert staying_weights(stayed.tolist(), treated.tolist(), before.tolist()).weights.tolist() == first.tolist()


@pytest.mark.parametrize("side", [True, False])
def test_fewer_than_five_lost_or_stayed_give_no_weights(side):
    for lost in (True, False):
        stayed, treated, start = two_starts()
        stayed[treated == side] = lost
        stayed[np.flatnonzero(treated == side)[[0, 1, 12, 13]]] = not lost  # two of each start
        found = staying_weights(stayed, treated, start)
        assert (found.weights, found.reason) == (None, "pairs")
        stayed[np.flatnonzero(treated == side)[2]] = not lost
        assert staying_weights(stayed, treated, start).reason != "pairs"


def test_nobody_lost_and_an_empty_group_give_no_weights():
    stayed, treated, start = two_starts()
    for found in (
        staying_weights(np.ones(60), treated, start),
        staying_weights(stayed, np.ones(60), start),
        staying_weights([], [], []),
    ):
        assert (found.weights, found.reason) == (None, "pairs")


def test_a_start_that_tells_who_stays_gives_no_weights():
    stayed, treated, before, _ = random_starts(5)
    parted = np.where(treated, before < 6, stayed)
    assert staying_weights(parted, treated, before).reason == "fit"
    # all of start 0 stay: the slope has no end
    stayed, treated, start = two_starts()
    stayed[treated & (start == 0)] = True
    found = staying_weights(stayed, treated, start)
    assert (found.weights, found.reason) == (None, "fit")


@pytest.mark.parametrize(("stay", "reason"), [(2, "fit"), (3, "")])
def test_a_chance_under_one_in_twenty_gives_no_weights(stay, reason):
    # of 50 with start 1 stay 2, a chance of .04, or 3, .06
    stayed = np.array([True] * 10 + [False] * 10 + [True] * stay + [False] * (50 - stay) + [True, False] * 10)
    treated = np.arange(90) < 70
    start = np.r_[np.zeros(20), np.ones(50), np.zeros(20)]
    assert staying_weights(stayed, treated, start).reason == reason


def test_wrong_rows_of_staying_are_refused():
    stayed, treated, start = two_starts()
    missing = np.where(start == 1, nan, start)
    for wrong, match in (
        ((stayed, treated, missing), "before holds missing"),
        ((stayed[1:], treated, start), "stayed has shape"),
        ((stayed, treated[1:], start), "treated has shape"),
        ((stayed + 1, treated, start), "stayed holds other values"),
        ((stayed, treated + 1, start), "treated holds other values"),
        ((missing, treated, start), "stayed holds missing"),
        ((stayed, treated, start[:, None]), "before has shape"),
    ):
        with pytest.raises(ValueError, match=match):
            staying_weights(*wrong)


def test_tipping_point_by_hand():
    # treated: after = before + 1 of three, so 6 for the lost: a change of 1; others: after = before / 2 of three, so 1
    # for the lost: changes -1, -2, -3, -1, mean -1.75; one of four treated was lost: 4 x 2.75 less
    before, after = np.array([1.0, 2, 3, 5, 2, 4, 6, 2]), np.array([2.0, 3, 4, nan, 1, 2, 3, nan])
    found = tipping_point(before, after, np.arange(8) < 4)
    assert (found.value, found.share, found.shift) == pytest.approx((2.75, 0.25, -11))
    assert (found.note, found.reason) == ("", "")


@pytest.mark.parametrize("seed", range(4))
def test_filled_with_the_shift_there_is_no_effect(seed):
    _, treated, before, after = random_starts(seed)
    found = tipping_point(before, after, treated)
    assert effect_of(before, filled(before, after, treated, 0), treated) == pytest.approx(found.value)
    assert effect_of(before, filled(before, after, treated, found.shift), treated) == pytest.approx(0, abs=1e-12)
    assert found.value + 2 * found.share == pytest.approx(effect_of(before, filled(before, after, treated, 2), treated))
    assert found.share == pytest.approx(np.isnan(after[treated]).mean())


def test_weights_are_those_of_rows_that_stand_there_more_often():
    _, treated, before, after = random_starts(6)
    times = np.random.default_rng(6).integers(0, 4, len(before))
    found = tipping_point(before, after, treated, times)
    want = tipping_point(*(x.repeat(times) for x in (before, after, treated)))
    assert (found.value, found.share, found.shift) == pytest.approx((want.value, want.share, want.shift))
    assert found.value != pytest.approx(tipping_point(before, after, treated).value, rel=1e-3)
    more = tipping_point(before, after, treated, 1000 * times)
    assert (more.value, more.share, more.shift) == pytest.approx((want.value, want.share, want.shift))


def test_order_unit_and_kind_of_the_rows_do_not_matter_for_the_tipping_point():
    _, treated, before, after = random_starts(7)
    first = tipping_point(before, after, treated)
    order = np.random.default_rng(7).permutation(len(before))
    for other in (
        tipping_point(before[order], after[order], treated[order]),
        tipping_point(before, after, treated.astype(int)),
        tipping_point(before + 1e6, after + 1e6, treated),
        tipping_point(before, after + 5, treated),
    ):
        assert (other.value, other.share, other.shift) == pytest.approx((first.value, first.share, first.shift))
    other = tipping_point(-10 * before, -10 * after, treated)
    assert (other.value, other.shift) == pytest.approx((-10 * first.value, -10 * first.shift))


def test_nobody_lost_of_the_treated_has_no_tipping_point():
    _, treated, before, after = random_starts(8)
    kept = ~(treated & np.isnan(after))
    found = tipping_point(before[kept], after[kept], treated[kept])
    assert (found.share, found.reason) == (0, "pairs")
    assert isnan(found.shift)
    assert found.value == pytest.approx(
        effect_of(*(x[kept] for x in (before, filled(before, after, treated, 0), treated)))
    )


def test_an_effect_of_nothing_tips_at_nothing():
    before, after = np.array([1.0, 2, 3, 4] * 2), np.array([2.0, 3, 4, nan] * 2)
    found = tipping_point(before, after, np.arange(8) < 4)
    assert (found.value, found.shift) == pytest.approx((0, 0), abs=1e-12)


@pytest.mark.parametrize("side", [True, False])
def test_two_who_stayed_are_no_line(side):
    _, treated, before, after = random_starts(9)
    kept = np.flatnonzero((treated == side) & ~np.isnan(after))
    after[kept[2:]] = nan
    found = tipping_point(before, after, treated)
    assert (found.reason, found.note) == ("pairs", "fewer than 3 of a group stayed")
    assert isnan(found.value) and isnan(found.share) and isnan(found.shift)
    assert tipping_point(before, np.full(120, nan), treated).reason == "pairs"
    assert tipping_point(before[treated == side], after[treated == side], treated[treated == side]).reason == "pairs"


def test_a_start_that_does_not_vary_gives_the_mean_of_who_stayed_or_nothing():
    treated, after = np.arange(8) < 4, np.array([2.0, 3, 7, nan, 1, 2, 3, nan])
    found = tipping_point(np.full(8, 0.1), after, treated)
    assert (found.value, found.shift) == pytest.approx((2, -8))
    # the lost had another start, of which those who stayed tell nothing
    found = tipping_point(np.array([5.0, 5, 5, 3, 1, 2, 3, 2]), after, treated)
    assert isnan(found.value) and isnan(found.shift)
    assert found.reason == "design"


def test_the_lost_of_weight_zero_are_not_there():
    before, after = np.array([5.0, 5, 5, 3, 1, 2, 3, 2]), np.array([6.0, 7, 8, nan, 1, 2, 3, nan])
    found = tipping_point(before, after, np.arange(8) < 4, [1, 1, 1, 0, 1, 1, 1, 1])
    assert (found.value, found.share, found.reason) == (pytest.approx(2), 0, "pairs")
    assert tipping_point(before, after, np.arange(8) < 4, [0, 1, 1, 1, 1, 1, 1, 1]).reason == "pairs"


def test_wrong_rows_of_the_tipping_point_are_refused():
    _, treated, before, after = random_starts(10)
    ones = np.ones(120)
    for wrong, match in (
        ((np.where(treated, nan, before), after, treated), "before holds missing"),
        ((before, np.where(treated, inf, after), treated), "after holds missing or infinite"),
        ((before, after[1:], treated), "after has shape"),
        ((before, after, treated[1:]), "treated has shape"),
        ((before, after, treated + 1), "treated holds other values"),
        ((before, after, treated, ones[1:]), "weights has shape"),
        ((before, after, treated, -ones), "below 0"),
        ((before, after, treated, ones * nan), "weights holds missing"),
    ):
        with pytest.raises(ValueError, match=match):
            tipping_point(*wrong)
