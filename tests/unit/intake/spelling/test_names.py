"""Regions and approaches are held against the names that are known."""

import pandas as pd
import pytest

from effectstudie.intake.spelling.names import approach_problems, as_named, region_problems, without_none

KNOWN = ["Samen Verder", "Één gezin", "MDA++"]
CODES = {"refused": [99, -9], "not_applicable": [98, -8]}


def approaches(*texts, known=KNOWN, labels=()):
    named = as_named(pd.Series(texts, dtype="str"), dict(labels), known or ())
    left = without_none(named, known or (), CODES["not_applicable"])
    return left.fillna("").tolist(), approach_problems(left, "h.csv", known, CODES["refused"])


def test_known_names_and_empty_cells_pass():
    assert approaches("Samen Verder", None, "MDA++") == (["Samen Verder", "", "MDA++"], [])


def test_two_unicode_forms_are_one_name():
    assert approaches("E\u0301e\u0301n gezin")[0] == ["Één gezin"]


@pytest.mark.parametrize(
    "none",
    ["geen aanpak", "Geen", "GEEN AANPAK.", "n.v.t.", "nvt", "-", "0", "0.0", "98", "-8", "NA", "#N/B", "NULL", "."],
)
def test_words_and_codes_for_none_are_no_approach(none):
    assert approaches("MDA++", none, known=KNOWN) == (["MDA++", ""], [])


@pytest.mark.parametrize("word", ["99", "-9", "99.0", "onbekend", "Weet niet", "?"])
def test_where_it_is_not_known_whether_there_is_one_a_person_has_to_say(word):
    [problem] = approaches("MDA++", word, word)[1]
    assert (
        problem.startswith("h.csv, rows 2, 3, column aanpak") and "does not say whether there is an approach" in problem
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Samen Verder\u200b", "'Samen Verder[U+200B]' for 'Samen Verder'"),
        ("Samen\u00a0Verder", "'Samen[U+00A0]Verder' for 'Samen Verder'"),
        ("samen verder", "'samen verder' for 'Samen Verder'"),
        ("Samen  Verder", "'Samen  Verder' for 'Samen Verder'"),
        ("Samen Verde", "'Samen Verde' for 'Samen Verder'"),
        ("Een gezin", "'Een gezin' for 'Één gezin'"),
    ],
)
def test_another_spelling_of_a_known_name_stops_and_is_seen(text, shown):
    [problem] = approaches(text, "MDA++", text)[1]
    assert problem.startswith("h.csv, rows 1, 3, column aanpak") and "is no approach of config/config.yaml" in problem
    assert shown in problem


def test_two_spellings_of_a_name_that_is_not_known_are_told_of_each_other():
    [problem] = approaches("Gezinsplan", "Gezinsplan\u200b")[1]
    assert "'Gezinsplan[U+200B]' for 'Gezinsplan'" in problem


def test_without_a_list_names_are_held_against_each_other():
    assert approaches("Gezinsplan", "Ander", known=None)[1] == []
    [problem] = approaches("Gezinsplan", "gezinsplan\u200b", known=None)[1]
    assert "'Gezinsplan' and 'gezinsplan[U+200B]' are one name in different spellings" in problem


def test_codes_are_what_spss_says_that_they_mean():
    labels = {0.0: "geen aanpak", 1.0: "Samen Verder ", "m": "MDA++", 2.0: "2. Één gezin"}
    assert approaches("1", "0", "m", "2.0", "MDA++", labels=labels) == (
        ["Samen Verder", "", "MDA++", "Één gezin", "MDA++"],
        [],
    )


def test_codes_without_a_meaning_are_told_as_codes():
    [problem] = approaches("1", "2", "1")[1]
    assert "rows 1, 2, 3" in problem and "These are codes" in problem


def test_regions_that_are_not_known_or_empty_are_one_problem():
    regions = pd.Series(["Twente", "twente", None, "nvt"], dtype="str")
    assert region_problems(regions[:1], "h.csv", ["Twente"]) == []
    assert region_problems(regions, "h.csv", ["Twente"]) == [
        "h.csv, rows 2, 3, 4, column regio\x02, values 'twente', '', 'nvt'\x03: is no region of config/config.yaml; "
        "known: Twente. Correct it, or add it there. Another spelling: \x02'twente' for 'Twente'\x03?"
    ]
