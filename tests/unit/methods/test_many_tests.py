from math import isnan

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from effectstudie.methods.many_tests import benjamini_hochberg, holm


def test_adjusted_p_values_are_those_of_p_adjust():
    p = pd.Series([0.01, 0.04, np.nan, 0.03, 0.2, 0.005])
    assert holm(p).dropna().tolist() == pytest.approx([0.04, 0.09, 0.09, 0.2, 0.025])
    assert benjamini_hochberg(p).dropna().tolist() == pytest.approx([0.025, 0.05, 0.05, 0.2, 0.025])
    assert isnan(holm(p)[2]) and isnan(benjamini_hochberg(p)[2])


def test_benjamini_hochberg_is_the_smallest_level_at_which_a_test_is_a_finding():
    p = pd.Series(np.random.default_rng(1).uniform(size=20).round(2))
    p[[3, 8]] = np.nan
    known = np.sort(p.dropna())
    adjusted = [min(1, *(q * len(known) / (known <= q).sum() for q in known[known >= one])) for one in p.dropna()]
    assert benjamini_hochberg(p).dropna().tolist() == pytest.approx(adjusted)


@pytest.mark.parametrize("tests", [1, 2, 7, 40])
@pytest.mark.parametrize("decimals", [1, 3, 9])
def test_benjamini_hochberg_is_that_of_scipy_to_the_last_bit(tests, decimals):
    p = pd.Series(np.random.default_rng(tests).uniform(size=tests).round(decimals))
    assert benjamini_hochberg(p).tolist() == stats.false_discovery_control(p).tolist()


def test_what_is_no_p_value_is_refused():
    with pytest.raises(ValueError, match="from 0 to 1"):
        benjamini_hochberg(pd.Series([0.5, 1.1]))


@pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])
def test_without_a_defined_test_nothing_is_adjusted(adjust):
    assert adjust(pd.Series([np.nan, np.nan])).isna().tolist() == [True, True]
    assert adjust(pd.Series([], dtype=float)).tolist() == []


def test_of_no_tests_nothing_is_adjusted():
    assert len(holm(pd.Series([], dtype=object))) == len(benjamini_hochberg(pd.Series([], dtype=object))) == 0
