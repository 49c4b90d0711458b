"""Outcomes that were asked once: marks, and classes of which some may only be said together or as a bound."""

import re

import pandas as pd
import pytest
from given.labels import LABELS
from given.words import TEXTS

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.disclosure.values import treat
from effectstudie.report.prose.once import sentences_once

ONCE = {"unit": "adult", "measured": "follow_up"}
NAMES = ("ontevreden", "neutraal", "tevreden", "zeer tevreden")
OUTCOMES = outcomes_from({
    "mark": {**ONCE, "kind": "mean", "label": "cijfer voor de hulp", "article": "het", "decimals": 1},
    "help": {**ONCE, "kind": "class", "label": "tevredenheid", "article": "de", "decimals": 0,
             "classes": {code: {"id": f"c{code}", "label": label} for code, label in enumerate(NAMES)},
             "merge": [{"codes": [2, 3], "id": "rather", "label": "(zeer) tevreden"},
                       {"codes": [0, 1], "id": "less", "label": "neutraal of ontevreden"}]},
})  # fmt: skip


def row(outcome, group, n, mean):
    return {"outcome": outcome, "unit": "adult", "group": group, "wave": "follow_up", "n": n, "mean": mean, "sd": 1.2,
            "ci_low": mean - 1, "ci_high": mean + 1}  # fmt: skip


def said(outcome, rows, p=None, **test):
    """What is told of raw rows, after their treatment."""
    treated = treat(pd.DataFrame(rows), {outcome: OUTCOMES[outcome]}, 5, 10)
    columns = {
        "outcome": outcome,
        "effect": "group",
        "wave": "follow_up",
        "p": p,
        "reason": None,
        "coarse": False,
        **test,
    }
    tests = pd.DataFrame([columns]) if p is not None else pd.DataFrame(columns=[*columns, "analysis"])
    labels = LABELS | {"units": TEXTS["labels"]["units"]}
    sentences = sentences_once(OUTCOMES[outcome], treated.values, treated.together, tests, labels, TEXTS)
    return [one.replace("\u00a0", " ") for one in sentences]


def marks(approach=(30, 7.06), control=(40, 5.7)):
    return [row("mark", "approach", *approach), row("mark", "control", *control)]


def classes(approach, control):
    return [
        row(f"help.c{code}", group, sum(counts), 100 * count / sum(counts))
        for group, counts in (("approach", approach), ("control", control))
        for code, count in enumerate(counts)
    ]


def test_a_mark_and_its_test():
    first, second = said("mark", marks(), p=0.0004, analysis="t_test")
    assert first == "Het cijfer voor de hulp is op T2 gemiddeld 7,1 in de Multifocus-groep en 5,7 in de controlegroep."
    assert second == "Het verschil tussen de groepen is significant (p < ,001)."
    assert "is niet significant (p = ,060)" in said("mark", marks(), p=0.06, analysis="t_test")[1]
    assert said("mark", marks())[1] == TEXTS["once"]["untested"]


def test_a_small_group_is_said_in_words_and_has_no_test():
    sentences = said("mark", marks(approach=(9, 7.0)), p=0.01, analysis="t_test")
    assert sentences == [
        "Het cijfer voor de hulp is op T2 gemiddeld 5,7 in de controlegroep.",
        "Over de Multifocus-groep is hier niets te tonen: te weinig deelnemers gaven een oordeel.",
    ]
    (none,) = said("mark", marks((9, 7.0), (8, 6.0)), p=0.01, analysis="t_test")
    assert none.startswith("Over het cijfer voor de hulp is niets te tonen")


def test_classes_that_are_large_are_listed_per_group():
    first, second = said("help", classes([10, 10, 10, 10], [20, 10, 5, 5]), p=0.02, analysis="chi_squared")
    assert first == (
        "De tevredenheid is op T2 als volgt over de volwassenen verdeeld: in de Multifocus-groep 25% ontevreden, 25% "
        "neutraal, 25% tevreden en 25% zeer tevreden; in de controlegroep 50% ontevreden, 25% neutraal, 13% tevreden "
        "en 13% zeer tevreden."
    )
    assert second == "Het verschil tussen de groepen is significant (p = ,020)."


@pytest.mark.parametrize("few", [1, 2, 3, 4])
def test_where_few_are_not_satisfied_a_bound_says_how_many_are(few):
    """The bound is true, and the same for every count of few: none of them can be told from it."""
    first, _ = said("help", classes([few, 0, 20, 36 - few - 20], [12, 12, 12, 12]), p=0.02, analysis="chi_squared")
    assert "in de Multifocus-groep meer dan 86% (zeer) tevreden; in de controlegroep" in first
    assert 100 * (36 - few) / 36 > 86
    assert not re.search(r"%\s(?:ontevreden|neutraal)", first.partition("controlegroep")[0])


@pytest.mark.parametrize(("p", "text"), [(0.03, "p < ,05"), (0.2, "p ≥ ,05")])
def test_a_test_on_hidden_classes_is_only_said_coarsely(p, text):
    assert text in said("help", classes([3, 0, 20, 13], [12] * 4), p=p, analysis="fisher_exact", coarse=True)[1]
