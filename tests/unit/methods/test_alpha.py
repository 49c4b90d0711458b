from math import isnan, nan

import pandas as pd
import pytest

from effectstudie.methods.alpha import cronbach_alpha


def alpha_of(items):
    """Alpha of a table with one row per person."""
    return cronbach_alpha(items.to_numpy(dtype=float).T, list(items.columns))


def test_alpha_by_hand():
    # items 1 2 3 and 1 3 2: variances 1 and 1, sums 2 5 5: variance 3, alpha 2 (1 - 2/3)
    result = alpha_of(pd.DataFrame({"a": [1, 2, 3, nan], "b": [1, 3, 2, 2]}))
    assert (result.n, result.k, result.note) == (3, 2, "")
    assert result.alpha == pytest.approx(2 / 3)


def test_constant_item_is_left_out_of_alpha_and_named():
    result = alpha_of(pd.DataFrame({"a": [1, 2, 3], "c": [0.1] * 3, "b": [1, 3, 2]}))
    assert (result.k, result.dropped) == (2, ("c",))
    assert result.alpha == pytest.approx(2 / 3)
    assert result.note == "items without variation left out: c"


def test_negative_alpha_is_given_with_a_warning():
    result = alpha_of(pd.DataFrame({"a": [1, 2, 3, 4], "b": [4, 3, 2, 2]}))
    assert result.alpha < 0
    assert result.note == "alpha is negative: check the reversal of the items"


@pytest.mark.parametrize(
    ("items", "reason", "note"),
    [
        ({"a": [1.0], "b": [2.0]}, "pairs", "fewer than 2 complete rows"),
        ({"a": [1, 2, 3], "b": [1, 1, 1]}, "spread", "items without variation left out: b; fewer than 2 items vary"),
        ({"a": [1, 2, 3], "b": [3, 2, 1]}, "spread", "the sum of the items does not vary"),
    ],
)
def test_undefined_alpha_says_why(items, reason, note):
    result = alpha_of(pd.DataFrame(items))
    assert isnan(result.alpha)
    assert (result.reason, result.note) == (reason, note)
