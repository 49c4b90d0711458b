import pytest
from given.outcome_facts import VALUES, VERDICTS
from given.prose_reading import PHRASES, TEXTS
from given.told import told

from effectstudie.report.prose.means import outcome_sentences
from effectstudie.report.prose.outcome import OutcomeFacts, Shown, Single, Verdict


def both(direction):
    return {"approach": VALUES[direction], "control": VALUES[direction]}


@pytest.mark.parametrize(("direction", "noun", "wrong"), [("down", "daling", "stijging"), ("up", "stijging", "daling")])
def test_the_tested_change_has_the_direction_of_the_printed_values(direction, noun, wrong):
    for state in ("significant", "not_significant"):
        text = " ".join(told(both(direction), time=state))
        assert f"Deze {noun} is " in text
        assert wrong not in text


def test_a_tested_change_against_the_printed_direction_is_said_to_go_the_other_way():
    agreeing = told(both("down"), time="significant", tested_change=-5.0)
    opposite = told(both("down"), time="significant", tested_change=0.2)
    assert agreeing[1].startswith("Deze daling is significant")
    assert opposite[1] == (
        "Bij de deelnemers met beide metingen gaat het verschil over beide groepen samen de andere kant op; dat "
        "verschil is significant en het effect is klein tot gemiddeld (p = ,010; partiële η² = ,10)."
    )


def test_a_significant_change_between_values_that_print_alike_is_explained():
    assert told(both("same"), time="significant")[1].startswith(
        "Afgerond zijn de metingen gelijk, maar bij de deelnemers"
    )


def test_a_tested_difference_against_the_printed_one_gets_no_direction():
    apart = {"approach": Shown(9.0, 8.0, "9", "8"), "control": Shown(5.0, 4.0, "5", "4")}
    assert "hoger" in " ".join(told(apart, group="significant", tested_difference=3.0))
    for difference in (-0.2, 0.0):
        text = " ".join(told(apart, group="significant", tested_difference=difference))
        assert "hoger" not in text and "lager" not in text


def test_no_change_in_those_who_were_tested_is_no_direction():
    assert "daling" not in " ".join(told(both("down"), time="not_significant", tested_change=0.0)[1:])


def test_equal_printed_values_are_no_change():
    assert told(both("same"))[0] == (
        "Het geweld blijft in beide groepen gelijk: in de A-groep op 4 en in de controlegroep op 4."
    )


def test_a_group_that_may_not_be_shown_gets_no_numbers_and_the_other_its_own_test():
    sentences = told({"control": VALUES["down"]}, "significant", within={"control": VERDICTS["not_significant"]})
    assert sentences == [
        "Het geweld daalt in de controlegroep van 9 naar 4.",
        "In de controlegroep is het verschil tussen de metingen niet significant (p = ,500).",
        "In de A-groep zijn de aantallen te klein om te tonen.",
    ]
    assert told({}, "significant") == [
        "Over het geweld zijn in beide groepen de aantallen te klein om uitkomsten te tonen."
    ]


def test_a_group_that_is_shown_but_has_too_few_pairs_is_said_to_be_untested():
    assert told({"control": VALUES["down"]})[1] == (
        "In de controlegroep is een toets van het verschil tussen de metingen niet mogelijk, omdat er te weinig "
        "deelnemers met beide metingen zijn."
    )


@pytest.mark.parametrize(
    ("single", "said"),
    [
        (
            {"approach": Single("T0", "29%"), "control": Single("T0", "9%")},
            ["Op T0 is het geweld 29% in de A-groep en 9% in de controlegroep.",
             "Op T2 zijn de aantallen te klein om te tonen."],
        ),
        (
            {"approach": Single("T0", "29%"), "control": Single("follow_up", "9%")},
            ["In de A-groep is het geweld op T0 29%; op T2 zijn de aantallen te klein om te tonen.",
             "In de controlegroep is het geweld op T2 9%; op T0 zijn de aantallen te klein om te tonen."],
        ),
        (
            {"control": Single("T0", "9%")},
            ["In de A-groep zijn de aantallen te klein om te tonen.",
             "In de controlegroep is het geweld op T0 9%; op T2 zijn de aantallen te klein om te tonen."],
        ),
    ],
)  # fmt: skip
def test_a_value_at_one_measurement_is_said(single, said):
    assert told({}, single=single) == said


def test_numbers_that_are_hidden_because_everyone_is_in_one_class_are_not_called_small():
    hidden = "geen uitkomsten te tonen, omdat die tot personen te herleiden zijn."
    for shown, single in (({}, {}), ({"control": VALUES["up"]}, {}), ({}, {"control": Single("T0", "100%")})):
        text = " ".join(told(shown, single=single, uniform=True))
        assert hidden in text and "klein" not in text


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("pairs", "niet mogelijk, omdat er te weinig deelnemers met beide metingen zijn."),
        ("spread", "niet mogelijk, omdat er tussen deelnemers geen spreiding is."),
        ("", "niet mogelijk."),
        ("classes", "niet mogelijk."),
    ],
)
def test_an_undefined_test_is_said_with_its_reason(reason, said):
    undefined = Verdict("untested", reason=reason)
    one = OutcomeFacts(
        outcome="v", label="geweld", article="het", better="", shown=both("up"), within={},
        time=undefined, group=undefined, interaction=undefined,
    )  # fmt: skip
    sentences = outcome_sentences(one, TEXTS, PHRASES)
    assert len(sentences) == 2 and sentences[1].endswith(said)
    assert sentences[1].startswith(
        "Een toets van het verschil tussen de metingen en van de verschillen tussen de groepen"
    )


def test_tests_that_are_undefined_for_different_reasons_are_said_one_by_one():
    undefined = [Verdict("untested", reason=reason) for reason in ("spread", "pairs", "")]
    one = OutcomeFacts(
        outcome="v", label="geweld", article="het", better="", shown=both("up"), within={},
        **dict(zip(("time", "group", "interaction"), undefined, strict=True)),
    )  # fmt: skip
    assert outcome_sentences(one, TEXTS, PHRASES)[1:] == [
        "Een toets van het verschil tussen de metingen is niet mogelijk, omdat er tussen deelnemers geen spreiding is.",
        "Een toets van het verschil tussen de groepen is niet mogelijk, omdat er te weinig deelnemers met beide "
        "metingen zijn.",
        "Een toets van het verschil in ontwikkeling is niet mogelijk.",
    ]


def test_higher_and_lower_are_said_only_when_both_measurements_agree():
    high, low = Shown(8.0, 6.0, "8", "6"), Shown(7.0, 5.0, "7", "5")
    text = " ".join(told({"approach": high, "control": low}, group="significant"))
    assert "is het geweld in de A-groep significant hoger dan in de controlegroep" in text
    text = " ".join(told({"approach": low, "control": high}, group="significant"))
    assert "is het geweld in de A-groep significant lager dan in de controlegroep" in text
    text = " ".join(told({"approach": VALUES["down"], "control": VALUES["up"]}, group="significant"))
    assert "hoger" not in text and "lager" not in text and "verschillen de groepen significant" in text


def test_the_larger_change_is_named_where_print_and_test_agree():
    shown = {"approach": Shown(9, 2, "9", "2"), "control": Shown(9, 5, "9", "5")}
    larger = "De daling is in de A-groep significant groter dan in de controlegroep; dit effect is klein tot gemiddeld"
    for tested, expected in ((None, True), ((-6.0, -3.0), True), ((-3.0, -6.0), False), ((-6.0, 1.0), False)):
        changes = dict(zip(("approach", "control"), tested, strict=True)) if tested else {}
        text = " ".join(told(shown, interaction="significant", tested_within=changes))
        assert (larger in text) == expected
        assert ("De ontwikkeling verschilt significant tussen de groepen" in text) != expected


SIZED = " (p = ,010; partiële η² = ,10)"


@pytest.mark.parametrize(
    ("approach", "control", "said"),
    [
        ("significant", "significant",
         ["De verandering is in beide groepen significant, met een klein tot gemiddeld effect in de A-groep" + SIZED
          + " en een klein tot gemiddeld effect in de controlegroep" + SIZED + "."]),
        ("significant", "not_significant",
         ["In de A-groep is de verandering significant; het effect is klein tot gemiddeld" + SIZED + ".",
          "In de controlegroep is het verschil tussen de metingen niet significant (p = ,500)."]),
        ("negligible", "untested",
         ["In de A-groep is het verschil tussen de metingen kleiner dan wat als een klein effect geldt; het blijft "
          "buiten beschouwing.",
          "In de controlegroep is een toets van het verschil tussen de metingen niet mogelijk."]),
        ("not_significant", "not_significant",
         ["In beide groepen is het verschil tussen de metingen op zichzelf niet significant (A: p = ,500; "
          "controlegroep: p = ,500)."]),
    ],
)  # fmt: skip
def test_where_groups_develop_differently_each_is_said(approach, control, said):
    within = {"approach": VERDICTS[approach], "control": VERDICTS[control]}
    assert told(both("down"), interaction="significant", within=within)[-len(said) :] == said
    assert said[-1] not in told(both("down"), interaction="not_significant", within=within)


def test_a_significant_change_of_a_group_whose_values_print_alike_is_no_change_in_words():
    within = {"approach": VERDICTS["not_significant"], "control": VERDICTS["significant"]}
    shown = {"approach": VALUES["down"], "control": VALUES["same"]}
    assert told(shown, interaction="significant", within=within)[-1] == (
        "Bij de deelnemers met beide metingen verschillen in de controlegroep de metingen significant van elkaar, maar "
        "niet zoals de waarden hierboven; het effect is klein tot gemiddeld" + SIZED + "."
    )


def test_a_norm_is_compared_by_group_and_measurement():
    def against(group, wave, above, *verdict_):
        return {"group": group, "wave": wave, "above": above, "verdict": Verdict(*verdict_)}

    tests = [
        against("approach", "T0", False, "significant", "p = ,010"),
        against("control", "T0", True, "significant", "p = ,020"),
        against("approach", "follow_up", False, "untested"),
        against("control", "follow_up", True, "significant", "p = ,030"),
    ]
    norm = {"label": "de norm", "value": 54, "text": "54", "tests": tests}
    assert told(both("up"), norm=norm)[2:] == [
        "Het geweld ligt significant lager dan de norm (54) in de A-groep op T0 (p = ,010).",
        "Het geweld ligt significant hoger dan de norm (54) in de controlegroep (T0: p = ,020; T2: p = ,030).",
        "Het verschil met de norm (54) is niet getoetst in de A-groep op T2.",
    ]


def test_an_outcome_without_article_is_named_again():
    one = OutcomeFacts(
        outcome="v", label="letsel", article="", better="", place=1, within={},
        shown={"approach": VALUES["down"], "control": VALUES["up"]},
        **dict.fromkeys(("time", "group", "interaction"), VERDICTS["not_significant"]),
    )  # fmt: skip
    first = outcome_sentences(one, TEXTS, PHRASES)[0]
    assert first == "In de A-groep daalt letsel van 9 naar 4, terwijl letsel in de controlegroep stijgt van 4 naar 9."
