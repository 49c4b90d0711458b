import pandas as pd
import pytest
from given.described import MERGING, OUTCOMES, classes, row

from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.tests import EXACT, treat_tests, without_hidden
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


def everyone(*rows):
    """(outcome, group, wave, value, n)"""
    values = pd.DataFrame(rows, columns=["outcome", "group", "wave", "value", "n"])
    return values.assign(status=values["value"].isna().map({True: "partner", False: ""}))


def at_once(*rows):
    """Tests at one measurement: (outcome, group, wave, analysis, effect)"""
    tests = pd.DataFrame(rows, columns=["outcome", "group", "wave", "analysis", "effect"])
    return tests.assign(p=0.098, coarse=False, value=1.7, ci_low=-0.1, effect_value=-0.4)


def test_a_test_against_a_norm_goes_with_the_mean_of_everyone():
    values = everyone(("a", "approach", "T0", 7.1, 30), ("a", "approach", "follow_up", float("nan"), 30))
    tests = at_once(*(("a", "approach", wave, analysis, None) for wave in ("T0", "follow_up")
                      for analysis in ("one_sample_t", "t_test")))  # fmt: skip
    left = without_hidden(tests, values, LIMITS, ["a"])
    assert left[["wave", "analysis"]].values.tolist() == [
        ["T0", "one_sample_t"], ["T0", "t_test"], ["follow_up", "t_test"]
    ]  # fmt: skip
    assert not left["coarse"].any() and left["value"].notna().all()


def test_a_test_against_a_norm_of_how_many_is_not_said_tells_a_bound_and_a_side():
    """With mean and SD an exact p leaves one size."""
    values = everyone(("a", "approach", "T0", 7.1, float("nan")), ("b", "approach", "T0", 7.1, 30))
    tests = at_once(*((name, "approach", "T0", "one_sample_t", None) for name in ("a", "b")))
    left = without_hidden(tests, values, LIMITS, ["a", "b"]).set_index("outcome")
    assert left["coarse"].to_dict() == {"a": True, "b": False}
    assert left.loc["a", ["value", "ci_low"]].isna().all() and left.loc["a", "effect_value"] == -1
    assert left.loc["b", ["value", "ci_low", "effect_value"]].tolist() == [1.7, -0.1, -0.4]
    assert not without_hidden(tests, values, Limits(), ["a"])["coarse"].any()


@pytest.mark.parametrize("hidden", ["approach", "control"])
def test_where_a_number_of_a_group_is_hidden_no_word_says_whether_background_or_problems_differ(hidden):
    """With the number of the other group the bound of p leaves few."""
    other = "control" if hidden == "approach" else "approach"
    rows = [("a", hidden, "T0", float("nan"), 64), ("a", other, "T0", 50.0, 71), ("a", "rest", "T0", 50.0, 900)]
    tests = at_once(
        ("a", None, "T0", "chi_squared", "group"), ("a", "approach|control", "T0", "chi_squared", "problem"),
        ("a", f"{hidden}|rest", "T0", "chi_squared", "problem"), ("a", f"{other}|rest", "T0", "chi_squared", "problem"),
        ("a", None, None, "mixed_anova", "group"), ("a", None, "follow_up", "chi_squared", "group"),
    )  # fmt: skip
    left = without_hidden(tests, everyone(*rows), LIMITS, ())
    assert left.index.size == 3 and left["group"].fillna("").tolist() == [f"{other}|rest", "", ""]
    assert len(without_hidden(tests, everyone(*rows), Limits(), ())) == 6
    # the bound of an outcome of the study is a finding
    assert "group" in set(without_hidden(tests, everyone(*rows), LIMITS, ["a"]).query("wave == 'T0'")["effect"])


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
