"""Counts in running text."""

import pytest
from effectstudie.disclosure.counts import small_count


@pytest.mark.parametrize(("count", "text"), [(0, "geen"), (1, "minder dan 5"), (4, "minder dan 5"), (5, "5")])
def test_counts_in_running_text_are_treated_too(count, text):
    assert small_count(count, 5, "minder dan 5") == text
