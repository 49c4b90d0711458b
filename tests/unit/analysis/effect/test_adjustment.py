"""Which covariates an estimate adjusts for, and why not for others."""

import numpy as np
import pandas as pd
import pytest
from given.effect_units import pairs_of, units

from effectstudie.analysis.effect.adjustment import adjustment
from effectstudie.methods.effect.att import att


def mixed(place):
    """A value that varies, and is no line through others."""
    return float((place * place * 7 + 3 * place) % 23)


def homes(approach=20, control=20, start=mixed, adults=1, **covariates):
    """Households of adults who start alike; a start and covariates of each household by its place.

    `start` and covariates: of the place of a household within its group, or of the place and whether it is of the
    approach.
    """
    places = [(place, group) for group, n in (("approach", approach), ("control", control)) for place in range(n)]
    of = [
        (f"{group}{place:03d}", group, 1.0, place, *[(start(place), 5.0 + place % 3)] * adults)
        for place, group in places
    ]
    columns = {name: [float(value(place, group == "approach")) for place, group in places]
               for name, value in covariates.items()}  # fmt: skip
    return units(pairs_of(*of), pd.DataFrame(columns, index=[home[0] for home in of]))


def rule_of(of, name="x", order=None):
    return dict(adjustment(of, order or [name]).left_out).get(name, "")


def test_the_start_goes_first_and_the_others_in_the_given_order():
    of = homes(x=lambda place, _: mixed(place + 5), y=lambda place, _: mixed(2 * place + 1))
    for order in (["x", "y"], ["y", "x"]):
        found = adjustment(of, order)
        assert (found.kept, found.left_out) == (("T0", *order), ())
        assert str(found) == " ".join(["T0", *order])
        by_hand = [of.before, *(of.covariates[name] for name in order)]
        np.testing.assert_array_equal(found.columns(of), np.column_stack(by_hand))


@pytest.mark.parametrize("value", [0.0, 3.1, -1e9])
def test_a_covariate_that_is_the_same_for_all_is_left_out(value):
    assert rule_of(homes(x=lambda place, _: value)) == "constant"
    # rounding is no difference
    assert rule_of(homes(x=lambda place, _: value * (1 + 2e-16 * (place % 2)))) == "constant"


@pytest.mark.parametrize("adults", [1, 2])
@pytest.mark.parametrize("scarce", [True, False])
@pytest.mark.parametrize(("households", "rule"), [(4, "few"), (5, "")])
def test_a_covariate_in_which_few_households_of_either_group_differ_is_left_out(scarce, households, rule, adults):
    of = homes(adults=adults, x=lambda place, approach: place < (households if approach == scarce else 10))
    assert rule_of(of) == rule
    assert (
        rule_of(homes(adults=adults, x=lambda place, approach: place >= (households if approach == scarce else 10)))
        == rule
    )


def test_households_count_once_with_the_mean_of_their_members():
    # a start of 5 in all but four households of two: eight persons differ
    def start(place):
        return 6.0 if place < 4 else 5.0

    assert dict(adjustment(homes(start=start, adults=2), []).left_out) == {"T0": "few"}
    # members apart with one mean are no other households
    pairs = pairs_of(
        *((f"{group}{place}", group, 1.0, place, (5 - place, 1.0), (5 + place, 1.0))
          for group in ("approach", "control") for place in range(20))
    )  # fmt: skip
    of = units(pairs, pd.DataFrame(index=pairs["household"].unique()))
    assert dict(adjustment(of, []).left_out) == {"T0": "few"}


@pytest.mark.parametrize(
    "twin",
    [
        lambda place, _: 3 - 2 * mixed(place),
        lambda place, approach: mixed(place) + 5 * approach,
        lambda place, approach: 1e6 * (mixed(place) - 0.5 * mixed(place + 5)) - approach,
    ],
)
def test_a_covariate_that_follows_from_the_group_and_those_before_it_is_left_out(twin):
    of = homes(x=lambda place, _: mixed(place + 5), twin=twin)
    assert adjustment(of, ["x", "twin"]).left_out == (("twin", "dependent"),)
    # the one that comes second is the one that follows
    if rule_of(of, "twin", ["twin"]) == "":
        assert adjustment(of, ["twin", "x"]).left_out == (("x", "dependent"),)


def test_a_covariate_that_nearly_follows_from_others_stays():
    of = homes(x=lambda place, _: mixed(place) + 1e-4 * mixed(place + 5))
    assert adjustment(of, ["x"]).kept == ("T0", "x")


@pytest.mark.parametrize(("approach", "most"), [(7, 1), (9, 1), (10, 2), (14, 2), (15, 3), (20, 4)])
def test_every_five_households_of_the_approach_carry_a_covariate(approach, most):
    covariates = {
        name: lambda place, _, shift=shift: mixed(place + shift)
        for name, shift in zip("abcd", (5, 9, 14, 17), strict=True)
    }
    found = adjustment(homes(approach, 40, **covariates), list("abcd"))
    assert found.kept == ("T0", "a", "b", "c", "d")[:most]
    assert found.left_out == tuple((name, "limit") for name in ("T0", "a", "b", "c", "d")[most:])
    # those of the pool do not count, however few or many they are
    assert len(adjustment(homes(20, 2 * approach, **covariates), list("abcd")).kept) == 4


def test_what_is_left_out_takes_nobodys_place():
    of = homes(
        10,
        40,
        start=lambda place: 5.0,
        still=lambda *_: 1,
        x=lambda place, _: mixed(place),
        y=lambda place, _: mixed(place + 5),
    )
    found = adjustment(of, ["still", "x", "y"])
    assert found.kept == ("x", "y")
    assert found.left_out == (("T0", "constant"), ("still", "constant"))


@pytest.mark.parametrize("covariates", [0, 1])
@pytest.mark.parametrize("short", ["neither", "approach", "control"])
def test_each_group_has_coefficients_of_its_own_from_ten_households_for_each_covariate(covariates, short):
    enough = 10 * (1 + covariates)
    sizes = {group: enough - (short == group) for group in ("approach", "control")}
    of = homes(**sizes, adults=2, x=lambda place, _: mixed(place + 5))
    found = adjustment(of, ["x"][:covariates])
    assert len(found.kept) == 1 + covariates
    assert found.by_group == (short == "neither")


def test_without_any_covariate_there_is_nothing_to_have_for_each_group():
    of = homes(30, 30, start=lambda place: 5.0)
    found = adjustment(of, [])
    assert (found.kept, found.by_group, found.columns(of).shape) == ((), False, (60, 0))


@pytest.mark.parametrize("same_in", ["approach", "control"])
def test_covariates_that_follow_from_each_other_in_one_group_have_one_coefficient_for_both(same_in):
    def twin(place, approach):
        return mixed(place + 5 + 4 * (approach == (same_in == "control")))

    of = homes(40, 40, x=lambda place, _: mixed(place + 5), twin=twin)
    found = adjustment(of, ["x", "twin"])
    assert (found.kept, found.left_out, found.by_group) == (("T0", "x", "twin"), (), False)
    assert adjustment(of, ["x"]).by_group
    estimate = att(of.change, of.treated, found.columns(of), of.household, of.weight, found.by_group)
    assert estimate.reason == ""
    assert att(of.change, of.treated, found.columns(of), of.household, of.weight, True).reason == "design"
