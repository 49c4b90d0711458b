from math import nan

import pytest

from effectstudie.analysis.size_words import size_word

THRESHOLDS = {
    "between": {"small": 0.01, "medium": 0.06, "large": 0.14},
    "repeated": {"small": 0.02, "medium": 0.13, "large": 0.26},
}


@pytest.mark.parametrize(
    ("eta", "kind", "word"),
    [
        # as published for Groningen
        (0.28, "repeated", "large"),
        (0.31, "repeated", "large"),
        (0.21, "repeated", "medium_to_large"),
        (0.09, "repeated", "small_to_medium"),
        (0.10, "repeated", "small_to_medium"),
        (0.05, "repeated", "small_to_medium"),
        (0.13, "between", "medium_to_large"),
        (0.06, "between", "medium"),
        (0.05, "between", "small_to_medium"),
        # the bounds themselves, and just beside them
        (0.01, "between", "small"),
        (0.009, "between", "small"),
        (0.0049, "between", ""),
        (0.14, "between", "large"),
        (0.02, "repeated", "small"),
        (0.01, "repeated", ""),
        (0.13, "repeated", "medium"),
        (0.26, "repeated", "large"),
        (0.25, "repeated", "medium_to_large"),
        # what is printed decides, rounded half up: .055 is printed as .06
        (0.055, "between", "medium"),
        (0.0549, "between", "small_to_medium"),
        (0.135, "between", "large"),
        (0.064, "between", "medium"),
        (nan, "between", ""),
        (0.0, "repeated", ""),
    ],
)
def test_size_word(eta, kind, word):
    assert size_word(eta, kind, THRESHOLDS) == word
