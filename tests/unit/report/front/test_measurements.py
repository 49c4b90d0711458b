"""What a report says of measurements, of other cohorts than that of the demonstration too."""

import pytest
from given.words import TEXTS

from effectstudie.definitions.cohort import Cohort
from effectstudie.report.front.measurements import absent_said, waves_said

WORDS = TEXTS["waves"]
TIMES = {"T1": "een jaar", "T2": "anderhalf jaar"}


def said(waves, used, label, times=TIMES, **follow_up):
    return waves_said(Cohort(waves), times, {"waves": used, "label": label, **follow_up}, WORDS)


def test_of_three_measurements_the_published_sentences_come_out():
    found = said(["T0", "T1", "T2"], ["T1", "T2"], "T2")
    assert found == {
        "number": "drie",
        "names": "T0, T1 en T2",
        "times": "bij de melding, een jaar later en anderhalf jaar na de melding",
        "measured": "T0 bij de melding, T1 een jaar later en T2 anderhalf jaar na de melding",
        "followed": "anderhalf jaar gevolgd",
        "follow_up": "een jaar of anderhalf jaar later",
        "left": "na ruim een jaar",
        "method": "de eerste uit de reeks T1 en T2 waaraan iemand meedeed. Die heet in dit rapport T2, welke meting "
        "het ook is.",
        "other": "met de andere volgorde van vervolgmetingen",
        "meant": "De tweede meting die in dit rapport meetelt, ook als die bij de ene deelnemer T1 was en bij de "
        "andere T2",
    }


def test_of_two_measurements_nothing_is_said_of_a_third():
    found = said(["T0", "T1"], ["T1"], "T1")
    assert (found["number"], found["followed"], found["left"]) == ("twee", "een jaar gevolgd", "na een jaar")
    assert found["measured"] == "T0 bij de melding en T1 een jaar na de melding"
    assert (found["method"], found["follow_up"], found["other"]) == ("T1.", "een jaar later", "")
    assert not any("T2" in text or "anderhalf" in text for text in found.values())


def test_a_measurement_of_which_the_time_is_not_set_is_named_only():
    found = said(["T0", "T1", "T2", "T3"], ["T1", "T3"], "T3")
    assert found["measured"] == "T0 bij de melding, T1 een jaar later, T2 anderhalf jaar later en T3"
    assert (found["number"], found["followed"]) == ("vier", "gevolgd tot en met T3")
    assert (found["follow_up"], found["left"]) == ("later", "bij de vervolgmeting")


@pytest.mark.parametrize(
    ("rule", "method"),
    [
        ({"rule": "last"}, "de laatste uit de reeks T1 en T2 waaraan iemand meedeed. "),
        ({"rule": "nearest", "nearest_days": 1365},
         "van T1 en T2 de meting die het dichtst bij 1.365 dagen na T0 viel en waaraan iemand meedeed. "),
    ],
)  # fmt: skip
def test_the_method_says_which_rule_it_is(rule, method):
    assert said(["T0", "T1", "T2"], ["T1", "T2"], "T2", **rule)["method"].startswith(method)


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        (["volwassenen"], "geen vragenlijsten over of van kinderen heeft"),
        (["volwassenen", "jeugd"], "geen vragenlijsten heeft waarin ouders over hun kinderen vertellen"),
        (["volwassenen", "kinderen"], "geen vragenlijsten heeft die kinderen zelf invulden"),
        (["volwassenen", "kinderen", "jeugd"], "de vragen ervoor niet heeft"),
    ],
)
def test_what_the_cohort_has_not_is_said_in_a_sentence(tables, reason):
    left_out = {"outcomes": {"a": "opvoedstress", "b": "letsel"}, "covariates": ["n"], "waves": ["T2"]}
    found = absent_said(
        left_out, Cohort(["T0", "T1"], tables), {"b": "Wonden"}, {"n": "Aantal kinderen"}, WORDS["absent"]
    )
    assert found == {
        "waves": "De studie noemt ook T2 als vervolgmeting; dit cohort heeft die niet.",
        "outcomes": f"Niet in dit rapport, omdat het cohort {reason}: opvoedstress en Wonden. Bij de matching telt "
        "daarom niet mee: aantal kinderen.",
    }
    assert absent_said({}, Cohort(["T0", "T1"]), {}, {}, WORDS["absent"]) == {"waves": "", "outcomes": ""}
