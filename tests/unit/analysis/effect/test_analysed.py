"""Who an estimate is of: persons or households."""

import numpy as np
import pandas as pd
import pytest
from given.effect_units import invented, pairs_of, renamed

from effectstudie.analysis.effect.analysed import analysed

HOMES = pairs_of(
    ("a", "approach", 1.0, 1, (2, 8), (4, 6)),
    ("b", "control", 0.5, 1, (3, 3)),
    ("c", "control", 1.5, 2, (1, 5), (9, None)),
    ("d", "approach", 1.0, 2, (6, None), (8, None)),
    ("e", "approach", 1.0, 3, (None, 7)),
)
COVARIATES = pd.DataFrame({"x": [10.0, 20, 30, 40, 50], "y": [1.0, 0, 1, 0, 1]}, index=list("abcde"))


def rows(of, covariate="x"):
    return list(zip(of.before, of.after, of.treated, of.weight, of.covariates[covariate], strict=True))


def test_persons_are_rows_with_the_weight_and_covariates_of_their_household_and_need_a_start():
    found = analysed(HOMES, COVARIATES, "persons")
    assert rows(found.complete) == [
        (1, 5, False, 1.5, 30), (2, 8, True, 1.0, 10), (3, 3, False, 0.5, 20), (4, 6, True, 1.0, 10),
    ]  # fmt: skip
    assert len(found.before) == 7 and np.isnan(found.after).sum() == 3
    assert found.complete.change.tolist() == [4, 6, 0, 2]
    assert list(found.covariates) == ["x", "y"]


def test_households_are_rows_with_the_means_of_members_who_have_both_measurements():
    found = analysed(HOMES, COVARIATES, "households")
    assert rows(found.complete) == [(1, 5, False, 1.5, 30), (3, 3, False, 0.5, 20), (3, 7, True, 1.0, 10)]
    # of d nobody has a follow-up: the mean of all who have a start, and it is lost
    lost = found.take(np.isnan(found.after))
    assert (lost.before.tolist(), lost.weight.tolist()) == ([7], [1.0])


@pytest.mark.parametrize(("estimand", "sizes"), [("persons", (4, 3)), ("households", (2, 2))])
def test_a_household_of_two_counts_twice_among_persons_and_once_among_households(estimand, sizes):
    found = analysed(HOMES, COVARIATES, estimand)
    assert (found.treated.sum(), (~found.treated).sum()) == sizes
    assert (found.households_of(True), found.households_of(False)) == (2, 2)
    assert found.smallest == min(sizes)


def test_members_share_a_household_and_households_a_set():
    found = analysed(HOMES, COVARIATES, "persons")
    for codes, sizes in ((found.household, [1, 2, 2, 2]), (found.matched_set, [3, 4])):
        assert sorted(np.bincount(codes)) == sizes
    of_a = (found.before == 2) | (found.before == 4)
    assert len(set(found.household[of_a])) == 1
    of_first = of_a | (found.before == 3)
    sets = set(found.matched_set[of_first]), set(found.matched_set[~of_first])
    assert [len(of) for of in sets] == [1, 1] and sets[0] != sets[1]


@pytest.mark.parametrize("estimand", ["persons", "households"])
def test_neither_order_nor_names_change_a_value(estimand):
    pairs, covariates = invented(seed=3)
    first, second = analysed(pairs, covariates, estimand), analysed(*renamed(pairs, covariates), estimand)
    for name, value in vars(first).items():
        if name != "known_as":
            np.testing.assert_array_equal(value, vars(second)[name], err_msg=name)


def test_people_with_equal_values_are_in_households_by_all_that_is_known_of_these():
    # yes/no answers and one covariate: most rows are equal to others
    rng = np.random.default_rng(4)
    pairs, covariates = invented(seed=4, draw=lambda mean: 100.0 * (rng.random() < 0.5), loss=0)
    covariates = covariates[["y"]]
    first, second = analysed(pairs, covariates, "persons"), analysed(*renamed(pairs, covariates), "persons")
    assert len({*rows(first, "y")}) < len(first.before) / 2
    for label in ("household", "matched_set"):
        contents = [
            pd.Series(rows(of, "y")).groupby(getattr(of, label)).apply(tuple).tolist() for of in (first, second)
        ]
        assert contents[0] == contents[1]
