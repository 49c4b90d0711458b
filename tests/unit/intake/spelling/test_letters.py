"""Letters that nobody sees."""

import pytest

from effectstudie.intake.spelling.letters import as_typed, seen, shown


@pytest.mark.parametrize(
    "letter", ["\u200b", "\ufeff", "\u00ad", "\u200e", "\u2060", "\x01", "\ufe0f", "_x0001_", "_x200B_", "\u034f"]
)
def test_what_nobody_sees_is_left_out(letter):
    assert seen(f"{letter}Samen{letter} Verder{letter}") == "Samen Verder"


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u3000", "\t", "\u2028", "\u2800", "_x000D_"])
def test_every_kind_of_blank_is_one(blank):
    assert seen(f"Samen{blank} Verder{blank}") == "Samen Verder"


def test_what_is_seen_stays():
    assert seen("Één gezin – MDA++ (e\u0301)") == "Één gezin – MDA++ (e\u0301)"


def test_what_is_not_seen_is_shown_by_its_number():
    assert shown("Samen\u00a0Verder\u200b é") == "Samen[U+00A0]Verder[U+200B] é"


def test_a_value_is_as_a_person_types_it():
    assert [as_typed(value) for value in (7.0, 7.5, " a ", " ", None, float("nan"), True)] == [
        *("7", "7.5", "a"),
        *(None, None, None),
        "True",
    ]
