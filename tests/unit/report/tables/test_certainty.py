from dataclasses import replace

import pandas as pd
import pytest
from given.words import TEXTS

from effectstudie.definitions.strategies import DESIGNS, Strategy
from effectstudie.disclosure.shown import Conclusion, Count, Variant
from effectstudie.report.prose.certainty import (
    conclusion_sentences,
    headline_sentences,
    loss_sentences,
    risk_difference,
    risk_sentences,
)
from effectstudie.report.tables.certainty import conclusions, losses, risk_groups, ways_to_match
from effectstudie.shared.formats import NBSP

WORDS = TEXTS["certainty"]
NAMES = {"a": "Uitkomst A", "b": "Uitkomst B"}
OBJECTS = {"a": "de uitkomst a", "b": "de uitkomst b"}
GROUPS = {"approach": "Multifocus", "control": "Controlegroep"}
NAN = float("nan")


def judged(significant=(), p_primary=NAN, **against):
    return {name: Conclusion(0.4, p_primary, 0.3, names, name in significant) for name, names in against.items()}


def test_the_table_of_conclusions():
    analyses = pd.DataFrame({"outcome": ["a"], "analysis": ["main"], "value": [3.25], "ci_low": [-1.0],
                             "ci_high": [7.5], "p": [0.2]})  # fmt: skip
    table = conclusions(analyses, judged(a=("cr2",)), NAMES, {"a": 1, "b": 0}, WORDS)
    assert table.printed()[0] == [
        "Uitkomst A", f"3,3 [−1,0;{NBSP}7,5]", ",200", ",400", ",300", "anders bij: fouten per huishouden (CR2)",
    ]  # fmt: skip
    assert table.printed()[1] == ["Uitkomst B", "–", "–", "–", "–", "niet te toetsen"]


def test_p_for_the_primary_outcomes_has_a_column_where_the_plan_has_any():
    analyses = pd.DataFrame({"outcome": ["a"], "analysis": ["main"], "value": [3.25], "ci_low": [-1.0],
                             "ci_high": [7.5], "p": [0.2]})  # fmt: skip
    table = conclusions(analyses, judged(a=(), p_primary=0.35), NAMES, {"a": 1, "b": 0}, WORDS)
    assert [column.head for column in table.columns][2:6] == ["p", "p (primair)", "p (Holm)", "p (B-H)"]
    assert table.printed()[0][2:] == [",200", ",350", ",400", ",300", "nergens significant"]
    assert table.printed()[1] == ["Uitkomst B", *["–"] * 5, "niet te toetsen"]


@pytest.mark.parametrize(
    ("significant", "against", "starts"),
    [
        ("ab", {"a": (), "b": ()}, ["Bij elke getoetste uitkomst (2) is het verschil in ontwikkeling significant"]),
        ("", {"a": (), "b": ()}, ["Bij geen enkele getoetste uitkomst (2)"]),
        ("a", {"a": ("cr2",), "b": ("holm",)}, ["Bij elke getoetste uitkomst (2) hangt de conclusie"]),
        ("a", {"a": (), "b": ()}, ["Bij één van de 2 getoetste uitkomsten is het verschil in ontwikkeling in alle",
                                   "Bij één van de 2 getoetste uitkomsten is het verschil in ontwikkeling in geen"]),
        ("", {"a": ("cr2",), "b": ()}, ["Bij één van de 2 getoetste uitkomsten is het verschil in ontwikkeling in geen",
                                        "Bij één van de 2 getoetste uitkomsten hangt"]),
    ],
)  # fmt: skip
def test_the_sentences_count_what_holds_what_is_nowhere_significant_and_what_depends(significant, against, starts):
    sentences = conclusion_sentences(judged(significant, **against), OBJECTS, WORDS)
    assert [sentence.startswith(start) for sentence, start in zip(sentences, starts, strict=True)] == [True] * len(
        starts
    )
    for sentence in sentences:
        assert ("geen bewijs dat er geen verschil is" in sentence) == (
            "in geen" in sentence or "geen enkele" in sentence
        )


def test_a_sentence_names_the_outcomes_whose_conclusion_depends_on_the_analysis():
    sentence = conclusion_sentences(judged("a", a=("cr2",), b=()), OBJECTS, WORDS)[-1]
    assert OBJECTS["a"] in sentence and OBJECTS["b"] not in sentence


def test_without_any_main_analysis_the_sentence_says_so():
    assert conclusion_sentences({}, OBJECTS, WORDS) == [WORDS["none_judged"]]


def by_risk(*changes, p_both=0.2):
    keys = [("approach", True), ("approach", False), ("control", True), ("control", False)]
    rows = [("a", *key, change, 0.03, p_both) for key, change in zip(keys, changes, strict=True)]
    frame = pd.DataFrame(rows, columns=["outcome", "group", "risk", "change", "p_risk", "p_both"])
    return frame.assign(coarse=False)


def test_change_by_risk_at_the_start():
    table = risk_groups(by_risk(-60.0, -43.0, NAN, -82.0), NAMES, {"a": 0}, GROUPS, WORDS)
    assert table.printed()[0] == ["Uitkomst A", "−60", "−43", "–", "−82", ",030", ",200"]
    assert [column.head for column in table.columns[1:3]] == [
        "Multifocus, met cumulatie",
        "Multifocus, zonder cumulatie",
    ]


def test_of_a_change_that_few_made_p_is_a_bound():
    table = risk_groups(by_risk(*[NAN] * 4, p_both=1.0).assign(coarse=True), NAMES, {"a": 0}, GROUPS, WORDS)
    # without any change there are no columns of it
    assert table.printed()[0][1:] == [f"<{NBSP},05", f"≥{NBSP},05"] and len(table.columns) == 3


def test_the_sentence_on_risk_names_where_the_groups_differ():
    same, apart = by_risk(1, 1, 1, 1), by_risk(1, 1, 1, 1, p_both=0.04)
    assert risk_difference(same, OBJECTS, WORDS) == WORDS["risk_same"]
    assert OBJECTS["a"] in risk_difference(apart, OBJECTS, WORDS)
    assert risk_sentences(same[:0], same[:0], OBJECTS, str, WORDS) == [WORDS["risk_none"]]


@pytest.mark.parametrize(("told", "said"), [("a", "risk_same"), ("b", "risk_different")])
def test_where_an_effect_is_not_told_the_sentence_rests_on_the_bound_beside_the_changes(told, said):
    effects = pd.DataFrame([(told, "difference_between_groups", 1.0, 0.4)], columns=["outcome", "what", "value", "p"])
    found = risk_sentences(effects, by_risk(1, 1, 1, 1, p_both=0.049), OBJECTS, str, WORDS)
    assert found == [WORDS[said].format(items=OBJECTS["a"])]


@pytest.mark.parametrize("value", [4.0, -4.0])
@pytest.mark.parametrize("what", ["level_t0", "change"])
def test_what_goes_with_risk_is_told_by_its_sign_and_only_where_it_is_significant(what, value):
    rows = pd.DataFrame([("a", what, value, 0.01), ("b", what, value, 0.3)], columns=["outcome", "what", "value", "p"])
    none = rows.assign(p=0.4)

    def said(rows):
        return risk_sentences(rows, by_risk(1, 1, 1, 1)[:0], OBJECTS, lambda _, number: f"{abs(number):g}", WORDS)

    side = "more" if value > 0 else "less"
    assert said(rows) == [WORDS["risk"][what][side].format(items="de uitkomst a (4)")]
    assert said(none) == [WORDS["risk"][what]["none"].format(total=2)]
    # of whom the second sentence is, the first has said
    both = pd.concat([rows.assign(value=4.0), rows.assign(outcome="b", value=-4.0)], ignore_index=True)
    less = WORDS["risk"][what]["less_too"].format(items="de uitkomst b (4)")
    assert said(both) == [WORDS["risk"][what]["more"].format(items="de uitkomst a (4)"), less]


def test_headlines_hold_or_depend_and_a_norm_holds_only_where_all_its_questions_do():
    rows = [("a", None, "change", None, "holds"), ("b", None, "change", None, "nowhere"),
            ("a", "approach", "change", None, "differs"), ("a", "approach", "norm", "T0", "holds"),
            ("a", "control", "norm", "T0", "differs")]  # fmt: skip
    verdicts = pd.DataFrame(rows, columns=["outcome", "group", "what", "wave", "verdict"])
    said = [
        WORDS["headlines"]["change"]["holds"].format(items=OBJECTS["a"]),
        WORDS["headlines"]["norm"]["differs"].format(items=OBJECTS["a"]),
    ]
    assert headline_sentences(verdicts, {"a"}, OBJECTS, WORDS) == said
    # of a change that the report tells, that the other analyses are hidden is told too
    told_of_b = verdicts[verdicts["outcome"] == "a"]
    hidden = WORDS["headlines"]["change"]["hidden"].format(items=OBJECTS["b"])
    assert headline_sentences(told_of_b, {"a", "b"}, OBJECTS, WORDS) == [*said, hidden]


def test_loss_is_a_percentage_unless_it_may_not_be_shown():
    rows = [("adult", "approach", 20.0, NAN), ("adult", "control", NAN, NAN)]
    table = losses(
        pd.DataFrame(rows, columns=["unit", "group", "percentage_lost", "p"]), {"adult": "volwassenen"}, GROUPS, WORDS
    )
    assert table.printed() == [["Volwassenen", "20%", "–", "–"]]


def test_the_lost_are_told_by_the_size_and_the_sign_of_what_sets_them_apart():
    """Significant or not: a difference of a quarter SD is told."""
    phrases = {"approach": "de A-groep", "control": "de controlegroep"}
    rows = pd.DataFrame([("a", "approach", 0.25, 0.4), ("b", "approach", -0.6, 0.01), ("a", "control", 0.24, 0.01)],
                        columns=["outcome", "group", "smd", "p"])  # fmt: skip
    columns = ["outcome", "analysis", "value"]
    analyses = pd.DataFrame([("a", "main", 3.0), ("a", "staying_weights", 2.0)], columns=columns)

    def said(rows, analyses=analyses[:0]):
        return loss_sentences(rows, analyses, OBJECTS, {"a": 0, "b": 0}, phrases, WORDS)

    higher, lower = said(rows)
    assert "A-groep hadden" in higher and "hogere waarden dan blijvers op de uitkomst a (0,25 SD)" in higher
    assert lower == "Lager waren hun waarden op de uitkomst b (0,60 SD)."
    assert said(rows[1:2])[0].startswith("Uitvallers van de A-groep hadden bij de start lagere waarden")
    assert said(rows.assign(smd=0.1)) == [WORDS["lost"]["alike"].format(count=3)]
    assert said(rows[:0]) == said(rows.assign(smd=NAN)) == [WORDS["lost"]["none"]]
    # those of whom it is hidden are not counted among those who are alike
    assert said(rows.assign(smd=[NAN, 0.1, 0.1])) == [WORDS["lost"]["alike"].format(count=2)]
    assert (
        said(rows, analyses)[-1]
        == "Bij de uitkomst a is het ongecorrigeerde verschil in verandering 3; met gewichten voor uitval 2."
    )


def test_ways_to_match_are_printed_as_far_as_they_are_shown():
    few = Variant(Count(46, "more"), Count(61), NAN, NAN, "between", 1.2, "", "n_children")
    enough = Variant(Count(47), Count(0, "hidden"), 55.2, 1.2, "", NAN, "between", "n_children")
    found = {"half_caliper": few, "ratio_1": None, "as_chosen": enough}
    table = ways_to_match(found, WORDS, TEXTS["counts"], {"n_children": "Aantal kinderen"})
    assert table.printed()[0] == ["halve grens", "> 46", "61", "–", "0,10 tot 0,25",
                                      "1,2 of meer (aantal kinderen)"]  # fmt: skip
    assert [column.kind for column in table.columns][4] == "text"  # words are not set under numbers
    assert table.printed()[1][1:] == ["–"] * 5
    assert table.printed()[2][1:] == ["47", "–", "55,2", "1,2 of meer", "0,10 tot 0,25 (aantal kinderen)"]
    # a difference under the border of 0,1 is not printed as one on it
    near = replace(enough, max_smd=0.0996, max_step="")
    (row,) = ways_to_match({"as_chosen": near}, WORDS, TEXTS["counts"], {}).printed()
    assert row[-1] == "0,0996 (n_children)"


def test_every_word_that_an_analysis_or_variant_may_need_is_there():
    from effectstudie.matching.variants import variants_of

    chosen = Strategy(covariates=("x",), ratio=1, caliper=None, missing="complete")
    strategies = [replace(chosen, ratio=ratio, caliper=caliper) for ratio in (1, 2, 3) for caliper in (None, 0.2, 1.0)]
    plain = {"ratio": 3, "caliper": 1.0, "covariates": ["x"], "missing": "complete"}
    strategies += [Strategy.of(plain | {"design": design}) for design in DESIGNS]
    variants = {name for strategy in strategies for name in variants_of(strategy)}
    assert variants <= set(WORDS["variants"])
    assert {f"matching_{name}" for name in variants - {"as_chosen"}} <= set(WORDS["analyses"])
    in_tables = {name for part in WORDS["p_tables"].values() for name in part["analyses"]}
    assert in_tables == set(WORDS["analyses"]) - {"holm", "benjamini_hochberg"}
