"""From tables to facts: what may be shown of those who were tested, and which test is which."""

import pandas as pd
import pytest
from given.words import TEXTS

from effectstudie.definitions.outcomes import Outcome
from effectstudie.report.prose.facts import class_facts, level_text, outcome_facts, shown_groups

NAN = float("nan")
MEAN = Outcome.of("v", {"label": "geweld", "article": "het", "kind": "mean", "decimals": 0, "measure": "m",
                        "better": "lower"})  # fmt: skip
SHARE = Outcome.of("v", {"label": "werk", "kind": "percentage", "decimals": 0, "measure": "m", "better": "lower"})
BOUNDS = TEXTS["bounds"]
TESTS = ["outcome", "analysis", "effect", "group", "wave", "p", "effect_value", "size_word", "reason", "n"]


def level(group, before, after, outcome="v", **more):
    row = {"outcome": outcome, "group": group, "n": 30, "mean_t0": before, "mean_follow_up": after, "sd_t0": 3.0}
    row |= {"change": after - before, "bound_t0": "", "bound_follow_up": "", "bound_value_t0": NAN}
    return row | {"bound_value_follow_up": NAN} | more


def results(*rows):
    """Tests; of each the first columns, the others empty."""
    filled = [[*row, *[None] * len(TESTS)][: len(TESTS)] for row in rows]
    return pd.DataFrame(filled, columns=TESTS).assign(effect_size="partial_eta_squared")


def facts(levels, *tests, outcome=MEAN, estimates=(), **more):
    estimates = pd.DataFrame(estimates, columns=["outcome", "verdict", "value", "ci_low", "ci_high"])
    return outcome_facts(outcome, pd.DataFrame(levels), results(*tests), estimates, TEXTS, **more)


BOTH = [level("approach", 9, 4), level("control", 8, 6)]


@pytest.mark.parametrize(("bound", "text"), [("fewer", "minder dan 8%"), ("more", "meer dan 8%"), ("", "")])
def test_a_hidden_percentage_is_its_bound_or_nothing(bound, text):
    row = level("approach", NAN, 40, bound_t0=bound, bound_value_t0=8.0)
    assert level_text(row, "t0", SHARE, BOUNDS) == text
    assert level_text(row, "follow_up", SHARE, BOUNDS) == "40%"
    assert list(shown_groups(pd.DataFrame([row]), SHARE, BOUNDS)) == ["approach"] * bool(text)


@pytest.mark.parametrize(("margin", "still"), [(2.0, 2.0), (None, 0.3)])
def test_noise_is_within_the_margin_or_a_tenth_of_the_spread(margin, still):
    outcome = Outcome.of("v", {"label": "geweld", "kind": "mean", "decimals": 1, "margin": margin})
    assert shown_groups(pd.DataFrame(BOTH), outcome, BOUNDS)["approach"].still == pytest.approx(still)


@pytest.mark.parametrize("given", ["pairs", "spread", None, NAN])
def test_an_undefined_test_has_the_reason_that_the_analysis_gives(given):
    found = facts(BOTH, ("v", "mixed_anova", "time", None, None, NAN, NAN, None, given))
    assert (found.time.state, found.time.reason) == ("untested", given if isinstance(given, str) else "")
    # not among the tests that may be shown
    assert (found.group.state, found.group.reason) == ("untested", "pairs")


def test_effects_and_changes_within_groups_are_read_from_the_tests_of_the_outcome():
    found = facts(
        BOTH[1:],
        ("v", "mixed_anova", "time", None, None, 0.01, 0.2, "medium_to_large"),
        ("v", "mixed_anova", "group", None, None, 0.01, 0.004, None),
        ("v", "paired_t", "time", "control", None, 0.2, NAN, None),
        ("other", "mixed_anova", "interaction", None, None, 0.01, 0.3, "large"),
        place=4,
    )
    assert [found.time.state, found.group.state, found.interaction.state] == ["significant", "negligible", "untested"]
    assert {group: result.state for group, result in found.within.items()} == {"control": "not_significant"}
    assert (found.object, found.place, list(found.shown), found.n) == ("het geweld", 4, ["control"], None)
    assert found.estimated is None


@pytest.mark.parametrize(("apart", "side"), [(2.5, "higher"), (-2.5, "lower"), (0.0, "")])
def test_the_side_is_that_of_the_tested_difference_whatever_rounded_levels_say(apart, side):
    tested = ("v", "mean_difference", "group", None, None, NAN, apart)
    assert facts(BOTH, tested).side == side
    assert facts(BOTH).side == "lower"


@pytest.mark.parametrize(("approach", "control", "side"), [
    ((NAN, 40, "fewer", 8.0), (30, 50), "lower"),
    ((NAN, 40, "more", 92.0), (30, 20), "higher"),
    ((NAN, 40, "fewer", 8.0), (5, 50), ""),
])  # fmt: skip
def test_with_a_bound_the_groups_must_lie_apart_at_each_measurement(approach, control, side):
    start, end, bound, value = approach
    rows = [level("approach", start, end, bound_t0=bound, bound_value_t0=value), level("control", *control)]
    assert facts(rows, outcome=SHARE).side == side


def test_an_estimate_of_which_only_the_verdict_may_be_said_has_no_numbers():
    known, hidden = (facts(BOTH, estimates=[("v", "better", *numbers)]).estimated
                     for numbers in ((-2.6, -5.0, -0.2), (NAN,) * 3))  # fmt: skip
    assert (known.printed, known.ci, known.value) == ("3", "−5 tot 0", -2.6)
    assert (hidden.verdict, hidden.printed, hidden.ci) == ("better", "", "")


def test_a_norm_is_above_or_below_as_tested():
    norm = {"value": 54, "label": "de norm"}
    outcome = Outcome.of("v", {"label": "geweld", "kind": "mean", "decimals": 0, "measure": "m", "norm": norm})
    found = facts(BOTH, ("v", "one_sample_t", None, "approach", "T0", 0.01, 0.4),
                  ("v", "one_sample_t", None, "approach", "follow_up", 0.3, -0.1),
                  ("v", "one_sample_t", None, "control", "T0", NAN, NAN), outcome=outcome)  # fmt: skip
    assert [(test["wave"], test["above"]) for test in found.norm["tests"]] == [("T0", True), ("follow_up", False)]
    assert found.norm["text"] == "54"


def test_a_class_outcome_is_told_by_its_last_class():
    outcome = Outcome.of("v", {"label": "ernst", "article": "de", "kind": "class", "decimals": 0, "unit": "adult"})
    cells = pd.DataFrame({"outcome": "v", "cell": ["mild", "severe"], "label": ["licht", "ernstig"]})
    levels = pd.DataFrame([level("approach", 90, 60, "v.severe", change=NAN), level("approach", 10, 40, "v.mild")])
    tests = results(
        ("v", "bowker_exact", "time", "approach", None, 0.001), ("v", "fisher_exact", "group", None, "T0", 0.8)
    )
    found = class_facts(outcome, cells, levels, tests, TEXTS)
    assert (found.class_label, found.units) == ("ernstig", "volwassenen")
    assert (found.shown["approach"].before_text, found.shown["approach"].direction) == ("90%", "down")
    assert {group: result.state for group, result in found.change.items()} == {
        "approach": "significant",
        "control": "untested",
    }
    assert found.difference["T0"].state == "not_significant"


def test_beside_each_other_groups_move_by_the_test_of_both_and_not_each_by_its_own():
    """Two changes of the same size, of which one is significant by itself: that is no contrast."""
    outcome = Outcome.of(
        "v", {"label": "geweld", "article": "het", "kind": "mean", "decimals": 0, "measure": "m", "margin": 6.0}
    )
    alike = [level("approach", 10, 4), level("control", 13, 7)]
    own = ("v", "paired_t", "time", "approach", None, 0.01, NAN, None)
    together = ("v", "mixed_anova", "time", None, None, 0.06, 0.04, None)
    directions = [shown.direction for shown in facts(alike, own, together, outcome=outcome).shown.values()]
    assert directions == ["same", "same"]
    assert facts(alike[:1], own, outcome=outcome).shown["approach"].direction == "down"


@pytest.mark.parametrize("shown", [4, 3, 0])
def test_a_comparison_with_a_norm_that_is_not_shown_is_known_to_be_hidden(shown):
    places = [(group, wave) for group in ("approach", "control") for wave in ("T0", "follow_up")]
    tests = [("v", "one_sample_t", "norm", group, wave, 0.01, 2.0) for group, wave in places[:shown]]
    outcome = Outcome.of(
        "v", {"label": "druk", "kind": "mean", "decimals": 0, "measure": "m", "norm": {"value": 8, "label": "norm"}}
    )
    found = facts(BOTH, *tests, outcome=outcome).norm
    assert (len(found["tests"]), found["hidden"]) == (shown, shown < 4)
