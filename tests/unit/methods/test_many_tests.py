from math import isnan

import numpy as np
import pandas as pd
import pytest

from effectstudie.methods.many_tests import benjamini_hochberg, holm


def test_adjusted_p_values_are_those_of_p_adjust():
    p = pd.Series([0.01, 0.04, np.nan, 0.03, 0.2, 0.005])
    assert holm(p).dropna().tolist() == pytest.approx([0.04, 0.09, 0.09, 0.2, 0.025])
    assert benjamini_hochberg(p).dropna().tolist() == pytest.approx([0.025, 0.05, 0.05, 0.2, 0.025])
    assert isnan(holm(p)[2]) and isnan(benjamini_hochberg(p)[2])
