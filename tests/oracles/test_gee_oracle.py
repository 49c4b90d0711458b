"""GEE against geepack, the same equations written out in R, and the published epilepsy counts (d07)."""

import json
from math import log
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from effectstudie.methods.clustered.gee import gee
from effectstudie.methods.clustered.gee_fit import fit_gee

HERE = Path(__file__).parent
CASES = json.loads((HERE / "gee/expected.json").read_text())["cases"]


def read(case):
    """What gee() takes: y, X, clusters, family and weights of a case."""
    want = CASES[case]
    data = pd.read_csv(HERE / f"gee/{case}.csv")
    data["group:wave"] = data["group"] * data["wave"]
    X = np.column_stack([np.ones(len(data)), data[want["columns"]]])
    weights = data["weight"].to_numpy() if want["weighted"] else np.ones(len(data))
    return data["y"].to_numpy(dtype=float), X, data[want["cluster"]].to_numpy(), want["family"], weights


def fitted(y, X, cluster, family, weights):
    return fit_gee(y, X, np.unique(cluster, return_inverse=True)[1], family, weights)


@pytest.mark.parametrize("case", CASES)
def test_coefficients_and_sandwich_errors_are_geepacks(case):
    want, fit = CASES[case]["geepack"], fitted(*read(case))
    assert fit.coef == pytest.approx(np.array(want["coef"]), rel=1e-3, abs=1e-3)
    assert np.sqrt(np.diag(fit.robust)) == pytest.approx(np.array(want["robust_se"]), rel=1e-2)


@pytest.mark.parametrize("case", CASES)
def test_both_covariances_are_the_written_out_formulae(case):
    want, fit = CASES[case]["liang_zeger"], fitted(*read(case))
    assert fit.alpha == pytest.approx(want["alpha"], abs=1e-7)
    assert fit.coef == pytest.approx(np.array(want["coef"]), abs=1e-7)
    for name in ("robust", "mancl_derouen"):
        assert getattr(fit, name) == pytest.approx(np.array(want[name]), rel=1e-6, abs=1e-9), name
    assert np.diag(fit.mancl_derouen) != pytest.approx(np.diag(want["robust"]), rel=1e-3)


@pytest.mark.parametrize("case", CASES)
def test_the_estimate_of_every_column_has_the_reduced_error_and_its_t_test(case):
    y, X, cluster, family, weights = read(case)
    want = CASES[case]["liang_zeger"]
    df = CASES[case]["clusters"] - X.shape[1]
    for column, coefficient in enumerate(want["coef"]):
        se = want["mancl_derouen"][column][column] ** 0.5
        # without `cells`, and a column with many values has no levels of two clusters each
        result = gee(y, X, cluster, column, family, weights)
        assert (result.n, result.clusters, result.df, result.note) == (CASES[case]["n"], df + X.shape[1], df, "")
        assert (result.value, result.se) == pytest.approx((coefficient, se), rel=1e-6, abs=1e-7)
        assert result.p == pytest.approx(2 * stats.t.sf(abs(coefficient / se), df), rel=1e-5)
        half = stats.t.ppf(0.975, df) * se
        assert result.ci95 == pytest.approx((coefficient - half, coefficient + half), rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("case", ["single_binary", "single_counts"])
def test_one_row_a_cluster_gives_the_ratio_by_hand(case):
    y, X, cluster, family, weights = read(case)
    approach, control = (y[X[:, 1] == g].mean() for g in (1, 0))
    by_hand = log(approach / control)
    if family == "binomial":
        by_hand -= log((1 - approach) / (1 - control))
    assert gee(y, X, cluster, 1, family).value == pytest.approx(by_hand, abs=1e-9)
    assert CASES[case]["geepack"]["coef"][1] == pytest.approx(by_hand, abs=1e-6)


def test_epilepsy_counts_are_the_published_ones():
    folder = HERE / "d07_epil_gee_counts"
    data, oracle = pd.read_csv(folder / "data.csv"), json.loads((folder / "expected.json").read_text())
    want, tolerance = oracle["expected"], oracle["tolerance"]
    X = np.column_stack([np.ones(len(data)), data["trt"] == "progabide", data["base"], data["age"]])
    names = ["(Intercept)", "trtprogabide", "base", "age"]
    y, cluster = data["y"].to_numpy(dtype=float), data["subject"].to_numpy()
    fit = fitted(y, X, cluster, "poisson", np.ones(len(data)))
    assert fit.coef == pytest.approx(np.array([want["coef"][name] for name in names]), **tolerance)
    assert np.sqrt(np.diag(fit.robust)) == pytest.approx(
        np.array([want["robust_se"][name] for name in names]), **tolerance
    )
    result = gee(y, X, cluster, 1, "poisson")
    assert (result.clusters, result.df) == (want["n_clusters"], want["n_clusters"] - 4)
    assert result.value == pytest.approx(want["coef"]["trtprogabide"], **tolerance)
    assert result.se > want["robust_se"]["trtprogabide"]
