"""The table of all outcomes in a row says of each what the figures and the sentences say."""

import pandas as pd
import pytest
from given.outcome_facts import both, facts
from given.words import TEXTS

from effectstudie.definitions.outcomes import outcomes_from
from effectstudie.report.tables.key import key_table

LABELS = {"groups": {"approach": "A", "control": "C"}, "waves": {"T0": "T0", "follow_up": "T2"}}
OUTCOMES = outcomes_from({"drinking": {"decimals": 0, "kind": "mean", "better": "lower"}})
ESTIMATE = ["outcome", "value", "ci_low", "ci_high", "verdict"]


LEVELS = ["outcome", "group", "mean_t0", "mean_follow_up", "bound_t0", "bound_value_t0", "bound_follow_up"]
NAN = float("nan")


def row(found, levels, *estimate, outcomes=OUTCOMES):
    """`levels`: group → before and after, and which bound may be said of the first."""
    frame = pd.DataFrame([("drinking", *estimate)] if estimate else [], columns=ESTIMATE)
    rows = [("drinking", group, before, after, *(bound or ("", NAN)), "")
            for group, (before, after, *bound) in levels.items()]  # fmt: skip
    table = key_table([found], frame, pd.DataFrame(rows, columns=LEVELS), outcomes, LABELS, TEXTS)
    heads = [column.head for column in table.columns]
    return dict(zip(heads, (cell.replace("\u00a0", " ") for cell in table.printed()[0]), strict=True))


@pytest.mark.parametrize(("pair", "said"), [(both("down"), "verbetert (klein tot gemiddeld)"),
                                            (both("up"), "verslechtert (klein tot gemiddeld)"),
                                            (both("up", "down"), "verandert (klein tot gemiddeld)")])  # fmt: skip
def test_the_levels_of_the_tested_and_what_is_found_stand_in_one_row(pair, said):
    levels = {group: {"down": (9.0, 4.0), "up": (4.0, 9.0)}[pair[group]] for group in pair}
    cells = row(facts(pair, "significant", estimated="better"), levels, -3.0, -5.0, -1.0, "better")
    assert [cells[head] for head in ("A T0", "A T2", "C T0", "C T2")] == [
        f"{value:.0f}" for group in ("approach", "control") for value in levels[group]
    ]
    assert cells["Beide groepen samen"] == said
    assert (cells["Effect en 95%-interval"], cells["Beter is"], cells["Oordeel"]) == ("−3 [−5; −1]", "lager", "beter")


def test_what_may_not_be_shown_is_a_dash_or_a_bound_and_of_a_hidden_estimate_only_the_verdict_is_told():
    cells = row(facts({"control": "up"}, "significant"), {"control": (4.0, 9.0)})
    assert list(cells.values())[1:] == ["–", "–", "4", "9", "te weinig deelnemers", "–", "lager", "–"]
    share = outcomes_from({"drinking": {"decimals": 0, "kind": "percentage", "better": "lower"}})
    levels = {"approach": (NAN, 40.0, "fewer", 10.0), "control": (9.0, 4.0)}
    hidden = row(facts(both("bound", "down"), estimated="hidden"), levels, NAN, NAN, NAN, "better", outcomes=share)
    assert [hidden[head] for head in ("A T0", "A T2", "C T0")] == ["< 10%", "40%", "9%"]
    assert (hidden["Effect en 95%-interval"], hidden["Oordeel"]) == ("–", "beter")
