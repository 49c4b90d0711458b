from math import isnan, sqrt

import numpy as np
import pytest
from given.household_rows import random_households, rows, untested, with_ones
from scipy import stats

from effectstudie.methods.clustered.cr2 import cr2
from effectstudie.methods.clustered.household_means import household_means
from effectstudie.shared.errors import InputError

pytestmark = pytest.mark.filterwarnings("error")


def test_household_means_by_hand():
    # means 2, 4 and 6 against 1 and 3: variances 4 and 2, squared standard errors 4/3 and 2/2
    # df (7/3)^2 / ((4/3)^2 / 2 + 1^2 / 1) = 49/17
    result = household_means(*rows([[1, 3], [4], [6]], [[0, 2], [3]]))
    assert (result.value, result.se, result.df) == pytest.approx((2, sqrt(7 / 3), 49 / 17))
    assert result.t == pytest.approx(2 / sqrt(7 / 3))
    assert result.p == pytest.approx(2 * stats.t.sf(result.t, 49 / 17))
    half = stats.t.ppf(0.975, 49 / 17) * sqrt(7 / 3)
    assert result.ci95 == pytest.approx((2 - half, 2 + half))
    assert (result.n, result.clusters, result.note) == (7, 5, "")


def test_households_of_one_make_household_means_welchs_test_of_persons():
    y, group, household, _, _ = random_households(2, sizes=[1], households=12)
    welch = stats.ttest_ind(y[group == 1], y[group == 0], equal_var=False)
    result = household_means(y, group, household)
    assert (result.t, result.df, result.p) == pytest.approx((welch.statistic, welch.df, welch.pvalue))
    # and CR2 without covariates has the same standard error
    assert result.se == pytest.approx(cr2(y, with_ones(group), household, 1).se)


def test_group_of_equal_household_means_is_noted():
    result = household_means(*rows([[1, 3], [2]], [[0], [5], [1]]))
    assert result.note == "all household means of one group are equal"
    assert (result.value, result.se, result.df) == pytest.approx((0, sqrt(7 / 3), 2))


@pytest.mark.parametrize("group", [[], [1, 1, 1], [0, 0, 0]])
def test_empty_group_has_no_household_means(group):
    result = household_means(np.arange(len(group)), group, np.arange(len(group)))
    assert untested(result)
    assert isnan(result.value)
    assert (result.note, result.reason) == ("fewer than 2 households in a group", "households")


def test_household_in_both_groups_is_refused():
    with pytest.raises(InputError, match="1 households have members in both groups; one group per household"):
        household_means([1, 2, 3, 4], [0, 1, 0, 1], [1, 1, 2, 3])
