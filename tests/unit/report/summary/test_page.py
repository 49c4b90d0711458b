"""The summary page: four questions with their answers, why it is no surer, and every limit."""

from copy import deepcopy
from dataclasses import replace

import pytest
from given.study_results import contents, inputs, rated

from effectstudie.report.summary.answers import Asked
from effectstudie.report.summary.page import summary_said
from effectstudie.report.summary.rating import Rating

GIVEN = inputs()
WAVES = {"follow_up": "een jaar later", "left": "na een jaar"}


def page(rating, imbalance=(), **approach):
    made = contents()
    asked = Asked(made.outcome_facts, made.outcomes, made.shown, made.short_titles, made.labels["phrases"], made.texts)
    study = GIVEN.study | {"approach": GIVEN.study["approach"] | approach}
    return summary_said(asked, study, rating, GIVEN.rating["words"], imbalance, WAVES)


def test_the_four_questions_stand_in_their_order_and_none_is_left_without_an_answer():
    made = page(rated())
    questions = [one["question"] for one in made["answers"]]
    assert [question.split()[0] for question in questions] == ["Neemt", "Verschilt", "Hangt", "Hoe"]
    assert all(one["answer"].endswith(".") for one in made["answers"])
    assert made["headline"] and 1 <= len(made["numbers"]) <= 3
    assert "51 huishoudens" in made["study"] and "61 huishoudens van elders" in made["study"]


def test_it_says_what_the_approach_is_only_where_the_study_does():
    assert "(één begeleider)" in page(rated(), about="één begeleider")["study"]
    assert "()" not in page(rated(), about="")["study"]


@pytest.mark.parametrize("name", [name for name in GIVEN.rating if name != "words"])
def test_every_point_that_keeps_the_rating_low_is_a_reason(name):
    made = page(rated(weakest=name))
    assert made["rating"]["word"] == GIVEN.rating["words"][5 - made["rating"]["step"]]
    (reason,) = made["rating"]["reasons"]
    assert reason and not {"{", "}"} & set(reason)


def test_what_the_groups_are_still_unlike_in_stands_among_the_limits():
    unlike = "De groep heeft nog minder kinderen. Dat kan het beeld vertekenen."
    limits, without = page(rated(), [unlike])["limits"], page(rated())["limits"]
    assert limits == [*without, unlike]
    assert not any("{" in limit for limit in limits)
    assert any("3 tot 4 maanden" in limit for limit in limits)
    assert len(page(rated(), months=None)["limits"]) == len(without) - 1


def test_a_point_that_may_not_be_shown_is_said_to_be_so():
    low = rated(weakest="households")
    hidden = Rating(tuple(replace(point, fact="onbekend") for point in low.points))
    (reason,) = page(hidden)["rating"]["reasons"]
    assert reason == "hoeveel huishoudens meededen aan de vervolgmeting, is te weinig om te tonen"


@pytest.mark.parametrize(("design", "how"), [("nearest", "zo gekozen dat"), ("overlap", "zo gewogen dat"),
                                             ("full", "zo gewogen dat")])  # fmt: skip
def test_controls_that_are_weighed_were_not_chosen(design, how):
    made = contents()
    asked = Asked(made.outcome_facts, made.outcomes, made.shown, made.short_titles, made.labels["phrases"], made.texts)
    matching = deepcopy(GIVEN.study["matching"])
    matching["strategies"][matching["selected"]]["design"] = design
    said = summary_said(asked, GIVEN.study | {"matching": matching}, rated(), GIVEN.rating["words"], (), WAVES)
    assert how in said["study"]
