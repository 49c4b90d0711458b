import re

import pytest
from given.words import TEXTS

from effectstudie.report.choices import choices_of
from effectstudie.shared.errors import InputError
from effectstudie.shared.yaml_files import read_yaml

STUDY = {"follow_up": {"waves": ["T1", "T2"]}, "risk_threshold": 4}
CTS2 = {
    "instrument": "cts2",
    "label": "CTS2",
    "missing": {"max_share": 0.2, "fill": "nothing"},
    "recode": {1: 0, 2: 0, 3: 1},
    "units": {"adult": {}},
}
NOSI = {
    "instrument": "nosik",
    "label": "NOSI-K",
    "missing": {"max_share": 0.1, "fill": "person_mean"},
    "units": {"child": {"combine": "mean", "at": "scale"}},
}


TEXT = (
    "4; T1 en T2; 20% bij CTS2 (wat ontbreekt, telt niet mee); 10% bij NOSI-K (aangevuld met het gemiddelde van de "
    "persoon); "
    "0, 0 en 1; tabellen van twee bij twee; NOSI-K"
)


def test_a_choice_prints_the_values_that_the_run_used():
    names = ("risk_threshold", "follow_up_waves", "missing_rules", "recode.cts2", "fisher_for", "averaged")
    text = "; ".join(f"{{{{ {name} }}}}" for name in names)
    (choice,) = choices_of([{"point": "P", "choice": text}], STUDY, [CTS2, NOSI], "2x2", TEXTS["choices"])
    assert choice == {"point": "P", "choice": TEXT}


def test_what_was_done_about_skipped_questions_is_said_once_for_all_scales_that_share_it():
    scales = [
        CTS2,
        NOSI,
        NOSI | {"label": "SIS"},
        NOSI | {"label": "TSI", "missing": NOSI["missing"] | {"max_share": 0.2}},
    ]
    choice = [{"point": "P", "choice": "{{ missing_rules }}"}]
    (said,) = choices_of(choice, STUDY, scales, "2x2", TEXTS["choices"])
    assert said["choice"] == (
        "20% bij CTS2 (wat ontbreekt, telt niet mee); 10% bij NOSI-K en SIS en 20% bij TSI (aangevuld met het "
        "gemiddelde van de persoon)"
    )


def test_a_placeholder_that_names_nothing_is_an_error():
    with pytest.raises(InputError, match="risk_treshold"):
        choices_of([{"point": "P", "choice": "{{ risk_treshold }}"}], STUDY, [CTS2], "all", TEXTS["choices"])


def test_a_choice_on_the_answers_of_a_questionnaire_that_the_study_does_not_rest_on_is_left_out():
    """A study without violence stopped at it, after all its analyses."""
    choices = [{"point": "A", "choice": "{{ recode.cts2 }}"}, {"point": "B", "choice": "{{ risk_threshold }}"}]
    points = [
        [one["point"] for one in choices_of(choices, STUDY, instruments, "all", TEXTS["choices"])]
        for instruments in ([CTS2, NOSI], [NOSI])
    ]
    assert points == [["A", "B"], ["B"]]


def test_the_choices_of_the_report_name_questionnaires_that_there_are():
    choices = read_yaml("resources/pages/report/choices.nl.yaml")
    named = {name for one in choices for name in re.findall(r"\{\{ recode\.(\w+) \}\}", one["choice"])}
    recoded = [read_yaml(f"resources/instruments/{name}.yaml") for name in named]
    assert named and all(one["recode"] for one in recoded)
