from math import isnan, nan, sqrt

import numpy as np
import pandas as pd
import pytest
from given.imputed import OUTCOMES, STRATEGY, answers, households, known_values, on_disk, renamed
from given.r_packages import needs_mice
from pandas.testing import assert_frame_equal

from effectstudie.analysis.effect.table import effects_of
from effectstudie.analysis.imputation import pooled
from effectstudie.analysis.imputation.pooled import imputed_effects, pooled_estimate
from effectstudie.analysis.pairs import wide
from effectstudie.definitions.outcomes import compared_over_time
from effectstudie.definitions.result_tables.effect import IMPUTED
from effectstudie.matching.match import match_households
from effectstudie.methods.estimate import Estimate, t_estimate
from effectstudie.shared import r_bridge
from effectstudie.shared.errors import MatchingError

FIGURES = ["value", "se", "df", "p", "ci_low", "ci_high"]


def table(path, frame, m=5, imputer=known_values, estimand="persons", seed=1):
    return imputed_effects(frame, path, STRATEGY, OUTCOMES, estimand, m, seed, imputer)


def estimated(frame, analysis):
    """The study's own estimates, of the same matching."""
    result = match_households(frame, STRATEGY, 1)
    over_time = compared_over_time(OUTCOMES)
    pairs = {name: wide(analysis, result.matched, name, outcome.unit) for name, outcome in over_time.items()}
    candidates = result.covariates_of_candidates.set_index("household").drop(columns="stratum")
    return effects_of(pairs, candidates, result.matched, over_time, {}, "persons").estimates


def test_estimates_are_pooled_by_rubin_and_barnard_rubin():
    """The numbers of mice's pool; degrees of freedom of complete data: their mean."""
    values, errors = (0.40, 0.52, 0.31, 0.47, 0.45), (0.20, 0.22, 0.21, 0.19, 0.20)
    dfs = (60, 100, 70, 90, 80)
    found = pooled_estimate([t_estimate(*one, 0, 0) for one in zip(values, errors, dfs, strict=True)])
    assert (found.within, found.between) == pytest.approx((0.04172, 0.00635))
    assert (found.estimate.value, found.estimate.se) == pytest.approx((0.43, sqrt(0.04934)))
    assert (found.estimate.df, found.fmi) == pytest.approx((47.36887, 0.1880134), rel=1e-6)


def test_one_estimate_stays_as_it_is():
    alone = t_estimate(1.0, 0.5, 7.5, 9, 9)
    found = pooled_estimate([alone])
    assert (found.estimate, found.within, found.between, found.fmi) == (alone, 0.25, 0.0, 0.0)


def test_without_gaps_the_effect_is_that_of_the_study(tmp_path):
    frame = households(gaps=0)
    found, want = table(on_disk(tmp_path, frame), frame), estimated(frame, answers(frame))
    assert list(found["outcome"]) == list(want["outcome"]) == ["safety", "stress"]
    assert_frame_equal(found[FIGURES], want[FIGURES])
    assert list(found["n_smallest"]) == list(want[["n_approach", "n_control"]].min(axis=1))
    assert (found["m"] == 0).all() and (found["reason"] == "nothing_missing").all()
    assert (found[["between", "fmi"]] == 0).all(axis=None)


def test_with_gaps_it_is_what_the_imputed_data_sets_give_apart(tmp_path):
    frame = households()
    path, m = on_disk(tmp_path, frame), 4
    found = table(path, frame, m=m).set_index("outcome")
    rows = frame.sort_values("order", ignore_index=True)
    columns = rows[["beside", "x", "yes"]]
    sets = known_values(columns, None, m, 1)
    apart = [estimated(rows.assign(**one), answers(frame)).set_index("outcome") for one in sets]
    for name in ("safety", "stress"):
        values = np.array([one["value"][name] for one in apart])
        errors = np.array([one["se"][name] for one in apart])
        row = found.loc[name]
        within, between = (errors**2).mean(), values.var(ddof=1)
        assert (row["value"], row["within"], row["between"]) == pytest.approx((values.mean(), within, between))
        assert row["se"] == pytest.approx(sqrt(within + (1 + 1 / m) * between)) and between > 0
        # above 0 even where nothing is uncertain, below what the draws would take away
        assert 0 < row["df"] < np.mean([one["df"][name] for one in apart])
        assert row["n_smallest"] == min(one.loc[name, ["n_approach", "n_control"]].min() for one in apart)
    assert IMPUTED.problems(found.reset_index()) == []
    assert found["note"].isna().all() and found["reason"].isna().all() and (found["m"] == m).all()
    # the approach gained two
    assert found.loc["safety", "ci_low"] < 2 < found.loc["safety", "ci_high"]
    assert found.loc["safety", "p"] < 0.01 < found.loc["stress", "p"]


@pytest.mark.parametrize("imputer", [known_values, pytest.param(r_bridge.impute, marks=needs_mice)])
def test_neither_order_of_rows_nor_names_change_a_digit(tmp_path, imputer):
    frame = households()
    other, answered = renamed(frame, answers(frame))
    (tmp_path / "other").mkdir()
    found = table(on_disk(tmp_path, frame), frame, imputer=imputer)
    again = table(on_disk(tmp_path / "other", other, answered), other, imputer=imputer)
    assert found.to_csv() == again.to_csv()
    assert found["value"].notna().all()


def test_an_outcome_without_an_estimate_in_some_data_set_has_none(tmp_path, monkeypatch):
    real, calls = pooled.adjusted_att, []

    def sometimes(of, order):
        calls.append(of)
        found = real(of, order)
        return (found[0], Estimate(note="too few", reason="households")) if len(calls) == 2 else found

    monkeypatch.setattr(pooled, "adjusted_att", sometimes)
    frame = households()
    first, second = table(on_disk(tmp_path, frame), frame).to_dict("records")
    assert (first["note"], first["reason"]) == ("undefined in 1 of 5 imputations: too few", "households")
    assert isnan(first["value"]) and isnan(first["fmi"]) and first["n_smallest"] > 0
    assert second["value"] == second["value"]


def test_a_data_set_that_cannot_be_matched_leaves_no_effect_and_says_so(tmp_path, monkeypatch):
    real, calls = pooled.match_households, []

    def once(*given):
        calls.append(given)
        if len(calls) == 3:
            raise MatchingError("No approach household has a control.")
        return real(*given)

    monkeypatch.setattr(pooled, "match_households", once)
    frame = households()
    found = table(on_disk(tmp_path, frame), frame)
    assert set(found["note"]) == {"1 of 5 data sets could not be matched: No approach household has a control."}
    assert (
        set(found["reason"]) == {"fit"}
        and found["value"].isna().all()
        and list(found["outcome"])
        == [
            "safety",
            "stress",
        ]
    )


def test_what_cannot_be_imputed_leaves_no_effect_and_says_so(tmp_path):
    frame = households()
    frame.loc[frame["role"] == "pool", "yes"] = np.nan
    found = table(on_disk(tmp_path, frame), frame)
    assert set(found["note"]) == {"nobody of the pool has yes"} and set(found["reason"]) == {"input"}
    assert found["value"].isna().all() and (found["m"] == 0).all()


def test_households_may_be_what_the_effect_is_of(tmp_path):
    frame = households()
    path = on_disk(tmp_path, frame)
    # one unit a household: persons and households are the same
    pd.testing.assert_frame_equal(table(path, frame), table(path, frame, estimand="households"))


@needs_mice
def test_mice_finds_the_effect_and_another_seed_gives_other_draws(tmp_path):
    frame = households()
    path = on_disk(tmp_path, frame)
    found, other = (table(path, frame, imputer=r_bridge.impute, seed=seed) for seed in (1, 2))
    row = found.set_index("outcome").loc["safety"]
    assert row["ci_low"] < 2 < row["ci_high"] and row["p"] < 0.01 and 0 < row["fmi"] < 1
    assert not found.equals(other) and nan not in found["value"].tolist()
