from types import SimpleNamespace

import pytest
from given.plans import OUTCOMES, STUDY, WRITTEN, changed, frozen, in_force
from given.words import TEXTS

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.definitions.plans.registered import Registered, registered
from effectstudie.report.contents import Contents
from effectstudie.report.plan.section import add_departures, plan_said

WORDS = TEXTS["plan"]
EXPORTS = {state: WORDS["exports"][state].split(".")[0] for state in ("none", "synthetic", "unknown")}


def said(versions=None, departures=(), synthetic=False, study=STUDY):
    plan = Registered(tuple(versions), tuple(departures)) if versions else None
    inputs = SimpleNamespace(plan=plan, study=study, synthetic=synthetic)
    contents = Contents(None, outcomes_from(OUTCOMES), {"covariates": {}}, TEXTS)
    contents.title = lambda name: OUTCOMES[name]["label"]
    add_departures(inputs, contents)
    return plan_said(inputs, contents), contents.tables


def test_without_a_plan_everything_is_exploratory():
    found, tables = said()
    assert found["sentences"] == [
        "Voor deze studie is geen plan vastgelegd. Alle uitkomsten in dit rapport zijn daarom verkennend."
    ]
    assert (found["points"], found["risk"], tables) == ([], "", {})


def test_the_plan_has_its_date_its_mark_and_what_was_there():
    versions = frozen("none")
    found, tables = said(versions)
    first, exports, same, last = found["sentences"]
    moment = "1\u00a0maart 2026, 09:30 uur (UTC)"
    assert first == f"Het plan van deze studie is vastgelegd op {moment} en heeft kenmerk {versions[0].mark}."
    assert exports.startswith("In de map met exports stond toen geen bestand van een vervolgmeting.")
    assert same == "Waar de instellingen van dit rapport met het plan te vergelijken zijn, wijken zij er niet van af."
    assert last == "Wat niet in het plan staat, is verkennend."
    assert tables == {}


def test_a_plan_from_after_the_data_says_so():
    text = " ".join(said(frozen("there"))[0]["sentences"])
    assert "stonden toen al bestanden van een vervolgmeting: T1_kinderen.sav. Uit de datum blijkt dus niet dat" in text


@pytest.mark.parametrize(("synthetic", "told"), [(True, "synthetic"), (False, "unknown")])
def test_a_plan_for_synthetic_data_claims_nothing_of_real_ones(synthetic, told):
    text = " ".join(said(frozen("synthetic"), synthetic=synthetic)[0]["sentences"])
    assert [state for state, start in EXPORTS.items() if start in text] == [told]


def test_a_plan_that_is_later_than_the_report_says_so():
    assert WORDS["late"] in said(frozen("none"), study=changed(STUDY, report_date="2026-02-28"))[0]["sentences"]
    assert WORDS["late"] not in said(frozen("none"), study=changed(STUDY, report_date="2026-03-01"))[0]["sentences"]


def test_every_version_is_told():
    text = " ".join(said(frozen("none", "none", "there"))[0]["sentences"])
    assert "Het plan van deze studie is vastgelegd op 1\u00a0april 2026" in text
    assert "Een eerdere versie is vastgelegd op 1\u00a0maart 2026" in text
    assert "Het plan is herzien op 1\u00a0april 2026" in text
    assert "is een nieuwe versie vastgelegd op 1\u00a0mei 2026" in text
    assert (
        "Reden: de raad vroeg erom. In de map met exports stonden toen al bestanden van een vervolgmeting. Wat" in text
    )


def test_the_points_say_what_the_plan_has():
    points = {one["point"]: one["choice"] for one in said(frozen("none"))[0]["points"]}
    assert points == {
        "Primaire uitkomsten": "gevoel van veiligheid",
        "Ook gepland": "opvoedstress",
        "Verkennend": "alcoholgebruik",
        "Voor wie het effect wordt geschat": "personen",
        "Strategie van de matching": "Dichtbij",
        "Strategieën ernaast": "Ver",
        "Vervolgmeting": "de eerste van T1 en T2",
        "Voor wie het effect kan verschillen": "cumulatie van risicofactoren bij de start",
        "Kleinste verschil dat ertoe doet": "gevoel van veiligheid: 0,5",
        "Wie of wat buiten beschouwing blijft": "Gezinnen zonder T0 doen niet mee.",
    }


def test_an_analysis_of_risk_that_was_not_planned_is_exploratory():
    plan = in_force(changed(WRITTEN, moderators=[]))
    assert said(frozen("none", plans=[plan]))[0]["risk"] == "Deze analyse stond niet in het plan en is verkennend."
    assert said(frozen("none"))[0]["risk"] == ""


def test_departures_are_counted_and_stand_in_a_table_of_their_own(monkeypatch):
    monkeypatch.setattr(Contents, "_next_number", lambda self: "B10")
    content = {"versions": [version.plain() for version in frozen("none")]}
    plan = registered([WRITTEN, content], in_force(study=changed(STUDY, risk_threshold=5, estimand="households")))
    found, tables = said(plan.versions, plan.departures)
    assert "Op 2 punten wijkt dit rapport af van het plan." in found["sentences"]
    assert [str(row[0]) for row in tables["departures"].rows] == [
        "Voor wie het effect wordt geschat",
        "Aantal risicofactoren dat als cumulatie telt",
    ]
    assert tables["departures"].caption == "Afwijkingen van het plan"
