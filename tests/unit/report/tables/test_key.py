"""The table of the summary."""

from given.outcome_facts import DOWN, VALUES, facts
from given.prose_reading import TEXTS

from effectstudie.report.prose.outcome import Single
from effectstudie.report.tables.key import key_table


def test_the_key_table_shows_dashes_for_what_may_not_be_shown():
    labels = {"groups": {"approach": "A", "control": "C"}, "waves": {"T0": "T0", "follow_up": "T2"}}
    start = {"approach": Single("T0", "6")}
    found = [facts(DOWN, "significant"), facts({"control": VALUES["up"]}, "significant"), facts({}, single=start)]
    table = key_table(found, labels, TEXTS)
    assert table.columns.tolist()[:5] == ["Uitkomst", "A T0", "A T2", "C T0", "C T2"]
    assert table.values.tolist()[0][1:6] == ["9", "4", "9", "4", "verbetert (klein tot gemiddeld)"]
    assert table.values.tolist()[1][1:] == ["–", "–", "4", "9", "te kleine aantallen", "te kleine aantallen"]
    assert table.values.tolist()[2][1:5] == ["6", "–", "–", "–"]
