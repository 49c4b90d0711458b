"""Tables of who took part."""

import pandas as pd
import pytest
from given.shown_values import HEADS, LABELS, NAN, values

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.report.tables.sample import background, participants


def test_participants_are_counted_by_group_and_measurement():
    frame = values(
        ("participation", "", "", "household", "approach", "T0", 51, 51, NAN, ""),
        ("participation", "", "", "household", "control", "T0", 61, 61, NAN, ""),
        ("participation", "", "", "youth", "approach", "T0", NAN, NAN, NAN, "size"),
    )
    table = participants(frame, LABELS, HEADS["participants"])
    assert [column.head for column in table.columns] == [
        "Deelnemers", "Multifocus, T0", "Multifocus, T2", "Controlegroep, T0", "Controlegroep, T2"
    ]  # fmt: skip
    assert table.printed()[0] == ["Huishoudens", "51", "–", "61", "–"]
    assert table.printed()[3] == ["Jeugdigen", "–", "–", "–", "–"]


@pytest.mark.parametrize(("coarse", "said"), [(True, "p < ,05"), (False, "p < ,01")])
def test_background_has_a_row_per_class_and_one_verdict_per_block(coarse, said):
    frame = values(
        ("participation", "", "", "adult", "approach", "T0", 64, 64, NAN, ""),
        ("participation", "", "", "adult", "control", "T0", 71, 71, NAN, ""),
        ("age", "young", "18-25 jaar", "adult", "approach", "T0", 64, 25.0, NAN, ""),
        ("age", "old", "ouder", "adult", "approach", "T0", 64, 75.0, NAN, ""),
        ("age", "young", "18-25 jaar", "adult", "control", "T0", 71, NAN, NAN, "cell"),
        ("age", "old", "ouder", "adult", "control", "T0", 71, NAN, NAN, "partner"),
    )
    tests = pd.DataFrame(
        [("age", "group", "T0", 0.004), ("age", "group", "follow_up", 0.9)], columns=["outcome", "effect", "wave", "p"]
    ).assign(coarse=coarse)
    age = {"label": "Leeftijd", "unit": "adult", "kind": "class", "decimals": 1, "measure": "%"}
    assert background(frame, tests, outcomes_from({"age": age}), ["age"], LABELS, HEADS["background"]).printed() == [
        ["Aantal volwassenen", "", "64", "71", ""],
        ["Leeftijd", "18–25 jaar", "25,0%", "–", said.replace(" ", "\u00a0")],
        ["Leeftijd", "ouder", "75,0%", "–", ""],
    ]


def test_background_without_a_test_shows_a_dash():
    frame = values(("age", "", "leeftijd", "child", "approach", "T0", 29, 10.45, 4.0, ""))
    age = {"label": "Leeftijd", "unit": "child", "kind": "mean", "decimals": 1, "measure": "jaar"}
    tests = pd.DataFrame(columns=["outcome", "effect", "wave", "p"])
    table = background(frame, tests, outcomes_from({"age": age}), ["age"], LABELS, HEADS["background"])
    assert table.printed()[1] == ["Leeftijd", "jaar", "10,5", "–", "–"]
