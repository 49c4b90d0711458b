"""Sentences about an outcome in classes."""

from given.outcome_facts import VERDICTS
from given.prose_reading import PHRASES, TEXTS

from effectstudie.report.prose.classes import class_sentences
from effectstudie.report.prose.outcome import ClassFacts, Shown

WORST = {
    "approach": Shown(90, 60, "90%", "60%", change=-30),
    "control": Shown(88, 50, "88%", "50%", change=-38),
}


def severity(shown, change=("untested",) * 2, difference=("untested",) * 2):
    sentences = class_sentences(
        ClassFacts(
            label="ernst van het geweld",
            article="de",
            class_label="ernstig geweld",
            units="huishoudens",
            shown=shown,
            change=dict(zip(("approach", "control"), (VERDICTS[one] for one in change), strict=True)),
            difference=dict(zip(("T0", "follow_up"), (VERDICTS[one] for one in difference), strict=True)),
        ),
        TEXTS,
        PHRASES,
    )
    return [sentence.replace("\u00a0", " ") for sentence in sentences]


def test_a_class_outcome_is_told_by_the_share_of_its_worst_class():
    assert severity(WORST, ("significant", "not_significant"), ("not_significant", "significant")) == [
        "Het aandeel huishoudens met ernstig geweld daalt in beide groepen: in de A-groep van 90% naar 60% en in de "
        "controlegroep van 88% naar 50%.",
        "In de A-groep verandert de verdeling over de klassen significant (p = ,010).",
        "In de controlegroep verandert de verdeling over de klassen niet significant (p = ,500).",
        "De groepen verschillen op T0 niet significant van elkaar (p = ,500), maar op T2 wel (p = ,010).",
    ]


def test_where_one_group_is_too_small_the_other_is_told_alone_and_not_compared():
    assert severity({"control": WORST["control"]}, ("significant", "significant"), ("significant", "significant")) == [
        "Het aandeel huishoudens met ernstig geweld daalt in de controlegroep van 88% naar 50%.",
        "In de controlegroep verandert de verdeling over de klassen significant (p = ,010).",
        "Over de A-groep is hier niets te zeggen: het zou over te weinig deelnemers gaan, of iets over elk van hen "
        "verraden.",
    ]
    (none,) = severity({})
    assert none.startswith("Over de ernst van het geweld zijn geen cijfers te tonen")
