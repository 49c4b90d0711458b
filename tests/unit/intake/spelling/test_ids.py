"""One rule for ids, whatever program wrote them."""

import pytest

from effectstudie.intake.spelling.ids import as_id, differs_in, is_nothing, is_written_oddly, loose, no_id


@pytest.mark.parametrize(
    "written",
    [
        "H-01",
        " H-01 ",
        "H-01\u200b",
        "\ufeffH-01",
        "H-01\u00a0",
        "H-01_x0001_",
        "H\u201101",
        "H\u201301",
        "H\u221201",
        "'H-01",
        "\u2019H-01",
        '="H-01"',
        "\"'H-01'\"",
        "H-\uff10\uff11",
        "\uff28-01",
        "H-\u0660\u0661",
    ],
)
def test_an_id_is_one_however_it_is_written(written):
    assert as_id(written) == "H-01"
    assert is_written_oddly(written) == (written.strip() != "H-01")


@pytest.mark.parametrize("written", [144, 144.0, "144", "144.0", "144,0", "144.00", "144,00", "144.0000", '="144"'])
def test_a_whole_number_has_no_decimals(written):
    assert as_id(written) == "144"


@pytest.mark.parametrize("text", ["144.000", "007", "9.5", "a_b", "x 1", "1.440,5", "e\u0301".replace("e\u0301", "é")])
def test_what_may_be_part_of_an_id_stays(text):
    assert as_id(text) == text


def test_nothing_is_no_id():
    assert [as_id(value) for value in (None, float("nan"), " ", "\u200b", "''")] == [None] * 5


@pytest.mark.parametrize(
    ("text", "why"),
    [
        *(
            (text, "a word or code for nothing")
            for text in ("NULL", "nvt", "n.v.t.", "-", "NaN", "-9", "Onbekend", ".")
        ),
        *((text, "an error of a spreadsheet") for text in ("#N/B", "#N/A", "#VERW!", "#DEEL/0!", "#####", "#NULL!")),
        *(
            (text, "is a date")
            for text in ("2018-03-01", "1-3-2018", "01/03/2018 0:00", "1-mrt", "dec-45", "3 mei 2018")
        ),
        *((text, "true or false") for text in ("WAAR", "onwaar", "True", "FALSE", "ja")),
        *((text, "rounded") for text in ("1,23E+15", "2e5")),
    ],
)
def test_what_is_no_id_is_told_by_its_cause(text, why):
    assert why in no_id(text)


@pytest.mark.parametrize("text", ["99", "0", "X", "R_2aB", "2018-03-001", "01-02-03", "#12", "nvt7", "janssen-01", "é"])
def test_what_may_be_an_id_is_one(text):
    assert no_id(text) is None


def test_capitals_zeros_and_marks_for_thousands_are_loose():
    assert loose("Ab-01") == loose("aB-01") == "ab-01"
    assert {loose(text) for text in ("1440", "01440", "1.440", "1,440", "1 440", "1'440", "1.440,00")} == {"1440"}
    assert loose("000") == "0" and loose("0a") == "0a" and loose("1.44") == "1.44"


def test_in_what_two_ids_differ():
    assert [differs_in("ab", "AB"), differs_in("07", "7"), differs_in("1.440", "1440")] == [
        *("capitals", "zeros", "thousands")
    ]


def test_words_and_signs_for_nothing():
    assert all(map(is_nothing, ["NULL", "n.v.t.", "--", "#N/B", "weet niet"]))
    assert not any(map(is_nothing, ["0", "vrouw", "9"]))
