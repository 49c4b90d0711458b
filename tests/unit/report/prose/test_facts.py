import pandas as pd
import pytest

from effectstudie.report.prose.facts import class_facts, outcome_facts, shown_groups
from effectstudie.report.prose.outcome import Single

NAN = float("nan")
COLUMNS = ["outcome", "cell", "label", "unit", "group", "wave", "value"]
MEAN = {"label": "geweld", "article": "het", "kind": "mean", "decimals": 0, "measure": "m", "better": "lower"}


def values(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


def results(*rows):
    columns = ["outcome", "analysis", "effect", "group", "wave", "p", "effect_value", "size_word", "reason"]
    empty = [None] * len(columns)
    return pd.DataFrame([[*row, *empty][: len(columns)] for row in rows], columns=columns)


def pair(group, before, after, cell=""):
    return [("v", cell, cell, "adult", group, "T0", before), ("v", cell, cell, "adult", group, "follow_up", after)]


def test_a_group_is_shown_when_both_measurements_are():
    frame = values(*pair("approach", 9.5, 4.4), *pair("control", 9.0, NAN))
    shown = shown_groups(frame, MEAN)
    assert list(shown) == ["approach"]
    assert (shown["approach"].before_text, shown["approach"].after_text) == ("10", "4")


def test_a_value_at_one_measurement_is_kept_apart():
    frame = values(*pair("approach", 9.5, NAN), *pair("control", NAN, 5.0))
    facts = outcome_facts("v", MEAN, frame, results(), {}, 4)
    assert facts.shown == {} and facts.place == 4
    assert facts.single == {"approach": Single("T0", "10"), "control": Single("follow_up", "5")}


def test_a_value_that_everybody_shares_is_hidden_for_that_reason():
    frame = values(*pair("approach", 9.5, NAN), *pair("control", NAN, 5.0))
    for status, uniform in (("cell", False), ("uniform", True)):
        marked = frame.assign(status=[status if blank else "" for blank in frame["value"].isna()])
        assert outcome_facts("v", MEAN, marked, results(), {}).uniform == uniform


@pytest.mark.parametrize(
    ("given", "reason"), [("pairs", "pairs"), ("spread", "spread"), ("classes", "classes"), (None, ""), (NAN, "")]
)
def test_an_undefined_test_has_the_reason_that_the_analysis_gives(given, reason):
    found = results(("v", "mixed_anova", "time", None, None, NAN, NAN, None, given))
    facts = outcome_facts("v", MEAN, values(*pair("approach", 9, 4), *pair("control", 9, 4)), found, {})
    assert (facts.time.state, facts.time.reason) == ("untested", reason)
    # not among the tests that may be shown
    assert (facts.group.state, facts.group.reason) == ("untested", "pairs")


def test_the_change_within_a_group_has_its_size():
    found = results(
        ("v", "paired_t", "time", "approach", None, 0.01, 0.2, "medium_to_large"),
        ("v", "paired_t", "time", "control", None, 0.01, 0.004, None),
    )
    within = outcome_facts("v", MEAN, values(*pair("approach", 9, 4), *pair("control", 9, 4)), found, {}).within
    assert (within["approach"].size, within["approach"].eta) == ("medium_to_large", ",20")
    assert within["control"].state == "negligible"
    unsized = results(("v", "paired_t", "time", "approach", None, 0.01, NAN, None))
    within = outcome_facts("v", MEAN, values(*pair("approach", 9, 4)), unsized, {}).within
    assert (within["approach"].state, within["approach"].size) == ("significant", "")


def test_values_that_print_alike_have_no_direction():
    frame = values(*pair("approach", 4.2, 4.4), *pair("control", 4.4, 4.6))
    shown = shown_groups(frame, MEAN)
    assert (shown["approach"].direction, shown["control"].direction) == ("same", "up")


def test_effects_and_changes_within_groups_are_read_from_the_tests():
    found = results(
        ("v", "mixed_anova", "time", None, None, 0.01, 0.2, "medium_to_large"),
        ("v", "mixed_anova", "group", None, None, 0.01, 0.004, None),
        ("v", "mixed_anova", "interaction", None, None, NAN, NAN, None),
        ("v", "paired_t", "time", "control", None, 0.2, NAN, None),
        ("other", "mixed_anova", "interaction", None, None, 0.01, 0.3, "large"),
    )
    facts = outcome_facts("v", MEAN, values(*pair("approach", 9, 4)), found, {})
    assert [facts.time.state, facts.group.state, facts.interaction.state] == ["significant", "negligible", "untested"]
    assert {group: result.state for group, result in facts.within.items()} == {"control": "not_significant"}
    assert facts.object == "het geweld" and facts.unit is None and facts.plural is False


def test_the_tested_change_weighs_the_groups_alike_and_needs_both():
    changes = [
        ("v", "mean_change", "time", g, None, NAN, change, None) for g, change in (("approach", 3), ("control", -5))
    ]
    frame = values(*pair("approach", 9, 4), *pair("control", 9, 4))
    assert outcome_facts("v", MEAN, frame, results(*changes), {}).tested_change == -1
    assert outcome_facts("v", MEAN, frame, results(changes[0]), {}).tested_change is None


def test_the_tested_difference_is_that_of_the_group_effect():
    apart = ("v", "mean_difference", "group", None, None, NAN, 2.5, None)
    frame = values(*pair("approach", 9, 4), *pair("control", 9, 4))
    assert outcome_facts("v", MEAN, frame, results(apart), {}).tested_difference == 2.5
    assert outcome_facts("v", MEAN, frame, results(), {}).tested_difference is None


def test_a_norm_is_compared_only_where_the_value_is_shown():
    found = results(
        ("v", "one_sample_t", None, "approach", "T0", 0.01, 0.4, None),
        ("v", "one_sample_t", None, "approach", "follow_up", 0.3, -0.1, None),
        ("v", "one_sample_t", None, "control", "T0", 0.01, NAN, None),
    )
    frame = values(*pair("approach", 60, 50), *pair("control", NAN, NAN))
    facts = outcome_facts("v", {**MEAN, "norm": {"value": 54, "label": "de norm"}}, frame, found, {})
    against = [(test["group"], test["wave"], test["verdict"].state) for test in facts.norm["tests"]]
    assert against == [("approach", "T0", "significant"), ("approach", "follow_up", "not_significant")]
    assert [test["above"] for test in facts.norm["tests"]] == [True, False]
    assert facts.norm["text"] == "54"


def test_a_class_outcome_is_told_by_its_last_class():
    definition = {"label": "ernst", "article": "de", "kind": "class", "decimals": 0, "unit": "adult"}
    frame = values(*pair("approach", 10, 40, "mild"), *pair("approach", 90, 60, "severe"))
    found = results(
        ("v", "bowker_exact", "time", "approach", None, 0.001, NAN, None),
        ("v", "fisher_exact", "group", None, "T0", 0.8, NAN, None),
    )
    facts = class_facts("v", definition, frame, found, {"adult": "volwassenen"})
    assert facts.class_label == "severe" and facts.units == "volwassenen"
    assert facts.shown["approach"].before_text == "90%"
    assert {group: result.state for group, result in facts.change.items()} == {
        "approach": "significant",
        "control": "untested",
    }
    assert facts.difference["T0"].state == "not_significant"
