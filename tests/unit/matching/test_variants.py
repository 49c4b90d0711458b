"""Other ways to match by the same strategy, and who found no control."""

import pandas as pd
from given.candidates import STRATEGY, households

from effectstudie.matching.match import match_households
from effectstudie.matching.variants import COLUMNS, MATCHED_COLUMNS, match_variants, variants_of


def test_each_variant_changes_one_choice():
    found = variants_of(STRATEGY)
    changed = {name: {key: one[key] for key in one if one[key] != STRATEGY.get(key)} for name, one in found.items()}
    assert changed == {
        "as_chosen": {},
        "ratio_1": {"ratio": 1},
        "no_caliper": {"caliper": None},
        "half_caliper": {"caliper": 0.25},
        "caliper_0.2": {"caliper": 0.2},
        "smallest_first": {"order": "smallest"},
    }
    assert set(variants_of({**STRATEGY, "ratio": 1, "caliper": None})) == {
        "as_chosen", "ratio_2", "caliper_0.2", "smallest_first",
    }  # fmt: skip


def test_every_variant_is_matched_and_described():
    table, matched = match_variants(households(), STRATEGY, 1)
    assert list(table.columns) == COLUMNS and list(matched.columns) == MATCHED_COLUMNS
    assert (table["note"] == "").all()
    counts = matched[matched["group"] == "control"].groupby("variant").size()
    for row in table.itertuples():
        assert counts[row.variant] == row.n_controls
        assert row.n_approach + row.n_unmatched == 12
        assert 0 <= row.mean_smd <= row.max_smd
    chosen = match_households(households(), STRATEGY, 1).matched
    ours = matched[matched["variant"] == "as_chosen"].drop(columns="variant").reset_index(drop=True)
    pd.testing.assert_frame_equal(ours, chosen[MATCHED_COLUMNS[1:]], check_like=True)


def test_a_variant_that_cannot_be_matched_says_why_and_the_others_go_on():
    frame = households()
    frame.loc[frame["role"] == "pool", "x"] -= 40
    table, matched = match_variants(frame, {**STRATEGY, "caliper": None}, 1)
    notes = table.set_index("variant")["note"]
    assert notes["caliper_0.2"].startswith("No approach household has a control within 0.2 SD")
    assert notes["as_chosen"] == ""
    assert "caliper_0.2" not in set(matched["variant"])
