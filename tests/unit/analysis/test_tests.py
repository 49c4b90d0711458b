import numpy as np
import pandas as pd
import pytest
from given.analysis_rows import MARK, SAFETY, VIOLENCE, long, one
from scipy import stats

from effectstudie.analysis.describe import describe_outcomes
from effectstudie.analysis.tests import outcome_tests_of
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.result_tables.analysis import TESTS
from effectstudie.shared.errors import InputError

THRESHOLDS = {
    "between": {"small": 0.01, "medium": 0.06, "large": 0.14},
    "repeated": {"small": 0.02, "medium": 0.13, "large": 0.26},
}
SEX = {1: {"id": "man", "label": ""}, 2: {"id": "woman", "label": ""}}


GROUPS = {
    "approach": [(1, 1), (1, 3), (9, None)],
    "control": [(2, 6), (3, 7)],
    "rest": [(50, 1), (60, 2)],
}


def test_means_get_the_mixed_anova_and_the_change_within_each_group_on_complete_pairs():
    # the same small table as in the tests of the ANOVA, where it is done by hand
    found = outcome_tests_of(long("adult", "safety", GROUPS), MARK, THRESHOLDS)
    assert list(found.columns) == TESTS.names
    assert list(zip(found["analysis"], found["effect"], strict=True)) == [
        ("mixed_anova", "time"),
        ("mixed_anova", "group"),
        ("mixed_anova", "interaction"),
        ("mean_difference", "group"),
        *[("paired_t", "time"), ("mean_change", "time")] * 2,
    ]
    time = one(found, analysis="mixed_anova", effect="time")
    assert (time["statistic"], time["df1"], time["df2"], time["n"]) == ("F", 1, 2, 4)
    assert (time["value"], time["effect_value"]) == pytest.approx((25, 25 / 27))
    assert time["effect_size"] == "partial_eta_squared"
    assert time["size_word"] == "large"
    assert time["ci_low"] < time["effect_value"] < time["ci_high"]
    assert time["note"] == (
        "fewer than 5 persons in a group: approach 2, control 2; "
        "no variation within control: the pooled error is too small"
    )
    assert pd.isna(time["reason"])

    # person means 1 and 2 against 4 and 5: it is what the group effect tests, so t squared is its F
    apart = one(found, analysis="mean_difference")
    assert (apart["effect_value"], apart["n"]) == (-3, 4)
    half = (apart["ci_high"] - apart["ci_low"]) / 2
    t = apart["effect_value"] / (half / 4.302652729911275)
    assert t**2 == pytest.approx(one(found, analysis="mixed_anova", effect="group")["value"])

    paired = one(found, analysis="paired_t", group="approach")
    # changes 0 and 2: t = 1 / (sqrt 2 / sqrt 2) = 1 on 1 degree, eta 1 / (1 + 1)
    assert (paired["value"], paired["df1"], paired["effect_value"], paired["n"]) == pytest.approx((1, 1, 0.5, 2))
    change = one(found, analysis="mean_change", group="approach")
    assert (change["effect_value"], change["n"]) == (1, 2)
    assert change["ci_high"] == pytest.approx(1 + 12.706204736432095)
    assert pd.isna(change["p"])


def test_undefined_test_is_an_empty_row_with_a_reason():
    found = outcome_tests_of(long("adult", "safety", GROUPS), MARK, THRESHOLDS)
    paired = one(found, analysis="paired_t", group="control")
    assert (paired["note"], paired["reason"]) == ("everyone changes by the same amount", "spread")
    empty = ["value", "df1", "df2", "p", "effect_value", "ci_low", "ci_high", "size_word"]
    assert paired[empty].isna().all()
    assert one(found, analysis="mean_change", group="control")["effect_value"] == 4


def test_outcome_without_any_value_keeps_its_rows():
    found = outcome_tests_of(long("adult", "other", GROUPS), MARK, THRESHOLDS)
    assert len(found) == 8
    assert found["p"].isna().all()
    assert (found["n"] == 0).all()
    assert "group approach has no complete cases" in found["note"][0] and set(found["reason"]) == {"pairs"}
    assert describe_outcomes(long("adult", "other", GROUPS), MARK)["n"].tolist() == [0] * 6


def test_size_of_the_group_effect_is_judged_as_between_and_of_the_others_as_repeated():
    thresholds = {
        "between": {"small": 0.0, "medium": 0.98, "large": 0.99},
        "repeated": {"small": 0.99, "medium": 0.995, "large": 0.999},
    }
    found = outcome_tests_of(long("adult", "safety", GROUPS), MARK, thresholds)
    words = found.set_index(["analysis", "effect"])["size_word"]
    assert words["mixed_anova", "group"] == "small_to_medium"
    assert words["mixed_anova"].drop("group").isna().all()


def test_norm_gives_a_t_test_per_group_and_wave_on_everyone_with_a_value():
    outcomes = outcomes_from({"safety": {**SAFETY, "norm": {"value": 4, "label": "norm"}}})
    found = outcome_tests_of(long("adult", "safety", GROUPS), outcomes, THRESHOLDS)
    norm = found[found["analysis"] == "one_sample_t"]
    assert list(zip(norm["group"], norm["wave"], norm["n"], strict=True)) == [
        ("approach", "T0", 3),
        ("approach", "follow_up", 2),
        ("control", "T0", 2),
        ("control", "follow_up", 2),
    ]
    first = norm.iloc[0]
    assert first["value"] == pytest.approx(stats.ttest_1samp([1, 1, 9], 4).statistic)
    assert (first["statistic"], first["effect_size"]) == ("t", "cohen_d")
    assert norm["effect"].isna().all()


def test_classes_are_compared_at_each_wave_and_within_each_group():
    pairs = {
        "approach": [(2, 2)] * 6 + [(2, 0)] * 8 + [(2, 1)] * 6 + [(1, None)] * 5 + [(0, 0)] * 5,
        "control": [(2, 2)] * 10 + [(2, 0)] * 5 + [(1, 1)] * 8 + [(0, 2)] * 2 + [(0, 0)] * 5,
    }
    found = outcome_tests_of(long("household", "violence", pairs), VIOLENCE, THRESHOLDS)
    before = one(found, effect="group", wave="T0")
    # counts 5 5 20 and 7 8 15: all expected counts are 6 or more
    want = stats.chi2_contingency([[5, 5, 20], [7, 8, 15]], correction=False)
    assert (before["analysis"], before["statistic"], before["n"]) == ("chi_squared", "chi2", 60)
    assert (before["value"], before["p"], before["df1"]) == pytest.approx((want.statistic, want.pvalue, 2))
    assert before["effect_size"] == "cramers_v"
    assert one(found, effect="group", wave="follow_up")["n"] == 55

    # 8 went 2 -> 0 and 6 went 2 -> 1, none back: statistic 14, p 2 / 2 ** 8 * 2 / 2 ** 6
    change = one(found, effect="time", group="approach")
    assert (change["analysis"], change["n"]) == ("stuart_maxwell_exact", 25)
    assert (change["value"], change["df1"]) == pytest.approx((14, 2))
    assert change["p"] == pytest.approx(4 / 2**14)
    # 5 against 2 between the classes 0 and 2: 2 * (1 + 7 + 21) / 2 ** 7
    assert one(found, effect="time", group="control")["p"] == pytest.approx(58 / 128)


def test_change_over_two_classes_is_called_after_mcnemar():
    pairs = {"approach": [(2, 2)] * 6 + [(2, 0)] * 8 + [(0, 2)] * 2, "control": [(2, 2)] * 9 + [(2, 0)] * 5}
    found = outcome_tests_of(long("household", "violence", pairs), VIOLENCE, THRESHOLDS)
    assert one(found, effect="time", group="approach")["analysis"] == "mcnemar_exact"
    assert one(found, effect="time", group="control")["p"] == pytest.approx(2 / 2**5)
    assert found["size_word"].isna().all()


def background(kind, **more):
    plain = {"unit": "adult", "kind": kind, "section": "background", "measured": "T0", **more}
    return outcomes_from({"trait": plain})


def test_background_is_compared_between_the_groups_at_t0_only():
    pairs = {"approach": [(1, None)] * 3 + [(2, 2)], "control": [(1, None), (2, 1), (2, 2), (2, 2)]}
    table = long("adult", "trait", pairs)
    found = outcome_tests_of(table, background("class", classes=SEX), THRESHOLDS)
    row = one(found, effect="group", wave="T0")
    assert len(found) == 1
    assert (row["analysis"], row["n"]) == ("fisher_exact", 8)
    assert row["p"] == pytest.approx(34 / 70)
    assert row[["statistic", "value", "df1"]].isna().all()
    assert describe_outcomes(table, background("class", classes=SEX))["wave"].unique() == ["T0"]

    found = outcome_tests_of(table, background("mean"), THRESHOLDS)
    row = one(found, effect="group", wave="T0")
    assert (row["analysis"], row["df1"]) == ("t_test", 6)
    assert row["p"] == pytest.approx(stats.ttest_ind([1, 1, 1, 2], [1, 2, 2, 2]).pvalue)


def test_choice_of_fishers_test_reaches_the_background():
    classes = {code: {"id": f"c{code}", "label": ""} for code in range(3)}
    pairs = {"approach": [(0, None)] * 4 + [(1, None)] * 2, "control": [(0, None)] * 2 + [(2, None)] * 3}
    table, outcomes = long("adult", "trait", pairs), background("class", classes=classes)
    assert outcome_tests_of(table, outcomes, THRESHOLDS)["analysis"][0] == "fisher_exact"
    found = outcome_tests_of(table, outcomes, THRESHOLDS, fisher_for="2x2")
    assert found["analysis"][0] == "chi_squared"
    assert found["note"][0] == "6 of 6 expected counts are under 5"


def test_values_that_are_no_class_or_no_percentage_are_refused_together():
    trauma = outcomes_from({"trauma": {"unit": "adult", "kind": "percentage", "section": "wellbeing"}})
    outcomes = VIOLENCE | trauma
    table = pd.concat(
        [
            long("household", "violence", {"approach": [(0, 7), (3, 1)]}),
            long("adult", "trauma", {"approach": [(0, 1)]}),
        ]
    )
    for function in (
        lambda: describe_outcomes(table, outcomes),
        lambda: outcome_tests_of(table, outcomes, THRESHOLDS),
    ):
        with pytest.raises(InputError) as error:
            function()
        assert error.value.problems == [
            "Outcome violence: value 3, 7 occurs; allowed are 0, 1, 2. Correct the classification or the definition.",
            "Outcome trauma: value 1 occurs; allowed are 0, 100. Correct the classification or the definition.",
        ]


def test_order_of_the_input_rows_changes_no_byte():
    rng = np.random.default_rng(8)
    outcomes = VIOLENCE | outcomes_from({"safety": {**SAFETY, "norm": {"value": 6.3, "label": "norm"}}})
    parts = []
    for unit, outcome, draw in (
        ("adult", "safety", lambda: rng.normal(6, 2, 2)),
        ("household", "violence", lambda: rng.integers(0, 3, 2)),
    ):
        groups = {"approach": 9, "control": 14, "rest": 20}
        parts.append(long(unit, outcome, {g: [tuple(draw()) for _ in range(n)] for g, n in groups.items()}))
    table = pd.concat(parts, ignore_index=True)
    shuffled = table.sample(frac=1, random_state=1)
    for function in (
        lambda t: describe_outcomes(t, outcomes),
        lambda t: outcome_tests_of(t, outcomes, THRESHOLDS),
    ):
        assert function(table).to_csv() == function(shuffled).to_csv()
        assert function(table)["outcome"].str.split(".").str[0].unique().tolist() == ["violence", "safety"]


def test_problems_compare_each_two_groups_at_the_start_with_the_rest_of_the_cohort_among_them():
    pairs = {
        "approach": [(3, 1), (4, 1), (6, 2)],
        "control": [(2, 2), (5, 2), (7, 1)],
        "rest": [(1, 1), (2, 1), (3, 1)],
    }
    outcomes = outcomes_from({"stress": {"unit": "adult", "kind": "mean", "section": "risk"}})
    table = long("adult", "stress", pairs)
    rest = {"stress": table[(table["group"] == "rest") & (table["wave"] == "T0")]}
    table = table[table["group"] != "rest"]
    found = outcome_tests_of(table, outcomes, THRESHOLDS, problems=["stress"], rest=rest)
    found = found[found["effect"] == "problem"].set_index("group")
    at_start = {group: [before for before, _ in values] for group, values in pairs.items()}
    for pair in ("approach|control", "approach|rest", "control|rest"):
        first, second = pair.split("|")
        expected = stats.ttest_ind(at_start[first], at_start[second])
        assert found.loc[pair, "p"] == pytest.approx(expected.pvalue)
        assert found.loc[pair, "value"] == pytest.approx(expected.statistic)
    assert set(found["wave"]) == {"T0"} and len(found) == 3


def test_what_was_measured_at_the_follow_up_only_is_compared_there():
    outcomes = outcomes_from({"mark": {**SAFETY, "measured": "follow_up"}})
    table = long("adult", "mark", {"approach": [(None, 7), (None, 8), (None, 6)], "control": [(None, 5), (None, 4)]})
    found = outcome_tests_of(table, outcomes, THRESHOLDS)
    assert (len(found), found["wave"][0], found["analysis"][0]) == (1, "follow_up", "t_test")
    assert found["p"][0] == pytest.approx(stats.ttest_ind([7, 8, 6], [5, 4]).pvalue)
    assert set(describe_outcomes(table, outcomes).query("outcome == 'mark'")["wave"]) == {"follow_up"}
