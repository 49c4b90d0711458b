"""The estimate of one outcome: of whom, adjusted for what, and what it rests on."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from given.effect_units import invented, pairs_of, renamed, units

from effectstudie.analysis.effect.estimate import effect_estimate
from effectstudie.methods.effect.att import att
from effectstudie.methods.effect.loss import staying_weights

ORDER = ["x", "y"]
# too few households to adjust: approach changes 6 and 2 in a, 1 in b; controls 0 with weight .5 and 3 with 1.5
FEW = pairs_of(
    ("a", "approach", 1.0, 1, (2, 8), (4, 6)),
    ("b", "approach", 1.0, 2, (6, 7)),
    ("c", "control", 0.5, 1, (3, 3)),
    ("d", "control", 1.5, 2, (1, 4)),
)
NO_COVARIATES = pd.DataFrame(index=list("abcdefgh"))


def yes_no(seed):
    rng = np.random.default_rng(seed)
    return lambda mean: 100.0 * (rng.random() < 0.4 + 0.02 * min(mean, 10))


@pytest.mark.parametrize(("estimand", "of_approach"), [("persons", (6 + 2 + 1) / 3), ("households", (4 + 1) / 2)])
def test_a_household_of_two_weighs_twice_or_once(estimand, of_approach):
    found = effect_estimate(units(FEW, NO_COVARIATES, estimand), [])
    assert found.adjusted.kept == ()
    assert found.att.value == pytest.approx(of_approach - (0.5 * 0 + 1.5 * 3) / 2)


def test_the_estimate_is_of_the_method_with_the_weights_and_what_is_adjusted_for():
    of = units(*invented(seed=2, approach=40, loss=0))
    found = effect_estimate(of, ORDER)
    assert found.adjusted.kept == ("T0", "x", "y") and found.adjusted.by_group
    columns = np.column_stack([of.before, of.covariates["x"], of.covariates["y"]])
    expected = att(of.change, of.treated, columns, of.matched_set, of.weight, by_group=True)
    assert found.att == expected
    assert found.att.value == pytest.approx(1, abs=3 * found.att.se)
    assert found.att.clusters == found.sets == found.whole == 40


def test_an_effect_that_is_known_is_found_without_any_error():
    # change is a line of start, covariate and group, with slopes of its own in the approach
    pairs, covariates = invented(seed=7, approach=40, loss=0)
    x, treated = pairs["household"].map(covariates["x"]), pairs["group"] == "approach"
    noise = np.random.default_rng(8).normal(0, 1e-6, len(pairs))
    extra = 2 + 0.5 * (x - x[treated].mean()) - 0.25 * (pairs["T0"] - pairs["T0"][treated].mean())
    pairs["follow_up"] = 3 + 0.4 * pairs["T0"] + 0.7 * x + treated * extra + noise
    found = effect_estimate(units(pairs, covariates), ["x"])
    assert found.adjusted.by_group
    assert found.att.value == pytest.approx(2, abs=1e-5)


@pytest.mark.parametrize("estimand", ["persons", "households"])
@pytest.mark.parametrize("approach", [12, 40])
def test_follow_up_and_change_give_the_same_estimate_with_the_start_in_the_model(approach, estimand):
    found = effect_estimate(units(*invented(seed=approach, approach=approach), estimand), ORDER)
    of = found.of
    assert "T0" in found.adjusted.kept and found.adjusted.by_group == (approach == 40)
    other = att(of.after, of.treated, found.adjusted.columns(of), of.matched_set, of.weight, found.adjusted.by_group)
    for name in ("value", "se", "df", "p"):
        assert getattr(other, name) == pytest.approx(getattr(found.att, name), rel=1e-9)


@pytest.mark.parametrize("estimand", ["persons", "households"])
@pytest.mark.parametrize("seed", range(4))
def test_neither_order_of_rows_nor_names_change_a_digit(seed, estimand):
    pairs, covariates = invented(seed, draw=yes_no(seed) if seed % 2 else None, loss=0.3)
    if seed % 2:
        covariates = covariates[["y"]]  # most people are equal to others
    order = list(covariates)
    first = effect_estimate(units(pairs, covariates, estimand), order)
    assert first.att.se > 0 and first.tipping.share > 0 and first.staying.n > 0
    for again in range(2):
        second = effect_estimate(units(*renamed(pairs, covariates, again), estimand), order)
        assert str(first.att) == str(second.att)
        assert str((first.staying, first.tipping, first.strongest)) == str(
            (second.staying, second.tipping, second.strongest)
        )
        assert (first.adjusted, first.sets, first.whole) == (second.adjusted, second.sets, second.whole)


def test_weights_count_by_their_ratio_alone():
    pairs, covariates = invented(seed=9)
    first = effect_estimate(units(pairs, covariates), ORDER).att
    scaled = effect_estimate(units(pairs.assign(weight=7 * pairs["weight"]), covariates), ORDER).att
    assert (scaled.value, scaled.se, scaled.df) == pytest.approx((first.value, first.se, first.df))
    flat = effect_estimate(units(pairs.assign(weight=1.0), covariates), ORDER).att
    assert flat.value != pytest.approx(first.value, rel=1e-3)


def test_a_household_of_no_weight_changes_nothing_and_a_missing_weight_is_refused():
    pairs, covariates = invented(seed=10)
    first = effect_estimate(units(pairs[pairs["household"] != "h3.1"], covariates), ORDER)
    none = pairs.assign(weight=pairs["weight"].mask(pairs["household"] == "h3.1", 0.0))
    assert effect_estimate(units(none, covariates), ORDER).att.value == pytest.approx(first.att.value)
    unknown = pairs.assign(weight=pairs["weight"].mask(pairs["household"] == "h3.1", np.nan))
    with pytest.raises(ValueError, match="weights holds missing"):
        effect_estimate(units(unknown, covariates), ORDER)


def test_a_set_is_whole_with_both_measurements_of_someone_of_either_group():
    pairs = pairs_of(
        ("a", "approach", 1.0, 1, (1, 2)),
        ("b", "control", 1.0, 1, (2, None), (3, 5)),
        ("c", "approach", 1.0, 2, (4, 4)),
        ("d", "control", 1.0, 2, (5, None)),
        ("e", "approach", 1.0, 3, (6, 8)),
        ("f", "control", 1.0, 3, (7, 7)),
    )
    found = effect_estimate(units(pairs, NO_COVARIATES), [])
    assert (found.sets, found.whole) == (3, 2)


def test_households_that_were_weighted_have_no_sets_and_are_their_own_clusters():
    pairs, covariates = invented(seed=11)
    alone = pairs.assign(subclass=pd.factorize(pairs["household"])[0])
    found = effect_estimate(units(alone, covariates), ORDER)
    assert (found.sets, found.whole) == (None, None)
    of = found.of
    assert found.att.clusters == len(set(of.household))
    by_household = att(
        of.change, of.treated, found.adjusted.columns(of), of.household, of.weight, found.adjusted.by_group
    )
    assert (found.att.se, found.att.df) == pytest.approx((by_household.se, by_household.df))


def test_one_matched_set_is_too_few_and_said_so():
    found = effect_estimate(units(FEW.assign(subclass=1), NO_COVARIATES), [])
    assert (found.att.reason, found.att.note) == ("households", "fewer than 2 households")
    assert np.isnan(found.att.p) and found.sets == 1


@pytest.mark.parametrize("gone", ["approach", "control"])
def test_a_group_without_follow_up_is_undefined_and_said_so(gone):
    found = effect_estimate(units(FEW.assign(follow_up=FEW["follow_up"].mask(FEW["group"] == gone)), NO_COVARIATES), [])
    assert np.isnan(found.att.value) and np.isnan(found.staying.value) and np.isnan(found.tipping.shift)
    assert {found.att.reason, found.staying.reason, found.tipping.reason} == {"pairs"}
    assert (found.sets, found.whole, found.strongest) == (2, 0, None)


def test_weights_for_staying_count_beside_those_of_the_matching():
    started = units(*invented(seed=12, approach=40, loss=0.3))
    found = effect_estimate(started, ORDER)
    stayed = ~np.isnan(started.after)
    weight = started.weight * staying_weights(stayed, started.treated, started.before).weights
    change = np.where(stayed, started.after - started.before, 0)
    means = [np.average(change[side], weights=weight[side]) for side in (started.treated, ~started.treated)]
    assert found.staying.value == pytest.approx(means[0] - means[1])
    # where all start alike nobody tells who stays
    alike = replace(started, before=np.full(len(stayed), 5.0))
    of = alike.complete
    means = [np.average(of.change[side], weights=of.weight[side]) for side in (of.treated, ~of.treated)]
    assert effect_estimate(alike, []).staying.value == pytest.approx(means[0] - means[1])


def test_the_lost_of_the_approach_are_told_by_their_weight():
    pairs, covariates = invented(seed=13, approach=30, adults=(1,), loss=0)
    lost = pairs["household"].isin([f"h{number}.0" for number in range(6)])
    found = effect_estimate(units(pairs.assign(follow_up=pairs["follow_up"].mask(lost)), covariates), ORDER)
    assert found.tipping.share == pytest.approx(6 / 30)
    assert found.tipping.shift == pytest.approx(-found.tipping.value / (6 / 30))
    assert found.of.treated.sum() == 24 and found.whole == 24
