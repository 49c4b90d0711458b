from dataclasses import replace

import pytest
from given.raw_rows import ADULTS, ingest, problems_of, rows

from effectstudie.definitions.export_columns import columns_of
from effectstudie.intake.files.readers import Export
from effectstudie.intake.labels import against_codebook, between_waves, codes_with_labels

COLUMNS = columns_of(
    {
        "columns": {
            "geslacht": {"type": "code", "values": {1: "man", 2: "vrouw"}},
            "tsi_1": {"type": "code", "range": [0, 3]},
            "regio": {"type": "text"},
            "veiligheid": {"type": "number", "range": [1, 10]},
        }
    }
)


def test_labels_of_answers_are_kept_and_those_of_no_answer_are_not():
    labels = {"geslacht": {2.0: "Vrouw", 1.0: "Man", 99.0: "weigert"}, "regio": {"A": "Almere"}, "V9": {1.0: "x"}}
    assert codes_with_labels(labels, COLUMNS, {99, -9}, {}) == {"geslacht": {"1": "Man", "2": "Vrouw"}}


def test_codes_that_are_text_are_codes():
    labels = {"geslacht": {"2": "vrouw", "01": "man", "9 ": "onbekend", "X": "anders"}}
    assert codes_with_labels(labels, COLUMNS, set(), {}) == {"geslacht": {"1": "man", "2": "vrouw", "X": "anders"}}
    exchanged = codes_with_labels({"geslacht": {"1": "vrouw", "2": "man"}}, COLUMNS, set(), {})
    assert exchanged == codes_with_labels({"geslacht": {1.0: "vrouw", 2.0: "man"}}, COLUMNS, set(), {})
    [problem] = against_codebook(exchanged, COLUMNS, "a.sav")[0]
    assert problem.endswith("\n  a,geslacht,1,2,label: vrouw\n  a,geslacht,2,1,label: man")


def test_what_is_declared_missing_or_says_so_beside_the_answers_is_left_out():
    labels = {"tsi_1": {0.0: "nooit", 3.0: "weet niet", 8.0: "n.v.t."}, "geslacht": {"1": "man", "X": "weigert"}}
    declared = {"tsi_1": [(3.0, 3.0)], "geslacht": [("X", "X")]}
    assert codes_with_labels(labels, COLUMNS, set(), declared) == {"tsi_1": {"0": "nooit"}, "geslacht": {"1": "man"}}
    assert codes_with_labels(labels, COLUMNS, set(), {})["tsi_1"] == {"0": "nooit", "3": "weet niet"}


def test_labels_of_numbers_are_held_against_those_of_other_waves():
    early, late = (
        {"veiligheid": {1.0: one, 10.0: ten, 0.0: "onbekend"}} for one, ten in (("laag", "hoog"), ("hoog", "laag"))
    )
    found = {wave: codes_with_labels(of, COLUMNS, set(), {}) for wave, of in (("T0", early), ("T1", late))}
    assert found["T0"] == {"veiligheid": {"1": "laag", "10": "hoog"}}
    (problem,) = between_waves(found)
    assert problem.startswith("T1, column veiligheid: codes mean something else than in T0: 'hoog' was 10 and is 1;")


@pytest.mark.parametrize("label", ["man", "MAN ", "1. man", "1 = Man", "mán"])
def test_a_label_in_other_letters_is_the_same(label):
    assert against_codebook({"geslacht": {"1": label}}, COLUMNS, "a.sav") == ([], [])


def test_a_label_that_says_that_there_is_no_answer_is_refused_on_an_answer():
    [problem], warnings = against_codebook({"tsi_1": {"3": "Weet ik niet"}}, COLUMNS, "a.sav")
    assert problem == (
        "a.sav, column tsi_1: the export calls code 3 'Weet ik niet', and the codebook allows it as an answer; declare "
        "it missing in SPSS, or recode it in recodes.csv to one of the missing_codes of config/config.yaml."
    )
    assert warnings == []


def test_labels_that_stay_are_no_problem_between_waves():
    labels = {"tsi_1": {"0": "nooit", "3": "vaak"}}
    assert between_waves({"T0": labels, "T1": {"tsi_1": {"0": "Nooit", "3": "heel vaak"}}, "T2": {}}) == []


def labelled(labels):
    return Export(rows().frame, labels={"V1": labels})


def test_labels_that_the_codebook_gives_to_other_codes_are_refused():
    assert problems_of(labelled({1.0: "Vrouw ", 2.0: "man", 99.0: "weigert"}), names={"V1": "geslacht"}) == [
        ", column geslacht: the export calls code 1 'Vrouw ' (in the codebook 2), code 2 'man' (in the codebook 1); "
        "mend the labels, or, where they are right, recode the column by these lines in recodes.csv:\n"
        "  T0_volwassenen,geslacht,1,2,label: Vrouw\n  T0_volwassenen,geslacht,2,1,label: man"
    ]


def test_codes_that_the_labels_explain_are_not_told_once_more():
    raw = rows(V1=["0", "1", "3"], without=["geslacht"])
    raw = Export(raw.frame, labels={"V1": {0.0: "man", 1.0: "vrouw"}})
    labels, cell = problems_of(raw, names={"V1": "geslacht"})
    assert labels.endswith("\n  T0_volwassenen,geslacht,0,1,label: man\n  T0_volwassenen,geslacht,1,2,label: vrouw")
    assert cell.startswith(", row 3, column geslacht, value '3'")


def test_labels_in_other_words_are_odd_and_kept():
    columns = {**ADULTS, "V1": replace(ADULTS["geslacht"], name="V1", required=False)}
    raw = Export(rows(V1=["1", "2", "1"]).frame, labels={"V1": {1.0: "MAN", 2.0: "vrouwelijk", 99.0: "weigert"}})
    found = ingest(raw, columns)
    assert found.labels == {"V1": {"1": "MAN", "2": "vrouwelijk"}}
    assert found.warnings == [
        {"kind": "label", "file": "T0_volwassenen", "column": "V1", "about": "2: vrouwelijk", "count": 1, "rows": ""}
    ]
