from dataclasses import replace

import numpy as np
import pytest
from given.imputed import STRATEGY, households, known_values, renamed
from given.r_packages import needs_mice

from effectstudie.analysis.imputation.covariates import impute_covariates


def imputed(frame, strategy=STRATEGY, m=3, seed=1, imputer=known_values):
    return impute_covariates(frame, strategy, m, seed, imputer)


def refuses(*_):
    raise AssertionError("nothing is to be imputed")


def test_each_data_set_has_what_was_known_and_no_gaps():
    frame = households()
    found = imputed(frame)
    assert (len(found.households), found.m, found.note, found.reason) == (3, 3, "", "")
    rows = frame.sort_values("order", ignore_index=True)
    for one in found.households:
        assert list(one["household"]) == list(rows["household"]) and list(one.columns) == list(frame.columns)
        assert one.notna().all(axis=None)
        known = rows["x"].notna()
        assert (one["x"][known] == rows["x"][known]).all()
        assert set(one["yes"]) == {0.0, 1.0}
    assert not found.households[0]["x"].equals(found.households[1]["x"])


def test_the_model_has_all_covariates_by_name_and_the_group_by_order():
    frame, seen = households(), {}

    def look(covariates, treated, m, seed):
        seen.update(names=list(covariates), treated=treated, m=m, seed=seed)
        return known_values(covariates, treated, m, seed)

    imputed(frame[["household", "yes", "x", "role", "order", "beside"]], m=7, seed=9, imputer=look)
    assert (seen["names"], seen["m"], seen["seed"]) == (["beside", "x", "yes"], 7, 9)
    assert list(seen["treated"]) == list(frame.sort_values("order")["role"] == "approach")


@pytest.mark.parametrize("gaps", [False, True], ids=["nowhere", "in another covariate"])
def test_where_nothing_that_is_matched_on_is_missing_nothing_is_imputed(gaps):
    frame = households(gaps=0)
    frame.loc[:3, "beside"] = np.nan if gaps else 0.0
    found = imputed(frame, imputer=refuses)
    assert (found.m, found.reason) == (0, "nothing_missing")
    assert found.note == "no covariate that is matched on is missing"
    (one,) = found.households
    assert one.equals(frame.sort_values("order", ignore_index=True))


def test_a_gap_in_what_must_be_equal_counts():
    frame = households(gaps=0)
    frame.loc[30, "beside"] = np.nan
    assert imputed(frame, replace(STRATEGY, exact=("beside",))).m == 3


def test_what_nobody_of_a_group_has_cannot_be_imputed():
    frame = households()
    frame.loc[frame["role"] == "approach", "yes"] = np.nan
    found = imputed(frame, imputer=refuses)
    assert (found.households, found.m, found.note, found.reason) == ((), 0, "nobody of the approach has yes", "input")


def test_another_covariate_that_nobody_of_a_group_has_is_left_out_of_the_model():
    frame = households()
    frame.loc[frame["role"] == "pool", "beside"] = np.nan

    def look(covariates, *rest):
        assert list(covariates) == ["x", "yes"]
        return known_values(covariates, *rest)

    assert imputed(frame, imputer=look).m == 3


def test_a_gap_in_what_is_the_same_for_everyone_has_that_value():
    frame = households()
    frame["yes"] = frame["yes"].where(frame["yes"].isna(), 1.0)

    def look(covariates, *rest):
        assert list(covariates) == ["beside", "x"]
        return known_values(covariates, *rest)

    assert all((one["yes"] == 1).all() for one in imputed(frame, imputer=look).households)


@pytest.mark.parametrize("imputer", [known_values, pytest.param(None, marks=needs_mice)], ids=["stand-in", "mice"])
def test_neither_order_of_rows_nor_names_change_a_draw(imputer):
    frame = households()
    other, _ = renamed(frame, frame.rename(columns={"order": "unit_id"}))
    given = {"imputer": imputer} if imputer else {}
    first, second = (impute_covariates(one, STRATEGY, 3, 1, **given) for one in (frame, other))
    for one, two in zip(first.households, second.households, strict=True):
        assert one.drop(columns="household").equals(two.drop(columns="household"))
