"""Other ways to match by the same strategy, and who found no control."""

from dataclasses import asdict, replace

import numpy as np
import pandas as pd
import pytest

from effectstudie.definitions.result_tables.matching import VARIANTS
from effectstudie.definitions.strategies import Strategy
from effectstudie.matching.match import match_households
from effectstudie.matching.variants import MATCHED_COLUMNS, match_variants, variants_of

STRATEGY = Strategy(label="S", covariates=("x",), ratio=2, caliper=0.5, missing="complete")


def households(n=12, pool=60, seed=4):
    rng = np.random.default_rng(seed)
    x = np.concatenate([rng.normal(0.8, 1, n), rng.normal(0, 1, pool)])
    frame = pd.DataFrame({"household": [f"h{i}" for i in range(n + pool)], "order": range(1, n + pool + 1), "x": x})
    return frame.assign(role=["approach"] * n + ["pool"] * pool)


def test_each_variant_changes_one_choice():
    found = variants_of(STRATEGY)
    chosen = asdict(STRATEGY)
    changed = {name: dict(asdict(one).items() - chosen.items()) for name, one in found.items()}
    assert changed == {
        "as_chosen": {},
        "ratio_1": {"ratio": 1},
        "no_caliper": {"caliper": None},
        "half_caliper": {"caliper": 0.25},
        "caliper_0.2": {"caliper": 0.2},
        "smallest_first": {"order": "smallest"},
    }
    assert set(variants_of(replace(STRATEGY, ratio=1, caliper=None))) == {
        "as_chosen", "ratio_2", "caliper_0.2", "smallest_first",
    }  # fmt: skip


def test_optimal_and_full_matching_vary_in_what_they_have():
    plain = {"covariates": ["x"], "missing": "complete"}
    optimal, full = (
        Strategy.of(plain | of) for of in ({"design": "optimal", "ratio": 2}, {"design": "full", "caliper": 1})
    )
    assert variants_of(optimal) == {
        "as_chosen": optimal,
        "ratio_1": replace(optimal, ratio=1),
        "nearest": replace(optimal, design="nearest", order="largest"),
    }
    assert variants_of(full) == {
        "as_chosen": full,
        "no_caliper": replace(full, caliper=None),
        "half_caliper": replace(full, caliper=0.5),
        "caliper_0.2": replace(full, caliper=0.2),
    }


def test_of_weights_only_the_kind_of_weights_varies():
    weighs = Strategy.of({"covariates": ["x"], "design": "overlap", "missing": "complete"})
    assert variants_of(weighs) == {"as_chosen": weighs, "entropy": replace(weighs, design="entropy")}
    assert list(variants_of(replace(weighs, design="entropy"))) == ["as_chosen", "overlap"]
    table, matched = match_variants(households(30, 90), weighs, 1)
    assert VARIANTS.problems(table) == []
    assert table[["ratio", "caliper", "order"]].isna().all(axis=None)
    assert table["max_smd"].max() < 1e-6
    assert matched.groupby("variant")["household"].nunique().to_dict() == {"as_chosen": 120, "entropy": 120}


def test_every_variant_is_matched_and_described():
    table, matched = match_variants(households(), STRATEGY, 1)
    assert list(table.columns) == VARIANTS.names and list(matched.columns) == MATCHED_COLUMNS
    assert (table["note"] == "").all()
    counts = matched[matched["group"] == "control"].groupby("variant").size()
    for row in table.itertuples():
        assert counts[row.variant] == row.n_controls
        assert row.n_approach + row.n_unmatched == 12
        assert 0 <= row.mean_smd <= row.max_smd
        own, first = (set(matched.loc[matched["variant"] == name, "household"]) for name in (row.variant, "as_chosen"))
        assert row.apart_approach + row.apart_controls == len(own ^ first)
    chosen = match_households(households(), STRATEGY, 1).matched
    ours = matched[matched["variant"] == "as_chosen"].drop(columns="variant").reset_index(drop=True)
    pd.testing.assert_frame_equal(ours, chosen[MATCHED_COLUMNS[1:]], check_like=True)


def test_smallest_first_gives_the_pairs_of_an_independent_matcher_in_that_order():
    frame = households()
    result = match_households(frame, replace(STRATEGY, ratio=1, order="smallest"), 1)
    largest = match_households(frame, replace(STRATEGY, ratio=1), 1)
    p = largest.candidates.set_index("household")["propensity_score"]
    assert result.matched.set_index("household")["propensity_score"].to_dict() == pytest.approx(
        p[result.matched["household"]].to_dict()
    )
    lp = np.log(p / (1 - p)).reindex(frame["household"]).to_numpy()
    treated = frame["role"].eq("approach").to_numpy()
    caliper = 0.5 * lp.std(ddof=1)
    free = set(np.flatnonzero(~treated))
    expected = {}
    for at in sorted(np.flatnonzero(treated), key=lambda i: lp[i]):
        near = min(free, key=lambda j: abs(lp[at] - lp[j]))
        if abs(lp[at] - lp[near]) <= caliper:
            expected[at] = near
            free.remove(near)
    sets = result.matched.groupby("subclass")["household"].apply(list)
    assert {tuple(pair) for pair in sets} == {(f"h{a}", f"h{b}") for a, b in expected.items()}


def test_a_variant_that_cannot_be_matched_says_why_and_the_others_go_on():
    frame = households()
    frame.loc[frame["role"] == "pool", "x"] -= 40
    table, matched = match_variants(frame, replace(STRATEGY, caliper=None), 1)
    notes = table.set_index("variant")["note"]
    assert notes["caliper_0.2"].startswith("No approach household has a control within 0.2 SD")
    assert notes["as_chosen"] == ""
    assert "caliper_0.2" not in set(matched["variant"])


@pytest.mark.parametrize("caliper", [0.4, 0.2])
def test_variants_that_come_out_the_same_are_one(caliper):
    """Half of 0.4 is the usual caliper: twice the same matching would have two votes."""
    found = list(variants_of(replace(STRATEGY, caliper=caliper)).values())
    assert all(one not in found[place + 1 :] for place, one in enumerate(found))
    assert ("caliper_0.2" in variants_of(replace(STRATEGY, caliper=caliper))) is False
