import pandas as pd
from given.outcome_facts import VALUES, facts
from given.words import TEXTS

from effectstudie.report.tables.key import key_table

LABELS = {"groups": {"approach": "A", "control": "C"}, "waves": {"T0": "T0", "follow_up": "T2"}}
DEFINITION = {"drinking": {"decimals": 0, "kind": "mean"}}


def key_row(values, found):
    """The row of one outcome; `values`: (group, wave) → value."""
    frame = pd.DataFrame([("drinking", *place, value) for place, value in values.items()])
    frame.columns = ["outcome", "group", "wave", "value"]
    return key_table([found], frame, DEFINITION, LABELS, TEXTS)


def test_the_key_table_has_the_values_and_the_findings_of_an_outcome():
    places = [(group, wave) for group in ("approach", "control") for wave in ("T0", "follow_up")]
    both = facts({"approach": VALUES["down"], "control": VALUES["down"]}, "significant")
    table = key_row(dict(zip(places, (9.0, 4.0, 8.6, 4.0), strict=True)), both)
    assert [column.head for column in table.columns][:5] == ["Uitkomst", "A T0", "A T2", "C T0", "C T2"]
    assert table.printed()[0][1:6] == ["9", "4", "9", "4", "verbetert (klein tot gemiddeld)"]
    assert table.rows[0][3].value == 8.6


def test_the_key_table_shows_dashes_for_what_may_not_be_shown():
    values = {("approach", "T0"): float("nan"), ("control", "T0"): 4.0, ("control", "follow_up"): 9.0}
    table = key_row(values, facts({"control": VALUES["up"]}, "significant"))
    assert table.printed()[0][1:] == ["–", "–", "4", "9", "te kleine aantallen", "te kleine aantallen"]
