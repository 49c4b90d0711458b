import pytest

from effectstudie.definitions.export_columns import columns_of
from effectstudie.intake.labels import against_codebook, between_waves, codes_with_labels

COLUMNS = columns_of(
    {
        "columns": {
            "geslacht": {"type": "code", "values": {1: "man", 2: "vrouw"}},
            "tsi_1": {"type": "code", "range": [0, 3]},
            "regio": {"type": "text"},
        }
    }
)


def test_labels_of_answers_are_kept_and_those_of_no_answer_are_not():
    labels = {"geslacht": {2.0: "Vrouw", 1.0: "Man", 99.0: "weigert"}, "regio": {"A": "Almere"}, "V9": {1.0: "x"}}
    assert codes_with_labels(labels, COLUMNS, {99, -9}) == {"geslacht": {"1": "Man", "2": "Vrouw"}}


@pytest.mark.parametrize("label", ["man", "MAN ", "1. man", "1 = Man", "mán"])
def test_a_label_in_other_letters_is_the_same(label):
    assert against_codebook({"geslacht": {"1": label}}, COLUMNS, "a.sav") == ([], [])


def test_a_label_that_says_that_there_is_no_answer_is_refused_on_an_answer():
    [problem], warnings = against_codebook({"tsi_1": {"3": "Weet ik niet"}}, COLUMNS, "a.sav")
    assert problem == (
        "a.sav, column tsi_1: the export calls code 3 'Weet ik niet', and the codebook allows it as an answer; declare "
        "it missing in SPSS, or give it one of the missing_codes of config/config.yaml."
    )
    assert warnings == []


def test_labels_that_stay_are_no_problem_between_waves():
    labels = {"tsi_1": {"0": "nooit", "3": "vaak"}}
    assert between_waves({"T0": labels, "T1": {"tsi_1": {"0": "Nooit", "3": "heel vaak"}}, "T2": {}}) == []
