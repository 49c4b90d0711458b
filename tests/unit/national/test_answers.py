import pytest
from given.across import SPREAD, across, mean
from given.regions import inputs

from effectstudie.national.answers import summary_said
from effectstudie.national.inputs import studies_of

VERDICTS = ("better", "worse", "no_relevant_difference", "not_relevantly_worse", "not_relevantly_better", "undecided")


def summary(*found, number=2):
    given = inputs(number)
    return summary_said(given, studies_of(given), found)


def answers(*found, number=2):
    return [one["answer"] for one in summary(*found, number=number)["answers"]]


def primary(verdict, outcome="total_violence"):
    return across(-9, -2, outcome=outcome, of=mean(-5, 2, verdict))


@pytest.mark.parametrize("first", VERDICTS)
@pytest.mark.parametrize("second", VERDICTS)
def test_a_headline_has_twenty_words_at_most_and_follows_the_primary_outcomes(first, second):
    other = primary("worse", "injury")
    said = summary(primary(first), primary(second, "safety"), other, number=13)["headline"]
    assert len(said.split()) <= 20
    sides = {first, second} & {"better", "worse"}
    assert ("niet aangetoond" in said and "regio’s samen beter uitkomen" in said) == (not sides)
    assert ("beter" in said and "slechter" in said) == (sides == {"better", "worse"})
    assert ("alle belangrijkste" in said) == (first == second and bool(sides))


def test_without_a_mean_nothing_is_said():
    found = summary(across(3))
    assert found["headline"] == "Van geen enkele uitkomst is een gemiddelde over de 2 regio’s te tonen."
    assert "zonder gemiddelden" in found["answers"][2]["answer"] and "marges" not in found["answers"][2]["answer"]
    assert [one["answer"] for one in found["answers"]][1] == "Dat is niet te zeggen."


def test_what_regions_have_in_common_stands_beside_chance():
    one, other = across(-9, -2, of=mean(-5)), across(-9, 2, of=mean(-5))
    said = answers(one, other)[1]
    assert "Bij 1 van de 2 uitkomsten wijzen alle regio’s dezelfde kant op: bij 1 naar gunstiger" in said
    assert "door toeval bij ongeveer 1 zo zijn" in said
    many = across(*range(-9, 1), of=mean(-5))
    assert "vrijwel nooit" in answers(many)[1]


def test_two_regions_are_too_few_to_say_why_they_differ():
    near, far = across(-9, -2, of=mean(-5)), across(-30, 9, outcome="injury", of=mean(-5))
    assert answers(near, far)[2].endswith("waardoor het komt, is met twee regio’s niet te zeggen.")
    alike = answers(across(-9, -2, of=mean(-5)))[2]
    assert alike.startswith("Bij geen van de 1") and "toeval" not in alike  # nothing is there to explain
    more = answers(across(1, 2, 3, of=mean(2, tau=20)), number=3)[2]
    assert more.startswith("Bij totaal geweld lopen de regio’s naar schatting verder uiteen") and "twee" not in more


def test_estimates_outside_of_regions_without_an_approach_are_counted():
    said = answers(across(-30, 23, of=mean(-5), spread=SPREAD))[3]
    assert "komen er 2 verder" in said and "ligt het hele interval daarbuiten bij 1." in said
    assert "bij geen enkele." in answers(across(-22, 3, of=mean(-5), spread=SPREAD))[3]
    assert "ligt er geen verder" in answers(across(-3, 2, of=mean(-5), spread=SPREAD))[3]
    assert "te weinig regio’s zonder aanpak" in answers(across(-3, 2, of=mean(-5)))[3]


def test_many_studies_are_not_all_named_in_a_sentence():
    assert "Groningen (Aanpak 1) en Haaglanden (Aanpak 2)" in summary(primary("better"))["about"]
    assert "Groningen" not in summary(primary("better"), number=13)["about"]
    assert [one["number"] for one in summary(across(1, 2, of=mean(1), spread=SPREAD))["numbers"]] == ["2", "1", "11"]
