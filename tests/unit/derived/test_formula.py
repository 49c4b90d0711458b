"""How a score is made, in words and signs."""

import pytest
from given.derived_table import INSTRUMENTS, WORDS

from effectstudie.derived.formula import formula
from effectstudie.derived.missing_rule import missing_rule
from effectstudie.derived.numerals import plain, spans
from effectstudie.derived.score import Score


def score(stem, scale, suffix="", unit=None, definition=None):
    definition = definition or INSTRUMENTS[stem]
    return Score(stem, definition, unit or next(iter(definition["units"])), scale, suffix)


# Formulae, one for each way to make a score.


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"kind": "lookup"}, "T-score bij tsi.AA, opgezocht in de normtabel (gelicentieerd)"),
        (
            {"kind": "lookup", "standardise": {"mean": 0, "sd": 1.5}},
            "50 + 10 × (waarde − 0) / 1,5; waarde bij tsi.AA, opgezocht in de normtabel (gelicentieerd)",
        ),
        (
            {"kind": "linear", "round": "half_up", "floor": 20, "cap": 100},
            "50 + 10 × (tsi.AA − gemiddelde) / sd; gemiddelde en sd uit de normtabel (gelicentieerd); afgerond op een "
            "geheel getal (een half naar boven); ten minste 20; ten hoogste 100",
        ),
    ],
)
def test_the_formula_of_a_t_score_is_that_of_its_norm_table(entry, expected):
    assert formula(score("tsi", "AA", ".t"), {"status": "licensed", "entry": entry}, WORDS) == expected


# Missing answers.


def test_informants_who_reported_in_all_waves_only_are_said():
    definition = {
        **INSTRUMENTS["nosik"],
        "units": {"child": {"combine": "highest", "at": "scale", "reporters": "same"}},
    }
    text = formula(score("nosik", "stress", definition=definition), None, WORDS)
    assert text.endswith(
        "bij meer informanten de hoogste score van de ouders; alleen wie bij alle metingen rapporteerde"
    )


# Items, columns, ranges.


def test_spans_leave_two_neighbours_apart_and_numbers_are_dutch():
    assert spans([5, 1, 2, 3, 9, 10]) == "1–3, 5, 9, 10"
    assert [plain(value) for value in (0.23, 12, 2.5, 1650, -1)] == ["0,23", "12", "2,5", "1.650", "−1"]


# The page.


def test_missing_rule_of_a_mean_is_that_of_the_given_answers():
    text = missing_rule(score("mansa", "mark"), None, WORDS)
    assert text.endswith("(meer dan 3 van 12 antwoorden); anders het gemiddelde van de gegeven antwoorden")
