"""What is known of an outcome: which way it goes, and the state of a test."""

import pytest
from given.outcome_facts import facts

from effectstudie.report.prose.outcome import Estimated, Shown, Verdict, verdict

NAN = float("nan")


@pytest.mark.parametrize(("p", "said"), [(0.0004, "p < ,05"), (0.012, "p < ,05"), (0.05, "p ≥ ,05"), (0.4, "p ≥ ,05")])
def test_a_coarse_test_says_only_on_which_side_of_the_limit_p_lies(p, said):
    """With finer bounds three counts were left of what is hidden."""
    assert verdict({"p": p, "coarse": True}, None).p.replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("p", "size", "state"),
    [(0.049, "groot", "significant"), (0.0499999, "groot", "significant"), (0.05, "groot", "not_significant"),
     (0.001, "", "negligible"), (0.001, None, "significant"), (0.2, None, "not_significant")],
)  # fmt: skip
def test_significant_is_p_below_alpha_with_an_effect_that_is_at_least_small(p, size, state):
    result = verdict({"p": p, "effect_value": 0.3}, size)
    assert result.state == state and result.p
    assert verdict(None, None) == verdict({"p": float("nan")}, None) == Verdict("untested")


@pytest.mark.parametrize("p", [0.0497, 0.04996, 0.0502, 0.05, 0.0503])
def test_a_p_near_alpha_gets_the_decimals_that_decide_it(p):
    result = verdict({"p": p}, None)
    printed = float("0" + result.p.replace("\xa0", "").removeprefix("p=").replace(",", "."))
    assert (printed < 0.05) == (p < 0.05) == (result.state == "significant")


@pytest.mark.parametrize(
    ("shown", "direction"),
    [
        (Shown(9, 4, "9", "4", change=-5, still=1), "down"),
        (Shown(4, 5, "4", "5", change=1, still=1), "same"),
        (Shown(4, 5, "4", "5", change=1, still=1, moved=True), "up"),
        # rounded to 0, as the change is printed: the levels still print apart
        (Shown(4, 5, "4", "5", change=0, still=0, moved=True), "up"),
        (Shown(4, 4, "4", "4", change=0.9, still=0.1, moved=True), "same"),
        (Shown(NAN, 5, "minder dan 8%", "5%", change=NAN), ""),
    ],
)
def test_a_change_goes_where_its_levels_go_unless_it_is_noise(shown, direction):
    assert shown.direction == direction


@pytest.mark.parametrize(
    ("changes", "common"),
    [((-5, -1), "down"), ((5, 0), "up"), ((-5, 4), "mixed"), ((0, 0), "mixed"), ((NAN, 3), "mixed")],
)
def test_groups_that_move_apart_have_no_direction_together(changes, common):
    shown = [Shown(10, 10 + change, "10", str(change), change=change) for change in changes]
    assert facts(dict(zip(("approach", "control"), shown, strict=True))).common_direction == common


@pytest.mark.parametrize(("better", "value", "good"), [("lower", -1, True), ("lower", 1, False), ("higher", 1, True),
                                                       ("higher", -1, False), ("", 1, None), ("lower", NAN, None),
                                                       ("lower", 0, None)])  # fmt: skip
def test_the_good_side_of_an_estimate_is_the_better_one(better, value, good):
    one = facts({}, better=better)
    assert type(one)(**(vars(one) | {"estimated": Estimated("undecided", value)})).favourable == good
