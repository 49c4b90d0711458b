import pytest
from given.project_files import STUDY

from effectstudie.definitions.plans.planning import HOUSEHOLDS, Planning


def test_without_the_key_what_is_usual_holds_and_nothing_is_given():
    assert Planning.of({}) == Planning(0.8, 1, 0.5, 0.2, HOUSEHOLDS, frozenset())


def test_what_a_study_gives_is_kept_and_its_numbers_of_households_rise():
    planning = Planning.of({"lost": 0.3, "households": [80, 20, 40]})
    assert (planning.lost, planning.correlation, planning.households) == (0.3, 0.5, (20, 40, 80))
    assert planning.given == {"lost", "households"}


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ({"power": 80}, "key planning.power is 80; allowed: a number from 0.5 to 0.99"),
        ({"lost": 1}, "key planning.lost is 1; allowed: a share of 1, from 0 to 0.9"),
        ({"correlation": -0.1}, "key planning.correlation is -0.1; allowed: a number from 0 to 0.95"),
        ({"households": [40]}, "allowed: a list of 2 to 10 different numbers of households"),
        ({"power_": 0.8}, "power_"),
    ],
)
def test_a_mistake_in_it_is_told_with_the_key_and_what_is_allowed(project, written, sentence):
    project.edit(STUDY, "risk_threshold: 4", f"planning: {written}\nrisk_threshold: 4")
    problem = project.problem()
    assert problem.startswith(f"{STUDY}: ") and sentence in problem
