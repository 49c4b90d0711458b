import pytest
from given.paths import ROOT
from given.words import TEXTS

from effectstudie.disclosure.shown import Count
from effectstudie.report.front.recruitment import recruitment_said
from effectstudie.shared.yaml_files import read_yaml

WORDS, COUNTS = TEXTS["recruitment"], TEXTS["counts"]
STUDY = read_yaml(ROOT / "config/studies/haaglanden.yaml")


def test_every_fact_that_is_set_is_said():
    said = " ".join(recruitment_said(STUDY, WORDS, Count(29), COUNTS))
    for fact in ("50 tot 100", "niet gehaald", " 29 ", "brief", "gebeld door studenten",
                 "verklaring omtrent het gedrag",
                 "90 tot 120 minuten", "45 tot 60 minuten", "20 euro", "10 euro", "VCWE-2016-217R1",
                 "ten hoogste twee kinderen", "algemene werving", "los van de antwoorden"):  # fmt: skip
        assert fact in said
    assert "{" not in said


@pytest.mark.parametrize(("households", "told"), [(49, "niet gehaald"), (50, "Dat is gehaald"), (100, "Dat is gehaald"),
                                                 (101, "Het werden er meer")])  # fmt: skip
def test_whether_the_target_was_reached_is_counted(households, told):
    study = {**STUDY, "recruitment": {"target": [50, 100]}}
    assert told in recruitment_said(study, WORDS, Count(households), COUNTS)[1]


def test_whether_the_target_was_reached_is_not_said_of_a_number_that_is_not_told():
    study = {**STUDY, "recruitment": {"target": [50, 100]}}
    assert len(recruitment_said(study, WORDS, Count(49, "more"), COUNTS)) == 1


def test_what_is_not_set_is_not_said():
    assert recruitment_said({"approach": STUDY["approach"]}, WORDS, Count(29), COUNTS) == []
    given = {"certificate_of_conduct": False, "key_file_apart": False, "reward": {"adult": 20, "child": 0}}
    assert recruitment_said({**STUDY, "recruitment": given}, WORDS, Count(29), COUNTS) == [
        WORDS["reward"].format(adult=20, child=0),
    ]
