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
        (0.28, "repeated", "groot"),
        (0.31, "repeated", "groot"),
        (0.21, "repeated", "gemiddeld tot groot"),
        (0.09, "repeated", "klein tot gemiddeld"),
        (0.10, "repeated", "klein tot gemiddeld"),
        (0.05, "repeated", "klein tot gemiddeld"),
        (0.13, "between", "gemiddeld tot groot"),
        (0.06, "between", "gemiddeld"),
        (0.05, "between", "klein tot gemiddeld"),
        # the bounds themselves, and just beside them
        (0.01, "between", "klein"),
        (0.009, "between", "klein"),
        (0.0049, "between", ""),
        (0.14, "between", "groot"),
        (0.02, "repeated", "klein"),
        (0.01, "repeated", ""),
        (0.13, "repeated", "gemiddeld"),
        (0.26, "repeated", "groot"),
        (0.25, "repeated", "gemiddeld tot groot"),
        # what is printed decides, rounded half up: .055 is printed as .06
        (0.055, "between", "gemiddeld"),
        (0.0549, "between", "klein tot gemiddeld"),
        (0.135, "between", "groot"),
        (0.064, "between", "gemiddeld"),
        (nan, "between", ""),
        (0.0, "repeated", ""),
    ],
)
def test_size_word(eta, kind, word):
    assert size_word(eta, kind, THRESHOLDS) == word
