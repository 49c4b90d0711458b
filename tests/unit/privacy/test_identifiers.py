"""The gate on a corpus of its own: invented texts of every kind, of which more than half name nobody."""

import csv
import time
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from effectstudie.privacy.identifiers import CERTAIN, KINDS, LIKELY, identifiers_in, shown_name
from effectstudie.privacy.naming_columns import refuse_identifying_columns
from effectstudie.privacy.recognisers.known_names import FIRST_NAMES
from effectstudie.privacy.recognisers.readable import words
from effectstudie.shared.errors import InputError

with open(Path(__file__).with_name("gate_corpus.csv"), encoding="utf-8", newline="") as _file:
    CORPUS = list(csv.DictReader(_file))
# Texts that should stop and do not: nothing in their form tells them from a text that names nobody.
MISSED = {
    "mijn mail is fatima-voorbeeld-nl",
    "Plein 1813 nr 4",
    "laan 1954-1956 nr 9",
    "gx123b staat voor de deur",
    "Tanya Hoxha",
    "mijn naam is beer",
    "nummer vijftig dertig twintig tien",
    "fatima huilde vaak",
    "jp de vries",
    "Brink 8",
    "mijn snap is sannieb",
    "06,21,43,65,87",
}


def test_the_corpus_is_large_and_most_of_it_must_pass():
    expected = Counter(case["expected"] for case in CORPUS)
    assert len({case["text"] for case in CORPUS}) == len(CORPUS) >= 300
    assert expected["pass"] >= expected["stop"]
    assert {case["kind"] for case in CORPUS if case["expected"] == "stop"} == {*KINDS} - {"column"}


def test_of_every_kind_all_that_should_stop_stops_but_what_is_listed():
    missed = [
        (case["kind"], case["text"], identifiers_in(case["text"]))
        for case in CORPUS
        if case["expected"] == "stop" and case["kind"] not in identifiers_in(case["text"])
    ]
    assert {text for _, text, _ in missed} == MISSED, missed


def test_nothing_that_should_pass_is_stopped():
    running = [(one["text"], identifiers_in(one["text"], running=True)) for one in CORPUS if one["expected"] == "pass"]
    assert [(text, kinds) for text, kinds in running if kinds] == []
    assert [one["text"] for one in CORPUS if one["expected"] == "pass" and identifiers_in(one["text"])] == []


ONE_OF_EACH = {(case["kind"], case["expected"]): case["text"] for case in CORPUS if case["text"] not in MISSED}


def stopped(column, values, **kinds):
    try:
        refuse_identifying_columns(pd.DataFrame({column: values}), "a.csv", **{"ids": (), "free_text": (), **kinds})
    except InputError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(("kind", "expected"), ONE_OF_EACH, ids=str)
def test_a_text_is_judged_alike_in_every_place_and_never_shown(kind, expected):
    text = ONE_OF_EACH[kind, expected]
    said = [
        stopped("toelichting", [text, "nee"], free_text=["toelichting"]),
        stopped("opmerking", [text] * 50),
        stopped("opmerking", [text] + ["nee"] * 49),
        stopped(text, [1, 2, 3]),
    ]
    assert [bool(one) for one in said] == [expected == "stop"] * 4
    assert not any(text in one for one in said)


TEXT_OF_KIND = {case["kind"]: case["text"] for case in CORPUS if case["expected"] == "stop"} | {
    "bsn": "bsn 999990019",
    "telephone": "bel 06-11223344",
    "account": "NL20 INGB 0001 2345 67",
    "plate": "GX-123-B",
    "postcode": "1234 AB",
    "birth": "geboren 03-04-1985",
    "address": "Dorpsstraat 3",
    "computer": "203.0.113.25",
}


@pytest.mark.parametrize("kind", ["bsn", "telephone", "account", "plate", "postcode", "birth", "address", "computer"])
@pytest.mark.parametrize(
    "trick",
    [
        lambda text: text.translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)}),  # full-width digits
        lambda text: text.translate({ord(str(digit)): 0x660 + digit for digit in range(10)}),  # Arabic digits
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "\u2009"),
        lambda text: text.replace("-", "\u2011").replace(".", "\uff0e"),
        lambda text: text.replace("-", "\u2013"),
        lambda text: "\u200b".join(text),
        lambda text: "\u00ad".join(text),
        lambda text: "".join(f"{sign}\ufe0f\u20e3" if sign.isdigit() else sign for sign in text),
        lambda text: text.replace(" ", "\n"),
        lambda text: "".join(f"&#{ord(sign)};" for sign in text),
    ],
    ids=[
        "full",
        "arabic",
        "nbsp",
        "thin",
        "hyphen",
        "dash",
        "zero-width",
        "soft hyphen",
        "keycap",
        "newline",
        "entity",
    ],
)
def test_letters_that_look_alike_or_are_not_seen_hide_nothing(kind, trick):
    assert kind in identifiers_in(trick(TEXT_OF_KIND[kind]))


# Known first names of all parts of the list; what has fewer letters may be an abbreviation in capitals.
SOME_NAMES = [name for name in sorted(FIRST_NAMES) if len(name) >= 4][::29]


@pytest.mark.parametrize(
    "text",
    [
        "Met {}",
        "Ook {} huilde",
        "Sinds {} weg is",
        "Beste {},",
        "Zoon {}",
        "Mijn {}",
        "De {} van hiernaast",
        "Toen kwam Oma en {} bleef",
        "{} ging niet naar school",
        "op de school van {}",
        "{}'s moeder",
        "{}’s moeder",
        "#{}",
        "1.{}",
    ],
)
def test_no_word_beside_it_hides_a_known_first_name(text):
    assert [name for name in SOME_NAMES if "name" not in identifiers_in(text.format(name.title()))] == []


def test_a_known_first_name_is_one_in_capitals_too():
    capitals = ["{} huilde", "MIJN ZOON {}", "MET {} GAAT HET GOED"]
    for name in (name for name in SOME_NAMES if name not in words("koos frans august hind lisa elsa dora ties")):
        assert all("name" in identifiers_in(text.format(name.upper())) for text in capitals), name


PIECES = words(
    """
    a A a- A- a. A. Aa aa_ 1 1. 1, x@ a-at-a Fatima Jan_ van_der_ en_ Aa- gmail apestaart_ www.a- ://a- mevr. ( de_
    12-mrt- X=1_ heet_ Kerkstraat_ twintigen Rue_de_la_ paspoort_nr_ wonen_in_Aa_ instagram_heet_ik_ge
    """
)


@pytest.mark.parametrize("text", sorted(PIECES))
def test_a_long_text_of_one_kind_takes_no_long_time(text):
    """All were under two seconds; what takes the square of its length takes minutes."""
    began = time.process_time()
    identifiers_in((text.replace("_", " ") * 20_000)[:20_000], running=True)
    assert time.process_time() - began < 15


def test_a_random_number_of_nine_digits_and_a_service_number_without_its_check_are_told_apart():
    assert identifiers_in("het getal 123456789") == () == identifiers_in("000000000")
    assert identifiers_in("bsn 123456789") == ("bsn",)


def test_long_numbers_are_of_somebody_in_running_text_only():
    assert identifiers_in("1467331200000") == () != identifiers_in("hij heeft 2712345678 als", running=True)


def test_certain_and_likely_are_all_kinds_each_once():
    assert {*CERTAIN} & {*LIKELY} == set() and {*CERTAIN} | {*LIKELY} == {*KINDS}


def test_a_name_that_names_somebody_is_not_shown():
    assert shown_name("V12_3", "4") == "V12_3"
    assert shown_name("opm jan de vries", "4") == shown_name("jan_de_vries", "4") == "4"
