"""What is known of an outcome: the state of a test."""

import pytest

from effectstudie.report.prose.outcome import Verdict, verdict


@pytest.mark.parametrize(("p", "said"), [(0.0004, "p < ,001"), (0.012, "p < ,05"), (0.05, "p ≥ ,05"), (0.4, "p ≥ ,05")])
def test_a_coarse_test_says_only_below_which_bound_p_lies(p, said):
    assert verdict({"p": p, "coarse": True}, None).p.replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("p", "size", "state"),
    [(0.049, "groot", "significant"), (0.0499999, "groot", "significant"), (0.05, "groot", "not_significant"),
     (0.001, "", "negligible"), (0.001, None, "significant"), (0.2, None, "not_significant")],
)  # fmt: skip
def test_significant_is_p_below_alpha_with_an_effect_that_is_at_least_small(p, size, state):
    result = verdict({"p": p, "effect_value": 0.3}, size)
    assert result.state == state
    assert (result.p == "") == (state == "negligible")
    assert verdict(None, None) == verdict({"p": float("nan")}, None) == Verdict("untested")
