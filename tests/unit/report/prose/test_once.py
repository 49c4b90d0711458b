import pandas as pd
import pytest
from given.labels import LABELS
from given.words import TEXTS

from effectstudie.report.prose.once import sentences_once

MARK = {"unit": "adult", "kind": "mean", "measured": "follow_up", "label": "cijfer voor de hulp", "article": "het",
        "decimals": 1}  # fmt: skip
CLASSES = {**MARK, "kind": "class", "label": "tevredenheid", "article": "de", "decimals": 0}


def said(definition, rows, p=None, **test):
    """`rows`: (cell, label, group, value)"""
    values = pd.DataFrame(rows, columns=["cell", "label", "group", "value"])
    values = values.assign(outcome="help", wave="follow_up", n=30)
    columns = {"outcome": "help", "effect": "group", "wave": "follow_up", "p": p, "reason": None, **test}
    tests = pd.DataFrame([columns]) if p is not None else pd.DataFrame(columns=list(columns) + ["analysis"])
    return sentences_once("help", definition, values, tests, LABELS, TEXTS)


def marks(approach, control):
    return [("", "", "approach", approach), ("", "", "control", control)]


def test_a_mark_and_its_test():
    first, second = said(MARK, marks(7.06, 5.7), p=0.0004, analysis="t_test")
    assert first == "Het cijfer voor de hulp is op T2 gemiddeld 7,1 in de Multifocus-groep en 5,7 in de controlegroep."
    assert second == "Het verschil tussen de groepen is significant (p\u00a0<\u00a0,001)."


def test_a_difference_that_is_not_significant_and_one_that_is_not_tested():
    assert "is niet significant (p\u00a0=\u00a0,060)" in said(MARK, marks(7, 6), p=0.06, analysis="t_test")[1]
    assert said(MARK, marks(7, 6))[1] == TEXTS["once"]["untested"]


def test_a_small_group_is_said_in_words_and_has_no_test():
    sentences = said(MARK, marks(float("nan"), 5.7), p=0.01, analysis="t_test")
    assert sentences == [
        "Het cijfer voor de hulp is op T2 gemiddeld 5,7 in de controlegroep.",
        "In de Multifocus-groep zijn de aantallen te klein om te tonen.",
    ]
    (none,) = said(MARK, marks(float("nan"), float("nan")), p=0.01, analysis="t_test")
    assert none.startswith("Over het cijfer voor de hulp zijn in beide groepen de aantallen te klein")


SHARES = [
    ("1", "ontevreden", "approach", 15.0), ("2", "tevreden", "approach", 85.0),
    ("1", "ontevreden", "control", 40.0), ("2", "tevreden", "control", 60.0),
]  # fmt: skip


def test_classes_are_listed_per_group():
    first, second = said(CLASSES, SHARES, p=0.02, analysis="chi_squared")
    assert first == (
        "De tevredenheid is op T2 als volgt over de volwassenen verdeeld: in de Multifocus-groep 15% ontevreden en 85% "
        "tevreden; in de controlegroep 40% ontevreden en 60% tevreden."
    )
    assert second == "Het verschil tussen de groepen is significant (p\u00a0=\u00a0,020)."


@pytest.mark.parametrize(("p", "text"), [(0.03, "p\u00a0<\u00a0,05"), (0.2, "p\u00a0≥\u00a0,05")])
def test_a_test_on_hidden_classes_is_only_said_coarsely(p, text):
    assert text in said(CLASSES, SHARES, p=p, analysis="fisher_exact", coarse=True)[1]


def test_one_blanked_class_hides_the_distribution_of_its_group():
    rows = [
        (cell, label, group, float("nan") if group == "approach" else value) for cell, label, group, value in SHARES
    ]
    sentences = said(CLASSES, rows, p=0.02, analysis="chi_squared")
    assert (
        "15%" not in sentences[0] and sentences[1] == "In de Multifocus-groep zijn de aantallen te klein om te tonen."
    )
