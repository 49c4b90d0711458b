from math import sqrt

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from effectstudie.analysis.describe import describe_cohort, describe_outcomes
from effectstudie.analysis.groups import assign_groups, in_groups
from effectstudie.analysis.tests import outcome_tests_of
from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.result_tables.analysis import DESCRIPTIVES, TESTS
from effectstudie.shared.errors import InputError
from effectstudie.shared.vocabulary import UNITS

THRESHOLDS = {
    "between": {"small": 0.01, "medium": 0.06, "large": 0.14},
    "repeated": {"small": 0.02, "medium": 0.13, "large": 0.26},
}
SAFETY = {"unit": "adult", "kind": "mean", "section": "wellbeing"}
MARK = outcomes_from({"safety": SAFETY})
CLASSES = {0: {"id": "none", "label": ""}, 1: {"id": "mild", "label": ""}, 2: {"id": "severe", "label": ""}}
VIOLENCE = outcomes_from(
    {"violence": {"unit": "household", "kind": "class", "section": "violence", "classes": CLASSES}}
)
SEX = {1: {"id": "man", "label": ""}, 2: {"id": "woman", "label": ""}}


def long(unit, outcome, groups):
    """A table from {group: [(T0, follow_up), ...]}, None for no value; one unit a household."""
    rows = []
    for group, pairs in groups.items():
        for number, pair in enumerate(pairs):
            name = f"{group}{number:02d}"
            role = "approach" if group in ("approach", "lost") else "pool"
            for wave, value in zip(("T0", "follow_up"), pair, strict=True):
                if value is not None:
                    rows.append((unit, f"{unit}-{name}", name, role, outcome, wave, float(value), group))
    columns = ["unit", "unit_id", "household", "role", "outcome", "wave", "value", "group"]
    return pd.DataFrame(rows, columns=columns)


def one(frame, **where):
    chosen = frame[np.logical_and.reduce([frame[key] == value for key, value in where.items()])]
    assert len(chosen) == 1, chosen
    return chosen.iloc[0]


def matched(**groups):
    return pd.DataFrame([(h, g) for g, hs in groups.items() for h in hs], columns=["household", "group"])


def test_descriptives_use_everyone_with_a_value_at_that_wave():
    table = long("adult", "safety", {"approach": [(1, None), (2, 4), (3, 6)], "control": [(5, 5)], "rest": []})
    found = describe_outcomes(table, MARK)
    assert list(found.columns) == DESCRIPTIVES.names
    assert list(zip(found["wave"], found["group"], found["n"], strict=True)) == [
        ("T0", "approach", 3),
        ("T0", "control", 1),
        ("T0", "rest", 0),
        ("follow_up", "approach", 2),
        ("follow_up", "control", 1),
        ("follow_up", "rest", 0),
    ]
    first = one(found, wave="T0", group="approach")
    assert (first["mean"], first["sd"]) == (2, 1)
    assert first["ci_high"] == pytest.approx(2 + 4.302652729911275 / sqrt(3))
    assert found.loc[found["group"] == "control", ["sd", "ci_low", "ci_high"]].isna().all().all()
    assert found.loc[found["group"] == "rest", "mean"].isna().all()


def test_a_class_is_a_row_with_its_share_of_all_units_and_percentages_keep_within_bounds():
    table = long("household", "violence", {"approach": [(2, 0), (2, 0), (0, 1), (2, None)]})
    found = describe_outcomes(table, VIOLENCE)
    shares = found[(found["group"] == "approach") & (found["wave"] == "T0")]
    assert shares["outcome"].tolist() == ["violence.none", "violence.mild", "violence.severe"]
    assert shares["mean"].tolist() == [25, 0, 75]
    assert shares["n"].tolist() == [4, 4, 4]
    assert one(found, outcome="violence.none", group="approach", wave="follow_up")["n"] == 3

    trauma = outcomes_from({"trauma": {"unit": "adult", "kind": "percentage", "section": "wellbeing"}})
    table = long("adult", "trauma", {"approach": [(100, 0), (0, 0), (0, 0), (0, 0)]})
    found = describe_outcomes(table, trauma)
    before, after = (one(found, group="approach", wave=wave) for wave in ("T0", "follow_up"))
    assert (before["mean"], before["sd"]) == (25, 50)
    assert (after["mean"], after["sd"], after["ci_low"]) == (0, 0, 0)
    assert 0 < after["ci_high"] < 100


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
    found = outcome_tests_of(long("adult", "stress", pairs), outcomes, THRESHOLDS, problems=["stress"])
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


def cohort():
    """An analysis table of three kinds of unit and the households matched of it; some of the approach are not."""
    rng = np.random.default_rng(4)
    kinds = {"household": ("violence", 3), "adult": ("safety", 10), "youth": ("school", 10)}
    frames = []
    for unit, (outcome, codes) in kinds.items():
        groups = {"approach": rng.integers(0, codes, (8, 2)), "pool": rng.integers(0, codes, (30, 2))}
        frames += [long(unit, outcome, groups), long(unit, "participation", {k: v > 0 for k, v in groups.items()})]
    table = pd.concat(frames, ignore_index=True).drop(columns="group").sort_values(["unit", "unit_id", "outcome"])
    chosen = matched(approach=[f"approach{n:02d}" for n in range(6)], control=[f"pool{n:02d}" for n in range(3, 15)])
    return table.astype({"outcome": "category"}), chosen


def some_at_a_time(table, unit):
    of_unit = table[table["unit"] == unit]
    return [of_unit[start : start + 17] for start in range(0, len(of_unit), 17)]


def test_a_cohort_described_by_kind_of_unit_is_the_cohort_described_at_once():
    table, chosen = cohort()
    outcomes = outcomes_from({"school": {**SAFETY, "unit": "youth"}}) | MARK | VIOLENCE
    units = ((unit, in_groups(some_at_a_time(table, unit), chosen)) for unit in UNITS)
    described, rest = describe_cohort(units, outcomes, ["school"])
    whole, _ = assign_groups(table, chosen)
    pd.testing.assert_frame_equal(described, describe_outcomes(whole, outcomes))
    assert described["n"].sum() > 0
    expected = whole.query("outcome == 'school' and group == 'rest' and wave == 'T0'")
    assert dict(zip(rest["unit_id"], rest["value"], strict=True)) == expected.set_index("unit_id")["value"].to_dict()
    assert (len(rest), set(rest["wave"]), set(rest["group"])) == (18, {"T0"}, {"rest"})
