import pytest
from given.words import TEXTS

from effectstudie.definitions.plans.departures import ABSENT, OTHER, Departure
from effectstudie.report.plan.departures import PlanNames, departures_table

NAMES = PlanNames(
    {"safety": "gevoel van veiligheid", "stress": "opvoedstress"},
    {"near": "Dichtbij", "far": "Ver"},
    {"age": "Leeftijd", "sex": "Geslacht"},
    TEXTS["plan"],
)


def row(*departure):
    return departures_table([Departure(*departure)], NAMES).rows[0]


@pytest.mark.parametrize(
    ("key", "planned", "done", "cells"),
    [
        ("estimand", "persons", "households", ["Voor wie het effect wordt geschat", "personen", "huishoudens"]),
        ("selected", "near", "far", ["Strategie van de matching", "Dichtbij", "Ver"]),
        ("primary", ["safety"], ["safety", "stress"],
         ["Primaire uitkomsten", "gevoel van veiligheid", "gevoel van veiligheid en opvoedstress"]),
        ("primary", ["gone"], [], ["Primaire uitkomsten", "gone", "geen"]),
        ("margins.safety", 0.5, 1, ["Kleinste verschil dat ertoe doet: gevoel van veiligheid", "0,5", "1"]),
        ("margins.safety", ABSENT, 12.0,
         ["Kleinste verschil dat ertoe doet: gevoel van veiligheid", "niet opgenomen", "12"]),
        ("strategies.near.caliper", 0.2, None, ["Dichtbij: grootste afstand van de score", "0,2", "geen"]),
        ("strategies.near.covariates", ["age", "sex"], ["age"],
         ["Dichtbij: kenmerken", "Leeftijd en Geslacht", "Leeftijd"]),
        ("strategies.near.missing", "indicator", "complete",
         ["Dichtbij: ontbrekende kenmerken", "gemiddelde ingevuld", "huishouden doet niet mee"]),
        ("strategies.far", {"ratio": 1}, ABSENT, ["Ver", "wel opgenomen", "niet opgenomen"]),
        ("follow_up", ["T1", "T2"], ["T2"], ["Vervolgmeting", "T1 en T2", "T2"]),
        ("moderators", ["risk_cumulation"], [],
         ["Voor wie het effect kan verschillen", "cumulatie van risicofactoren bij de start", "geen"]),
        ("violence.child_abuse.mild_from", 1, 1000,
         ["Grens van geweld: kindermishandeling, licht vanaf", "1", "1.000"]),
        ("risk_factors.own_drinking", {"above": 8}, {"from": 8.5},
         ["Risicofactor: eigen riskant drinken", "meer dan 8", "vanaf 8,5"]),
        ("outcomes.stress.unit", "child", "adult", ["Opvoedstress: eenheid", "kind", "volwassene"]),
        ("approach.regio", "Zeeland", "Twente", ["Aanpakgroep: regio", "Zeeland", "Twente"]),
        ("a_new_key.inside", "x", "y", ["a_new_key.inside", "x", "y"]),
    ],
)  # fmt: skip
def test_a_departure_is_told_in_the_words_of_the_report(key, planned, done, cells):
    assert row(key, planned, done) == [*cells, "geen reden opgegeven"]


def test_a_departure_has_its_reason_with_its_date():
    assert row("estimand", "persons", "households", "zie brief", "2027-01-02")[3] == "zie brief (2\u00a0januari 2027)"


def test_what_no_setting_shows_is_told_in_the_words_of_the_researchers():
    cells = row(OTHER, ABSENT, "Interviews per telefoon.", "de raad vroeg het", "2027-01-02")
    assert cells == ["Anders dan gepland", "–", "Interviews per telefoon.", "de raad vroeg het (2\u00a0januari 2027)"]
