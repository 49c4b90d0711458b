from collections import Counter

import pytest
from given.across import SPREAD, across, mean
from given.regions import NAN, WORDS

from effectstudie.national.prose import Turns, outcome_sentences, theme_notes


def said(one):
    return " ".join(outcome_sentences(one, Turns(WORDS))).replace("\u00a0", " ")


def test_the_mean_has_its_direction_its_unit_its_interval_and_its_word():
    assert said(across(-30, -10, of=mean(-20, 6, "better"))).startswith(
        "Gemiddeld over de regio’s is het totale geweld met een aanpak 20 incidenten per jaar lager dan zonder te "
        "verwachten was (95%-interval −26 tot −14; lager is beter). Oordeel: beter; van belang: onbeslist."
    )


def test_a_mean_that_prints_as_nothing_has_no_direction():
    assert "is het geschatte verschil in het totale geweld nul" in said(across(-30, 30, of=mean(-0.2)))


def test_of_two_regions_is_told_how_far_they_are_apart_and_nothing_of_tau():
    text = said(across(7, -8, of=mean(-1, tau=9)))
    assert "B (−8) en A (7) liggen 15 incidenten per jaar uit elkaar, verder dan de marge (12)." in text
    assert "tau" not in text and "volgende regio" not in text
    assert "binnen de marge (12)" in said(across(4, 1, of=mean(2)))
    assert "A en B komen op hetzelfde uit (4)." in said(across(4, 4, of=mean(4)))


@pytest.mark.parametrize(
    ("tau", "words"),
    [(0.2, "dat zij gelijk zijn, is daarmee niet bewezen"), (5, "kleiner dan de marge (12)"), (20, "om welke regio")],
)
def test_of_more_regions_tau_is_held_against_the_margin(tau, words):
    assert words in said(across(4, 1, 2, of=mean(2, tau=tau)))


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-30, -1, "ook daar aan de gunstige kant"),
        (1, 30, "ook daar aan de ongunstige kant"),
        (-11, 11, "Dat blijft binnen de marge"),
        (-30, 11, "een voordeel van belang kan, een nadeel van belang niet"),
        (-11, 30, "een nadeel van belang kan, een voordeel van belang niet"),
        (-30, 30, "een voordeel en een nadeel van belang kunnen allebei"),
    ],
)
def test_a_next_region_is_told_with_what_it_leaves_open(low, high, words):
    text = said(across(4, 1, 2, of=mean(2, next_low=low, next_high=high)))
    assert words in text


def test_regions_without_an_approach_stand_beside_those_with_one():
    dots = {"U": 9.0, "V": -31.0, "W": 2.0}
    text = said(across(-30, 5, of=mean(-12), spread=SPREAD, placebo=dots))
    assert "Met het hele interval buiten wat regio’s zonder aanpak laten zien (−20 tot 20): A." in text
    assert "Van de 3 getoonde regio’s zonder aanpak had er één een verschil dat minstens zo groot was als in A." in text
    assert "interval dat er nog in reikt: A." in said(across(-22, 5, of=mean(1), spread=SPREAD))
    text = said(across(-3, 5, of=mean(1), spread=SPREAD))
    assert "tussen −20 en 20; alle regio’s met een aanpak vallen daarbinnen" in text and "getoonde" not in text


def test_without_a_mean_is_said_why():
    assert "Alleen A heeft een verschil dat te tonen is." in said(across(3, NAN, spread=SPREAD))
    assert "A valt binnen wat regio’s zonder aanpak laten zien" in said(across(3, NAN, spread=SPREAD))
    assert said(across(NAN, NAN)).endswith("Wat er wel over te zeggen is, staat in het rapport van elke regio.")


def test_no_pattern_comes_back_more_than_twice_in_a_theme_of_eight():
    turns, used = Turns(WORDS), Counter()
    one = across(3, 4, 1, of=mean(2, next_low=-30, next_high=30), spread=SPREAD, placebo={"U": 1.0, "V": 9.0})
    for _ in range(8):
        used.update(outcome_sentences(one, turns))
    assert max(used.values()) == 2
    for kind in ("mean", "pair", "spread", "next", "placebo", "as_far"):
        assert all(len(set(wordings)) >= 4 for wordings in WORDS[kind].values())


def test_nothing_significant_never_reads_as_no_difference():
    text = said(across(3, 4, 1, of=mean(2, next_low=-3, next_high=8), spread=SPREAD)).lower()
    assert "geen verschil" not in text and "geen effect" not in text and "significant" not in text


def test_a_theme_opens_with_what_is_certain():
    good, none = across(-9, of=mean(-9, 2, "better")), across(1, of=mean(1))
    assert theme_notes([good, none], Turns(WORDS)) == [
        "Gemiddeld over de regio’s gaat het beter dan zonder de aanpak te verwachten was bij totaal geweld."
    ]
    assert theme_notes([none, none], Turns(WORDS))[0].startswith(
        "Bij geen van de 2 uitkomsten met een gemiddelde is aangetoond"
    )
    assert theme_notes([across(1)], Turns(WORDS)) == ["Van geen van deze uitkomsten is er een gemiddelde over regio’s."]


def test_a_mean_of_regions_that_are_shown_and_may_not_be_told_is_said_to_be_hidden():
    """Where another choice of controls differs by few households, not because a region has none."""
    text = said(across(3, 5))
    assert text.startswith("Een gemiddelde is hier niet te tonen") and "Alleen" not in text
