from datetime import date

import numpy as np
import pytest

from effectstudie.shared import formats as f


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.05, 1, "0,1"),
        (0.125, 2, "0,13"),
        (2.675, 2, "2,68"),
        (109.5, 0, "110"),
        (-0.004, 2, "0,00"),
        (-0.5, 0, "\u22121"),
        (-0.49, 0, "0"),
        (1234567.891, 2, "1.234.567,89"),
        (np.float64(7.25), 1, "7,3"),
        (1e-9, 1, "0,0"),
    ],
)
def test_numbers_round_half_up_and_read_dutch(value, decimals, text):
    assert f.number(value, decimals) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_cannot_be_printed(value):
    with pytest.raises(ValueError, match="not a number"):
        f.number(value)


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.0009, "p < ,001"),
        (0.00099999, "p < ,001"),
        (0.001, "p = ,001"),
        (0.0234, "p = ,023"),
        (0.0496, "p = ,0496"),
        (0.04996, "p = ,04996"),
        (0.05, "p = ,050"),
        (0.0504, "p = ,0504"),
        (0.9996, "p > ,999"),
        (1.0, "p > ,999"),
    ],
)
def test_p_never_reads_as_the_other_side_of_alpha(p, text):
    assert f.p_value(p) == text.replace(" ", f.NBSP)


@pytest.mark.parametrize(("p", "text"), [(0.034, ",034"), (0.0004, "< ,001"), (0.99996, "> ,999")])
def test_a_p_under_its_own_head(p, text):
    assert f.p_in_column(p) == text.replace(" ", f.NBSP)


def test_an_effect_size_keeps_its_side_of_a_bound():
    assert f.coefficient(0.0596, 2, [0.06]) == ",0596"
    assert f.coefficient(0.0601, 2, [0.06]) == ",06"
    assert f.coefficient(0.281) == ",28"
    assert f.coefficient(-0.1) == "\u2212,10"
    assert f.coefficient(1.0) == "1,00"


def test_statistic_shows_degrees_of_freedom():
    assert f.statistic("F", 38.2, [1, 98]).replace(f.NBSP, " ") == "F(1; 98) = 38,20"
    assert f.statistic("t", -2.05, [61.37]).replace(f.NBSP, " ") == "t(61,37) = \u22122,05"


def test_words():
    assert f.percent(45.04, 1) == "45,0%"
    assert f.joined(["a"]) == "a"
    assert f.joined(["a", "b", "c"]) == "a, b en c"
    assert f.capital("het partnergeweld") == "Het partnergeweld"
    assert f.long_date(date(2026, 3, 1)) == f.long_date("2026-03-01") == f"1{f.NBSP}maart 2026"
    assert f.equals("n", "51") == f"n{f.NBSP}={f.NBSP}51"


@pytest.mark.parametrize(
    ("text", "with_zeros"),
    [
        ("p\u00a0<\u00a0,001; partiële η²\u00a0=\u00a0,28", "p\u00a0<\u00a00,001; partiële η²\u00a0=\u00a00,28"),
        ("[,12;\u00a0,41]", "[0,12;\u00a00,41]"),
        ("−,10 en 1,5 en 0,34", "−0,10 en 1,5 en 0,34"),
        ("<,001", "<0,001"),
        ("van 5,0 (,3)", "van 5,0 (0,3)"),
    ],
)
def test_the_other_style_of_p_has_its_zero_once(text, with_zeros):
    assert f.with_zeros(text) == with_zeros
    assert f.with_zeros(with_zeros) == with_zeros
