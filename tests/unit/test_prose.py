from itertools import product

import pytest
import yaml
from study_results import ROOT

from effectstudie import formats
from effectstudie.prose import (
    ClassFacts,
    OutcomeFacts,
    Shown,
    Verdict,
    class_sentences,
    outcome_sentences,
    unit_text,
    verdict,
)

TEXTS = yaml.safe_load((ROOT / "resources/report/texts.nl.yaml").read_text(encoding="utf-8"))
PHRASES = {"approach": "de A-groep", "control": "de controlegroep", "T0": "T0", "follow_up": "T2",
           "approach_label": "A", "control_label": "controlegroep"}  # fmt: skip
VALUES = {
    "down": Shown(9.0, 4.0, "9", "4"),
    "up": Shown(4.0, 9.0, "4", "9"),
    "same": Shown(4.2, 4.4, "4", "4"),
}
VERDICTS = {
    "significant": Verdict("significant", "p = ,010", ",10", "klein tot gemiddeld"),
    "not_significant": Verdict("not_significant", "p = ,500"),
    "negligible": Verdict("negligible"),
    "untested": Verdict("untested"),
}


def facts(shown, time="untested", group="untested", interaction="untested", plural=False, **more):
    return OutcomeFacts(
        outcome="drinking",
        label="glazen" if plural else "geweld",
        article="de" if plural else "het",
        plural=plural,
        better="lower",
        unit=None,
        shown=shown,
        time=VERDICTS[time],
        group=VERDICTS[group],
        interaction=VERDICTS[interaction],
        within=more.pop("within", {}),
        **more,
    )


def sound(sentence):
    assert sentence.endswith(".") and sentence[0].isupper()
    for wrong in ("nan", "None", "{", "}", "  ", " .", " ,;", "()", "..", "[]"):
        assert wrong not in sentence, sentence


def positive_claims(text):
    """How often something is called significant, the denials taken out."""
    for denial in ("niet significant", "geen significant verschil", "geen significante", "zichzelf significant"):
        text = text.replace(denial, "")
    return text.count("significant")


COMBINATIONS = list(product(VALUES, VALUES, VERDICTS, VERDICTS, VERDICTS, (False, True)))


def test_every_combination_of_facts_gives_true_and_whole_sentences():
    assert len(COMBINATIONS) > 1000
    verbs = {
        "down": {False: "daalt", True: "dalen"},
        "up": {False: "stijgt", True: "stijgen"},
        "same": {False: "blijft", True: "blijven"},
    }
    for a, c, time, group, interaction, plural in COMBINATIONS:
        shown = {"approach": VALUES[a], "control": VALUES[c]}
        sentences = outcome_sentences(facts(shown, time, group, interaction, plural), TEXTS, PHRASES)
        for sentence in sentences:
            sound(sentence)
        text = " ".join(sentences)
        for direction, forms in verbs.items():
            assert (f" {forms[plural]} " in sentences[0]) == (direction in (a, c)), text
            assert f" {forms[not plural]} " not in sentences[0], text
        claims = [time, group, interaction].count("significant")
        assert positive_claims(text) == claims, text
        assert text.count("het effect is klein") + text.count("dit effect is klein") == claims, text
        if a != c or a == "same":
            assert "Deze daling" not in text and "Deze stijging" not in text


@pytest.mark.parametrize(("direction", "noun", "wrong"), [("down", "daling", "stijging"), ("up", "stijging", "daling")])
def test_the_tested_change_has_the_direction_of_the_printed_values(direction, noun, wrong):
    for state in ("significant", "not_significant"):
        shown = {"approach": VALUES[direction], "control": VALUES[direction]}
        text = " ".join(outcome_sentences(facts(shown, time=state), TEXTS, PHRASES))
        assert f"Deze {noun} is " in text
        assert wrong not in text


def test_a_tested_change_against_the_printed_direction_gets_no_direction():
    moved = {"approach": VALUES["down"], "control": VALUES["down"]}
    agreeing = outcome_sentences(facts(moved, time="significant", tested_change=-5.0), TEXTS, PHRASES)
    opposite = outcome_sentences(facts(moved, time="significant", tested_change=0.2), TEXTS, PHRASES)
    assert agreeing[1].startswith("Deze daling is significant")
    assert opposite[1].startswith("Over beide groepen samen verschillen de metingen significant")


def test_a_tested_difference_against_the_printed_one_gets_no_direction():
    apart = {"approach": Shown(9.0, 8.0, "9", "8"), "control": Shown(5.0, 4.0, "5", "4")}
    agreeing = outcome_sentences(facts(apart, group="significant", tested_difference=3.0), TEXTS, PHRASES)
    opposite = outcome_sentences(facts(apart, group="significant", tested_difference=-0.2), TEXTS, PHRASES)
    assert "hoger" in " ".join(agreeing)
    assert "hoger" not in " ".join(opposite) and "lager" not in " ".join(opposite)


@pytest.mark.parametrize(("p", "said"), [(0.0004, "p < ,001"), (0.012, "p < ,05"), (0.05, "p ≥ ,05"), (0.4, "p ≥ ,05")])
def test_a_coarse_test_says_only_below_which_bound_p_lies(p, said):
    assert verdict({"p": p, "coarse": True}, None).p.replace("\xa0", " ") == said


def test_no_change_in_those_who_were_tested_is_no_direction():
    moved = {"approach": VALUES["down"], "control": VALUES["down"]}
    sentences = outcome_sentences(facts(moved, time="not_significant", tested_change=0.0), TEXTS, PHRASES)
    assert "daling" not in " ".join(sentences)


def test_equal_printed_values_are_no_change():
    shown = {"approach": VALUES["same"], "control": VALUES["same"]}
    sentences = outcome_sentences(facts(shown), TEXTS, PHRASES)
    assert sentences[0] == "Het geweld blijft in beide groepen gelijk: in de A-groep op 4 en in de controlegroep op 4."


def test_a_group_that_may_not_be_shown_gets_no_numbers_and_no_test():
    sentences = outcome_sentences(facts({"control": VALUES["down"]}, "significant"), TEXTS, PHRASES)
    assert sentences == [
        "Het geweld daalt in de controlegroep van 9 naar 4. In de A-groep zijn de aantallen te klein om te tonen."
    ]
    sentences = outcome_sentences(facts({}, "significant"), TEXTS, PHRASES)
    assert sentences == ["Over het geweld zijn in beide groepen de aantallen te klein om uitkomsten te tonen."]


def test_higher_and_lower_are_said_only_when_both_measurements_agree():
    high, low = Shown(8.0, 6.0, "8", "6"), Shown(7.0, 5.0, "7", "5")
    text = " ".join(outcome_sentences(facts({"approach": high, "control": low}, group="significant"), TEXTS, PHRASES))
    assert "is het geweld in de A-groep significant hoger dan in de controlegroep" in text
    text = " ".join(outcome_sentences(facts({"approach": low, "control": high}, group="significant"), TEXTS, PHRASES))
    assert "is het geweld in de A-groep significant lager dan in de controlegroep" in text
    crossing = {"approach": VALUES["down"], "control": VALUES["up"]}
    text = " ".join(outcome_sentences(facts(crossing, group="significant"), TEXTS, PHRASES))
    assert "hoger" not in text and "lager" not in text and "verschillen de groepen significant" in text


@pytest.mark.parametrize(
    ("approach", "control", "said"),
    [
        ("significant", "significant", "De verandering is in beide groepen significant."),
        ("significant", "not_significant", "De verandering is alleen in de A-groep significant (p = ,010)."),
        ("not_significant", "significant", "De verandering is alleen in de controlegroep significant (p = ,010)."),
        ("not_significant", "not_significant", "In geen van beide groepen is de verandering op zichzelf significant."),
    ],
)
def test_where_groups_develop_differently_each_is_said(approach, control, said):
    within = {"approach": VERDICTS[approach], "control": VERDICTS[control]}
    shown = {"approach": VALUES["down"], "control": VALUES["same"]}
    sentences = outcome_sentences(facts(shown, interaction="significant", within=within), TEXTS, PHRASES)
    assert sentences[-1] == said
    assert said not in outcome_sentences(facts(shown, interaction="not_significant", within=within), TEXTS, PHRASES)


def test_a_norm_is_compared_by_group_and_measurement():
    tests = [
        {"group": "approach", "wave": "T0", "above": False, "verdict": Verdict("significant", "p = ,010")},
        {"group": "control", "wave": "T0", "above": True, "verdict": Verdict("significant", "p = ,020")},
        {"group": "control", "wave": "follow_up", "above": False, "verdict": Verdict("not_significant", "p = ,300")},
    ]
    norm = {"label": "de norm", "value": 54, "text": "54", "tests": tests}
    shown = {"approach": VALUES["up"], "control": VALUES["up"]}
    assert outcome_sentences(facts(shown, norm=norm), TEXTS, PHRASES)[2:] == [
        "Het geweld ligt significant lager dan de norm (54) in de A-groep op T0 (p = ,010).",
        "Het geweld ligt significant hoger dan de norm (54) in de controlegroep op T0 (p = ,020).",
        "Het verschil met de norm (54) is niet significant in de controlegroep op T2 (p = ,300).",
    ]


@pytest.mark.parametrize(
    ("p", "size", "state"),
    [(0.049, "groot", "significant"), (0.0499999, "groot", "significant"), (0.05, "groot", "not_significant"),
     (0.001, "", "negligible"), (0.001, None, "significant"), (0.2, None, "not_significant")],
)  # fmt: skip
def test_significant_is_p_below_alpha_with_an_effect_that_is_at_least_small(p, size, state):
    result = verdict({"p": p, "effect_value": 0.3}, size)
    assert result.state == state
    assert (result.p == "") == (state == "negligible")
    assert verdict(None, None).state == "untested"


def test_one_incident_is_singular():
    unit = {"one": "incident per jaar", "many": "incidenten per jaar"}
    texts = [unit_text(unit, printed).replace(formats.NBSP, " ") for printed in ("1", "1,0", "0", "1,2", "21")]
    assert texts == [" incident per jaar"] * 2 + [" incidenten per jaar"] * 3
    assert unit_text(None, "7") == ""


STATES = ("significant", "not_significant", "untested")


def test_every_combination_of_class_facts_gives_true_sentences():
    for own, other, start, end in product(STATES, STATES, STATES, STATES):
        found = ClassFacts(
            label="ernst",
            article="de",
            class_label="ernstig geweld",
            units="huishoudens",
            shown={"approach": Shown(90, 60, "90%", "60%"), "control": Shown(88, 50, "88%", "50%")},
            change={"approach": VERDICTS[own], "control": VERDICTS[other]},
            difference={"T0": VERDICTS[start], "follow_up": VERDICTS[end]},
        )
        sentences = class_sentences(found, TEXTS, PHRASES)
        for sentence in sentences:
            sound(sentence)
        text = " ".join(sentences)
        assert ("in beide groepen significant" in text) == (own == other == "significant")
        assert ("in geen van beide groepen" in text) == (own == other == "not_significant")
        assert ("significant in de A-groep" in text) == ((own, other) == ("significant", "not_significant"))
        assert ("verschillen niet significant van elkaar, op T0 niet" in text) == (start == end == "not_significant")
        assert ("zowel op T0" in text) == (start == end == "significant")
        assert ("maar wel op T2" in text) == ((start, end) == ("not_significant", "significant"))


def test_a_class_outcome_without_showable_numbers_says_so():
    empty = ClassFacts("ernst van het geweld", "de", "ernstig geweld", "huishoudens", {}, {}, {})
    assert class_sentences(empty, TEXTS, PHRASES) == [
        "Over de ernst van het geweld zijn in beide groepen de aantallen te klein om uitkomsten te tonen."
    ]
    shown = {"control": Shown(88, 50, "88%", "50%")}
    one = ClassFacts("ernst", "de", "ernstig geweld", "huishoudens", shown, {}, {})
    assert class_sentences(one, TEXTS, PHRASES) == [
        "Ernstig geweld komt in de controlegroep op T0 voor bij 88% van de huishoudens en op T2 bij 50%. "
        "In de A-groep zijn de aantallen te klein om te tonen."
    ]
