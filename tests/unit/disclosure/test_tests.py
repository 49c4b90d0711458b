import pandas as pd
import pytest
from given.described import MERGING, OUTCOMES, classes, row

from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.tests import EXACT, treat_tests, without_norms
from effectstudie.disclosure.values import treat

LIMITS = Limits(minimum_cell=5, minimum_group=10)
NO_LEVELS = pd.DataFrame(columns=["outcome", "group", "mean_t0", "mean_follow_up"])


def age_tests():
    columns = ["outcome", "analysis", "effect", "group", "wave", "value", "df1", "p", "effect_value", "n"]
    rows = [("age", "chi_squared", "group", None, "T0", 9.9, 2, 0.007, 0.3, 112, "", float("nan")),
            ("age", "stuart_maxwell", "time", "approach", None, 8.1, 2, 0.012, 0.3, 37, "", float("nan"))]  # fmt: skip
    return pd.DataFrame(rows, columns=[*columns, "note", "reason"])


def test_the_test_of_merged_classes_is_that_of_the_classes_as_measured():
    table = pd.DataFrame(classes("approach", [2, 20, 29]) + classes("control", [20, 20, 21]))
    treated = treat(table, MERGING, 5, 10)
    left = treat_tests(age_tests(), treated, NO_LEVELS, (), LIMITS)
    assert treated.merged == {"age": ["jonger"]}
    pd.testing.assert_frame_equal(left.drop(columns="coarse"), age_tests(), check_dtype=False)
    assert left["coarse"].tolist() == [True, True]


def test_classes_that_were_not_merged_keep_their_test():
    table = pd.DataFrame(classes("approach", [12, 20, 29]) + classes("control", [20, 20, 21]))
    left = treat_tests(age_tests(), treat(table, MERGING, 5, 10), NO_LEVELS, (), LIMITS)
    assert left["p"].tolist() == [0.007, 0.012]
    # with the classes at both measurements p tells how many change
    assert left["coarse"].tolist() == [False, True]
    inside = treat_tests(age_tests(), treat(table, OUTCOMES, 1, 1), NO_LEVELS, (), Limits())
    assert inside["coarse"].tolist() == [False, False]


def test_a_test_is_left_out_when_one_group_is_too_small():
    table = pd.DataFrame([row("safety", "approach", 9, 7.1), row("safety", "control", 40, 7.0),
                          row("work", "approach", 51, 50.0), row("work", "control", 61, 50.0)])  # fmt: skip
    treated = treat(table, OUTCOMES, 5, 10)
    tests = pd.DataFrame(
        [("safety", "mixed_anova", None, 49), ("safety", "paired_t", "approach", 9),
         ("safety", "paired_t", "control", 40), ("work", "mixed_anova", None, 112)],
        columns=["outcome", "analysis", "group", "n"],
    )  # fmt: skip
    left = treat_tests(tests, treated, NO_LEVELS, (), LIMITS)
    assert left[["outcome", "group"]].fillna("").values.tolist() == [["safety", "control"], ["work", ""]]


def test_a_group_with_too_few_pairs_takes_the_comparison_with_it():
    table = pd.DataFrame([row("work", "approach", 51, 50.0), row("work", "control", 61, 50.0)])
    treated = treat(table, OUTCOMES, 5, 10)
    tests = pd.DataFrame(
        [("work", "mixed_anova", None, 60), ("work", "paired_t", "approach", 8)],
        columns=["outcome", "analysis", "group", "n"],
    )
    assert treat_tests(tests, treated, NO_LEVELS, (), LIMITS).empty


@pytest.mark.parametrize("few", [2, 49, 51])
def test_of_a_percentage_that_is_not_shown_the_test_says_only_on_which_side_of_a_bound_p_lies(few):
    table = pd.DataFrame([row("work", "approach", 51, 100 * few / 51), row("work", "control", 61, 50.0)])
    made = {"outcome": "work", "analysis": "mixed_anova", "group": None, "p": 0.01, "n": 90}
    numbers = dict.fromkeys(EXACT, 0.25)
    tests = pd.DataFrame([made | numbers, made | numbers | {"analysis": "mean_difference", "p": float("nan")}])
    left = treat_tests(tests, treat(table, OUTCOMES, 5, 10), NO_LEVELS, (), LIMITS)
    assert left[["analysis", "p", "coarse"]].values.tolist() == [["mixed_anova", 0.01, True]]
    assert "size_word" in EXACT and left[list(EXACT)].isna().all(axis=None)


def test_where_few_change_a_percentage_that_is_shown_the_test_says_no_more_either():
    table = pd.DataFrame([row("work", "approach", 51, 50.0), row("work", "control", 61, 50.0)])
    made = {
        "outcome": "work",
        "analysis": "mixed_anova",
        "group": None,
        "p": 0.01,
        "n": 90,
        **dict.fromkeys(EXACT, 0.5),
    }
    tests, treated = pd.DataFrame([made, made | {"outcome": "safety"}]), treat(table, OUTCOMES, 5, 10)
    left = treat_tests(tests, treated, NO_LEVELS, {"work"}, LIMITS).set_index("outcome")
    assert left["coarse"].to_dict() == {"work": True, "safety": False}
    assert left.loc["work", list(EXACT)].isna().all() and left.loc["safety", list(EXACT)].notna().all()


def test_a_test_against_a_norm_goes_with_the_mean_of_everyone():
    values = pd.DataFrame([("a", "approach", "T0", 7.1), ("a", "approach", "follow_up", float("nan"))],
                          columns=["outcome", "group", "wave", "value"])  # fmt: skip
    tests = pd.DataFrame([("a", "approach", wave, analysis) for wave in ("T0", "follow_up")
                          for analysis in ("one_sample_t", "t_test")],
                         columns=["outcome", "group", "wave", "analysis"])  # fmt: skip
    left = without_norms(tests, values)
    assert left[["wave", "analysis"]].values.tolist() == [
        ["T0", "one_sample_t"], ["T0", "t_test"], ["follow_up", "t_test"]
    ]  # fmt: skip


@pytest.mark.parametrize("hidden", [False, True])
def test_of_a_percentage_the_test_is_exact_where_everyone_and_the_tested_are_shown(hidden):
    table = pd.DataFrame([row("work", "approach", 51, 50.0), row("work", "control", 61, 50.0)])
    tests = pd.DataFrame(
        [{"outcome": "work", "analysis": "mixed_anova", "group": None, "p": 0.01, "n": 90, "value": 7.0}]
    )
    tested = pd.DataFrame([("work", "approach", float("nan") if hidden else 40.0, 50.0)], columns=NO_LEVELS.columns)
    left = treat_tests(tests, treat(table, OUTCOMES, 5, 10), tested, (), LIMITS).iloc[0]
    assert left["p"] == 0.01 and left["coarse"] == hidden and pd.isna(left["value"]) == hidden


def test_blanked_classes_that_could_not_be_merged_get_a_coarse_p():
    table = pd.DataFrame(classes("approach", [2, 20, 29]) + classes("control", [20, 20, 21]))
    left = treat_tests(age_tests(), treat(table, OUTCOMES, 5, 10), NO_LEVELS, (), LIMITS)
    assert left["p"].tolist() == [0.007, 0.012]
    assert left["coarse"].tolist() == [True, True]
