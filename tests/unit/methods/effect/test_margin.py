from math import inf, isnan, nan

import numpy as np
import pytest
from scipy import stats

from effectstudie.methods.effect.margin import judge

pytestmark = pytest.mark.filterwarnings("error")

VERDICTS = {"worse", "not_relevantly_better", "no_relevant_difference", "undecided", "not_relevantly_worse", "better"}
# With 10 degrees of freedom t is 1.812 and 2.228: half an interval of 90 % is .906, of 95 % 1.114.
SE, DF = 0.5, 10


def random_estimates(seed=3, size=400):
    rng = np.random.default_rng(seed)
    return zip(rng.normal(0, 1.5, size), rng.uniform(0.05, 1, size), rng.uniform(1, 50, size), strict=True)


def test_oracle_of_the_specification():
    found = judge(-0.1, 0.38, 102, "higher", 0.5)
    assert (found.p_not_better, found.p_not_worse) == pytest.approx((0.0587222, 0.1474986), abs=5e-8)
    assert found.p_equivalence == found.p_not_worse
    assert found.ci90 == pytest.approx((-0.7307734, 0.5307734), abs=5e-8)
    assert (found.verdict, found.relevant) == ("undecided", "unclear")


@pytest.mark.parametrize(
    ("value", "margin", "verdict", "relevant"),
    [
        (1.2, 0.05, "better", "yes"),  # .086 to 2.314
        (1.2, 0.5, "better", "unclear"),
        (1.2, 3, "better", "no"),  # all of it above 0, and nothing of it matters
        (-1.2, 0.05, "worse", "yes"),
        (-1.2, 3, "worse", "no"),
        (0, 1, "no_relevant_difference", "unclear"),  # 90 % within 1, 95 % not
        (0, 1.2, "no_relevant_difference", "no"),
        (0.5, 1, "not_relevantly_worse", "unclear"),  # -.614 to 1.614
        (-0.5, 1, "not_relevantly_better", "unclear"),
        (0.5, 0.5, "undecided", "unclear"),
        (0, 0.5, "undecided", "unclear"),
    ],
)
def test_verdicts_by_hand(value, margin, verdict, relevant):
    found = judge(value, SE, DF, "higher", margin)
    assert (found.verdict, found.relevant) == (verdict, relevant)


def passed(found):
    """What follows each other, each once."""
    return [one for one, before in zip(found, ["", *found], strict=False) if one != before]


@pytest.mark.parametrize(
    ("margin", "middle"),
    [
        (1.2, ["no_relevant_difference"]),  # more than half of 95 %
        (1.0, ["undecided", "no_relevant_difference", "undecided"]),  # of 90 % but not of 95 %
        (0.8, ["undecided"]),
    ],
)
def test_verdicts_follow_each_other_as_the_value_rises(margin, middle):
    found = [judge(value, SE, DF, "higher", margin).verdict for value in np.linspace(-3, 3, 1201)]
    assert passed(found) == ["worse", "not_relevantly_better", *middle, "not_relevantly_worse", "better"]


def test_relevance_passes_from_certain_to_certain_as_the_value_rises():
    seen = [judge(value, 0.1, DF, "higher", 0.5).relevant for value in np.linspace(-1, 1, 401)]
    assert passed(seen) == ["yes", "unclear", "no", "unclear", "yes"]


def test_the_same_value_where_lower_is_better_is_the_mirror_image():
    for value, se, df in random_estimates():
        higher, lower = judge(value, se, df, "higher", 0.7), judge(-value, se, df, "lower", 0.7)
        assert (higher.verdict, higher.relevant) == (lower.verdict, lower.relevant)
        assert (higher.p_not_worse, higher.p_not_better) == (lower.p_not_worse, lower.p_not_better)
        assert higher.ci90 == (-lower.ci90[1], -lower.ci90[0])  # of the value as it is


def test_p_values_are_one_sided_tests_against_the_margin():
    for value, se, df in random_estimates():
        found = judge(value, se, df, "lower", 0.7)
        assert found.p_not_worse == pytest.approx(stats.t.sf((-value + 0.7) / se, df))
        assert found.p_not_better == pytest.approx(stats.t.cdf((-value - 0.7) / se, df))
        assert found.p_equivalence == max(found.p_not_worse, found.p_not_better)


def test_verdicts_agree_with_the_p_values():
    seen = set()
    for value, se, df in random_estimates(size=2000):
        found = judge(value, se, df, "higher", 0.7)
        two_sided = 2 * stats.t.sf(abs(value) / se, df)
        assert (found.verdict in ("better", "worse")) == (two_sided < 0.05)
        if two_sided >= 0.05:
            assert (found.verdict == "no_relevant_difference") == (found.p_equivalence < 0.05)
        if two_sided >= 0.05 and found.p_equivalence >= 0.05:  # of the interval of 95 %
            assert (found.verdict == "not_relevantly_worse") == (found.p_not_worse < 0.025)
            assert (found.verdict == "undecided") == (min(found.p_not_worse, found.p_not_better) >= 0.025)
        assert (found.relevant == "no") == (found.p_equivalence < 0.025)
        seen.add(found.verdict)
    assert seen == VERDICTS


def test_unit_of_the_outcome_does_not_matter():
    for value, se, df in random_estimates(size=50):
        first, second = judge(value, se, df, "higher", 0.7), judge(1e4 * value, 1e4 * se, df, "higher", 7e3)
        assert (first.verdict, first.relevant) == (second.verdict, second.relevant)
        assert first.p_equivalence == pytest.approx(second.p_equivalence)


@pytest.mark.parametrize(("value", "verdict"), [(1.2, "better"), (-1.2, "worse"), (0.1, "undecided")])
def test_without_a_margin_only_the_direction_is_judged(value, verdict):
    found = judge(value, SE, DF, "higher", None)
    assert (found.verdict, found.relevant) == (verdict, "")
    assert all(isnan(p) for p in (found.p_not_worse, found.p_not_better, found.p_equivalence))
    assert found.ci90 == judge(value, SE, DF, "higher", 0.5).ci90
    assert judge(-value, SE, DF, "lower", None).verdict == verdict


@pytest.mark.parametrize("margin", [None, 0.5])
@pytest.mark.parametrize(("value", "se", "df"), [(nan, 1, 5), (1, nan, 5), (1, 0, 5), (1, 1, nan), (1, 1, 0)])
def test_an_undefined_estimate_has_no_verdict(value, se, df, margin):
    found = judge(value, se, df, "higher", margin)
    assert (found.verdict, found.relevant) == ("", "")
    assert all(isnan(x) for x in (*found.ci90, found.p_not_worse, found.p_not_better, found.p_equivalence))


@pytest.mark.parametrize("margin", [0, -0.5, nan, -inf])
def test_a_margin_that_is_not_above_zero_is_refused(margin):
    for value in (1, nan):
        with pytest.raises(ValueError, match="allowed are numbers above 0"):
            judge(value, 1, 5, "higher", margin)
