"""From which answers a variable is made."""

import pytest

from effectstudie.definitions.lineage import answers_behind, columns_behind, largest_answer, parts_of, shared_questions

COHORT = {
    "instruments": {
        "a": {
            "scales": {
                "one": {"items": "1-3"},
                "two": {"items": [4, 6]},
                "total": {"total_of": ["one", "two"]},
                "whole": {"total_of": ["total"]},
            }
        },
        "b": {"scales": {"one": {"items": [1]}}},
    },
    "variables": {
        "yes": {"score": "a.two", "yes_when": {"equals": 1}},
        "either": {"when": {"any": [{"score": "a.two"}, {"all": [{"score": "b.one"}]}]}},
    },
    "violence": {"partner_violence": {"score": "a.one"}, "child_abuse": {"score": "b.one"}},
    "risk_factors": {"f": {"score": "a.two"}, "g": {"score": "b.one"}},
}
ONE, TWO, B = {("a", n) for n in (1, 2, 3)}, {("a", n) for n in (4, 6)}, {("b", 1)}


@pytest.mark.parametrize(
    ("variable", "answers"),
    [
        ("a.one", ONE),
        ("a.two", TWO),
        ("a.total", ONE | TWO),
        ("a.whole", ONE | TWO),
        ("a.one.t", ONE),
        ("a.total.at_least", ONE | TWO),
        ("yes", TWO),
        ("either", TWO | B),
        ("total_violence", ONE | B),
        ("violence_class", ONE | B),
        ("child_abuse_household", B),
        ("risk_cumulation", TWO | B),
        ("household_restraining_order", set()),
        ("n_children", set()),
    ],
)
def test_a_variable_rests_on_the_items_of_its_scores(variable, answers):
    assert answers_behind(variable, COHORT) == answers


def test_columns_behind_a_variable_are_those_of_its_items_in_every_form():
    forms = {
        "parent": {
            **{"table": "kinderen", "age": "kind_leeftijd"},
            "views": {"child": {"columns": "x_{}", "first": 1, "last": 3}},
        },
        "child": {"table": "jeugd", "views": {"own": {"columns": "z_{}", "first": 5, "last": 6}}},
    }
    scales = {"part": {"items": [1, 3], "size": 2}, "other": {"items": [2], "size": 1}, "all": {"total_of": ["part"]}}
    cohort = {"variables": {"worse": {"score": "one.all"}}, "instruments": {"one": {"forms": forms, "scales": scales}}}
    assert columns_behind(["worse"], cohort) == {"kinderen": ["kind_leeftijd", "x_1", "x_3"]}
    assert columns_behind(["one.other"], cohort) == {"kinderen": ["kind_leeftijd", "x_2"]}


SCALES = {
    "all": {"items": "1-10"},
    "first": {"items": "1-7"},
    "last": {"items": [7, 8, 9, 10]},
    "rest": {"items": [8, 9, 10]},
    "some": {"items": [1, 2, 3]},
    "mean": {"items": [8, 9, 10], "op": "mean"},
    "elsewhere": {"items": [10, 11]},
    "total": {"total_of": ["some", "rest"]},
}


@pytest.mark.parametrize(
    ("scale", "parts", "shared"),
    [
        # two that have all questions once; question 7 is in two that have all; what the first leaves is a scale
        ("all", ("first", "rest"), [("last",), ("some",), ("first", "last")]),
        ("first", (), [("some",)]),
        ("last", (), [("rest",)]),
        ("total", ("some", "rest"), []),
        ("mean", (), []),
        ("gone", (), []),
    ],
)
def test_scales_that_have_the_questions_of_another_tell_of_it(scale, parts, shared):
    instruments = {"q": {"scales": SCALES}}
    assert parts_of(f"q.{scale}", instruments) == tuple(f"q.{one}" for one in parts)
    assert shared_questions(f"q.{scale}", instruments) == tuple(tuple(f"q.{one}" for one in some) for some in shared)


def test_a_variable_that_is_no_scale_has_no_questions():
    assert shared_questions("violence_class", {}) == () and parts_of("violence_class", {}) == ()
    assert largest_answer("q.all", {"q": {"answers": [1, 4]}}) == 4 and largest_answer("violence_class", {}) == 0
