from dataclasses import replace

import pandas as pd
import pytest
from given.words import TEXTS

from effectstudie.definitions.strategies import Strategy
from effectstudie.disclosure.shown import Conclusion, Count, Variant
from effectstudie.report.prose.certainty import conclusion_sentences, loss_sentence, risk_sentence
from effectstudie.report.tables.certainty import conclusions, losses, risk_groups, ways_to_match
from effectstudie.shared.formats import NBSP

WORDS = TEXTS["certainty"]
NAMES = {"a": "Uitkomst A", "b": "Uitkomst B"}
OBJECTS = {"a": "de uitkomst a", "b": "de uitkomst b"}
GROUPS = {"approach": "Multifocus", "control": "Controlegroep"}
NAN = float("nan")


def judged(**against):
    return {name: Conclusion(0.4, 0.3, names) for name, names in against.items()}


def test_the_table_of_conclusions():
    analyses = pd.DataFrame({"outcome": ["a"], "analysis": ["main"], "value": [3.25], "ci_low": [-1.0],
                             "ci_high": [7.5], "p": [0.2]})  # fmt: skip
    table = conclusions(analyses, judged(a=("cr2",)), NAMES, {"a": 1, "b": 0}, WORDS)
    assert table.printed()[0] == [
        "Uitkomst A", f"3,3 [−1,0;{NBSP}7,5]", ",200", ",400", ",300", "anders bij: fouten per huishouden (CR2)",
    ]  # fmt: skip
    assert table.printed()[1] == ["Uitkomst B", "–", "–", "–", "–", "niet te toetsen"]


@pytest.mark.parametrize(
    ("against", "start"),
    [
        ({"a": (), "b": ()}, "Bij alle 2 uitkomsten"),
        ({"a": ("cr2",), "b": ()}, "Bij één van de 2 getoetste uitkomsten"),
        ({"a": ("cr2",), "b": ("holm",)}, "Bij 2 van de 2 getoetste uitkomsten"),
    ],
)
def test_the_sentence_counts_the_conclusions_that_do_not_hold(against, start):
    (sentence,) = conclusion_sentences(judged(**against), OBJECTS, WORDS)
    assert sentence.startswith(start)
    assert [name in sentence for name in OBJECTS.values()] == [bool(against["a"]), bool(against["b"])]


def test_without_any_main_analysis_the_sentence_says_so():
    assert conclusion_sentences({}, OBJECTS, WORDS) == [WORDS["none_judged"]]


def by_risk(*changes, p_both=0.2):
    keys = [("approach", True, 19), ("approach", False, 18), ("control", True, 13), ("control", False, 25)]
    rows = [("a", *key, change, 0.03, p_both) for key, change in zip(keys, changes, strict=True)]
    return pd.DataFrame(rows, columns=["outcome", "group", "risk", "n", "change", "p_risk", "p_both"])


def test_change_by_risk_at_the_start():
    table = risk_groups(by_risk(-60.0, -43.0, NAN, -82.0), NAMES, {"a": 0}, GROUPS, WORDS)
    assert table.printed()[0] == ["Uitkomst A", "−60 (19)", "−43 (18)", "– (13)", "−82 (25)", ",030", ",200"]
    assert [column.head for column in table.columns[1:3]] == [
        "Multifocus, met cumulatie",
        "Multifocus, zonder cumulatie",
    ]


def test_the_sentence_on_risk_names_where_the_groups_differ():
    same, apart = by_risk(1, 1, 1, 1), by_risk(1, 1, 1, 1, p_both=0.04)
    assert risk_sentence(same, OBJECTS, WORDS) == WORDS["risk_same"]
    assert OBJECTS["a"] in risk_sentence(apart, OBJECTS, WORDS)
    assert risk_sentence(same[:0], OBJECTS, WORDS) == WORDS["risk_none"]


def test_loss_is_a_percentage_unless_it_may_not_be_shown():
    rows = [("adult", "approach", 20.0, NAN), ("adult", "control", NAN, NAN)]
    table = losses(
        pd.DataFrame(rows, columns=["unit", "group", "percentage_lost", "p"]), {"adult": "volwassenen"}, GROUPS, WORDS
    )
    assert table.printed() == [["Volwassenen", "20%", "–", "–"]]


def test_the_sentence_on_loss_names_who_differed_at_the_start():
    rows = pd.DataFrame([("a", "approach", 0.01), ("b", "control", 0.3)], columns=["outcome", "group", "p"])
    apart = loss_sentence(rows, OBJECTS, WORDS)
    assert "2 vergelijkingen" in apart and OBJECTS["a"] in apart and OBJECTS["b"] not in apart
    assert "geen significant verschil" in loss_sentence(rows.assign(p=0.2), OBJECTS, WORDS)
    assert loss_sentence(rows[:0], OBJECTS, WORDS) == WORDS["lost_none"]


def test_ways_to_match_are_printed_as_far_as_they_are_shown():
    few = Variant(Count(46, "more"), 61, NAN, 0.19, 1.2, "n_children")
    enough = Variant(Count(47), 61, 55.2, 1.2, 0.0996, "n_children")
    found = {"half_caliper": few, "ratio_1": None, "as_chosen": enough}
    table = ways_to_match(found, WORDS, "{number} of meer", {"n_children": "Aantal kinderen"})
    assert table.printed()[0] == ["halve grens", "> 46", "61", "–", "0,19",
                                      "1,2 of meer (aantal kinderen)"]  # fmt: skip
    assert table.printed()[1][1:] == ["–"] * 5
    # a difference under the border of 0,1 is not printed as one on it
    assert table.printed()[2][1:] == ["47", "61", "55,2", "1,20", "0,0996 (aantal kinderen)"]


def test_every_word_that_an_analysis_or_variant_may_need_is_there():
    from effectstudie.matching.variants import variants_of

    chosen = Strategy(covariates=("x",), ratio=1, caliper=None, missing="complete")
    strategies = [replace(chosen, ratio=ratio, caliper=caliper) for ratio in (1, 2, 3) for caliper in (None, 0.2, 1.0)]
    variants = {name for strategy in strategies for name in variants_of(strategy)}
    assert variants <= set(WORDS["variants"])
    assert {f"matching_{name}" for name in variants - {"as_chosen"}} <= set(WORDS["analyses"])
    in_tables = {name for part in WORDS["p_tables"].values() for name in part["analyses"]}
    assert in_tables == set(WORDS["analyses"]) - {"holm", "benjamini_hochberg"}
