"""Which outcomes follow from which others."""

from copy import copy

import pandas as pd
import pytest
from given.described import OUTCOMES, classes, row

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.disclosure.limits import Limits
from effectstudie.disclosure.relations import of_few_more, of_few_questions, one_more, same_counts, sums
from effectstudie.disclosure.values import treat

PLAIN = {"unit": "child", "kind": "mean"}


def test_views_of_one_variable_and_a_total_with_all_of_its_parts_follow_from_each_other():
    found = sums(outcomes_from({
        "a": PLAIN | {"variable": "q.a"},
        "b": PLAIN | {"variable": "q.b"},
        "total": PLAIN | {"variable": "q.total.t", "parts": ["q.a", "q.b"]},
        "appendix": PLAIN | {"variable": "q.total"},
        "not_whole": PLAIN | {"variable": "q.more", "parts": ["q.a", "q.c"]},
        "of_adults": PLAIN | {"variable": "q.total", "unit": "adult"},
    }))  # fmt: skip
    assert found == [("total", "appendix"), ("total", "a", "b")]


def test_a_mean_of_households_follows_from_that_of_the_persons_that_it_adds_up():
    """Both with of how many they are: one sum."""
    home = {"unit": "household", "variable": "abuse_household", "persons": "q.abuse"}
    plain = {"abuse": PLAIN | {"variable": "q.abuse"}, "home": home | {"kind": "mean"}}
    assert sums(outcomes_from(plain)) == [("home", "abuse")]
    # whether anybody has it is no sum: `audit.cells` has that
    assert sums(outcomes_from(plain | {"home": home | {"kind": "percentage"}})) == []


@pytest.mark.parametrize(
    ("hidden", "goes"),
    [("", set()), ("total", {"view", "b"}), ("a", {"b"}), ("total a", {"view"}), ("a b", set()), ("view b", {"total"})],
)
def test_where_one_is_hidden_alone_another_goes_too(hidden, goes):
    shown = {name: name not in hidden.split() for name in ("total", "view", "a", "b")}
    assert one_more(shown, [("total", "view"), ("total", "a", "b")]) == goes


def test_what_is_not_there_tells_nothing():
    assert one_more({"total": False, "a": True}, [("total", "a", "b")]) == set()


def young(approach, control, wave="T0"):
    return [row("work", group, 60, 100 * count / 60, wave) for group, count in
            (("approach", approach), ("control", control))]  # fmt: skip


@pytest.mark.parametrize(
    ("approach", "control", "same"),
    [(20, 10, ("age.young",)), (35, 30, ("age.young", "age.middle")), (25, 30, ("age.old",)), (20, 11, None),
     (0, 0, None)],
)  # fmt: skip
def test_a_percentage_is_the_same_as_classes_that_are_as_many_in_every_group(approach, control, same):
    """The latter two are those who say no."""
    table = [*classes("approach", [20, 15, 25]), *classes("control", [10, 20, 30]), *young(approach, control)]
    table += young(40, 41, "follow_up")  # there are no classes then
    found = same_counts(pd.DataFrame(table), OUTCOMES)
    assert found == ([("work", "age", same)] if same else [])


def test_numbers_that_are_the_same_by_chance_are_no_relation():
    """Of fifteen households low income was as many as two classes of age, and from that followed what nobody said."""
    table = pd.DataFrame([*classes("approach", [20, 15, 25]), *classes("control", [10, 20, 30]), *young(20, 10)])
    assert same_counts(table, OUTCOMES)
    for score, same in (("q.age", True), ("q.income", False)):
        age, work = copy(OUTCOMES["age"]), copy(OUTCOMES["work"])
        object.__setattr__(age, "scores", ("q.age",))
        object.__setattr__(work, "scores", (score,))
        assert bool(same_counts(table, {"age": age, "work": work})) == same


@pytest.mark.parametrize(
    ("sizes", "found"),
    [((40, 39), {"class"}), ((40, 41), {"class"}), ((40, 36), {"class"}), ((40, 40), set()), ((40, 35), set())],
)
@pytest.mark.parametrize("group", ["approach", "control"])
@pytest.mark.parametrize("wave", ["T0", "follow_up", "both"])
def test_a_class_of_a_few_people_more_than_the_total_of_the_same_scores_is_found(wave, group, sizes, found):
    of_class, of_total = sizes
    violence = {"unit": "household", "scores": ["q.a", "q.b"]}
    outcomes = outcomes_from({
        "class": violence | {"kind": "class"},
        "total": violence | {"kind": "mean"},
        "other": violence | {"kind": "mean", "scores": ["q.a"]},
        "of_adults": violence | {"kind": "mean", "unit": "adult"},
        "class_of_nothing": violence | {"kind": "class", "scores": []},
    })  # fmt: skip
    known = [("class.mild", of_class), ("total", of_total), ("other", of_total), ("of_adults", of_total)]
    table = pd.DataFrame([{"outcome": name, "group": group, "wave": wave, "n": n} for name, n in known])
    levels, descriptives = (table, table[:0]) if wave == "both" else (table[:0], table)
    assert of_few_more(levels, descriptives, outcomes, Limits(5, 10)) == found
    assert of_few_more(levels, descriptives, outcomes, Limits()) == set()
    of_others = table.assign(group="rest")
    assert of_few_more(of_others[:0], of_others, outcomes, Limits(5, 10)) == set()


QUESTIONS = outcomes_from({
    "whole": PLAIN | {"variable": "q.whole", "shared_questions": [["q.a"], ["q.a", "q.b"]], "largest_answer": 3,
                      "label": "", "decimals": 1},
    "a": PLAIN | {"variable": "q.a", "label": "", "decimals": 1},
    "b": PLAIN | {"variable": "q.b", "label": "", "decimals": 1},
})  # fmt: skip


def scales(whole, a, b, n=12, of_b=None):
    """Means of so many children, by the totals of their answers."""
    return pd.DataFrame([row(name, "control", size, total / size, "T0", "child")
                         for name, total, size in (("whole", whole, n), ("a", a, n), ("b", b, of_b or n))])  # fmt: skip


@pytest.mark.parametrize(
    ("totals", "hidden"),
    [
        ((80, 48, 34), {"whole"}),  # 48 + 34 - 80: all answers to the question that is in both are 2 together
        ((80, 48, 47), set()),  # 15: of five people or more
        ((80, 48, 32), set()),  # nobody: all answered never to it
        ((80, 70, 30), {"a"}),  # 10 for the questions that are not in a
        ((80, 70, 12), {"whole", "a"}),
    ],
)
def test_three_scales_do_not_tell_the_total_of_a_few_questions(totals, hidden):
    """An attack: two subscales of ten to thirteen children share one question, and both and their union were shown."""
    table = scales(*totals)
    assert of_few_questions(table, QUESTIONS, 5) == {(name, "control", "T0") for name in hidden}
    values = treat(table, QUESTIONS, 5, 10).values
    assert set(values.loc[values["value"].isna(), "outcome"]) == hidden
    assert of_few_questions(table, QUESTIONS, 1) == set()
    assert treat(table, QUESTIONS, 1, 1).values["value"].notna().all()


def test_a_scale_that_nobody_of_a_group_has_stands_in_no_sum():
    """A mean of nobody is none; of the others nothing follows."""
    table = scales(80, 48, 34)
    nobody = table.assign(
        n=table["n"].mask(table["outcome"].eq("a"), 0), mean=table["mean"].mask(table["outcome"].eq("a"))
    )
    assert (
        of_few_questions(nobody, QUESTIONS, 5)
        == of_few_questions(table.assign(n=0, mean=float("nan")), QUESTIONS, 5)
        == set()
    )


def test_scales_of_other_people_tell_no_total_but_a_few_more_or_less_make_no_difference():
    """A reader takes them for the same, as sizes are rounded."""
    assert of_few_questions(scales(80, 48, 36, of_b=13), QUESTIONS, 5) == {("whole", "control", "T0")}
    assert of_few_questions(scales(80, 48, 50, of_b=17), QUESTIONS, 5) == set()
