"""The statistics against published data (d01-d06), R (r_cases) and a printed table of a study."""

import csv
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from effectstudie.methods import alpha
from effectstudie.methods.anova import mixed_anova, partial_eta_squared
from effectstudie.methods.counts import chi_squared, compare_counts, fisher_exact, marginal_change
from effectstudie.methods.means import one_sample_t, paired_t, percentage_ci, t_test

HERE = Path(__file__).parent
R = json.loads((HERE / "r_cases/expected.json").read_text())


def alpha_of(items):
    """Alpha of a table, a row a person."""
    return alpha.cronbach_alpha(items.to_numpy(dtype=float).T, list(items.columns))


def approx(value):
    return pytest.approx(value, rel=1e-6, abs=1e-9)


def oracle(case):
    folder = next(HERE.glob(f"{case}_*"))
    return pd.read_csv(folder / "data.csv"), json.loads((folder / "expected.json").read_text())


@pytest.mark.parametrize("case", ["d01", "d02"])
def test_mixed_anova_is_the_published_one(case):
    data, expected = oracle(case)
    columns, expected = expected["columns"], expected["expected"]
    result = mixed_anova(data, columns["id"], columns["group"], columns["waves"])
    assert result.n == expected["n_used"]
    assert result.n_per_group == expected["n_per_group"]
    for name, effect in result.effects.items():
        want = expected["effects"]["group_x_time" if name == "interaction" else name]
        got = (effect.ss, effect.df1, effect.ss_error, effect.df2, effect.f, effect.p)
        assert got == approx(tuple(want[key] for key in ("SS", "df1", "SS_error", "df2", "F", "p")))
        assert (effect.partial_eta_squared, effect.ges) == approx((want["partial_eta2"], want["ges"]))
        assert effect.ci90 == approx(tuple(want["pes_ci90"]))
        assert effect.ci90[1] != approx(want["pes_ci90_over_dfe"][1])
    assert result.effects["time"].f != approx(expected["must_not_equal"]["time_F_type2_as_in_pingouin"])


def test_sphericity_is_the_published_one():
    data, expected = oracle("d01")
    result = mixed_anova(data, "id", "treatment", ["pre", "post", "fup"])
    want = expected["expected"]["sphericity"]
    got = (result.mauchly_w, result.mauchly_p, result.eps_gg, result.eps_hf)
    assert got == approx((want["mauchly_W"], want["mauchly_p_R"], want["eps_GG"], want["eps_HF_lecoutre"]))
    assert result.effects["time"].p_gg == approx(want["p_GG"]["time"])
    assert result.effects["interaction"].p_gg == approx(want["p_GG"]["group_x_time"])


def test_alpha_is_listwise_and_unstandardised():
    data, expected = oracle("d04")
    items = data[expected["columns"]["items"]].assign(A1=7 - data["A1"])
    expected = expected["expected"]
    result = alpha_of(items)
    assert (result.n, result.k) == (expected["n_complete"], 5)
    assert result.alpha == approx(expected["alpha_listwise"])
    for wrong in ("alpha_std_listwise", "alpha_pairwise_psych_default", "alpha_without_reversal_listwise"):
        assert result.alpha != approx(expected[wrong])


@pytest.mark.parametrize(("column", "case"), [("diff", "diff_vs_0"), ("drug1", "drug1_vs_norm_1_5")])
def test_one_sample_t_is_the_published_one(column, case):
    data, expected = oracle("d05")
    want = expected["expected"][case]
    result = asdict(one_sample_t(data[column], want["mu"]))
    for key in ("n", "mean", "sd", "t", "df", "p", "cohen_d"):
        assert result[key] == approx(want[key])
    assert result["ci95"] == approx(tuple(want["ci95"]))


def test_fisher_on_four_by_four_is_exact_every_time():
    data, expected = oracle("d06")
    want = expected["expected"]
    table = pd.crosstab(data["income"], data["satisfaction"]).to_numpy()
    pearson, exact = chi_squared(table), compare_counts(table)
    assert (pearson.n, pearson.df) == (want["n"], want["df"])
    assert (pearson.statistic, pearson.p) == approx((want["chi2"], want["p_chi2"]))
    assert exact.analysis == "fisher_exact"
    assert exact.p == approx(want["fisher_p"])
    assert exact.cramers_v == approx(want["cramers_v"])


@pytest.mark.parametrize("case", R["anova"])
def test_mixed_anova_equals_afex(case):
    want = R["anova"][case]
    data = pd.read_csv(HERE / f"r_cases/{case}.csv")
    result = mixed_anova(data, "id", "group", want["waves"])
    assert result.n_per_group == want["n_per_group"]
    for name, expected in want["effects"].items():
        got = asdict(result.effects[name])
        for key, value in expected.items():
            assert got[key] == approx(tuple(value) if key == "ci90" else value), (name, key)
    for key, value in want.get("sphericity", {}).items():
        if key == "p_gg":
            assert {name: result.effects[name].p_gg for name in value} == approx(value)
        else:
            assert getattr(result, key) == approx(value), key
    assert result.effects["time"].f != approx(want["must_not_equal"]["time_f_type2"])


def test_t_tests_equal_r():
    data = pd.read_csv(HERE / "r_cases/t_tests.csv")
    approach, control = (data.loc[data["group"] == g, "before"] for g in ("approach", "control"))
    norm = R["t_tests"]["one_sample"]["norm"]
    results = {
        "paired": paired_t(data["before"], data["after"]),
        "one_sample": one_sample_t(approach, norm),
        "independent": t_test(approach, control),
    }
    for name, result in results.items():
        got = asdict(result)
        want = {key: value for key, value in R["t_tests"][name].items() if key != "norm"}
        for key, value in want.items():
            assert got[key] == approx(tuple(value) if isinstance(value, list) else value), (name, key)
    assert results["independent"].t != approx(R["t_tests"]["must_not_equal"]["independent_t_welch"])


@pytest.mark.parametrize("case", R["counts"])
def test_tables_of_counts_equal_r(case):
    want = R["counts"][case]
    pearson, exact, chosen = (f(want["table"]) for f in (chi_squared, fisher_exact, compare_counts))
    assert (pearson.statistic, pearson.df, pearson.p) == approx((want["chi2"], want["df"], want["p"]))
    assert (pearson.n, pearson.cramers_v) == approx((want["n"], want["cramers_v"]))
    assert exact.p == approx(want["fisher_p"])
    assert repr(chosen) == repr(exact if want["min_expected"] < 5 else pearson)  # NaN is not equal to itself


@pytest.mark.parametrize("case", R["changes"])
@pytest.mark.parametrize("test", ["stuart_maxwell", "bowker"])
def test_change_of_class_equals_r(case, test):
    want = R["changes"][case]
    result = marginal_change(want["table"], test)
    assert result.analysis == test
    assert (result.statistic, result.df, result.p) == approx(tuple(want[test].values()))


@pytest.mark.parametrize("want", R["mcnemar"])
def test_change_of_two_classes_is_the_exact_mcnemar_test(want):
    result = marginal_change(want["table"])
    assert (result.analysis, result.p) == ("mcnemar_exact", approx(want["p_exact"]))


def test_alpha_equals_psych_without_the_constant_item():
    want = R["alpha"]
    result = alpha_of(pd.read_csv(HERE / "r_cases/alpha.csv"))
    assert (result.n, result.k, result.dropped) == (want["n"], want["k"], (want["dropped"],))
    assert result.alpha == approx(want["alpha"])
    assert result.alpha != approx(want["must_not_equal"]["pairwise"])


@pytest.mark.parametrize("want", R["wilson"])
def test_interval_of_a_percentage_is_wilsons(want):
    assert percentage_ci(want["count"], want["n"]) == approx(tuple(100 * limit for limit in want["ci95"]))


@pytest.mark.parametrize("want", R["eta_ci"])
def test_interval_of_partial_eta_squared_equals_r(want):
    assert partial_eta_squared(want["f"], want["df1"], want["df2"])[1:] == pytest.approx(want["ci90"], abs=1e-7)


def test_interval_of_partial_eta_squared_is_the_published_one():
    # Wuensch: t(86) = 3.267 gives .027-.218
    assert [round(x, 3) for x in partial_eta_squared(3.267**2, 1, 86)[1:]] == [0.027, 0.218]


GRONINGEN = {"adults": (64, 71), "children": (29, 86), "households": (51, 61)}


def printed_blocks():
    """Counts rebuilt from the percentages of the Groningen table 3, and the significance printed with them."""
    text = (HERE / "published/groningen_table3.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    blocks = {}
    for row in rows:
        if row["block"].startswith(("n_", "mean_")):
            continue
        block = blocks.setdefault(row["block"], {"percent": [], "printed": row["significance"]})
        block["percent"].append((float(row["multifocus_pct"]), float(row["control_pct"])))
    return blocks


def rebuilt(percent, sizes):
    counts = np.array(
        [[round(p * n / 100) for p in side] for side, n in zip(zip(*percent, strict=True), sizes, strict=True)]
    )
    if counts.shape[1] == 1:  # only the "yes" is printed
        counts = np.column_stack([counts, np.array(sizes) - counts[:, 0]])
    assert counts.sum(axis=1).tolist() == list(sizes), "the rounded percentages do not add up to the group"
    return counts


def p_class(p):
    """As the published table prints it."""
    return next((f"p<{limit}" for limit in (".001", ".01", ".05") if p < float(limit)), "Ns")


def significance(block, fisher_for, unit=None):
    percent = printed_blocks()[block]["percent"]
    sizes = GRONINGEN[unit or ("children" if block == "sex_children" else "adults")]
    return p_class(compare_counts(rebuilt(percent, sizes), fisher_for).p)


def test_pearson_above_two_by_two_reproduces_the_published_significance_nine_of_nine():
    blocks = printed_blocks()
    assert len(blocks) == 9
    assert {b: significance(b, "2x2") for b in blocks} == {b: v["printed"] for b, v in blocks.items()}


def test_fisher_for_all_tables_differs_from_the_published_significance_in_one_block():
    # SPSS made Pearson's test there (p = .0029, 6 of 10 expected counts under 5); the exact p is .00057
    blocks = printed_blocks()
    differing = {b: significance(b, "all") for b, v in blocks.items() if significance(b, "all") != v["printed"]}
    assert differing == {"migration_background": "p<.001"}


def test_restraining_order_is_significant_per_adult_and_per_household():
    # both units fit the printed whole percentages, so the table cannot tell which was counted
    assert significance("restraining_order", "all", "adults") == "p<.05"
    assert significance("restraining_order", "all", "households") == "p<.05"
