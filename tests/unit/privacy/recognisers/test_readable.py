import pytest

from effectstudie.privacy.recognisers.readable import plain, without_accents, without_measures


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("０６‑１２", "06-12"),
        ("٠٦ ١٢", "06 12"),
        ("nul zes een twee drie vier vijf zes zeven", "061234567"),
        ("een op de vijf", "een op de vijf"),
        ("O6 11223344", "06 11223344"),
        ("jan&#64;x.nl", "jan@x.nl"),
        ("jan%40x.nl", "jan@x.nl"),
        ("a\u200bb\u00adc\ufeff", "abc"),
        ("regel\r\n een\ttab", "regel een tab"),
        ("\u0410\u0412-12", "AB-12"),
    ],
)
def test_a_text_is_read_as_a_person_reads_it(typed, read):
    assert plain(typed) == read


@pytest.mark.parametrize(
    "text",
    [
        "01-01-2016 10:30",
        "€ 1.250.000,00",
        "1.250.000 euro",
        "99,5%",
        "artikel 1:261 BW",
        "2016-2019",
        "ISBN 978-90-5830-123-4",
        "10.1016/j.chiabu.2019.104123",
        "550e8400-e29b-41d4-a716-446655440000",
    ],
)
def test_measures_are_left_out(text):
    assert not any(digit in without_measures(text) for digit in "23456789")


def test_a_number_beside_a_measure_stays():
    assert "06-11223344" in without_measures("op 01-01-2016 belde 06-11223344 over 30 euro")


def test_names_are_looked_up_without_accents():
    assert without_accents("José Yıldırım Łukasz Søren") == "jose yildirim lukasz soren"
