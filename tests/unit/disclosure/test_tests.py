import pandas as pd
import pytest

from effectstudie.disclosure.tests import treat_tests
from effectstudie.disclosure.values import treat
from effectstudie.methods import counts

UNEMPLOYED = {"label": "zonder werk", "kind": "percentage", "decimals": 0}
SAFETY = {"label": "veiligheid", "kind": "mean", "decimals": 1}
AGE = {
    "label": "Leeftijd",
    "kind": "class",
    "decimals": 1,
    "classes": {1: {"id": "young", "label": "jong"}, 2: {"id": "middle", "label": "midden"},
                3: {"id": "old", "label": "oud"}},
    "merge": [{"codes": [1, 2], "id": "younger", "label": "jonger"}],
}  # fmt: skip


def row(outcome, group, n, mean, wave="T0", unit="adult"):
    return {
        "outcome": outcome, "unit": unit, "group": group, "wave": wave, "n": n, "mean": mean,
        "sd": 1.5, "ci_low": mean - 1, "ci_high": mean + 1,
    }  # fmt: skip


def classes(group, counts):
    n = sum(counts)
    names = ("young", "middle", "old")
    return [row(f"age.{name}", group, n, 100 * count / n) for name, count in zip(names, counts, strict=True)]


def age_tests():
    columns = ["outcome", "analysis", "effect", "group", "wave", "value", "df1", "p", "effect_value", "n"]
    rows = [("age", "chi_squared", "group", None, "T0", 9.9, 2, 0.007, 0.3, 112, "", float("nan")),
            ("age", "stuart_maxwell", "time", "approach", None, 8.1, 2, 0.012, 0.3, 37, "", float("nan"))]  # fmt: skip
    return pd.DataFrame(rows, columns=[*columns, "note", "reason"])


def test_merged_classes_are_tested_as_they_are_shown():
    table = pd.DataFrame(classes("approach", [2, 20, 29]) + classes("control", [20, 20, 21]))
    left = treat_tests(age_tests(), treat(table, {"age": AGE}, 5, 10), 10, "2x2")
    expected = counts.chi_squared([[22, 29], [40, 21]])
    assert left.loc[0, "p"] == pytest.approx(expected.p) and left.loc[0, "df1"] == 1
    assert left["coarse"].tolist() == [False, True]


def test_a_test_of_merged_classes_that_is_undefined_says_why():
    table = pd.DataFrame(classes("approach", [2, 20, 0]) + classes("control", [20, 20, 0]))
    left = treat_tests(age_tests(), treat(table, {"age": AGE}, 5, 10), 10, "2x2")
    assert pd.isna(left.loc[0, "p"]) and left.loc[0, "reason"] == "classes"


def test_classes_that_were_not_merged_keep_their_test():
    table = pd.DataFrame(classes("approach", [12, 20, 29]) + classes("control", [20, 20, 21]))
    left = treat_tests(age_tests(), treat(table, {"age": AGE}, 5, 10), 10, "2x2")
    assert left["p"].tolist() == [0.007, 0.012]
    assert left["coarse"].tolist() == [False, False]


def test_a_test_is_left_out_when_one_group_is_too_small():
    table = pd.DataFrame([row("safety", "approach", 9, 7.1), row("safety", "control", 40, 7.0),
                          row("work", "approach", 51, 50.0), row("work", "control", 61, 50.0)])  # fmt: skip
    treated = treat(table, {"safety": SAFETY, "work": UNEMPLOYED}, 5, 10)
    tests = pd.DataFrame(
        [("safety", "mixed_anova", None, 49), ("safety", "paired_t", "approach", 9),
         ("safety", "paired_t", "control", 40), ("work", "mixed_anova", None, 112)],
        columns=["outcome", "analysis", "group", "n"],
    )  # fmt: skip
    left = treat_tests(tests, treated, 10, "2x2")
    assert left[["outcome", "group"]].fillna("").values.tolist() == [["safety", "control"], ["work", ""]]


def test_a_group_with_too_few_pairs_takes_the_comparison_with_it():
    table = pd.DataFrame([row("work", "approach", 51, 50.0), row("work", "control", 61, 50.0)])
    treated = treat(table, {"work": UNEMPLOYED}, 5, 10)
    tests = pd.DataFrame(
        [("work", "mixed_anova", None, 60), ("work", "paired_t", "approach", 8)],
        columns=["outcome", "analysis", "group", "n"],
    )
    assert treat_tests(tests, treated, 10, "2x2").empty


def test_a_percentage_that_is_not_shown_has_no_test():
    table = pd.DataFrame([row("work", "approach", 51, 100 * 2 / 51), row("work", "control", 61, 50.0)])
    tests = pd.DataFrame({"outcome": ["work"], "analysis": ["mixed_anova"], "group": [None], "p": [0.01], "n": [90]})
    assert treat_tests(tests, treat(table, {"work": UNEMPLOYED}, 5, 10), 10, "2x2").empty


def test_blanked_classes_that_could_not_be_merged_get_a_coarse_p():
    unmerged = {key: value for key, value in AGE.items() if key != "merge"}
    table = pd.DataFrame(classes("approach", [2, 20, 29]) + classes("control", [20, 20, 21]))
    left = treat_tests(age_tests(), treat(table, {"age": unmerged}, 5, 10), 10, "2x2")
    assert left["p"].tolist() == [0.007, 0.012]
    assert left["coarse"].tolist() == [True, True]
